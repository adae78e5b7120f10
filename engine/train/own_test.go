package train

import (
	"errors"
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/path"
)

// own are the parts of a step as the package would write them itself.
func own() Own {
	return Own{
		Pair: func(x0, x1 engine.Points, t []float64) (z, u engine.Points, err error) {
			z, u = engine.NewPoints(x0.Len()), engine.NewPoints(x0.Len())
			for i := range z {
				z[i] = float64(t[i/2]*x1[i]) + float64((1-t[i/2])*x0[i])
				u[i] = x1[i] - x0[i]
			}
			return z, u, nil
		},
		Gradient: func(pred, target engine.Points) (engine.Points, error) {
			g := engine.NewPoints(pred.Len())
			for i := range g {
				g[i] = 2 * (pred[i] - target[i]) / float64(len(pred))
			}
			return g, nil
		},
	}
}

// TestOwnPartsAreTheSame: a run with own parts that do what the package does gives
// the same losses.
func TestOwnPartsAreTheSame(t *testing.T) {
	run := func(o Own) []float64 {
		opt := small(t, "linear")
		opt.Own, opt.Iters = o, 40
		tr := start(t, opt)
		var losses []float64
		for tr.Step() {
			losses = append(losses, tr.Loss())
		}
		if tr.Err() != nil {
			t.Fatal(tr.Err())
		}
		return losses
	}
	want := run(Own{})
	for name, o := range map[string]Own{"pair": {Pair: own().Pair}, "loss": {Gradient: own().Gradient}, "both": own()} {
		for i, got := range run(o) {
			if math.Abs(got-want[i]) > 1e-9*want[i] {
				t.Fatalf("%s: got loss %.12g in iteration %d, want %.12g", name, got, i, want[i])
			}
		}
	}
}

// TestOwnBatch: its pairs and times are those that are trained on.
func TestOwnBatch(t *testing.T) {
	opt := small(t, "linear")
	opt.Batch = 4
	opt.Own.Batch = func(n, iter int) (x0, x1 engine.Points, times []float64, err error) {
		x0, x1 = engine.NewPoints(n), engine.NewPoints(n)
		for i := range n {
			x1.Set(i, 1, float64(iter))
			times = append(times, 0.5)
		}
		return x0, x1, times, nil
	}
	tr := start(t, opt)
	for iter := range 3 {
		if !tr.Step() {
			t.Fatal(tr.Err())
		}
		if b := tr.batch; b.in[0] != 0.5 || b.in[1] != float64(iter)/2 || b.in[2] != 0.5 || b.target[1] != float64(iter) {
			t.Errorf("iteration %d: got row %v and target %v", iter, b.in[:3], b.target[:2])
		}
	}
}

// TestOwnFails: an error ends the run, and is said.
func TestOwnFails(t *testing.T) {
	broken := errors.New("out of breath")
	fails := own()
	fails.Pair = func(x0, x1 engine.Points, t []float64) (z, u engine.Points, err error) { return nil, nil, broken }
	short := own()
	short.Gradient = func(pred, target engine.Points) (engine.Points, error) { return pred[:2], nil }
	nan := own()
	nan.Gradient = func(pred, target engine.Points) (engine.Points, error) {
		pred[3] = math.NaN()
		return pred, nil
	}
	for want, o := range map[string]Own{"out of breath": fails, "a gradient of 2 numbers": short, "not a number": nan} {
		opt := small(t, "linear")
		opt.Own = o
		tr := start(t, opt)
		if tr.Step() || tr.Err() == nil || !strings.Contains(tr.Err().Error(), want) {
			t.Errorf("got error %v, want %q", tr.Err(), want)
		}
	}
	for name, change := range map[string]func(*Options){
		"data": func(o *Options) { o.Predict = path.Data },
		"path": func(o *Options) { o.Path = path.All[1] },
		"EMA":  func(o *Options) { o.EMA = 0.9 },
	} {
		opt := small(t, "linear")
		opt.Own = own()
		change(&opt)
		if _, err := New(opt); err == nil {
			t.Errorf("%s: taken with own parts", name)
		}
	}
}
