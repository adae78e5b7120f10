package nn

import (
	"fmt"
	"math"
	"runtime"

	"fmlab/engine/libm"
)

// maxShards bounds how many gradients a batch is cut into: more would keep more
// workers busy, and need a gradient's memory each.
const maxShards = 8

// LearnerOptions are the settings of a [Learner].
type LearnerOptions struct {
	Optim   Optim
	Batch   int     // rows of a batch, at least 1
	EMA     float64 // decay of the averaged weights, 0 (off) to below 1
	Workers int     // goroutines that compute gradients; 0 for all cores. Changes no bit
}

// Learner trains a network in float32. It owns its goroutines until Close.
//
// A batch is cut into shards by its size alone and their gradients are summed in
// the order of the shards, so the number of workers changes the time and nothing
// else.
type Learner struct {
	opt    LearnerOptions
	net    *mlp[float32]
	adam   *adam[float32]
	mean   []float64 // Σ of the averaged weights, not yet corrected for its bias
	shards []shard
	crew   *crew
	norm2  float64 // of the last gradient, squared

	in, target []float64 // the batch of the present step
}

// shard is a part of every batch, with room for its gradient.
type shard struct {
	from, to int // rows
	flat     []float32
	grad     []layer[float32] // views of flat
	loss     float64          // Σ of squared errors
}

// NewLearner returns a learner that starts from the parameters of net.
func NewLearner(net *Net, opt LearnerOptions) *Learner {
	if opt.Batch < 1 || opt.Workers < 0 || !(opt.EMA >= 0 && opt.EMA < 1) {
		panic(fmt.Sprintf("nn: batch %d, workers %d, EMA %g: want batch ≥ 1, workers ≥ 0, 0 ≤ EMA < 1", opt.Batch, opt.Workers, opt.EMA))
	}
	l := &Learner{opt: opt, net: newMLP(net.core.dims, net.core.act, single)}
	convert(l.net.params, net.core.params)
	l.adam = newAdam[float32](opt.Optim, len(l.net.params))
	if opt.EMA > 0 {
		l.mean = make([]float64, len(l.net.params))
	}
	l.shards = cut(opt.Batch, l.net)
	l.crew = newCrew(l.workers(), len(l.shards), func() func(int) {
		tp := newTape(l.net, true)
		target := make([]float32, tileRows*outputs)
		return func(i int) { l.gradient(&l.shards[i], tp, target) }
	})
	return l
}

func (l *Learner) workers() int {
	n := l.opt.Workers
	if n == 0 {
		n = runtime.NumCPU()
	}
	return min(n, len(l.shards))
}

// cut divides a batch into shards of whole tiles, as even as they come.
func cut(batch int, net *mlp[float32]) []shard {
	tiles := (batch + tileRows - 1) / tileRows
	shards := make([]shard, min(tiles, maxShards))
	for i := range shards {
		s := &shards[i]
		s.from = i * tiles / len(shards) * tileRows
		s.to = min((i+1)*tiles/len(shards)*tileRows, batch)
		s.flat = make([]float32, len(net.params))
		s.grad = net.views(s.flat)
	}
	return shards
}

// Step takes one step of gradient descent on the loss, the mean of (v − target)²
// over all entries, at the parameters before the step. in is Batch×(3 + Labels):
// x, y, t and the label one-hot, all zero for none. target is Batch×2.
//
// When the loss, or the squared norm of its gradient, is not a finite number in
// float32, nothing is changed and ok is false.
func (l *Learner) Step(in, target []float64, lr float64) (loss float64, ok bool) {
	if width := l.net.dims[0]; len(in) != l.opt.Batch*width || len(target) != l.opt.Batch*outputs {
		panic(fmt.Sprintf("nn: Step with %d inputs and %d targets: want %d and %d",
			len(in), len(target), l.opt.Batch*width, l.opt.Batch*outputs))
	}
	l.in, l.target = in, target
	l.crew.run()
	l.in, l.target = nil, nil
	loss, norm2 := l.sum()
	// Written so that NaN fails. Adam squares the gradient: it must fit.
	if !(loss <= math.MaxFloat32 && norm2 <= math.MaxFloat32) {
		return loss, false
	}
	l.norm2 = norm2
	l.adam.step(l.net.params, l.shards[0].flat, lr)
	l.average()
	return loss, true
}

// GradNorm returns the length of the gradient that the last step went along; 0
// before the first.
func (l *Learner) GradNorm() float64 { return math.Sqrt(l.norm2) }

// gradient computes one shard's loss and gradient, tile by tile.
func (l *Learner) gradient(s *shard, tp *tape[float32], target []float32) {
	clear(s.flat)
	s.loss = 0
	scale, width := 2/float32(l.opt.Batch*outputs), l.net.dims[0]
	for from := s.from; from < s.to; from += tileRows {
		to := min(from+tileRows, s.to)
		convert(tp.h[0], l.in[from*width:to*width])
		convert(target, l.target[from*outputs:to*outputs])
		l.net.forward(tp, to-from)
		s.loss += l.net.backward(tp, to-from, target, scale, s.grad)
	}
}

// sum adds up the shards in their order, into the first one's gradient, and
// returns the loss and the squared norm of its gradient.
func (l *Learner) sum() (loss, norm2 float64) {
	total := l.shards[0].flat
	for i := range l.shards {
		loss += l.shards[i].loss
		if i == 0 {
			continue
		}
		for j, g := range l.shards[i].flat[:len(total)] {
			total[j] += g
		}
	}
	for _, g := range total {
		norm2 += float64(float64(g) * float64(g))
	}
	return loss / float64(l.opt.Batch*outputs), norm2
}

// average updates the moving average of the weights.
func (l *Learner) average() {
	d := l.opt.EMA
	for i := range l.mean {
		l.mean[i] = float64(d*l.mean[i]) + float64((1-d)*float64(l.net.params[i]))
	}
}

// Net returns a copy of the present network in float64; with EMA above 0, of the
// average Σ dᵏ⁻ⁱ p_i / Σ dᵏ⁻ⁱ of the weights p_i after each step i = 1 … k, which
// is free of the pull to its starting value (Kingma & Ba 2015, §3).
func (l *Learner) Net() *Net {
	core := newMLP(l.net.dims, l.net.act, double)
	if l.mean == nil || l.adam.steps == 0 {
		convert(core.params, l.net.params)
		return newNet(core)
	}
	weight := 1 - libm.Pow(l.opt.EMA, float64(l.adam.steps))
	for i, v := range l.mean {
		core.params[i] = v / weight
	}
	return newNet(core)
}

// Close ends the goroutines. Net may still be called, Step may not.
func (l *Learner) Close() { l.crew.close() }

func convert[A, B float](dst []A, src []B) {
	dst = dst[:len(src)]
	for i, v := range src {
		dst[i] = A(v)
	}
}
