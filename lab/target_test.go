package lab

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/dataset"
)

func textFile(t *testing.T, name, text string) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// csvFile writes points far away from the lab's units: 1000 + 50 z.
func csvFile(t *testing.T, p engine.Points) string {
	t.Helper()
	var b strings.Builder
	for i := range p.Len() {
		x, y := p.At(i)
		fmt.Fprintf(&b, "%v,%v\n", 1000+50*x, 1000+50*y)
	}
	return textFile(t, "points.csv", b.String())
}

func sortedRows(p engine.Points) [][2]float64 {
	rows := make([][2]float64, p.Len())
	for i := range rows {
		rows[i][0], rows[i][1] = p.At(i)
	}
	slices.SortFunc(rows, func(a, b [2]float64) int { return slices.Compare(a[:], b[:]) })
	return rows
}

// TestFileIsSplit: a quarter is held back, no row is lost or seen twice, in the
// lab's units with the way back.
func TestFileIsSplit(t *testing.T) {
	const n = 400
	p := Noise(n, 1)
	name := csvFile(t, p)
	target := opened(t, name, false, 7)
	train := target.Train.(dataset.Cloud).Points
	if train.Len() != 300 || target.Held.Len() != 100 || len(target.Mixture.Weights) != 300 || !target.Finite() {
		t.Fatalf("got %d rows to train on, %d held back and %d in the mixture, want 300, 100, 300", train.Len(), target.Held.Len(), len(target.Mixture.Weights))
	}
	all := append(train.Clone(), target.Held...)
	mean, square := [2]float64{}, 0.0
	for i, v := range all {
		mean[i%2] += v / n
		square += v * v / (2 * n)
	}
	if math.Hypot(mean[0], mean[1]) > 1e-9 || math.Abs(square-1) > 1e-9 {
		t.Errorf("got mean %v and mean square %v, want 0 and 1", mean, square)
	}
	back := engine.NewPoints(n)
	target.ToFile(back, all)
	want := sortedRows(p)
	for i, got := range sortedRows(back) {
		if math.Abs(got[0]-1000-50*want[i][0]) > 1e-9 || math.Abs(got[1]-1000-50*want[i][1]) > 1e-9 {
			t.Fatalf("row %d: got %v, want 1000 + 50 %v", i, got, want[i])
		}
	}
	if again := opened(t, name, false, 7); !slices.Equal(again.Held, target.Held) {
		t.Error("the same seed holds other rows back")
	}
	if other := opened(t, name, false, 8); slices.Equal(other.Held, target.Held) {
		t.Error("another seed holds the same rows back")
	}
}

// TestRawKeepsUnitsAndRows: nothing is rescaled, and the mixture is the file.
func TestRawKeepsUnitsAndRows(t *testing.T) {
	p := Noise(40, 1)
	target := opened(t, csvFile(t, p), true, 7)
	if target.Scale != 1 || target.Shift != [2]float64{} || target.Held.Len() != 10 {
		t.Errorf("got shift %v, scale %v and %d rows held back, want 0, 1 and 10", target.Shift, target.Scale, target.Held.Len())
	}
	for i := range p.Len() {
		x, y := p.At(i)
		if gx, gy := target.Mixture.Means.At(i); gx != 1000+50*x || gy != 1000+50*y {
			t.Errorf("row %d: got %v, %v, want 1000 + 50 (%v, %v)", i, gx, gy, x, y)
		}
	}
	name := textFile(t, "mix.json", `{"weights":[1],"means":[[50,-30]],"covs":[[[16,0],[0,4]]]}`)
	if m := opened(t, name, true, 7); m.Mixture.Means[0] != 50 || m.Scale != 1 || m.Finite() {
		t.Errorf("got %+v, want the mixture as it is", m)
	}
	m := opened(t, name, false, 7)
	back := engine.NewPoints(1)
	m.ToFile(back, m.Mixture.Means)
	if !same(back, engine.Points{50, -30}) || math.Abs(m.Scale-math.Sqrt(10)) > 1e-12 {
		t.Errorf("got mean %v and scale %v, want 50, -30 and √10", back, m.Scale)
	}
}

// TestHugeFile: all rows are trained on, and the exact field is that of 4,000.
func TestHugeFile(t *testing.T) {
	target := opened(t, csvFile(t, Noise(8000, 1)), false, 7)
	if got := target.Train.(dataset.Cloud).Points.Len(); got != 6000 || len(target.Mixture.Weights) != exactRows || target.Held.Len() != 2000 {
		t.Errorf("got %d rows to train on, %d in the mixture, %d held back, want 6000, %d, 2000", got, len(target.Mixture.Weights), target.Held.Len(), exactRows)
	}
}

func TestFilesRefused(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		filepath.Join(dir, "none.csv"):       "no such file",
		dir + "/":                            "directory",
		os.DevNull:                           "regular file",
		textFile(t, "few.csv", "1,2\n3,4\n"): "at least 16",
		textFile(t, "same.csv", strings.Repeat("1,2\n", 20)):              "points that differ",
		textFile(t, "bad.csv", "1,2\n3;4\n"):                              "bad.csv:2:",
		textFile(t, "bad.json", `{"weights":[1]}`):                        "means",
		textFile(t, "huge.csv", strings.Repeat("1e300,0\n-1e300,1\n", 9)): "1e150",
		"mons": "moons",
	} {
		if _, err := OpenTarget(name, false, 1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want an error that says %q", name, err, want)
		}
	}
	s := Default()
	s.Data = filepath.Join(dir, "none.csv")
	if err := Check(s); err == nil {
		t.Error("Check of a missing data file: got no error")
	}
	s.Data, s.Model = "moons", filepath.Join(dir, "none.safetensors")
	if err := Check(s); err == nil {
		t.Error("Check of a missing model: got no error")
	}
	s.Model = "exact"
	if err := Check(s); err != nil {
		t.Errorf("Check: got %v, want nil", err)
	}
}
