package plot

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fmlab/engine"
	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

func parse(s string) (float64, error) { return strconv.ParseFloat(strings.TrimSpace(s), 64) }

// everything is each kind of drawing, with hostile data among them.
func everything() []func(*canvas.Canvas, canvas.Rect) {
	nan, inf := math.NaN(), math.Inf(1)
	wild := &lab.Plane{Title: "wild – α", Half: 2, Layers: []lab.Layer{
		{Kind: lab.Scatter, Role: lab.RoleSample, Label: "samples", Points: engine.Points{0, 0, nan, 1, inf, -inf, 1e300, 0, 2, 2, -2, -2}},
		{Kind: lab.Arrows, Role: lab.RoleField, Label: "field", Points: engine.Points{0, 0, 1, 1, 9, 9}, Vectors: engine.Points{nan, 0, inf, 1, 1, 1}},
		{Kind: lab.Trails, Role: lab.RoleTrail, Label: "paths", Paths: []engine.Points{{0, 0, 1e300, 1e300, -5, 3}, {nan, 0, 1, 1}, {}, {1, 1}}},
		{Kind: lab.Scatter, Role: lab.RoleData, Label: "", Points: nil}}}
	var all []func(*canvas.Canvas, canvas.Rect)
	for _, p := range append([]*lab.Plane{wild, {}}, values(planes())...) {
		all = append(all, func(c *canvas.Canvas, r canvas.Rect) { Plane(c, r, p) })
	}
	noted := lossChart(50)
	noted.Note = "diverged at step 12 – try a smaller rate"
	marked := one(true, curve(1, inf, nan, -1, 3))
	marked.Curves[0].Marks = true
	for _, ch := range []*lab.Chart{lossChart(300), nfeChart(), scheduleChart(), noted, marked, {}, one(false, curve(1, -inf, nan, 1e308))} {
		all = append(all, func(c *canvas.Canvas, r canvas.Rect) { Chart(c, r, ch) })
	}
	for _, t := range []*lab.Table{solverTable(), {}, {Title: "t", Rows: []lab.Row{{Cells: []string{"世界", "1"}}, {}}}} {
		all = append(all, func(c *canvas.Canvas, r canvas.Rect) { Table(c, r, t) })
	}
	return append(all,
		func(c *canvas.Canvas, r canvas.Rect) { Gauge(c.View(r), 0, 0, r.W, 0.37) },
		func(c *canvas.Canvas, r canvas.Rect) { Scrub(c.View(r), 0, 0, r.W, 0.62) })
}

func values(m map[string]*lab.Plane) (vs []*lab.Plane) {
	for _, name := range []string{"moons", "dense", "field", "trails"} {
		vs = append(vs, m[name])
	}
	return vs
}

// TestNothingLeaves draws everything into random rectangles: nothing outside of
// them is touched, rows keep their width, mono has no escapes and ASCII nothing
// above 0x7e.
func TestNothingLeaves(t *testing.T) {
	all := everything()
	rng := rand.New(rand.NewPCG(5, 1))
	for round := range 600 {
		m := modes[round%len(modes)]
		c := canvas.New(rng.IntN(120), rng.IntN(50), m.glyphs, m.theme)
		r := canvas.Rect{X: rng.IntN(20) - 5, Y: rng.IntN(20) - 5, W: rng.IntN(rng.IntN(200) + 1), H: rng.IntN(rng.IntN(60) + 1)}
		c.Fill(c.Bounds(), '~', theme.Dim, 0)
		all[round/len(modes)%len(all)](c, r)
		for y := range c.H {
			for x := range c.W {
				if got := c.At(x, y); !r.Contains(x, y) && got.Rune != '~' {
					t.Fatalf("round %d: cell (%d, %d) outside of %v got %q", round, x, y, r, got.Rune)
				}
			}
			row := string(c.AppendRow(nil, y))
			if got := ansi.StringWidth(row); got != c.W {
				t.Fatalf("round %d: row %q: got width %d, want %d", round, row, got, c.W)
			}
			if m.theme.Profile == theme.Mono && strings.Contains(row, "\x1b") {
				t.Fatalf("round %d: mono row %q has an escape", round, row)
			}
			if m.glyphs == canvas.ASCII && strings.IndexFunc(row, func(r rune) bool { return r > '~' }) >= 0 {
				t.Fatalf("round %d: ASCII row %q", round, row)
			}
		}
	}
}

// TestEverySize: no size from nothing to 200×60 is too odd to draw in.
func TestEverySize(t *testing.T) {
	all := everything()
	for w := 0; w <= 200; w += 1 + w/12 {
		for h := 0; h <= 60; h += 1 + h/8 {
			m := modes[(w+h)%len(modes)]
			c := canvas.New(w, h, m.glyphs, m.theme)
			for _, draw := range all {
				draw(c, c.Bounds())
			}
		}
	}
}

// TestAspect: a ring of radius 2 is as wide as it is high, at one cell being
// twice as high as wide.
func TestAspect(t *testing.T) {
	ring := engine.NewPoints(4000)
	for i := range 4000 {
		a := 2 * math.Pi * float64(i) / 4000
		ring.Set(i, 2*math.Cos(a), 2*math.Sin(a))
	}
	p := &lab.Plane{Half: 3, Layers: []lab.Layer{{Kind: lab.Scatter, Role: lab.RoleData, Points: ring}}}
	for _, size := range [][2]int{{80, 40}, {100, 24}, {30, 50}} {
		c := canvas.New(size[0], size[1], canvas.Braille, theme.New(true, theme.TrueColor))
		Plane(c, c.Bounds(), p)
		x0, x1, y0, y1 := c.W, 0, c.H, 0
		for y := range c.H {
			for x := range c.W {
				if r := c.At(x, y).Rune; r >= 0x2800 && r < 0x2900 {
					x0, x1, y0, y1 = min(x0, x), max(x1, x), min(y0, y), max(y1, y)
				}
			}
		}
		if wide, high := x1-x0+1, 2*(y1-y0+1); wide-high > 2 || high-wide > 2 || wide < 10 {
			t.Errorf("%v: ring got %d wide and %d high, in half cells: want a ring", size, wide, high)
		}
	}
}

// TestArrowsPoint: each of the eight directions has its rune, in both sets, and
// the fastest is at the top of the ramp.
func TestArrowsPoint(t *testing.T) {
	for set, want := range map[canvas.Glyphs]string{canvas.Braille: "→↗↑↖←↙↓↘", canvas.ASCII: ">/^\\</v\\"} {
		p := &picture{Canvas: canvas.New(4, 4, set, theme.New(true, theme.TrueColor)), half: 1}
		for i, w := range []rune(want) {
			for _, turn := range []float64{-0.3, 0, 0.3} {
				a := float64(i)*math.Pi/4 + turn
				if got, _ := p.arrow(math.Cos(a), math.Sin(a), 1); got != w {
					t.Errorf("direction %.2f: got %q, want %q", a, got, w)
				}
			}
		}
		if _, tok := p.arrow(3, 0, 3); tok != theme.Ramp(theme.RampSteps-1) {
			t.Errorf("fastest arrow got token %d, want the top of the ramp", tok)
		}
		if r, tok := p.arrow(0, 0, 0); (r != '·' && r != '.') || tok != theme.Ramp(0) {
			t.Errorf("no motion got %q, token %d", r, tok)
		}
	}
}

// TestTones: points that have tones are the lighter on the ramp the greater these are.
func TestTones(t *testing.T) {
	l := lab.Layer{Kind: lab.Scatter, Role: lab.RoleE, Points: engine.Points{-0.5, 0, 0.5, 0}, Tones: []float64{0, 1}}
	p := &picture{Canvas: canvas.New(40, 20, canvas.Braille, theme.New(true, theme.TrueColor)), half: 1}
	p.count([]lab.Layer{l})
	p.draw([]lab.Layer{l})
	for i, want := range []theme.Token{theme.Ramp(0), theme.Ramp(theme.RampSteps - 1)} {
		u, w := p.place(l.Points.At(i))
		if got := p.At(cell(u, p.W), cell(w, p.H)).Tok; got != want {
			t.Errorf("tone %g: got token %d want %d", l.Tones[i], got, want)
		}
	}
}

// TestClip: what clip leaves lies on the segment and in the square, and a
// segment that has run away is cut, not walked.
func TestClip(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 1))
	for range 2000 {
		s := segment{4*rng.Float64() - 2, 4*rng.Float64() - 2, 4*rng.Float64() - 2, 4*rng.Float64() - 2}
		cut := s
		if !cut.clip() {
			for k := range 101 {
				u := float64(k) / 100
				if x, y := s.x0+u*(s.x1-s.x0), s.y0+u*(s.y1-s.y0); x > 0.001 && x < 0.999 && y > 0.001 && y < 0.999 {
					t.Fatalf("%v passes (%.3f, %.3f) and was left out", s, x, y)
				}
			}
			continue
		}
		for _, p := range [][2]float64{{cut.x0, cut.y0}, {cut.x1, cut.y1}} {
			off := (p[0]-s.x0)*(s.y1-s.y0) - (p[1]-s.y0)*(s.x1-s.x0)
			if math.Abs(off) > 1e-9 || p[0] < 0 || p[0] > 1 || p[1] < 0 || p[1] > 1 {
				t.Fatalf("%v clipped to %v: end %v is off the line or outside", s, cut, p)
			}
		}
	}
	if s := (segment{0.5, 0.5, math.NaN(), 1}); s.clip() {
		t.Error("a segment to nowhere was kept")
	}
}

func TestNum(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 1: "1.000", -1.5: "-1.500", 12.345: "12.35", 123.45: "123.5", 1234.5: "1234", 54321: "54321", 0.0391: "0.0391", -0.5: "-0.5000",
		1e5: "1.00e5", 1.234e-5: "1.23e-5", -1.234e-12: "-1.23e-12", 4e-320: "4e-320", -1e300: "-1e300", math.Inf(1): "inf", math.Inf(-1): "-inf",
	} {
		if got := short(v); got != want {
			t.Errorf("short(%g) got %q, want %q", v, got, want)
		}
	}
	if got := short(math.NaN()); got != "-" {
		t.Errorf("NaN got %q, want a dash", got)
	}
	rng := rand.New(rand.NewPCG(7, 1))
	for range 20000 {
		v := math.Float64frombits(rng.Uint64())
		if got := Num(v); len(got) > NumWidth+1 || len(got) < NumWidth {
			t.Errorf("Num(%g) got %q, want %d cells", v, got, NumWidth)
		}
	}
}

// TestTableKeepsSelected: the selected row is always in view and marked, and what
// is left out is said.
func TestTableKeepsSelected(t *testing.T) {
	tb := solverTable()
	for sel := range tb.Rows {
		for i := range tb.Rows {
			tb.Rows[i].Selected = i == sel
		}
		for h := 1; h < 10; h++ {
			for _, w := range []int{12, 20, 30, 40, 60} {
				c := canvas.New(w, h, canvas.ASCII, theme.New(true, theme.Mono))
				Table(c, c.Bounds(), tb)
				got := c.Plain()
				if !strings.Contains(got, "> "+tb.Rows[sel].Cells[0][:3]) {
					t.Errorf("%dx%d: row %d selected, not in\n%s", w, h, sel, got)
				}
				if h >= 2 && w < 28 && !strings.Contains(got, "+") {
					t.Errorf("%dx%d: columns are missing and nothing says so\n%s", w, h, got)
				}
			}
		}
	}
	c := canvas.New(60, 5, canvas.ASCII, theme.New(true, theme.Mono))
	if Table(c, c.Bounds(), tb); !strings.Contains(c.Plain(), "4-6 of 6") {
		t.Errorf("rows are out of view and nothing says so\n%s", c.Plain())
	}
}

// TestTableFits: a long first column and up to six columns fit a pane of 38: all
// columns are there, no value is cut, and names that begin alike stay apart.
func TestTableFits(t *testing.T) {
	for _, m := range modes {
		for n := 4; n <= 6; n++ {
			tb := couplingTable(n)
			c := canvas.New(38, 14, m.glyphs, m.theme)
			Table(c, c.Bounds(), tb)
			lines, seen := c.Lines(), map[string]bool{}
			for i, row := range tb.Rows {
				line := lines[i+2]
				for _, cell := range row.Cells[1:] {
					if !strings.Contains(line, " "+cell) {
						t.Errorf("%s, %d columns: %q is not in %q", m.name, n, cell, line)
					}
				}
				name, _, _ := strings.Cut(line, " 32 ")
				seen[name] = true
			}
			if n < 6 && len(seen) != len(tb.Rows) {
				t.Errorf("%s, %d columns: %d names for %d rows\n%s", m.name, n, len(seen), len(tb.Rows), c.Plain())
			}
		}
	}
}

// TestTableColours: names have the colour of their curve, the row of the present
// setting a mark and its own, and a row without a curve none.
func TestTableColours(t *testing.T) {
	tb := solverTable()
	tb.Rows[5].Role = lab.RoleField
	c := canvas.New(60, 8, canvas.Braille, theme.New(true, theme.TrueColor))
	Table(c, c.Bounds(), tb)
	for i, row := range tb.Rows {
		name, value, mark := theme.Of(row.Role), theme.Text, ' '
		if row.Selected {
			value, mark = theme.Selected, '▸'
		}
		if i == 5 {
			name = theme.Text
		}
		y := i + 2
		if got := c.At(2, y); got.Tok != name || (got.Attr&canvas.Bold != 0) != row.Selected {
			t.Errorf("row %d: name got token %d, attributes %d, want token %d, bold %v", i, got.Tok, got.Attr, name, row.Selected)
		}
		if got := c.At(31, y).Tok; c.At(31, y).Rune == ' ' || got != value {
			t.Errorf("row %d: NFE got %q in token %d, want token %d", i, c.At(31, y).Rune, got, value)
		}
		if got := c.At(0, y).Rune; got != mark {
			t.Errorf("row %d: got mark %q, want %q", i, got, mark)
		}
	}
}

// TestEndsOfPairs: both ends of a pair are seen, whatever lines cross there.
func TestEndsOfPairs(t *testing.T) {
	pl := heated()["pairs"]
	for _, m := range modes {
		p := &picture{Canvas: canvas.New(60, 30, m.glyphs, m.theme), half: 4}
		p.count(pl.Layers)
		p.draw(pl.Layers)
		for _, l := range pl.Layers[1:] {
			for i := range l.Points.Len() {
				u, w := p.place(l.Points.At(i))
				got := p.At(cell(u, p.W), cell(w, p.H)).Rune
				if got != marker(p.Canvas, l.Role) && got != marker(p.Canvas, lab.RoleData) {
					t.Errorf("%s: %s %d got %q, want its marker", m.name, l.Label, i, got)
				}
			}
		}
	}
}

// TestStroke: the rune of a long line has its direction as it is seen, at cells
// twice as high as wide.
func TestStroke(t *testing.T) {
	c := canvas.New(40, 20, canvas.ASCII, theme.New(true, theme.Mono)) // a square
	for i, want := range []rune{'─', '/', '│', '\\', '─', '/', '│', '\\'} {
		for _, turn := range []float64{-0.35, 0, 0.35} {
			a := float64(i)*math.Pi/4 + turn
			if got := stroke(c, segment{0.5, 0.5, 0.5 + 0.4*math.Cos(a), 0.5 - 0.4*math.Sin(a)}); got != want {
				t.Errorf("direction %.2f: got %q, want %q", a, got, want)
			}
		}
	}
	if got := stroke(c, segment{0.5, 0.5, 0.52, 0.5}); got != 0 {
		t.Errorf("a line within a cell got %q, want none", got)
	}
}

func TestScrubAndGauge(t *testing.T) {
	for _, test := range []struct {
		g    canvas.Glyphs
		t    float64
		want string
	}{
		{canvas.Braille, 0, "t ├●────────┤ 0.00"}, {canvas.Braille, 0.5, "t ├────●────┤ 0.50"},
		{canvas.Braille, 1, "t ├────────●┤ 1.00"}, {canvas.ASCII, 1, "t +--------*+ 1.00"},
	} {
		c := canvas.New(18, 1, test.g, theme.New(true, theme.Mono))
		if Scrub(c, 0, 0, 18, test.t); c.Plain() != test.want {
			t.Errorf("t = %g: got %q, want %q", test.t, c.Plain(), test.want)
		}
	}
	for frac, want := range map[float64]string{0: "········", 0.5: "████····", 0.57: "████▌···", 1: "████████", 7: "████████", math.NaN(): "········"} {
		c := canvas.New(8, 1, canvas.Braille, theme.New(true, theme.Mono))
		if Gauge(c, 0, 0, 8, frac); c.Plain() != want {
			t.Errorf("gauge at %g: got %q, want %q", frac, c.Plain(), want)
		}
	}
}

func TestDescribe(t *testing.T) {
	got := Describe(wholeFrame())
	for _, want := range []string{
		"Two crescents.", "samples: 400 points about (", "spread", "batch fell from ", "floor: 1.386", "euler fell from 0.7500 at 4 to 0.0234 at 128.",
		"> rk4: steps 8, NFE 32, RMS error 0.0009", "energy distance: 0.0123, floor 0.0011 (2,000 points a side)", "RMS error: not measured yet",
		"training: 1,200 of 4,000", "It ended badly: step 12",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
	at, v := swirl(9, 2)
	still := &lab.Frame{Plane: &lab.Plane{Half: 2, Layers: []lab.Layer{{Kind: lab.Arrows, Label: "field", Points: at, Vectors: v}}}}
	if got := Describe(still); !strings.Contains(got, "81 arrows, with no common direction") {
		t.Errorf("got %q, want no common direction of a swirl", got)
	}
	if got := Describe(&lab.Frame{}); got != "" {
		t.Errorf("nothing to say, got %q", got)
	}
}

// BenchmarkFrame draws and encodes a whole screen of 200×60.
func BenchmarkFrame(b *testing.B) {
	f := wholeFrame()
	rng := engine.NewRand(7, 0)
	at, v := swirl(24, 4)
	f.Plane = &lab.Plane{Half: 4, Layers: []lab.Layer{
		{Kind: lab.Arrows, Role: lab.RoleField, Label: "v", Points: at, Vectors: v},
		{Kind: lab.Scatter, Role: lab.RoleData, Label: "data", Points: moons(2000, 0.1, rng)},
		{Kind: lab.Scatter, Role: lab.RoleSample, Label: "samples", Points: moons(2000, 0.1, rng)}}}
	c := canvas.New(200, 60, canvas.Braille, theme.New(true, theme.TrueColor))
	left, side := c.Bounds().Left(PlaneWidth(60))
	loss, side := side.Top(25)
	nfe, table := side.Top(25)
	buf := make([]byte, 0, 1<<16)
	b.ReportAllocs()
	for b.Loop() {
		c.Clear()
		Plane(c, left, f.Plane)
		Chart(c, loss, &f.Charts[0])
		Chart(c, nfe, &f.Charts[1])
		Table(c, table, f.Table)
		buf = c.Append(buf[:0])
	}
	b.ReportMetric(float64(len(buf)), "bytes/frame")
}

func BenchmarkChart10k(b *testing.B) {
	ch := lossChart(10000)
	c := canvas.New(120, 30, canvas.Braille, theme.New(true, theme.TrueColor))
	b.ReportAllocs()
	for b.Loop() {
		Chart(c, c.Bounds(), ch)
	}
}
