package train

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"fmlab/engine"
	"fmlab/engine/couple"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// pair is two narrow Gaussians at (±1, 0).
type pair struct{}

func (pair) Sample(dst engine.Points, rng *rand.Rand) {
	for i := range dst.Len() {
		side := float64(2*rng.IntN(2) - 1)
		dst.Set(i, side+0.1*rng.NormFloat64(), 0.1*rng.NormFloat64())
	}
}

// small returns options that train in a moment.
func small(t testing.TB, name string) Options {
	p, err := path.Parse(name)
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Data: pair{}, Path: p, Predict: path.Velocity, Net: nn.Config{Hidden: []int{32, 32}, Act: "silu"},
		Batch: 128, Iters: 150, LR: 1e-2, Decay: "cosine", Optimizer: "adam", Seed: 1, Workers: 1,
	}
}

func start(t testing.TB, opt Options) *Trainer {
	tr, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tr.Close)
	return tr
}

// On pairs that were not trained on, the trained field is nearer to the targets
// than the untrained one, and than standing still.
func TestTrainingLowersTheLoss(t *testing.T) {
	for _, p := range path.All {
		tr := start(t, small(t, p.Name))
		before := tr.Net()
		for tr.Step() {
		}
		if tr.Err() != nil || tr.Iter() != tr.Iters() {
			t.Fatalf("%s: got %d iterations, %v want %d", p.Name, tr.Iter(), tr.Err(), tr.Iters())
		}
		fresh := small(t, p.Name)
		fresh.Seed, fresh.Batch = 2, 2000
		held := start(t, fresh)
		held.batch.draw()
		if got, first := held.score(tr.Net()), held.score(before); !(got < 0.9*first) {
			t.Errorf("%s: got loss %.3g want well below the untrained %.3g", p.Name, got, first)
		}
		if got, none := held.score(tr.Net()), held.score(nil); !(got < 0.9*none) {
			t.Errorf("%s: got loss %.3g want well below that of v = 0, %.3g", p.Name, got, none)
		}
	}
}

// score returns the loss of a network, or of v = 0, on the drawn batch.
func (t *Trainer) score(net *nn.Net) float64 {
	sum, v := 0.0, engine.NewPoints(1)
	for i := range t.opt.Batch {
		if net != nil {
			net.Predict(v, t.batch.in[3*i:3*i+2], t.batch.in[3*i+2])
		}
		sum += math.Pow(v[0]-t.batch.target[2*i], 2) + math.Pow(v[1]-t.batch.target[2*i+1], 2)
	}
	return sum / float64(2*t.opt.Batch)
}

// With every option a seed has its own bits, whatever the number of workers, and no
// two options have the same.
func TestSameSeedSameBits(t *testing.T) {
	run := func(workers int, seed uint64, with func(*Options)) string {
		opt := small(t, "vp")
		opt.Batch, opt.Iters, opt.EMA, opt.Workers, opt.Seed = 150, 15, 0.9, workers, seed
		with(&opt)
		tr := start(t, opt)
		for tr.Step() {
		}
		return fmt.Sprint(tr.Net().Layers(), tr.History().Raw)
	}
	owner := map[string]string{}
	for name, with := range map[string]func(*Options){
		"no option":        func(*Options) {},
		"data":             func(o *Options) { o.Predict = path.Data },
		"noise":            func(o *Options) { o.Predict = path.Noise },
		"ot":               func(o *Options) { o.Coupling = couple.OT },
		"pairs":            func(o *Options) { o.Pairs = shifted(40) },
		"labels":           func(o *Options) { o.Data, o.Net.Labels, o.LabelDrop = halves{}, 2, 0.3 },
		"ot, labels, data": func(o *Options) { o.Data, o.Net.Labels, o.Coupling, o.Predict = halves{}, 2, couple.OT, path.Data },
	} {
		bits := run(1, 5, with)
		for _, workers := range []int{1, 2, 4} {
			if run(workers, 5, with) != bits {
				t.Errorf("%s: got other bits with %d workers than with 1", name, workers)
			}
		}
		if run(1, 6, with) == bits {
			t.Errorf("%s: got the same bits from two seeds", name)
		}
		if other, same := owner[bits]; same {
			t.Errorf("got the same bits with %s and %s", name, other)
		}
		owner[bits] = name
	}
}

func TestDivergenceIsCaughtInItsStep(t *testing.T) {
	for _, a := range nn.Activations {
		opt := small(t, "linear")
		opt.Net.Act, opt.LR, opt.EMA, opt.Decay, opt.Iters = a.Name, 1e30, 0.99, "none", 1000
		tr := start(t, opt)
		for tr.Step() {
			if math.IsNaN(tr.Loss()) || math.IsInf(tr.Loss(), 0) {
				t.Fatalf("%s: got loss %g from a step that said it was good", a.Name, tr.Loss())
			}
		}
		if !errors.Is(tr.Err(), ErrDiverged) || tr.Iter() > 5 {
			t.Errorf("%s: got %v after %d iterations want ErrDiverged within 5", a.Name, tr.Err(), tr.Iter())
			continue
		}
		want := fmt.Sprintf("at iteration %d:", tr.Iter()+1)
		if !strings.Contains(tr.Err().Error(), want) || !strings.Contains(tr.Err().Error(), "lower the learning rate") {
			t.Errorf("%s: got %q want it to say %q and what to do", a.Name, tr.Err(), want)
		}
		for _, l := range tr.Net().Layers() {
			for _, w := range slices.Concat(l.Weight, l.Bias) {
				if math.IsNaN(w) || math.IsInf(w, 0) {
					t.Fatalf("%s: got weight %g want the last finite ones", a.Name, w)
				}
			}
		}
		if tr.Step() || len(tr.History().Raw) != tr.Iter() {
			t.Errorf("%s: got a step, or a loss recorded, after the divergence", a.Name)
		}
	}
}

func TestRateFallsByCosine(t *testing.T) {
	opt := small(t, "linear")
	tr := start(t, opt)
	if got := tr.rate(); got != opt.LR {
		t.Errorf("first rate: got %g want %g", got, opt.LR)
	}
	for range opt.Iters / 2 {
		tr.Step()
	}
	if got, want := tr.rate(), opt.LR/2; math.Abs(got-want) > 1e-15 {
		t.Errorf("rate half way: got %g want %g", got, want)
	}
	tr.opt.Decay = "none"
	if got := tr.rate(); got != opt.LR {
		t.Errorf("rate without decay: got %g want %g", got, opt.LR)
	}
}

func TestTimesStayBelowTrainEnd(t *testing.T) {
	opt := small(t, "linear-vp")
	opt.Batch = 20000
	tr := start(t, opt)
	tr.batch.draw()
	latest, sum := 0.0, 0.0
	for i := range opt.Batch {
		latest = max(latest, tr.batch.in[3*i+2])
		sum += tr.batch.in[3*i+2]
	}
	if latest > opt.Path.TrainEnd || latest < 0.99 {
		t.Errorf("got latest time %g want just below %g", latest, opt.Path.TrainEnd)
	}
	if mean := sum / float64(opt.Batch); math.Abs(mean-0.5) > 0.01 {
		t.Errorf("got mean time %g want 0.5", mean)
	}
}

func TestCloseStopsAndKeepsTheNet(t *testing.T) {
	defer goleak.VerifyNone(t)
	opt := small(t, "linear")
	opt.Batch, opt.Workers = 512, 4
	tr := start(t, opt)
	tr.Step()
	tr.Close()
	tr.Close()
	if tr.Step() || tr.Err() != nil || tr.Iter() != 1 || tr.Net() == nil {
		t.Errorf("after Close: got step, error %v or iteration %d", tr.Err(), tr.Iter())
	}
}

func TestNewNamesTheWrongOption(t *testing.T) {
	for want, spoil := range map[string]func(*Options){
		"no data": func(o *Options) { o.Data = nil },
		`prediction "score": want one of velocity, data, noise`:    func(o *Options) { o.Predict = path.Score },
		`prediction "": want one of velocity`:                      func(o *Options) { o.Predict = path.Kind{} },
		"pairs: 0 points of noise and 0 of data":                   func(o *Options) { o.Pairs = &couple.Pairs{} },
		"coupling ot: pairs are coupled already; want independent": func(o *Options) { o.Pairs, o.Coupling = shifted(5), couple.OT },
		"2 labels: pairs have none; want 0":                        func(o *Options) { o.Pairs, o.Net.Labels = shifted(5), 2 },
		"2 labels: the data have none":                             func(o *Options) { o.Net.Labels = 2 },
		"70 labels: want 0 (none) to 64":                           func(o *Options) { o.Data, o.Net.Labels = halves{}, 70 },
		"label drop 1.5: want a probability, 0 to 1":               func(o *Options) { o.Data, o.Net.Labels, o.LabelDrop = halves{}, 2, 1.5 },
		"label drop NaN": func(o *Options) { o.Data, o.Net.Labels, o.LabelDrop = halves{}, 2, math.NaN() },
		"batch 4096: want 1 to 2048 with coupling ot": func(o *Options) { o.Coupling, o.Batch = couple.OT, 4096 },
		"no path":                           func(o *Options) { o.Path = path.Path{} },
		"batch 0: want 1 to 65536":          func(o *Options) { o.Batch = 0 },
		"batch 100000: want":                func(o *Options) { o.Batch = 100000 },
		"iterations 0: want at least 1":     func(o *Options) { o.Iters = 0 },
		"learning rate 0: want above 0":     func(o *Options) { o.LR = 0 },
		"learning rate NaN":                 func(o *Options) { o.LR = math.NaN() },
		`decay "step": want one of cosine`:  func(o *Options) { o.Decay = "step" },
		"EMA 1: want 0 (off) to below 1":    func(o *Options) { o.EMA = 1 },
		"workers -1: want 0":                func(o *Options) { o.Workers = -1 },
		`optimizer "sgd": want one of adam`: func(o *Options) { o.Optimizer = "sgd" },
		"0 hidden layers: want 1 to 8":      func(o *Options) { o.Net.Hidden = nil },
		`activation "": want one of silu`:   func(o *Options) { o.Net.Act = "" },
	} {
		opt := small(t, "linear")
		spoil(&opt)
		if _, err := New(opt); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v want an error with %q", err, want)
		}
	}
}

func BenchmarkStep(b *testing.B) {
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("64x3,batch=256,workers=%d", workers), func(b *testing.B) {
			opt := small(b, "linear")
			opt.Net.Hidden, opt.Batch, opt.Iters, opt.Workers, opt.LR, opt.EMA = []int{64, 64, 64}, 256, math.MaxInt, workers, 1e-3, 0.999
			tr := start(b, opt)
			b.ReportAllocs()
			for b.Loop() {
				if !tr.Step() {
					b.Fatal(tr.Err())
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
		})
	}
}
