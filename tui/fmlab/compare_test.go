package main

import (
	"math"
	"strings"
	"testing"

	"fmlab/engine/ode"
)

type compared struct{ Rows []comparison }

// TestMetricReference: two point sets and their distances. Source: numpy and
// scipy in float64.
func TestMetricReference(t *testing.T) {
	want := reference[map[string]float64](t, "metrics.json")
	got := decoded[map[string]float64](t, "metric", "testdata/x.csv", "testdata/y.csv", "--json")
	for ours, theirs := range map[string]string{
		"energy_distance2_v": "energy_distance_squared_v", "energy_distance2_u": "energy_distance_squared_u",
		"w2": "w2", "sliced_w2": "sliced_w2_64_even_angles", "mmd2": "mmd2_rbf_sigma1_v",
	} {
		near(t, ours, got[ours], want[theirs], 1e-9)
	}
	if len(want) != 5 {
		t.Errorf("got %d reference numbers, want 5", len(want))
	}
}

func TestMetricOfDifferentSizes(t *testing.T) {
	a := fmlab("metric", "testdata/x.csv", "testdata/z0.csv", "--json")
	if a.code != 0 || !strings.Contains(a.out, `"w2":null`) || !strings.Contains(a.words, "200 and 5 points") {
		t.Errorf("got exit %d, %q and %q, want null for w2 and why", a.code, a.out, a.words)
	}
	if p := process(t, fine(t, "sample", "--exact", "-n", "9", "--nfe", "4"), "metric", "-", "testdata/z0.csv"); p.code != 0 || !strings.Contains(p.out, "not computed") {
		t.Errorf("metric -: got exit %d, %q and %q, want distances without W2", p.code, p.out, p.words)
	}
}

// TestCompareMeasuresOrder: at four times the price the error of a method of
// order p falls by 4ᵖ.
func TestCompareMeasuresOrder(t *testing.T) {
	rows := decoded[compared](t, strings.Fields("compare --exact --data testdata/mix.json --solvers euler,midpoint,heun,rk4 --nfe 64,256 -n 64 --json")...).Rows
	if len(rows) != 8 {
		t.Fatalf("got %d rows, want 8", len(rows))
	}
	for i := 0; i < len(rows); i += 2 {
		m, err := ode.Get(rows[i].Solver)
		if err != nil {
			t.Fatal(err)
		}
		order := math.Log(float64(rows[i].RMS/rows[i+1].RMS)) / math.Log(4)
		if math.Abs(order-float64(m.Order)) > 0.35 {
			t.Errorf("%s: got order %.2f, want %d", m.Name, order, m.Order)
		}
		if rows[i].NFE != 64 || rows[i].Steps != 64/m.Stages() || *rows[i].Floor <= 0 || *rows[i].Sliced <= 0 {
			t.Errorf("got row %+v, want 64 evaluations and scores", rows[i])
		}
	}
}

// TestCompareRows: paths, then seeds, then solvers, then budgets; what is spent
// is what is said, and an adaptive solver has one row.
func TestCompareRows(t *testing.T) {
	rows := decoded[compared](t, strings.Fields("compare --exact --data 2gaussians --paths linear,vp --seeds 1,2 --solvers dopri5,rk4 --nfe 9,6 -n 20 --json")...).Rows
	var got []string
	for _, r := range rows {
		got = append(got, r.Path+string(rune('0'+r.Seed))+r.Solver)
		if r.Solver == "rk4" && (r.NFE != 4*r.Steps || r.NFE > 9) || r.Solver == "dopri5" && r.NFE < 12 {
			t.Errorf("got row %+v, want the evaluations spent", r)
		}
	}
	want := "linear1dopri5 linear1rk4 linear1rk4 linear2dopri5 linear2rk4 linear2rk4 vp1dopri5 vp1rk4 vp1rk4 vp2dopri5 vp2rk4 vp2rk4"
	if strings.Join(got, " ") != want {
		t.Errorf("got rows %v, want %s", got, want)
	}
	if rows[0].RMS == rows[3].RMS {
		t.Error("got the same error for two seeds")
	}
}

// TestCompareOverSeedsReadsOnce: standard input can be read only once.
func TestCompareOverSeedsReadsOnce(t *testing.T) {
	csv := fine(t, "sample", "--exact", "-n", "40", "--nfe", "8")
	a := process(t, csv, strings.Fields("compare --exact --data - --seeds 1,2 --solvers euler --nfe 4 -n 20 --json")...)
	if rows := parsed[compared](t, a.out).Rows; a.code != 0 || len(rows) != 2 {
		t.Errorf("got exit %d, %q and %q, want two rows", a.code, a.out, a.words)
	}
}

// TestScheduleReference: every path at the times of the reference. Source: numpy
// in float64.
func TestScheduleReference(t *testing.T) {
	for _, row := range reference[[]map[string]any](t, "schedules.json") {
		at := string(must(number(row["t"].(float64)).MarshalJSON()))
		got := decoded[struct{ Rows []map[string]any }](t, "schedule", "--json", "--path", row["path"].(string), "--at", at).Rows[0]
		for key, want := range row {
			if key == "path" {
				continue
			}
			w, isNumber := want.(float64)
			if g, ok := got[key].(float64); ok && isNumber {
				near(t, row["path"].(string)+" "+key+" at "+at, g, w, 1e-9*math.Max(1, math.Abs(w)))
			} else if got[key] != want {
				t.Errorf("%s %s at %s: got %v, want %v", row["path"], key, at, got[key], want)
			}
		}
	}
}

// TestFormulasMakeTheirPath: a formula given is used, not left aside.
func TestFormulasMakeTheirPath(t *testing.T) {
	for _, args := range []string{"--alpha t^2 --sigma 1-t^2", "--alpha t^2 --sigma 1-t^2 --path custom"} {
		got := decoded[struct {
			Path string
			Rows []map[string]float64
		}](t, strings.Fields("schedule --json --at 0.5 "+args)...)
		if got.Path != "custom" || got.Rows[0]["alpha"] != 0.25 || got.Rows[0]["dsigma"] != -1 {
			t.Errorf("%s: got %+v, want the path of the formulas", args, got)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
