package exercise

import (
	"fmt"
	"math"

	"fmlab/engine"
)

// guess is a prediction and what it should be: the arguments of loss.
type guess struct{ pred, target []float64 }

func guesses() []guess {
	rng := engine.NewRand(21, 2)
	all := []guess{}
	for _, n := range []int{1, 5, 64, 256} {
		all = append(all, guess{rows(rng, n), rows(rng, n)})
	}
	return all
}

func (g guess) show(int) string { return fmt.Sprintf("for %d rows", len(g.pred)/2) }

// total is the sum of a function of the differences.
func (g guess) total(f func(d float64) float64) (sum float64) {
	for i := range g.pred {
		sum += f(g.pred[i] - g.target[i])
	}
	return sum
}

func square(x float64) float64 { return x * x }

// entries is how many numbers a guess has, count how many rows.
func (g guess) entries() float64 { return float64(len(g.pred)) }

func one(f func(guess) float64) func(guess) []float64 {
	return func(g guess) []float64 { return []float64{f(g)} }
}

var lossQuestion = question[guess]{
	right: one(func(g guess) float64 { return g.total(square) / g.entries() }),
	show:  guess.show,
	mistakes: []mistake[guess]{
		{"This is the sum of the squares: their mean is wanted, or the loss grows with the batch and the learning rate with it", one(func(g guess) float64 { return g.total(square) })},
		{"This is the mean over rows of the sum over columns, twice too large: the mean goes over all entries, n × 2", one(func(g guess) float64 { return g.total(square) / g.entries() * 2 })},
		{"This is half of it: no ½ here, so that losses compare with the floor", one(func(g guess) float64 { return g.total(square) / g.entries() / 2 })},
		{"This is divided by the number of entries twice: one mean is enough", one(func(g guess) float64 { return g.total(square) / g.entries() / g.entries() })},
		{"This is the mean of |pred − target|: squares are wanted, for their mean has its least value at the mean velocity, absolute values at the median", one(func(g guess) float64 { return g.total(math.Abs) / g.entries() })},
		{"This is the mean of pred − target itself: errors of opposite sign cancel, so square them first", one(func(g guess) float64 { return g.total(func(d float64) float64 { return d }) / g.entries() })},
		{"This is the square of the mean error: errors of opposite sign cancel, so square first and average then", one(func(g guess) float64 {
			return square(g.total(func(d float64) float64 { return d }) / g.entries())
		})},
		{"This is the root of the mean square: leave the root out", one(func(g guess) float64 { return math.Sqrt(g.total(square) / g.entries()) })},
		{"This is the length of the whole difference, norm(pred − target): the mean of squares is wanted", one(func(g guess) float64 { return math.Sqrt(g.total(square)) })},
		{"The sign is wrong: a loss that is minimised must grow with the error", one(func(g guess) float64 { return -g.total(square) / g.entries() })},
		{"Only the first row counts here: all of the batch must", one(func(g guess) float64 { return (square(g.pred[0]-g.target[0]) + square(g.pred[1]-g.target[1])) / 2 })},
		{"This is the mean square of pred: the target is not used", one(func(g guess) float64 { return guess{g.pred, make([]float64, len(g.pred))}.total(square) / g.entries() })},
		{"This is the mean of pred² − target²: subtract first, square then", one(func(g guess) float64 {
			zero := make([]float64, len(g.pred))
			return (guess{g.pred, zero}.total(square) - guess{g.target, zero}.total(square)) / g.entries()
		})},
		{"This is the mean over rows of the distance: without the root, and over all entries", one(func(g guess) float64 {
			sum := 0.0
			for i := 0; i < len(g.pred); i += 2 {
				sum += math.Hypot(g.pred[i]-g.target[i], g.pred[i+1]-g.target[i+1])
			}
			return sum / g.entries() * 2
		})},
	},
}

var lossChecks = []check{
	{"value", func(t *trial) (string, error) {
		args := guesses()
		var got [][]float64
		for _, g := range args {
			out, err := t.call("loss", points(g.pred), points(g.target))
			if err != nil {
				return "", err
			}
			x, err := number("what loss returns", out)
			if err != nil {
				return "", err
			}
			got = append(got, []float64{x})
		}
		return lossQuestion.judge(args, got)
	}},
	{"gradient", lossGradient},
}

// lossGradient compares the derivative of the loss by pred with 2 (pred − target)/N,
// and with differences of the loss itself.
func lossGradient(t *trial) (string, error) {
	g := guesses()[1]
	_, grad, err := t.Gradient(t.ctx, "loss", 0, points(g.pred), points(g.target))
	if err != nil {
		return "", err
	}
	for i, got := range grad.Data() {
		want := 2 * (g.pred[i] - g.target[i]) / g.entries()
		if !near(got, want) {
			return "", fmt.Errorf("the derivative of the loss by pred[%d, %d] is %.6g: want %.6g, 2 (pred − target)/%g. A network learns by it, so every entry of pred must reach the result", i/2, i%2, got, want, g.entries())
		}
		differs, err := t.difference(g, i)
		if err != nil {
			return "", err
		}
		if math.Abs(differs-want) > 1e-6 {
			return "", fmt.Errorf("when pred[%d, %d] changes a little, the loss changes at the rate %.6g: want %.6g", i/2, i%2, differs, want)
		}
	}
	return "2 (pred − target)/N, also by differences", nil
}

// difference is the derivative of the loss by one entry, from both sides.
func (t *trial) difference(g guess, i int) (float64, error) {
	const h = 1e-5
	var at [2]float64
	for k, d := range []float64{-h, h} {
		moved := append([]float64{}, g.pred...)
		moved[i] += d
		out, err := t.call("loss", points(moved), points(g.target))
		if err == nil {
			at[k], err = number("what loss returns", out)
		}
		if err != nil {
			return 0, err
		}
	}
	return (at[1] - at[0]) / (2 * h), nil
}
