//go:build slow

package lessons

import (
	"math"
	"slices"
	"testing"

	"fmlab/engine"
	"fmlab/engine/metric"
	"fmlab/lab"
)

// TestPicturesAreTold: in every case of the clinic any two pictures differ by far more
// than chance: samples by their energy distance, loss curves by where they end or how
// they jump on the way.
func TestPicturesAreTold(t *testing.T) {
	l, err := mustLoad(t).Find("2.7")
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Body()
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range b.Quiz {
		if it.Kind != Picture {
			continue
		}
		var frames []*lab.Frame
		for _, o := range it.Options {
			w := &workshop{t: t}
			scene := w.with(*it.Scene, o.Set)
			frames = append(frames, w.start(scene, w.setup(scene)).finish(t, nil))
		}
		for i := range frames {
			for j := range i {
				apart, least := cloudsApart(frames[i], frames[j]), 0.03
				if it.Scene.Show == "loss" {
					apart, least = curvesApart(frames[i], frames[j]), 0.15
				}
				t.Logf("%s: %q and %q: %.3g", it.Slug, it.Options[i].Text, it.Options[j].Text, apart)
				if apart < least {
					t.Errorf("%s: %q looks like %q: apart by %.3g, want %g", it.Slug, it.Options[i].Text, it.Options[j].Text, apart, least)
				}
			}
		}
	}
}

// cloudsApart is the energy distance² of the samples of two frames.
func cloudsApart(a, b *lab.Frame) float64 {
	samples := func(f *lab.Frame) engine.Points {
		i := slices.IndexFunc(f.Plane.Layers, func(l lab.Layer) bool { return l.Role == lab.RoleSample })
		return f.Plane.Layers[i].Points
	}
	return metric.EnergyV(samples(a), samples(b))
}

// curvesApart is the greatest of three differences of loss curves in the logarithm: of
// the mean over the last half; of the jumps there, a tenth of it; and of the peak.
func curvesApart(a, b *lab.Frame) float64 {
	tell := func(f *lab.Frame) (mean, jumps, peak float64) {
		y := f.Chart("loss").Curves[0].Y
		peak = slices.Max(y)
		y = y[len(y)/2:]
		for i, v := range y {
			mean += v / float64(len(y))
			if i > 0 {
				jumps += math.Abs(v-y[i-1]) / float64(len(y))
			}
		}
		return mean, jumps, peak
	}
	m, j, p := tell(a)
	n, k, q := tell(b)
	return max(math.Abs(math.Log(m/n)), math.Abs(math.Log(j/k))/10, math.Abs(math.Log(p/q)))
}
