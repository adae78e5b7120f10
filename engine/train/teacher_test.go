package train

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
)

// two is the mixture of pair: narrow Gaussians at (±1, 0).
var two = &exact.Mixture{
	Weights: []float64{0.5, 0.5}, Means: engine.Points{-1, 0, 1, 0},
	Covs: [][3]float64{{0.01, 0, 0.01}, {0.01, 0, 0.01}},
}

// taught returns options with the exact marginal as the teacher, or without one.
func taught(t *testing.T, p path.Path, kind path.Kind, teacher bool) Options {
	opt := small(t, p.Name)
	opt.Data, opt.Predict = two, kind
	if teacher {
		opt.Teacher = exact.New(two, p)
	}
	return opt
}

// A teacher replaces the target and nothing else: the rows are the same, the mean
// of pair and teacher over many rows is too, and what is gone is the variance of y
// given z, which is the floor of the loss. Over 20,000 rows both differ from the
// truth by less than five standard deviations, which chance alone exceeds in less
// than one run of a million.
func TestTeacherSaysTheMeanOfThePairs(t *testing.T) {
	for _, name := range []string{"linear", "vp", "ddpm"} {
		for _, kind := range path.Trainable {
			const n = 20000
			p := small(t, name).Path
			pairs := drawn(t, name, n, func(o *Options) { *o = taught(t, p, kind, false); o.Batch = n })
			mean := drawn(t, name, n, func(o *Options) { *o = taught(t, p, kind, true); o.Batch = n })
			if !slices.Equal(pairs.in, mean.in) {
				t.Fatalf("%s, %s: got other rows with a teacher", name, kind.Name)
			}
			var bias, spread, squares float64
			for i, y := range pairs.target {
				d := y - mean.target[i]
				bias, spread, squares = bias+d/(2*n), spread+d*d/(2*n), squares+d*d*d*d/(2*n)
			}
			floor, se := exact.Floor(two, p, kind, 40000, engine.NewRand(1, 1))
			if math.Abs(bias) > 5*math.Sqrt(spread/n) {
				t.Errorf("%s, %s: got pairs off the teacher by %.3g in the mean, want 0 ± %.2g", name, kind.Name, bias, math.Sqrt(spread/n))
			}
			if tol := 5 * math.Hypot(se, math.Sqrt(squares/n)); math.Abs(spread-floor) > tol {
				t.Errorf("%s, %s: got %.4g between pairs and teacher, want the loss floor %.4g ± %.2g", name, kind.Name, spread, floor, tol)
			}
		}
	}
}

// With a teacher the loss is the field error itself: it falls far below the floor of
// pairs. The field is the same one, and nearer to it.
func TestTeacherLeavesNoFloor(t *testing.T) {
	p := small(t, "linear").Path
	floor, _ := exact.Floor(two, p, path.Velocity, 4000, engine.NewRand(1, 1))
	var field [2]float64
	for k, teacher := range []bool{false, true} {
		opt := taught(t, p, path.Velocity, teacher)
		opt.Iters = 600
		tr := start(t, opt)
		for tr.Step() {
		}
		for _, at := range []float64{0.1, 0.3, 0.5, 0.7, 0.9} {
			field[k] += off(tr.Net(), two, p, path.Velocity, at) / 5
		}
		if got := tr.Smoothed(); teacher && !(got < 0.2*floor) || !teacher && !(got > 0.9*floor) {
			t.Errorf("teacher %v: got loss %.3g, want it below a fifth of the floor %.3g with one, and not without", teacher, got, floor)
		}
	}
	if !(field[1] < field[0] && field[1] < 0.05*floor) {
		t.Errorf("got field errors %.3g from pairs and %.3g from the teacher, want the second less, and small beside %.3g", field[0], field[1], floor)
	}
}

// The gradient of the loss by the output's biases is the mean of f(z, t) − target over
// the batch. From batch to batch it scatters about the same mean, less with a teacher.
func TestTeacherCalmsTheGradient(t *testing.T) {
	p := small(t, "linear").Path
	scatter := func(teacher bool) (mean [2]float64, variance float64) {
		const batches = 300
		tr := start(t, taught(t, p, path.Velocity, teacher))
		net, v := tr.Net(), engine.NewPoints(1)
		var sum, squares [2]float64
		for range batches {
			tr.batch.draw()
			var g [2]float64
			for i := range tr.opt.Batch {
				net.Predict(v, tr.batch.in[3*i:3*i+2], tr.batch.in[3*i+2])
				for k := range g {
					g[k] += (v[k] - tr.batch.target[2*i+k]) / float64(tr.opt.Batch)
				}
			}
			for k := range g {
				sum[k], squares[k] = sum[k]+g[k], squares[k]+g[k]*g[k]
			}
		}
		for k := range sum {
			mean[k] = sum[k] / batches
			variance += squares[k]/batches - mean[k]*mean[k]
		}
		return mean, variance
	}
	pairs, loud := scatter(false)
	truth, calm := scatter(true)
	if !(calm < 0.8*loud) {
		t.Errorf("got a gradient of variance %.3g with a teacher and %.3g without, want well less", calm, loud)
	}
	for k := range pairs { // the difference of two means of 300: five standard deviations
		if d := math.Abs(pairs[k] - truth[k]); d > 5*math.Sqrt(loud/300) {
			t.Errorf("got mean gradients %v and %v, want the same", pairs, truth)
		}
	}
}

func TestTeacherSeesNoLabels(t *testing.T) {
	opt := taught(t, small(t, "linear").Path, path.Velocity, true)
	opt.Data, opt.Net.Labels, opt.LabelDrop = halves{}, 2, 0.1
	if _, err := New(opt); err == nil || !strings.Contains(err.Error(), "a teacher sees none") {
		t.Errorf("got error %v, want that a teacher sees no labels", err)
	}
}
