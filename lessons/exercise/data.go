package exercise

import (
	"errors"
	"fmt"
	"math"

	"fmlab/engine"
	"fmlab/engine/dataset"
	"fmlab/engine/field"
	"fmlab/engine/metric"
	"fmlab/engine/nn"
	"fmlab/engine/path"
	"fmlab/engine/train"
	"fmlab/lessons/exercise/sandbox"
)

// sample draws n points by the program's own data set.
func (t *trial) sample(n int, stream uint64) ([]float64, error) {
	out, err := t.call("sample", n, sandbox.Rng{Seed: 22, Stream: stream})
	if err != nil {
		return nil, err
	}
	p, err := array(fmt.Sprintf("what sample(%d, rng) returns", n), out, n, 2)
	if err != nil {
		return nil, err
	}
	return p.Data(), nil
}

var dataChecks = []check{
	{"shape", func(t *trial) (string, error) {
		for i, n := range []int{1, 2, 7, 500} {
			if _, err := t.sample(n, uint64(i)); err != nil {
				return "", err
			}
		}
		return "(n, 2) for n = 1, 2, 7, 500, all finite", nil
	}},
	{"random", random},
	{"a shape", aShape},
	{"trained on", trainedOn},
}

// random checks that draws are fresh and independent of how many are drawn.
func random(t *trial) (string, error) {
	a, err := t.sample(draws, 1)
	if err != nil {
		return "", err
	}
	b, err := t.sample(draws, 2)
	if err != nil {
		return "", err
	}
	different := map[[2]float64]bool{}
	for i := 0; i < len(a); i += 2 {
		different[[2]float64{a[i], a[i+1]}] = true
	}
	switch {
	case len(different) == 1:
		return "", fmt.Errorf("all %d points are (%.4g, %.4g): draw each anew, with rng.uniform(n) or rng.normal(n, 2), and not one number for all", draws, a[0], a[1])
	case equal(a, b):
		return "", errors.New("two draws give the same points: use the rng that comes as an argument")
	case drift(a) > sigmas:
		return "", errors.New("the first half of the points lies elsewhere than the second: a data set is drawn at random, so that any part of it looks like the whole. rng.uniform(n) in place of counting, or rng.permutation(n)")
	}
	return fmt.Sprintf("%d different points of %d", len(different), draws), nil
}

// drift is how many standard deviations the halves of a set lie apart, in a
// coordinate or its square.
func drift(p []float64) (most float64) {
	x, y := columns(p)
	for _, c := range [][]float64{x, y, squares(x), squares(y)} {
		half := len(c) / 2
		m1, v1, _ := moments(c[:half])
		m2, v2, _ := moments(c[half:])
		if v := v1 + v2; v > 0 {
			most = max(most, math.Abs(m1-m2)/math.Sqrt(v/float64(half)))
		}
	}
	return most
}

func squares(x []float64) []float64 {
	s := make([]float64, len(x))
	for i, v := range x {
		s[i] = v * v
	}
	return s
}

// aShape checks that the points can be seen, and are not the noise itself.
func aShape(t *trial) (string, error) {
	p, err := t.sample(draws, 3)
	if err != nil {
		return "", err
	}
	std, _, scale, err := dataset.Standardise(p)
	if err != nil {
		return "", fmt.Errorf("the points have no extent: %w", err)
	}
	far, at := 0.0, 0
	for i := 0; i < len(std); i += 2 {
		if d := math.Hypot(std[i], std[i+1]); d > far {
			far, at = d, i
		}
	}
	x, y := columns(p)
	_, vx, kx := moments(x)
	_, vy, ky := moments(y)
	switch {
	case scale < 1e-6:
		return "", fmt.Errorf("the points differ by %.2g only: give the shape a size, of about 1", scale)
	case far > 12:
		return "", fmt.Errorf("point (%.4g, %.4g) lies %.0f standard deviations off: a few stray points set the scale, and the shape becomes a dot. Bound what can grow, such as 1/x, log and tan", p[at], p[at+1], far)
	case math.Abs(vx-1) < 0.2 && math.Abs(vy-1) < 0.2 && math.Abs(kx-3) < 0.5 && math.Abs(ky-3) < 0.5 && math.Abs(correlation(x, y)) < 0.2 && isNormal(p):
		return "", errors.New("this is the noise N(0, I) itself: a flow has nothing to do. Draw a shape: a ring, a spiral, letters")
	}
	return fmt.Sprintf("standard deviation %.2g, farthest point %.1f of them off", scale, far), nil
}

// trainingSet is the program's data set, standardised: points to train on and fresh
// ones to compare with.
type trainingSet struct{ cloud, fresh engine.Points }

// trainedOn trains a small flow on the points for a moment and looks whether it comes
// nearer to fresh ones.
func trainedOn(t *trial) (string, error) {
	cloud, err := t.sample(draws, 4)
	if err != nil {
		return "", err
	}
	fresh, err := t.sample(draws/4, 5)
	if err != nil {
		return "", err
	}
	std, shift, scale, err := dataset.Standardise(cloud)
	if err != nil {
		return "", err
	}
	set := trainingSet{std, engine.NewPoints(len(fresh) / 2)}
	for i := range fresh {
		set.fresh[i] = (fresh[i] - shift[i%2]) / scale
	}
	before, after, err := set.learn(t)
	if err != nil {
		return "", err
	}
	floor := metric.FloorOfSplit(metric.EnergyV, set.cloud.Slice(0, len(fresh)), 5, engine.NewRand(22, 11))
	if !(after < before/2 || after < 5*floor.Median) {
		return "", fmt.Errorf("a flow trained on %d points for a moment is no nearer to %d fresh ones: energy distance² %.2g, noise has %.2g. Does the shape depend on n?", draws, len(fresh)/2, after, before)
	}
	return fmt.Sprintf("energy distance² to fresh points: noise %.2g, a flow trained for a moment %.2g, data itself %.2g", before, after, floor.Median), nil
}

// learn returns the energy distance² of noise and of a trained flow to fresh points.
func (s trainingSet) learn(t *trial) (before, after float64, err error) {
	line, err := path.Parse("linear")
	if err != nil {
		return 0, 0, err
	}
	tr, err := train.New(train.Options{
		Data: dataset.Cloud{Points: s.cloud}, Path: line, Predict: path.Velocity, Net: nn.Config{Hidden: []int{32, 32}, Act: "relu"},
		Batch: 64, Iters: 200, LR: 1e-2, Decay: "cosine", Optimizer: "adam", Seed: 22,
	})
	if err != nil {
		return 0, 0, err
	}
	defer tr.Close()
	for t.ctx.Err() == nil && tr.Step() {
	}
	if tr.Err() != nil {
		return 0, 0, tr.Err()
	}
	z := engine.NewPoints(s.fresh.Len())
	engine.Gaussian{}.Sample(z, engine.NewRand(22, 10))
	end, err := carried(&field.Learned{Net: tr.Net(), Path: line, Kind: path.Velocity}, z)
	if err != nil {
		return 0, 0, err
	}
	return metric.EnergyV(z, s.fresh), metric.EnergyV(end, s.fresh), nil
}
