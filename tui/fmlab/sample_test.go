package main

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// sampled is the answer of fmlab sample --json.
type sampled struct {
	Schema, Steps, NFE int
	Solver             string
	Points             [][2]float64
}

// reference reads reference numbers made with numpy and scipy in float64.
func reference[T any](t *testing.T, name string) (v T) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: got %.17g, want %.17g to %g", what, got, want, tol)
	}
}

// TestSolverReference: the end points of every row, Runge–Kutta and DPM-Solver, and
// where the flow really leads, through the command line. Source: numpy and scipy
// (DOP853 at 1e-12), exact mixture field in float64.
func TestSolverReference(t *testing.T) {
	g := reference[struct {
		Mixture json.RawMessage
		Z0      [][2]float64
		Rows    []struct {
			Path, Solver string
			Steps, NFE   int
			Z1           [][2]float64
		}
	}](t, "solvers.json")
	mix, z0 := file(t, "mix.json", string(g.Mixture)), file(t, "z0.csv", csvOf(g.Z0))
	for _, row := range g.Rows {
		args := []string{"sample", "--exact", "--data", mix, "--noise", z0, "--json", "--path", row.Path, "--solver", row.Solver}
		prices := [][]string{{"--steps", strconv.Itoa(row.Steps)}, {"--nfe", strconv.Itoa(row.NFE)}}
		truth := row.Solver == "reference"
		if truth {
			args[len(args)-1] = "dopri5"
			prices = [][]string{{"--rtol", "1e-12", "--atol", "1e-12"}}
		}
		for _, price := range prices {
			got := decoded[sampled](t, append(args, price...)...)
			what := row.Path + " " + row.Solver + " " + strings.Join(price, " ")
			if got.Schema != 1 || len(got.Points) != len(row.Z1) || !truth && (got.Solver != row.Solver || got.Steps != row.Steps || got.NFE != row.NFE) {
				t.Fatalf("%s: got %+v, want %d steps and NFE %d", what, got, row.Steps, row.NFE)
			}
			for i, z := range row.Z1 {
				near(t, what, got.Points[i][0], z[0], 1e-9)
				near(t, what, got.Points[i][1], z[1], 1e-9)
			}
		}
	}
	if len(g.Rows) != 84 {
		t.Errorf("got %d rows, want 84", len(g.Rows))
	}
}

// TestCSVSaysTheSameAsJSON: to the last bit.
func TestCSVSaysTheSameAsJSON(t *testing.T) {
	args := strings.Fields("sample --exact --data moons -n 20 --nfe 8")
	points := readBack(t, fine(t, args...))
	for i, p := range decoded[sampled](t, append(args, "--json")...).Points {
		if x, y := points.At(i); x != p[0] || y != p[1] {
			t.Errorf("point %d: got %v,%v as CSV, want %v", i, x, y, p)
		}
	}
}

// TestExactNeverRescales: the exact field lives in the units of its file. That of
// one Gaussian N(μ, C) on the linear path leads z to μ + C^½ z.
func TestExactNeverRescales(t *testing.T) {
	mix := file(t, "mix.json", `{"weights":[2],"means":[[50,-30]],"covs":[[[16,0],[0,0.25]]]}`)
	noise := file(t, "z0.csv", "0,0\n1,0\n-2,1\n")
	got := decoded[sampled](t, strings.Fields("sample --exact --json --solver rk4 --steps 200 --data "+mix+" --noise "+noise)...)
	for i, want := range [][2]float64{{50, -30}, {54, -30}, {42, -29.5}} {
		near(t, "x", got.Points[i][0], want[0], 1e-5)
		near(t, "y", got.Points[i][1], want[1], 1e-5)
	}
}

// TestExactFieldOfAFile leads to its rows, all of them, where they stand.
func TestExactFieldOfAFile(t *testing.T) {
	rows := [][2]float64{{3, 3}, {-3, 3}, {3, -3}, {-3, -3.5}}
	data := file(t, "four.csv", "x,y\n3,3\n-3,3\n3,-3\n-3,-3.5\n")
	got := decoded[sampled](t, strings.Fields("sample --exact --json -n 60 --nfe 64 --data "+data)...)
	if got.NFE != 65 || got.Steps != 16 {
		t.Errorf("got NFE %d and %d steps, want 65 (the last data prediction counts) and 16", got.NFE, got.Steps)
	}
	seen := map[int]int{}
	for _, p := range got.Points {
		for k, r := range rows {
			if math.Hypot(p[0]-r[0], p[1]-r[1]) < 1e-6 {
				seen[k]++
			}
		}
	}
	if len(seen) != 4 || seen[0]+seen[1]+seen[2]+seen[3] != 60 {
		t.Errorf("got %v points at the rows of the file, want all 60, at all four", seen)
	}
}

func TestSampleReadsStandardInput(t *testing.T) {
	for _, c := range []struct{ stdin, args string }{
		{"1,2\n3,4\n5,6\n", "sample --exact --data - -n 7 --nfe 8"},
		{`{"weights":[1],"means":[[5,5]],"covs":[[[1,0],[0,1]]]}`, "sample --exact --data - -n 7 --nfe 8"},
		{"x,y\n0,0\n1,1\n0,1\n1,0\n0,0\n1,1\n1,2\n", "sample --exact --noise - --nfe 8"},
	} {
		a := process(t, c.stdin, strings.Fields(c.args)...)
		if a.code != 0 || a.words != "" || readBack(t, a.out).Len() != 7 {
			t.Errorf("fmlab %s: got exit %d, %q and %q, want 7 points", c.args, a.code, a.out, a.words)
		}
	}
}

// TestManyPointsKeepOnlyTheEnd: the answer for the first points does not depend
// on how many travel along.
func TestManyPointsKeepOnlyTheEnd(t *testing.T) {
	few := readBack(t, fine(t, strings.Fields("sample --exact --data 2gaussians -n 300 --nfe 8")...))
	many := readBack(t, fine(t, strings.Fields("sample --exact --data 2gaussians -n 1000 --nfe 8")...))
	for i := range few {
		if few[i] != many[i] {
			t.Fatalf("coordinate %d: got %v of 300 points and %v of 1,000, want the same", i, few[i], many[i])
		}
	}
}
