package exercise

import (
	"errors"
	"fmt"
	"math"

	"fmlab/lessons/exercise/sandbox"
	"fmlab/lessons/exercise/vec"
)

// drawn is a batch as the program drew it.
type drawn struct {
	n         int
	x0, x1, t []float64
}

// batch calls batch and reads what it returns.
func (t *trial) batch(data *vec.Vec, n int, stream uint64) (b drawn, err error) {
	out, err := t.call("batch", data, n, sandbox.Rng{Seed: 21, Stream: stream})
	if err != nil {
		return b, err
	}
	return drawnOf(out, n)
}

// drawnOf reads what batch returns.
func drawnOf(out any, n int) (b drawn, err error) {
	three, err := parts("what batch returns", out, "x0", "x1", "t")
	if err != nil {
		return b, err
	}
	x0, err := array("x0", three[0], n, 2)
	if err != nil {
		return b, err
	}
	x1, err := array("x1", three[1], n, 2)
	if err != nil {
		return b, err
	}
	at, err := array("t", three[2], n, 1)
	if err != nil {
		return b, err
	}
	return drawn{n, x0.Data(), x1.Data(), at.Data()}, nil
}

// library is data in which every row is known by its first number: row i is
// (3 + i/1000, its place on a parabola), nothing like noise.
func library(n int) []float64 {
	data := make([]float64, 2*n)
	for i := range n {
		x := 3 + float64(i)/1000
		data[2*i], data[2*i+1] = x, 7+x*x
	}
	return data
}

// Numbers drawn for a check are many enough that a right answer misses a bound of
// six standard deviations about once in 10⁹ draws. All draws have seeds, so a program
// that passes once passes always.
const (
	draws  = 2000
	shelf  = 5000 // rows of the data
	sigmas = 6
)

var batchChecks = []check{
	{"shapes", func(t *trial) (string, error) {
		for i, n := range []int{1, 5, 64} {
			if _, err := t.batch(points(library(100)), n, uint64(i)); err != nil {
				return "", err
			}
		}
		return "x0 (n, 2), x1 (n, 2), t (n, 1)", nil
	}},
	{"data", func(t *trial) (string, error) { return t.both(fromData) }},
	{"noise", func(t *trial) (string, error) { return t.both(freshNoise) }},
	{"times", func(t *trial) (string, error) { return t.both(ownTimes) }},
}

// both draws two batches and looks at them.
func (t *trial) both(look func(a, b drawn) (string, error)) (string, error) {
	data := points(library(shelf))
	a, err := t.batch(data, draws, 1)
	if err != nil {
		return "", err
	}
	b, err := t.batch(data, draws, 2)
	if err != nil {
		return "", err
	}
	return look(a, b)
}

// fromData checks that x1 are rows of the data, drawn at random.
func fromData(a, b drawn) (string, error) {
	if isNormal(a.x1) {
		return "", errors.New("x1 is noise here: x1 are rows of the data and x0 the noise")
	}
	seen := map[int]bool{}
	inOrder, mean := true, 0.0
	for i := range a.n {
		row, ok := shelved(a.x1[2*i], a.x1[2*i+1])
		if !ok {
			return "", fmt.Errorf("row %d of x1, (%.6g, %.6g), is not a row of the data: take whole rows, data[i], both coordinates of the same point", i, a.x1[2*i], a.x1[2*i+1])
		}
		seen[row] = true
		inOrder = inOrder && row == i
		mean += float64(row) / float64(a.n)
	}
	switch {
	case inOrder:
		return "", errors.New("x1 are the first n rows of the data, every time: draw them at random, by rng.integers(n, len(data))")
	case len(seen) == 1:
		return "", errors.New("x1 is one row of the data n times: draw a row for each example, by rng.integers(n, len(data))")
	case equal(a.x1, b.x1):
		return "", errors.New("two batches have the same rows: draw them afresh from rng each time")
	case len(seen) < draws/2:
		return "", fmt.Errorf("only %d different rows among %d: draw from all rows alike, by rng.integers(n, len(data))", len(seen), a.n)
	case math.Abs(mean/shelf-0.5) > sigmas/math.Sqrt(12*draws):
		return "", fmt.Errorf("the rows drawn are number %.0f of %d on average: draw from all rows alike, by rng.integers(n, len(data))", mean, shelf)
	}
	return fmt.Sprintf("%d rows of the data, %d of them different", a.n, len(seen)), nil
}

// shelved finds a row of the library.
func shelved(x, y float64) (row int, ok bool) {
	row = int(math.Round((x - 3) * 1000))
	if row < 0 || row >= shelf {
		return 0, false
	}
	at := 3 + float64(row)/1000
	return row, x == at && y == 7+at*at
}

// isNormal says whether numbers have the moments of N(0, 1), roughly.
func isNormal(x []float64) bool {
	mean, variance, _ := moments(x)
	return math.Abs(mean) < 0.2 && math.Abs(variance-1) < 0.3
}

// moments are the mean, the variance and the kurtosis, 3 for a Gaussian.
func moments(x []float64) (mean, variance, kurtosis float64) {
	n := float64(len(x))
	for _, v := range x {
		mean += v / n
	}
	for _, v := range x {
		d := v - mean
		variance += d * d / n
		kurtosis += d * d * d * d / n
	}
	return mean, variance, kurtosis / (variance * variance)
}

func equal(a, b []float64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// freshNoise checks that x0 is standard Gaussian, row by row and batch by batch.
func freshNoise(a, b drawn) (string, error) {
	x, y := columns(a.x0)
	mean, variance, kurtosis := moments(a.x0)
	n := float64(len(a.x0))
	switch {
	case variance < 1e-12 || x[0] == x[1]:
		return "", errors.New("all rows of x0 are the same: draw noise for each example, by rng.normal(n, 2)")
	case equal(a.x0, b.x0):
		return "", errors.New("two batches have the same noise: draw it afresh, by rng.normal(n, 2)")
	case equal(x, y):
		return "", errors.New("both coordinates of the noise are the same, so it lies on a line: draw two numbers a row, by rng.normal(n, 2)")
	case math.Abs(mean) > sigmas/math.Sqrt(n):
		return "", fmt.Errorf("the mean of x0 is %.3g: want 0, the noise is standard Gaussian, rng.normal(n, 2)", mean)
	case math.Abs(variance-1) > sigmas*math.Sqrt(2/n):
		return "", fmt.Errorf("the variance of x0 is %.3g: want 1, the noise is standard Gaussian, rng.normal(n, 2)", variance)
	case math.Abs(kurtosis-3) > sigmas*math.Sqrt(24/n):
		return "", fmt.Errorf("x0 has mean 0 and variance 1 but not the shape of a Gaussian (kurtosis %.3g, want 3): rng.normal(n, 2)", kurtosis)
	case math.Abs(correlation(x, y)) > sigmas/math.Sqrt(float64(a.n)):
		return "", fmt.Errorf("the coordinates of x0 have correlation %.3g: want 0, draw two numbers a row, by rng.normal(n, 2)", correlation(x, y))
	}
	return fmt.Sprintf("mean %.3f, variance %.3f over %d rows", mean, variance, a.n), nil
}

// columns splits points into their coordinates.
func columns(p []float64) (x, y []float64) {
	for i := 0; i < len(p); i += 2 {
		x, y = append(x, p[i]), append(y, p[i+1])
	}
	return x, y
}

func correlation(x, y []float64) float64 {
	mx, vx, _ := moments(x)
	my, vy, _ := moments(y)
	sum := 0.0
	for i := range x {
		sum += (x[i] - mx) * (y[i] - my) / float64(len(x))
	}
	return sum / math.Sqrt(vx*vy)
}

// ownTimes checks that t is uniform from 0 to 1, one for each row.
func ownTimes(a, b drawn) (string, error) {
	mean, variance, _ := moments(a.t)
	low, high := a.t[0], a.t[0]
	for _, t := range a.t {
		low, high = min(low, t), max(high, t)
	}
	n := float64(a.n)
	switch {
	case low == high:
		return "", fmt.Errorf("t is %.4g in every row: draw one t for each example, by rng.uniform(n, 1), or a batch teaches a single moment", low)
	case low < 0 || high > 1:
		return "", fmt.Errorf("t goes from %.4g to %.4g: want times from 0 (noise) to 1 (data), by rng.uniform(n, 1)", low, high)
	case equal(a.t, b.t):
		return "", errors.New("two batches have the same times: draw them afresh, by rng.uniform(n, 1)")
	case math.Abs(mean-0.5) > sigmas/math.Sqrt(12*n):
		return "", fmt.Errorf("the mean of t is %.3g: want ½, for all times alike, rng.uniform(n, 1)", mean)
	case math.Abs(variance-1./12) > sigmas/math.Sqrt(180*n):
		return "", fmt.Errorf("t from %.3g to %.3g has variance %.4g: want 1/12, for all times alike, rng.uniform(n, 1)", low, high, variance)
	}
	x, _ := columns(a.x0)
	data, _ := columns(a.x1)
	for _, other := range [][]float64{x, data} {
		if c := correlation(a.t, other); math.Abs(c) > sigmas/math.Sqrt(n) {
			return "", fmt.Errorf("t goes with the points (correlation %.2g): draw it on its own, by rng.uniform(n, 1)", c)
		}
	}
	return fmt.Sprintf("from %.3f to %.3f, one for each row", low, high), nil
}
