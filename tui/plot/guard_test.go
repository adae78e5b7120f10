package plot

import (
	"math"
	"strings"
	"testing"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// draw returns a chart as plain rows in braille glyphs.
func draw(ch *lab.Chart, w, h int) string {
	c := canvas.New(w, h, canvas.Braille, theme.New(true, theme.Mono))
	Chart(c, c.Bounds(), ch)
	return c.Plain()
}

// curve returns a curve over 0, 1, 2 …
func curve(ys ...float64) lab.Curve {
	cv := lab.Curve{Label: "loss", Role: lab.RoleA, Y: ys}
	for i := range ys {
		cv.X = append(cv.X, float64(i))
	}
	return cv
}

func one(log bool, cvs ...lab.Curve) *lab.Chart {
	return &lab.Chart{Title: "loss", XLabel: "step", LogY: log, Curves: cvs}
}

// spiked is n ones with a single value of its own.
func spiked(n, at int, v float64) []float64 {
	ys := make([]float64, n)
	for i := range ys {
		ys[i] = 1 + 0.01*math.Sin(float64(i))
	}
	ys[at] = v
	return ys
}

// TestGuard holds for every input that breaks asciigraph, or makes it jump: the
// picture has its size, says or shows what it should, and its frame stays where
// it is.
func TestGuard(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	tests := []struct {
		name string
		ch   *lab.Chart
		want string // must be in the picture
	}{
		{"no curve", one(false), "nothing measured yet"},
		{"empty", one(false, curve()), "nothing measured yet"},
		{"one empty of two", one(false, curve(1, 2, 3), curve()), "●"},
		{"one point", one(false, curve(1.5)), "●"},
		{"all NaN", one(false, curve(nan, nan)), "no finite value"},
		{"one NaN", one(false, curve(1, 2, nan, 2, 1)), "╶"},
		{"diverged", one(false, curve(1, 2, 4, inf, inf)), "×"},
		{"diverged down", one(false, curve(1, -2, -4, -inf)), "×"},
		{"denormals", one(false, curve(5e-324, 1e-323, 2e-322)), "●"},
		{"constant", one(false, curve(2, 2, 2, 2)), "───"},
		{"constant zero", one(false, curve(0, 0, 0)), "───"},
		{"zero on log", one(true, curve(0, 0)), "no positive value"},
		{"negative on log", one(true, curve(-1, -2)), "no positive value"},
		{"some negative on log", one(true, curve(10, -1, 1, 0.1)), "1e-1"},
		{"constant on log", one(true, curve(0.1, 0.1, 0.1)), "1e-1"},
		{"symmetric", one(false, curve(-0.5, 0.5, -0.5)), "-0.5"},
		{"huge range", one(false, curve(0, 1e6, -1e300, 1e300)), "1e300"},
		{"too large", one(false, curve(1, 2, 1e308)), "●"},
		{"huge range on log", one(true, curve(1e-300, 1, 1e300)), "1e"},
		{"spike up", one(false, curve(spiked(10000, 6543, 5)...)), "╮"},
		{"spike down", one(false, curve(spiked(10000, 42, -5)...)), "╭"},
		{"infinite place", one(false, lab.Curve{Role: lab.RoleA, X: []float64{0, inf, 2}, Y: []float64{1, 2, 3}}), "●"},
	}
	for _, test := range tests {
		for _, h := range []int{8, 11, 15, 20} {
			got := draw(test.ch, 60, h)
			rows := strings.Split(got, "\n")
			if len(rows) != h {
				t.Errorf("%s: got %d rows, want %d", test.name, len(rows), h)
			}
			for y, row := range rows {
				if n := len([]rune(row)); n != 60 {
					t.Errorf("%s: row %d has %d cells, want 60", test.name, y, n)
				}
			}
			if !strings.Contains(got, test.want) {
				t.Errorf("%s, %d rows: want %q in\n%s", test.name, h, test.want, got)
			}
			axis := []rune(rows[h-3])
			if axis[chartGutter-1] != '└' {
				t.Errorf("%s, %d rows: want the corner of the axes in column %d, got %q", test.name, h, chartGutter-1, string(axis))
			}
		}
	}
}

// TestSpikeSurvives: of ten thousand points one stands out, and its height is on
// the picture, wherever it is.
func TestSpikeSurvives(t *testing.T) {
	for at := 1; at < 10000; at += 373 {
		cv := curve(spiked(10000, at, 9)...)
		x, _ := fit(false, cv.X)
		y, _ := fit(false, cv.Y)
		most := 0.0
		for _, v := range resample(&cv, x, y, 60, 10) {
			most = max(most, v)
		}
		if math.Abs(most-10) > 1e-9 {
			t.Errorf("spike at %d: highest column got %.3f, want 10", at, most)
		}
	}
}

// TestResampleExact: a straight line is straight wherever its points are, and
// every measured point of a sparse curve is on it.
func TestResampleExact(t *testing.T) {
	cv := lab.Curve{X: []float64{0, 0.1, 3, 3.5, 9, 10}, Y: []float64{0, 0.1, 3, 3.5, 9, 10}}
	x, _ := fit(false, cv.X)
	y, _ := fit(false, cv.Y)
	for j, v := range resample(&cv, x, y, 101, 100) {
		if math.Abs(v-float64(j)) > 1e-9 {
			t.Errorf("column %d got %g, want %d", j, v, j)
		}
	}
	gap := curve(1, 1, math.NaN(), 1, 1)
	x, _ = fit(false, gap.X)
	s := resample(&gap, x, axis{hi: 2}, 41, 1)
	for j, v := range s {
		if in := j > 10 && j < 30; math.IsNaN(v) != in {
			t.Errorf("column %d got %g, want a gap: %v", j, v, in)
		}
	}
}

// TestHeightsAreExact: a unit of height is a row, for any number of rows.
func TestHeightsAreExact(t *testing.T) {
	for h := 2; h < 40; h++ {
		rows, err := asciiRows([][]float64{{0, 0, float64(h - 1), float64(h - 1)}}, h)
		if err != nil || len(rows) != h {
			t.Fatalf("%d rows: got %d, %v", h, len(rows), err)
		}
		if rows[0][2] != ink || rows[h-1][0] != ink {
			t.Errorf("%d rows: got ends %q and %q, want horizontals", h, string(rows[0]), string(rows[h-1]))
		}
	}
	if _, err := asciiRows([][]float64{{0, math.Inf(1)}}, 5); err == nil {
		t.Error("infinite heights: got no error, want the panic of asciigraph as one")
	}
}

// TestLogPlacesDecades: equal ratios are equal distances, and the labels say the
// powers.
func TestLogPlacesDecades(t *testing.T) {
	a, ok := fit(true, []float64{1e-4, 1, -3, 0, math.NaN()})
	if !ok || math.Abs(a.at(1e-2)-0.5) > 1e-12 || math.Abs(a.at(1e-4)) > 1e-12 || a.at(1) != 1 || !math.IsNaN(a.at(0)) {
		t.Errorf("got %v, %v: want 1e-4 to 1 in equal steps", a, ok)
	}
	var got []string
	for _, tk := range a.ticks(4) {
		got = append(got, tk.label)
		if v, _ := parse(tk.label); math.Abs(a.at(v)-tk.s) > 1e-9 {
			t.Errorf("tick %s at %g, want %g", tk.label, tk.s, a.at(v))
		}
	}
	if want := "1e-4 1e-3 1e-2 1e-1 1e0"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// TestTicksAreTrue: a tick stands where its label says, on axes of any size.
func TestTicksAreTrue(t *testing.T) {
	for _, a := range []axis{{lo: -3, hi: 3}, {lo: 0, hi: 1999}, {lo: 1.38, hi: 2.21}, {lo: -0.004, hi: 0.02}, {lo: 2e6, hi: 9e6},
		{lo: 1e-9, hi: 7e-9}, {log: true, lo: -1.3, hi: 1.2}, {log: true, lo: 0.1, hi: 0.35}, {log: true, lo: -7, hi: 2, plain: true}} {
		for n := 2; n < 12; n++ {
			ts := a.ticks(n)
			if len(ts) < 1 {
				t.Errorf("%v: got no ticks for %d", a, n)
			}
			for _, tk := range ts {
				v, err := parse(tk.label)
				if err != nil || math.Abs(a.at(v)-tk.s) > 1e-6 || tk.s < -1e-6 || tk.s > 1+1e-6 {
					t.Errorf("%v: tick %q at %g, want %g", a, tk.label, tk.s, a.at(v))
				}
			}
		}
	}
}
