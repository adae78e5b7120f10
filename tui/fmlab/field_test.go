package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/nn"
	"fmlab/engine/path"
	"fmlab/lab"
)

// readings are the answer of fmlab field --json.
type readings struct {
	Schema int
	Rows   []struct {
		X, Y, T             float64
		Velocity, X1, Score *[2]float64
		Divergence, LogP    *float64
	}
}

// goldenField is a file of reference numbers of exact fields: of a mixture or of a
// set of points.
type goldenField struct {
	Mixture json.RawMessage
	Data    [][2]float64
	Rows    []struct {
		Path                        string
		T                           float64
		Points, Velocity, X1, Score [][2]float64
		Logp, Divergence            []float64
	}
}

// data writes the data that the reference numbers belong to.
func (g goldenField) data(t *testing.T) string {
	t.Helper()
	if g.Mixture != nil {
		return file(t, "mix.json", string(g.Mixture))
	}
	return file(t, "data.csv", csvOf(g.Data))
}

// csvOf writes rows of numbers that read back to the same, and more after each.
func csvOf(rows [][2]float64, more ...float64) string {
	var b strings.Builder
	for _, r := range rows {
		for i, v := range append(r[:], more...) {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.FormatFloat(v, 'g', -1, 64))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func relative(t *testing.T, what string, got *float64, want, tol float64) {
	t.Helper()
	if got == nil {
		t.Errorf("%s: got null, want %g", what, want)
		return
	}
	near(t, what, *got, want, tol*(1+math.Abs(want)))
}

// TestFieldReference: every reading of the exact field, through the command line,
// on every path. Reference numbers made with numpy, scipy and torch in float64;
// divergences there are central differences, good to about 1e-7.
func TestFieldReference(t *testing.T) {
	for _, name := range []string{"exact_mixture.json", "exact_points.json"} {
		g := reference[goldenField](t, name)
		data := g.data(t)
		if len(g.Rows) != 28 {
			t.Fatalf("%s: got %d rows, want 28", name, len(g.Rows))
		}
		for _, row := range g.Rows {
			at := file(t, "at.csv", "x,y,t\n"+csvOf(row.Points, row.T))
			got := decoded[readings](t, "field", "--exact", "--json", "--data", data, "--path", row.Path, "--at", at)
			if got.Schema != 1 || len(got.Rows) != len(row.Points) {
				t.Fatalf("%s %s: got schema %d and %d rows, want 1 and %d", name, row.Path, got.Schema, len(got.Rows), len(row.Points))
			}
			for i, r := range got.Rows {
				what := fmt.Sprintf("%s %s t = %g point %d ", name, row.Path, row.T, i)
				if r.X != row.Points[i][0] || r.Y != row.Points[i][1] || r.T != row.T {
					t.Errorf("%s: got %v,%v,%v, want the place asked for", what, r.X, r.Y, r.T)
				}
				for k := range 2 {
					relative(t, what+"velocity", &r.Velocity[k], row.Velocity[i][k], 1e-7)
					relative(t, what+"x1", &r.X1[k], row.X1[i][k], 1e-7)
					relative(t, what+"score", &r.Score[k], row.Score[i][k], 1e-7)
				}
				relative(t, what+"logp", r.LogP, row.Logp[i], 1e-7)
				if row.Divergence != nil {
					relative(t, what+"divergence", r.Divergence, row.Divergence[i], 1e-6)
				}
			}
		}
	}
}

// TestFieldAtManyTimes: rows come back in their order, whatever their times.
func TestFieldAtManyTimes(t *testing.T) {
	text := "# where to look\n 0.5, 0.25 ,0.3\n\n1,-1,0.3\n0.5,0.25,0\n\"1e-1\",+2,1\n0.5,0.25,0.3\n"
	a := process(t, text, strings.Fields("field --exact --data 2gaussians --json --at -")...)
	if a.code != 0 {
		t.Fatalf("got exit %d and %q, want 0", a.code, a.words)
	}
	got := parsed[readings](t, a.out)
	want := [][3]float64{{0.5, 0.25, 0.3}, {1, -1, 0.3}, {0.5, 0.25, 0}, {0.1, 2, 1}, {0.5, 0.25, 0.3}}
	if len(got.Rows) != len(want) {
		t.Fatalf("got %d rows, want %d", len(got.Rows), len(want))
	}
	for i, r := range got.Rows {
		if [3]float64{r.X, r.Y, r.T} != want[i] {
			t.Errorf("row %d: got %v,%v,%v, want %v", i, r.X, r.Y, r.T, want[i])
		}
	}
	if first, last := got.Rows[0], got.Rows[4]; *first.Velocity != *last.Velocity || *first.LogP != *last.LogP {
		t.Errorf("the same place twice: got %v and %v, want the same", *first.Velocity, *last.Velocity)
	}
	// At t = 0 the density is that of N(0, I), and the data prediction the mean.
	start := got.Rows[2]
	near(t, "log p at t = 0", *start.LogP, -(0.25+0.0625)/2-math.Log(2*math.Pi), 1e-12)
	near(t, "score at t = 0", start.Score[0], -0.5, 1e-12)
}

// writeNet writes a small untrained model and returns it with the file's name.
func writeNet(t *testing.T, kind path.Kind, onPath string, labels int) (*lab.Model, string) {
	t.Helper()
	net, err := nn.New(nn.Config{Hidden: []int{8, 8}, Act: "silu", Labels: labels}, engine.NewRand(5, 1))
	if err != nil {
		t.Fatal(err)
	}
	p, err := path.Parse(onPath)
	if err != nil {
		t.Fatal(err)
	}
	m := &lab.Model{Net: net, Predict: kind, Path: p, Coupling: "independent", Means: make([][2]float64, labels), Shift: [2]float64{50, -30}, Scale: 4}
	var b strings.Builder
	if err := m.Write(&b, "test"); err != nil {
		t.Fatal(err)
	}
	name := file(t, "m.safetensors", b.String())
	m, err = lab.OpenModel(name) // as rounded to float32
	if err != nil {
		t.Fatal(err)
	}
	return m, name
}

// TestFieldOfAModelInUnitsOfItsData: velocities grow with the scale, scores shrink
// with it, divergences stay.
func TestFieldOfAModelInUnitsOfItsData(t *testing.T) {
	for _, kind := range path.Trainable {
		m, name := writeNet(t, kind, "vp", 0)
		flow := lab.LearnedFlow(m)
		const at = 0.4
		z := engine.Points{0.3, -0.7}
		v, x1, score, div := engine.NewPoints(1), engine.NewPoints(1), engine.NewPoints(1), make([]float64, 1)
		flow.Velocity(v, z, at)
		flow.Data(x1, z, at)
		flow.Divergence(div, z, at)
		m.Path.At(at).Convert(score, z, v, path.Velocity, path.Score)
		places := file(t, "at.csv", csvOf([][2]float64{{50 + 4*z[0], -30 + 4*z[1]}}, at))
		text := fine(t, "field", "--json", "--model", name, "--at", places)
		if strings.Contains(text, "logp") {
			t.Errorf("got %s, want no logp of a model", text)
		}
		r := parsed[readings](t, text).Rows[0]
		for k, shift := range [2]float64{50, -30} {
			relative(t, kind.Name+" velocity", &r.Velocity[k], 4*v[k], 1e-12)
			relative(t, kind.Name+" x1", &r.X1[k], shift+4*x1[k], 1e-12)
			relative(t, kind.Name+" score", &r.Score[k], score[k]/4, 1e-12)
		}
		relative(t, kind.Name+" divergence", r.Divergence, div[0], 1e-12)
	}
}

// TestFieldNulls: what does not exist is null, and the rest is there.
func TestFieldNulls(t *testing.T) {
	at := file(t, "at.csv", "50,-30,1\n")
	middle := file(t, "middle.csv", "50,-30,0.5\n")
	for _, c := range []struct {
		kind                   path.Kind
		path, args             string
		velocity, score, spans bool // at t = 1; the score at t = ½
	}{
		{path.Velocity, "linear", "", true, false, true},
		{path.Noise, "linear", "", true, false, true},
		{path.Data, "linear", "", false, false, true},
		{path.Velocity, "ddpm", "", false, false, true},
		{path.Velocity, "linear", " --route vp", false, false, true},
		{path.Velocity, "linear", " --label 1", true, false, true},
		{path.Velocity, "linear", " --label 1 --guidance 3", true, false, false},
	} {
		_, name := writeNet(t, c.kind, c.path, 2)
		args := "field --json --model " + name + c.args + " --at "
		end := decoded[readings](t, strings.Fields(args+at)...).Rows[0]
		half := decoded[readings](t, strings.Fields(args+middle)...).Rows[0]
		what := c.kind.Name + " on " + c.path + c.args
		if got := end.Velocity != nil; got != c.velocity || (end.Divergence != nil) != got {
			t.Errorf("%s: velocity at t = 1: got %v and divergence %v, want both there: %v", what, end.Velocity, end.Divergence, c.velocity)
		}
		if got := end.Score != nil; got != c.score {
			t.Errorf("%s: score at t = 1: got %v, want it there: %v", what, end.Score, c.score)
		}
		if got := half.Score != nil; got != c.spans {
			t.Errorf("%s: score at t = 0.5: got %v, want it there: %v", what, half.Score, c.spans)
		}
		if end.X1 == nil || half.X1 == nil || half.Velocity == nil {
			t.Errorf("%s: got no x1 or no velocity at t = 0.5, want them", what)
		}
	}
	exact := decoded[readings](t, "field", "--exact", "--data", "testdata/mix.json", "--path", "ddpm", "--json", "--at", at).Rows[0]
	if exact.Velocity == nil || exact.Score == nil || exact.Divergence == nil || exact.LogP == nil {
		t.Errorf("exact mixture on ddpm at t = 1: got %+v, want all of it", exact)
	}
}

// TestFieldNamesInfinities: what is infinite is a string.
func TestFieldNamesInfinities(t *testing.T) {
	text := fine(t, "field", "--exact", "--data", "testdata/mix.json", "--json", "--at", file(t, "far.csv", "1e300,0,0.5\n"))
	if !strings.Contains(text, `"logp":"-inf"`) || strings.Contains(text, "NaN") {
		t.Errorf("got %s, want log p as \"-inf\" and no NaN", text)
	}
}

// TestFieldTable: a line a place, a dash for what does not exist.
func TestFieldTable(t *testing.T) {
	_, name := writeNet(t, path.Data, "linear", 0)
	lines := strings.Split(strings.TrimSuffix(fine(t, "field", "--model", name, "--at", file(t, "at.csv", "50,-30,1\n50,-30,0.5\n")), "\n"), "\n")
	if len(lines) != 3 {
		t.Fatalf("got %q, want a heading and two lines", lines)
	}
	end, half := strings.Fields(lines[1]), strings.Fields(lines[2])
	if len(end) != 11 || len(half) != 11 || end[3] != "-" || end[9] != "-" || half[3] == "-" || half[10] != "-" {
		t.Errorf("got %q and %q, want 11 columns: no velocity at t = 1, and no log p", end, half)
	}
}

// TestFieldWrongUse: what was found, where, and what is allowed, and exit 2.
func TestFieldWrongUse(t *testing.T) {
	points := file(t, "points.csv", "0,0\n1,1\n")
	_, model := writeNet(t, path.Velocity, "linear", 0)
	of := func(text string) string { return file(t, "at.csv", text) }
	good := of("0,0,0.5\n")
	for _, c := range []struct {
		args string
		want []string
	}{
		{"field --at " + good, []string{"--exact", "--model"}},
		{"field --exact", []string{"no points", "--at", "x,y,t"}},
		{"field --exact --data - --at -", []string{"standard input", "once"}},
		{"field --exact --at nowhere.csv", []string{"nowhere.csv", "no such file"}},
		{"field --exact --at " + t.TempDir(), []string{"directory", "regular file"}},
		{"field --exact --data mons --at " + good, []string{`"mons"`, "moons"}},
		{"field --exact --path liner --at " + good, []string{`"liner"`, "linear-vp"}},
		{"field --model " + model + " --path vp --at " + good, []string{"--path vp", "trained on path linear"}},
		{"field --model " + model + " --label 1 --at " + good, []string{"label", "no classes"}},
		{"field --exact --at " + of("0,0,0.5\n0,0,1.5\n"), []string{"at.csv:2:5", "t = 1.5", "0 (noise) to 1 (data)"}},
		{"field --exact --at " + of("x,y,t\n0,0,-0.1\n"), []string{"at.csv:2:5", "t = -0.1"}},
		{"field --exact --at " + of("0,0,NaN\n"), []string{"at.csv:1:5", `"NaN"`, "finite"}},
		{"field --exact --at " + of("0,1e999,0\n"), []string{"at.csv:1:3", `"1e999"`, "finite"}},
		{"field --exact --at " + of("0,0x1p3,0\n"), []string{"at.csv:1:3", `"0x1p3"`}},
		{"field --exact --at " + of("a,b,c\n0,0,0\n"), []string{"at.csv:1:1", `"a"`}},
		{"field --exact --at " + of("# no t\n0,0\n"), []string{"at.csv:2:1", "2 columns", "x,y,t"}},
		{"field --exact --at " + of("0;0;0\n"), []string{"at.csv:1:1", "1 columns", "commas"}},
		{"field --exact --at " + of("0,\"0,0\n"), []string{"at.csv:", "quote"}},
		{"field --exact --at " + of("x,y,t\n"), []string{"no points", "x,y,t"}},
		{"field --exact --data " + points + " --at " + of("0,0,0.5\n1,0,0.999999\n0,0,1\n"), []string{"at.csv:3", "t = 1", "set of points", "t below 1"}},
	} {
		a := fmlab(strings.Fields(c.args)...)
		if a.code != 2 || a.out != "" {
			t.Errorf("fmlab %s: got exit %d and output %q, want 2 and none", c.args, a.code, a.out)
		}
		for _, want := range c.want {
			if !strings.Contains(a.words, want) {
				t.Errorf("fmlab %s: got %q, want it to say %q", c.args, a.words, want)
			}
		}
	}
}

// TestFieldKeys holds the keys that scripts rely on.
func TestFieldKeys(t *testing.T) {
	at, places := file(t, "at.csv", "0,0,0.5\n"), file(t, "xy.csv", "0,0\n")
	for args, keys := range map[string]string{
		"field --exact --at " + at:                                      "rows[].x rows[].y rows[].t rows[].velocity[] rows[].x1[] rows[].score[] rows[].divergence rows[].logp",
		"density --exact --data 2gaussians --at " + places:              "rows[].x rows[].y rows[].logp rows[].exact nfe",
		"density --exact --data 2gaussians --hutchinson --at " + places: "rows[].logp rows[].hutchinson nfe",
	} {
		text := fine(t, append(strings.Fields(args), "--json")...)
		if !strings.HasPrefix(text, `{"schema":1,"rows":[{"x":0,"y":0,`) || strings.Count(text, "\n") != 1 {
			t.Errorf("fmlab %s: got %q, want one line of one object that begins with the schema and rows", args, text)
		}
		v := parsed[any](t, text)
		for _, key := range strings.Fields(keys) {
			if err := has(v, key); err != nil {
				t.Errorf("fmlab %s: %s: %v", args, key, err)
			}
		}
	}
}

// TestPlacesAreCapped: the readers' limits are those of point files.
func TestPlacesAreCapped(t *testing.T) {
	_, err := readPlaces(strings.NewReader(strings.Repeat("1,2,0\n", maxPlaces+1)), "f.csv")
	if want := "f.csv:1000001:1: found more than 1000000 rows"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("rows: got %v, want %s", err, want)
	}
	_, err = readPlaces(strings.NewReader(strings.Repeat("#"+strings.Repeat(".", 1000)+"\n", maxPlaceBytes/1000)), "f.csv")
	if want := "f.csv: found more than 64 MiB"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("bytes: got %v, want %s", err, want)
	}
	all, err := readPlaces(strings.NewReader("\ufeffX,Y,T\r\n1,2,0.5\r\n"), "f.csv")
	if err != nil || len(all) != 1 || all[0] != (place{1, 2, 0.5, 2}) {
		t.Errorf("byte order mark, CRLF and header: got %v, %v, want one place on line 2", all, err)
	}
}
