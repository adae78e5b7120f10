package figure

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/lab"
)

var keep = flag.String("keep", "", "write the figures of the tests to this directory, to look at")

// sheet read back: how many of each element there are, and all that is written.
type parsedSVG struct {
	count map[string]int
	words []string
	paths []string
}

func parse(t *testing.T, text []byte) (p parsedSVG) {
	t.Helper()
	p.count = map[string]int{}
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return p
		}
		if err != nil {
			t.Fatalf("got %v, want XML:\n%.2000s", err, text)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			p.count[tok.Name.Local]++
			for _, a := range tok.Attr {
				if a.Name.Local == "d" {
					p.paths = append(p.paths, a.Value)
				}
			}
		case xml.CharData:
			p.words = append(p.words, string(tok))
		}
	}
}

func (p parsedSVG) says(text string) bool { return strings.Contains(strings.Join(p.words, "\n"), text) }

// drawn writes a figure alone and reads it back.
func drawn(t *testing.T, f Figure) parsedSVG {
	t.Helper()
	var b bytes.Buffer
	if err := SVG(&b, f); err != nil {
		t.Fatal(err)
	}
	if *keep != "" {
		os.WriteFile(filepath.Join(*keep, strings.ReplaceAll(t.Name(), "/", "-")+".svg"), b.Bytes(), 0o644)
	}
	for _, bad := range []string{"NaN", "Inf", "e+", "<script"} {
		if bytes.Contains(b.Bytes(), []byte(bad)) {
			t.Errorf("got %s in\n%.2000s", bad, b.Bytes())
		}
	}
	return parse(t, b.Bytes())
}

// ring are points on a circle, and every wrong number there is.
func ring(n int, r float64) engine.Points {
	p := engine.NewPoints(n)
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		p.Set(i, r*math.Cos(a), r*math.Sin(a))
	}
	return p
}

func spoilt(n int) engine.Points {
	p := ring(n, 2)
	p.Set(0, math.NaN(), 0)
	p.Set(1, math.Inf(1), math.Inf(-1))
	p.Set(2, 1e308, -1e308)
	return p
}

func TestPlane(t *testing.T) {
	values := make([]float64, 20*20)
	for i := range values {
		values[i] = math.Sin(float64(i) / 20)
	}
	values[3] = math.NaN()
	f := Figure{
		Title: "Points & <rings>", Caption: "What the \"engine\" computed,\x00 with a long caption that has to be broken into more than one line of the figure.",
		Card: "fmlab play --data 'a & b.csv' --seed 7",
		Plane: &lab.Plane{Half: 3, Layers: []lab.Layer{
			{Kind: lab.Scatter, Role: lab.RoleData, Label: "data", Points: ring(400, 1)},
			{Kind: lab.Scatter, Role: lab.RoleSample, Label: "samples", Points: spoilt(400)},
			{Kind: lab.Scatter, Role: lab.RoleB, Label: "few", Points: ring(7, 2.5)},
			{Kind: lab.Trails, Role: lab.RoleTrail, Label: "trips", Paths: []engine.Points{ring(30, 1.5), spoilt(9)}},
			{Kind: lab.Arrows, Role: lab.RoleField, Label: "velocity", Points: ring(60, 2), Vectors: spoilt(60)},
			{Kind: lab.Heat, Role: lab.RoleField, Label: "divergence", Side: 20, Values: values},
		}},
	}
	p := drawn(t, f)
	for _, want := range []string{"x", "y", "−2", "0", "2", "data", "samples", "trips", "velocity", f.Title, "--seed 7", "3 points lie outside", "blue below zero"} {
		if !p.says(want) {
			t.Errorf("want %q said, got %q", want, p.words)
		}
	}
	if p.count["svg"] != 1 || p.count["title"] != 1 || p.count["path"] < 12 {
		t.Errorf("got elements %v, want a title, and a path a layer", p.count)
	}
}

func TestPlaneIsSquare(t *testing.T) {
	f := Figure{Plane: &lab.Plane{Half: 2, Layers: []lab.Layer{{Kind: lab.Scatter, Role: lab.RoleNoise, Points: ring(100, 1.9)}}}}
	p := drawn(t, f)
	var low, high [2]float64
	low = [2]float64{1e9, 1e9}
	for _, dot := range strings.Split(p.paths[len(p.paths)-1], "M")[1:] {
		var x, y float64
		if _, err := fmt.Sscanf(dot, "%f %fh0", &x, &y); err != nil {
			t.Fatalf("%q: %v", dot, err)
		}
		low, high = [2]float64{min(low[0], x), min(low[1], y)}, [2]float64{max(high[0], x), max(high[1], y)}
	}
	if w, h := high[0]-low[0], high[1]-low[1]; math.Abs(w-h) > 1 || math.Abs(w-planeBox*0.95) > 1 {
		t.Errorf("got a circle %.1f wide and %.1f high, want both %.1f", w, h, planeBox*0.95)
	}
}

func TestChart(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	long := lab.Curve{Label: "loss", Role: lab.RoleTrail}
	for i := range 20_000 {
		long.X, long.Y = append(long.X, float64(i)), append(long.Y, 1+math.Sin(float64(i))/10)
	}
	long.Y[7777] = 40
	for name, f := range map[string]Figure{
		"linear": {Title: "loss", Chart: &lab.Chart{XLabel: "iteration", YLabel: "loss", Note: "floor 1.2", Curves: []lab.Curve{long,
			{Label: "floor", Role: lab.RoleFloor, X: []float64{0, 19_999}, Y: []float64{0.9, 0.9}}}}},
		"log": {Title: "error", Chart: &lab.Chart{XLabel: "NFE", YLabel: "RMS error", LogX: true, LogY: true, Curves: []lab.Curve{
			{Label: "euler", Role: lab.RoleA, X: []float64{1, 10, 100, 1000}, Y: []float64{1, 1e-1, nan, 1e-3}, Marks: true},
			{Label: "rk4", Role: lab.RoleB, X: []float64{0, 4, 8, 16}, Y: []float64{1, -1, inf, 1e-9}, Marks: true}}}},
		"empty":    {Title: "nothing", Chart: &lab.Chart{XLabel: "a", YLabel: "b", Curves: []lab.Curve{{Label: "none", X: []float64{nan}, Y: []float64{nan}}}}},
		"constant": {Title: "flat", Chart: &lab.Chart{XLabel: "a", YLabel: "b", Curves: []lab.Curve{{Label: "c", X: []float64{1, 2}, Y: []float64{5, 5}}}}},
		"huge":     {Title: "huge", Chart: &lab.Chart{XLabel: "a", YLabel: "b", Curves: []lab.Curve{{Label: "c", X: []float64{1, 2, 3}, Y: []float64{1e299, -1e299, 1e308}}}}},
		"narrow":   {Title: "narrow", Chart: &lab.Chart{XLabel: "a", YLabel: "b", LogY: true, Curves: []lab.Curve{{Label: "c", X: []float64{1, 2}, Y: []float64{1.1, 1.3}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			f.Caption, f.Card = "a caption", "fmlab play --experiment train"
			p := drawn(t, f)
			for _, want := range []string{f.Chart.XLabel, f.Chart.YLabel, f.Title, "a caption", f.Card, f.Chart.Curves[0].Label, f.Chart.Note} {
				if !p.says(want) {
					t.Errorf("want %q said, got %q", want, p.words)
				}
			}
			if p.count["text"] < 8 {
				t.Errorf("got %d texts, want ticks on both axes", p.count["text"])
			}
			for _, d := range p.paths {
				if len(d) > 40_000 {
					t.Errorf("got a path of %d bytes, want a long curve thinned", len(d))
				}
			}
		})
	}
}

// TestThinKeepsExtremes: a spike between many points is still drawn.
func TestThinKeepsExtremes(t *testing.T) {
	c := lab.Curve{}
	for i := range 10_000 {
		c.X, c.Y = append(c.X, float64(i)), append(c.Y, 0)
	}
	c.Y[5001], c.Y[77] = 9, -9
	kept := thin(box{w: 400}, fit(false, 0, c.X), &c)
	seen := map[float64]bool{}
	for n, i := range kept {
		seen[c.Y[i]] = true
		if n > 0 && i <= kept[n-1] {
			t.Fatalf("got index %d after %d, want them in order", i, kept[n-1])
		}
	}
	if !seen[9] || !seen[-9] || len(kept) > 900 {
		t.Errorf("got %d points and values %v, want few, and both spikes", len(kept), seen)
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		a    axis
		want string
	}{
		{axis{lo: -3, hi: 3}, "−3 −2 −1 0 1 2 3"},
		{axis{lo: 0, hi: 0.05}, "0.00 0.01 0.02 0.03 0.04 0.05"},
		{axis{log: true, lo: -9, hi: 0}, "10⁻⁹ 10⁻⁸ 10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 0.01 0.1 1"},
		{axis{log: true, lo: 0, hi: 2}, "1 2 5 10 20 50 100"},
		{axis{log: true, lo: math.Log10(1), hi: math.Log10(3)}, "1.0 1.5 2.0 2.5 3.0"},
	} {
		var got []string
		for _, tick := range c.a.ticks(6) {
			if tick.s < -1e-6 || tick.s > 1+1e-6 {
				t.Errorf("%+v: got a tick at %g", c.a, tick.s)
			}
			got = append(got, tick.label)
		}
		if c.a.log && c.a.hi-c.a.lo > 8 { // every second power
			continue
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: got %v, want %s", c.a, got, c.want)
		}
	}
}

func TestNoFigure(t *testing.T) {
	for _, f := range []Figure{{}, {Plane: &lab.Plane{Half: 1}, Chart: &lab.Chart{}}} {
		if err := SVG(io.Discard, f); err == nil {
			t.Errorf("%+v: want an error", f)
		}
	}
}

// TestOfTheLab: what the engine shows is drawn, whatever it is.
func TestOfTheLab(t *testing.T) {
	for _, e := range lab.Experiments {
		t.Run(e.Name, func(t *testing.T) {
			s := lab.Default()
			s.Data, s.N, s.NFE, s.Iters, s.Batch, s.Net, s.Threads = "2gaussians", 200, 8, 20, 32, "8x1", 1
			sim, err := e.Start(s.Only(e.Knobs))
			if err != nil {
				t.Fatal(err)
			}
			defer sim.Close()
			for range 40 {
				sim.Step()
			}
			fr := sim.Frame(lab.Look{Trip: 1, Field: true, Trails: true})
			if fr.Plane != nil {
				drawn(t, Figure{Title: e.Title, Caption: fr.Say, Plane: fr.Plane})
			}
			for i := range fr.Charts {
				drawn(t, Figure{Title: e.Title, Caption: fr.Say, Chart: &fr.Charts[i]})
			}
		})
	}
}

// TestStyleKnowsEveryInk: what is drawn inline follows the page into the dark.
func TestStyleKnowsEveryInk(t *testing.T) {
	values := make([]float64, 30*30)
	for i := range values {
		values[i] = float64(i%30 - 15)
	}
	plane := &lab.Plane{Half: 3, Layers: []lab.Layer{{Kind: lab.Heat, Side: 30, Values: values}}}
	for r := lab.RoleField; r <= lab.RoleH; r++ {
		plane.Layers = append(plane.Layers, lab.Layer{Kind: lab.Scatter, Role: r, Label: "points", Points: ring(90, 2)})
	}
	var b bytes.Buffer
	if err := Inline(&b, Figure{Title: "inks", Plane: plane}); err != nil {
		t.Fatal(err)
	}
	style, seen := Style(), 0
	for _, part := range strings.Split(b.String(), `class="`)[1:] {
		class, _, _ := strings.Cut(part, `"`)
		seen++
		if class != "figure" && !strings.Contains(style, "svg ."+class+"{") {
			t.Errorf("class %s has no colour in the dark", class)
		}
	}
	if seen < 30 {
		t.Errorf("got %d classes, want those of every role and of the heat", seen)
	}
}
