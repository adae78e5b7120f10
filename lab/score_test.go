package lab

import (
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/metric"
)

func opened(t *testing.T, name string, raw bool, seed uint64) *Target {
	t.Helper()
	target, err := OpenTarget(name, raw, seed)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

func floored(s *Scorer, samples engine.Points) []Stat {
	for s.Step() {
	}
	return s.Floored(s.Score(samples))
}

// TestFloorIsWhatAPerfectSamplerScores: fresh data lie around the median, and
// below the 95 % quantile nearly always; noise lies above both.
func TestFloorIsWhatAPerfectSamplerScores(t *testing.T) {
	t.Parallel()
	const n, draws = 100, 30
	target := opened(t, "moons", false, 1)
	rng := engine.NewRand(3, 1)
	above, below := [2]int{}, [2]int{}
	for seed := range uint64(draws) {
		s := NewScorer(target, n, seed, Live)
		fresh := engine.NewPoints(n)
		target.Mixture.Sample(fresh, rng)
		for k, st := range floored(s, fresh) {
			if st.Value > st.Floor {
				above[k]++
			}
			if st.Value <= st.Q95 {
				below[k]++
			}
		}
	}
	for k, key := range []string{"energy_distance2", "sliced_w2"} {
		if above[k] < draws/4 || above[k] > 3*draws/4 || below[k] < draws*8/10 {
			t.Errorf("%s: of %d perfect samplers got %d above the median and %d below the quantile, want about half and nearly all", key, draws, above[k], below[k])
		}
	}
	for _, st := range floored(NewScorer(target, n, 1, Live), Noise(n, 9)) {
		if !(st.Value > st.Q95) {
			t.Errorf("%s: got %v for noise, want above %v", st.Key, st.Value, st.Q95)
		}
	}
}

// TestScoresAreTheMetrics, and floors are those of the metric, NaN before they
// are measured.
func TestScoresAreTheMetrics(t *testing.T) {
	target := opened(t, "circles", false, 1)
	s, samples := NewScorer(target, 40, 7, Live), Noise(40, 7)
	if st := s.Floored(s.Score(samples))[0]; !math.IsNaN(st.Floor) || !math.IsNaN(st.Q95) {
		t.Errorf("got floor %v before it is measured, want NaN", st.Floor)
	}
	data := target.Judge(40, engine.NewRand(7, streamFresh))
	got := floored(s, samples)
	for i, m := range []func(x, y engine.Points) float64{metric.EnergyV, metric.SlicedW2} {
		want := metric.FloorOf(m, target.Mixture, 40, floorPairs, engine.NewRand(7, streamFloor))
		if got[i].Value != m(samples, data) || got[i].Floor != want.Median || got[i].Q95 != want.Q95 {
			t.Errorf("got %+v, want %v with floor %+v", got[i], m(samples, data), want)
		}
	}
}

// TestScorerSizes: at most 2,000 a side, at most half of what a file holds back,
// and the first samples of more.
func TestScorerSizes(t *testing.T) {
	if s := NewScorer(opened(t, "moons", false, 1), 5000, 1, Live); s.N != 2000 {
		t.Errorf("got %d points a side, want 2000", s.N)
	}
	target := opened(t, csvFile(t, Noise(403, 1)), false, 1) // 100 held back
	s := NewScorer(target, 5000, 1, Live)
	if s.N != 50 {
		t.Errorf("got %d points a side, want 50", s.N)
	}
	samples := Noise(70, 2)
	all := floored(s, samples)
	for i, st := range floored(s, samples.Slice(0, 50)) {
		if st.Value != all[i].Value || !strings.Contains(st.Note, "50 points a side") || !(st.Floor > 0 && st.Q95 >= st.Floor) {
			t.Errorf("got %+v of the first 50 and %+v of 70, want the same, with a floor", st, all[i])
		}
	}
	if st := s.Score(samples.Slice(0, 10))[0]; !strings.Contains(st.Note, "10 samples against 50") {
		t.Errorf("got note %q, want both sizes in it", st.Note)
	}
}
