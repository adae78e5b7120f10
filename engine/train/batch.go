package train

import (
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/couple"
	"fmlab/engine/nn"
)

// batch draws the rows that a network is trained on.
type batch struct {
	opt Options

	data, noise, clk, drop *rand.Rand

	x0, x1 engine.Points
	labels []int // of x1; nil when the network takes none
	plan   []int // row i of x0 goes with row plan[i] of x1
	times  []float64
	drawn  int            // batches before this one
	net    func() *nn.Net // as it is now, for an own loss
	work   couple.Work

	in, target []float64 // Batch×(3 + Labels) and Batch×2
}

func newBatch(opt Options) *batch {
	n, labels := opt.Batch, opt.Net.Labels
	b := &batch{
		opt:    opt,
		data:   engine.NewRand(opt.Seed, streamData),
		noise:  engine.NewRand(opt.Seed, streamNoise),
		clk:    engine.NewRand(opt.Seed, streamTime),
		drop:   engine.NewRand(opt.Seed, streamDrop),
		x0:     engine.NewPoints(n),
		x1:     engine.NewPoints(n),
		plan:   make([]int, n),
		times:  make([]float64, n),
		in:     make([]float64, n*(3+labels)),
		target: make([]float64, n*2),
	}
	if labels > 0 {
		b.labels = make([]int, n)
	}
	return b
}

// draw fills in and target afresh: z = α x1 + σ x0, the time and the label, and
// what the network should say of them, y = p x1 + q x0 or what the teacher says;
// and then makes the mistakes that are asked for.
func (b *batch) draw() error {
	own := b.opt.Own
	if own.Batch != nil {
		if err := b.drawOwn(); err != nil {
			return err
		}
	} else {
		b.ends()
		for i := range b.times {
			b.times[i] = b.opt.Path.TrainEnd * b.clk.Float64()
		}
	}
	b.opt.Coupling.Pair(b.plan, b.x0, b.x1, &b.work)
	if own.Pair != nil {
		if err := b.pairOwn(); err != nil {
			return err
		}
	} else {
		b.interpolate()
	}
	b.opt.Mistakes.spoil(b.in, b.target)
	if own.Gradient != nil {
		return b.aimOwn(b.net())
	}
	return nil
}

// interpolate fills in and target row by row.
func (b *batch) interpolate() {
	width := len(b.in) / len(b.plan)
	for i, j := range b.plan {
		c := b.opt.Path.At(b.times[i])
		p, q, _ := b.opt.Mistakes.coeffs(c).Combination(b.opt.Predict)
		x0, y0 := b.x0.At(i)
		x1, y1 := b.x1.At(j)
		row := b.in[i*width : (i+1)*width]
		row[0] = float64(c.Alpha*x1) + float64(c.Sigma*x0)
		row[1] = float64(c.Alpha*y1) + float64(c.Sigma*y0)
		row[2] = c.T
		if b.labels != nil {
			b.label(row[3:], b.labels[j])
		}
		if b.opt.Teacher != nil {
			b.learn(i, row[:2], c.T)
			continue
		}
		b.target[2*i] = float64(p*x1) + float64(q*x0)
		b.target[2*i+1] = float64(p*y1) + float64(q*y0)
	}
}

// learn fills row i of target with what the teacher says. It takes no chance, so
// that a run with a teacher sees the same z and t as one without.
func (b *batch) learn(i int, z engine.Points, t float64) {
	b.opt.Teacher.Read(engine.Points(b.target[2*i:2*i+2]), z, t, b.opt.Predict)
}

// ends draws x0 and x1, with the labels of x1.
func (b *batch) ends() {
	if b.opt.Pairs != nil {
		b.opt.Pairs.Sample(b.x0, b.x1, b.data)
	} else {
		if b.labels != nil {
			b.opt.Data.(engine.Labelled).SampleLabelled(b.x1, b.labels, b.data)
		} else {
			b.opt.Data.Sample(b.x1, b.data)
		}
		engine.Gaussian{}.Sample(b.x0, b.noise)
	}
}

// label writes a label one-hot, or with probability LabelDrop none: all zero. A
// point of no class has none either.
func (b *batch) label(dst []float64, label int) {
	clear(dst)
	if dropped := b.drop.Float64() < b.opt.LabelDrop; label >= 0 && !dropped {
		dst[label] = 1
	}
}
