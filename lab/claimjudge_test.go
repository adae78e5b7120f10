package lab

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestIntervalReference: Student's intervals of small sets. Reference numbers made
// with scipy.stats.t in float64: t(0.975, 4) = 2.7764451051977987, t(0.975, 1) =
// 12.706204736432095, t(0.975, 9) = 2.2621571627409915.
func TestIntervalReference(t *testing.T) {
	for _, c := range []struct {
		x              []float64
		mean, halfspan float64
	}{
		{[]float64{1, 2, 3, 4, 5}, 3, 2.7764451051977987 * math.Sqrt(2.5/5)},
		{[]float64{0, 2}, 1, 12.706204736432095},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 5.5, 2.2621571627409915 * math.Sqrt(9.166666666666667/10)},
	} {
		got := intervalOf(c.x)
		if math.Abs(got.Mean-c.mean) > 1e-12 || math.Abs(got.Low-(c.mean-c.halfspan)) > 1e-8 || math.Abs(got.High-(c.mean+c.halfspan)) > 1e-8 {
			t.Errorf("%v: got %+v, want %g ± %.9g", c.x, got, c.mean, c.halfspan)
		}
	}
	if got := intervalOf([]float64{7, 7, 7}); got != (Interval{7, 7, 7}) {
		t.Errorf("equal numbers: got %+v, want 7 without a span", got)
	}
	if got := intervalOf([]float64{7}); got.Mean != 7 || !math.IsNaN(got.Low) || !math.IsNaN(got.High) {
		t.Errorf("one number: got %+v, want no span that is known", got)
	}
	if got := intervalOf([]float64{1, math.Inf(1), 3}); got.Low != 1 || !math.IsInf(got.High, 1) || !math.IsInf(got.Mean, 1) {
		t.Errorf("with an infinity: got %+v, want the range", got)
	}
}

// TestIntervalCovers: of 4,000 intervals of five normal numbers 95 % have their mean
// in them. The count has a standard deviation of 14: a bound of five of them is
// missed by chance in less than one run of a million.
func TestIntervalCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const trials = 4000
	in := 0
	for range trials {
		x := make([]float64, 5)
		for i := range x {
			x[i] = 0.3 + 2*rng.NormFloat64()
		}
		if iv := intervalOf(x); iv.Low < 0.3 && 0.3 < iv.High {
			in++
		}
	}
	if math.Abs(float64(in)-0.95*trials) > 5*math.Sqrt(trials*0.95*0.05) {
		t.Errorf("got the mean in %d of %d intervals, want 95 %%", in, trials)
	}
}

// court of fiction: rows of two arms with a difference for every case.
func fiction(differences map[string][]float64, order ...string) (rows []ClaimRow) {
	for i := range 5 {
		for _, name := range order {
			at := strings.Fields(name)
			shared := float64(10 * i) // what the seed does to both
			rows = append(rows,
				ClaimRow{Seed: uint64(i), Case: at, Arm: "a", Value: shared, Floor: math.NaN()},
				ClaimRow{Seed: uint64(i), Case: at, Arm: "b", Value: shared + differences[name][i], Floor: math.NaN()})
		}
	}
	return rows
}

var (
	up   = []float64{1, 1.1, 0.9, 1, 1.2}
	down = []float64{-1, -1.1, -0.9, -1, -1.2}
	wide = []float64{1, -1, 0.5, -0.4, 0}
)

// TestVerdicts: the judge sees through what seeds share, and says of what it
// depends.
func TestVerdicts(t *testing.T) {
	c := &Claim{Factors: []string{"data", "path"}, questions: []question{{says: "b is more", unit: "x", margin: func(a arms) float64 { return a("b") - a("a") }}}}
	order := []string{"moons linear", "moons vp", "circles linear", "circles vp"}
	for _, k := range []struct {
		name            string
		answers         [][]float64
		verdict, reason string
	}{
		{"all up", [][]float64{up, up, up, up}, Holds, "in all 4 comparisons"},
		{"all down", [][]float64{down, down, down, down}, Fails, "in all 4 comparisons the interval of the margin lies below 0"},
		{"nothing to see", [][]float64{wide, wide, wide, wide}, Fails, "no difference can be told"},
		{"down or nothing", [][]float64{wide, down, wide, down}, Fails, "in 2 of 4 comparisons the interval of the margin lies below 0, in 2"},
		{"by the path", [][]float64{up, down, up, down}, Depends, "it depends on path: it holds for linear; it fails for vp"},
		{"by the data", [][]float64{up, up, wide, wide}, Depends, "it depends on data: it holds for moons; no difference can be told for circles"},
		{"by both", [][]float64{up, down, down, up}, Depends, "it depends on data and path: it holds for moons linear, circles vp; it fails for moons vp, circles linear"},
	} {
		differences := map[string][]float64{}
		for i, at := range order {
			differences[at] = k.answers[i]
		}
		v := c.judge(fiction(differences, order...))
		if v.Verdict != k.verdict || !strings.Contains(v.Because, k.reason) {
			t.Errorf("%s: got %s: %s, want %s: %s", k.name, v.Verdict, v.Because, k.verdict, k.reason)
		}
		if len(v.Means) != 8 || len(v.Findings) != 4 {
			t.Errorf("%s: got %d means and %d findings, want 8 and 4", k.name, len(v.Means), len(v.Findings))
		}
	}
}

// TestVerdictOfTwoQuestions: each has its own reason, and the claim holds when both
// do everywhere.
func TestVerdictOfTwoQuestions(t *testing.T) {
	more := func(a arms) float64 { return a("b") - a("a") }
	c := &Claim{Factors: []string{"data"}, questions: []question{
		{says: "b is more", margin: more},
		{says: "b is much more", margin: func(a arms) float64 { return more(a) - 2 }},
	}}
	v := c.judge(fiction(map[string][]float64{"moons": up, "circles": down}, "moons", "circles"))
	if want := "“b is more”: it depends on data: it holds for moons; it fails for circles; “b is much more”: in all 2 comparisons the interval of the margin lies below 0"; v.Verdict != Depends || v.Because != want {
		t.Errorf("got %s: %s, want depends: %s", v.Verdict, v.Because, want)
	}
}

// TestVerdictBeside: what is asked beside is told and decides nothing; a case that
// cannot answer is not asked.
func TestVerdictBeside(t *testing.T) {
	more := func(a arms) float64 { return a("b") - a("a") }
	c := &Claim{Factors: []string{"data"}, questions: []question{
		{says: "b is more", margin: more},
		{says: "a is more", aside: true, margin: func(a arms) float64 { return -more(a) }},
		{says: "c is more", margin: func(a arms) float64 { return a("c") }},
	}}
	v := c.judge(fiction(map[string][]float64{"moons": up, "circles": up}, "moons", "circles"))
	if v.Verdict != Holds || len(v.Findings) != 4 || !strings.Contains(v.Because, "beside it, “a is more” holds in 0, fails in 2") {
		t.Errorf("got %s: %s with %d findings", v.Verdict, v.Because, len(v.Findings))
	}
}

// TestVerdictOfThreeFactors: where no two factors decide, the one that tells most is
// named.
func TestVerdictOfThreeFactors(t *testing.T) {
	c := &Claim{Factors: []string{"data", "path", "NFE"}, questions: []question{{says: "b is more", margin: func(a arms) float64 { return a("b") - a("a") }}}}
	differences := map[string][]float64{}
	var order []string
	for _, data := range []string{"moons", "circles"} {
		for _, on := range []string{"linear", "vp"} {
			for _, nfe := range []string{"4", "64"} {
				at := data + " " + on + " " + nfe
				order = append(order, at)
				differences[at] = up
				if nfe == "4" && at != "circles vp 4" || at == "circles vp 64" {
					differences[at] = down
				}
			}
		}
	}
	if got := c.judge(fiction(differences, order...)).Because; got != "it depends on NFE most: it holds in 1 of 4 for NFE 4, 3 of 4 for NFE 64" {
		t.Errorf("got %q", got)
	}
}
