package nn

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"go.uber.org/goleak"
)

// after returns the weights after some steps, rounded to nothing: equal slices
// are equal bits.
func after(t *testing.T, cfg Config, opt LearnerOptions, steps int) []float64 {
	l, in, target := learner(t, cfg, opt)
	defer l.Close()
	for i := range steps {
		if _, ok := l.Step(in, target, 1e-2); !ok {
			t.Fatalf("got a divergence at step %d", i)
		}
	}
	return l.Net().core.params
}

func TestWorkersChangeNoBit(t *testing.T) {
	for _, batch := range []int{1, 64, 300, 1000} {
		cfg := Config{Hidden: []int{32, 70}, Act: "silu"}
		opt := LearnerOptions{Optim: Optimizers[1], Batch: batch, EMA: 0.9, Workers: 1}
		want := after(t, cfg, opt, 50)
		for _, opt.Workers = range []int{2, 4, 0} {
			if got := after(t, cfg, opt, 50); !slices.Equal(got, want) {
				t.Errorf("batch %d: got other weights with %d workers than with 1", batch, opt.Workers)
			}
		}
	}
}

func TestShardsCoverTheBatchOnce(t *testing.T) {
	net := newMLP([]int{inputs, 1, outputs}, &Activations[0], single)
	for _, batch := range []int{1, 63, 64, 65, 256, 512, 513, 1000, 4096, 65536} {
		at := 0
		for i, s := range cut(batch, net) {
			if s.from != at || s.to <= s.from || s.from%tileRows != 0 {
				t.Errorf("batch %d: got shard %d from %d to %d, want it to start at %d", batch, i, s.from, s.to, at)
			}
			at = s.to
		}
		if at != batch {
			t.Errorf("batch %d: got %d rows in shards", batch, at)
		}
	}
}

// A batch in many shards has the gradient of the same batch in one piece.
func TestShardsSumToTheWholeGradient(t *testing.T) {
	const batch = 300
	l, in, target := learner(t, Config{Hidden: []int{20, 10}, Act: "tanh"}, LearnerOptions{Optim: Optimizers[0], Batch: batch, Workers: 2})
	defer l.Close()
	m := l.Net().core
	want, loss := make([]float64, len(m.params)), 0.0
	for i := range batch {
		rowLoss, rowGrad := lossAndGradient(m, in[3*i:3*i+3], target[2*i:2*i+2], 1)
		loss += rowLoss / batch
		for j, g := range rowGrad {
			want[j] += g / batch
		}
	}
	gotLoss, ok := l.Step(in, target, 1e-3)
	if !ok || math.Abs(gotLoss-loss) > 1e-6*loss {
		t.Errorf("loss: got %.9g, %v want %.9g", gotLoss, ok, loss)
	}
	got := make([]float64, len(want))
	convert(got, l.shards[0].flat)
	for i := range got {
		got[i] -= want[i]
	}
	if rel := norm2(got) / norm2(want); rel > 1e-6 {
		t.Errorf("gradient: got relative L2 error %.2g want at most 1e-6", rel)
	}
	if got, want := l.GradNorm(), norm2(want); math.Abs(got-want) > 1e-6*want {
		t.Errorf("gradient: got length %.9g want %.9g", got, want)
	}
}

func TestAverageIsTheWeightedMeanOfAllSteps(t *testing.T) {
	const decay, steps = 0.8, 7
	opt := LearnerOptions{Optim: Optimizers[0], Batch: 8, Workers: 1}
	l, in, target := learner(t, Config{Hidden: []int{4}, Act: "silu"}, opt)
	opt.EMA = decay
	averaged, _, _ := learner(t, Config{Hidden: []int{4}, Act: "silu"}, opt)
	defer l.Close()
	defer averaged.Close()
	want, weight := make([]float64, len(l.net.params)), 0.0
	for k := range steps {
		l.Step(in, target, 1e-2)
		averaged.Step(in, target, 1e-2)
		w := math.Pow(decay, float64(steps-1-k))
		weight += w
		for i, p := range l.Net().core.params {
			want[i] += w * p
		}
	}
	for i := range want {
		want[i] /= weight
	}
	compare(t, "averaged weights", averaged.Net().core.params, want, 1e-12)
}

func TestStepRefusesWhatIsNotFinite(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), 1e25} {
		l, in, target := learner(t, Config{Hidden: []int{8}, Act: "relu"}, LearnerOptions{Optim: Optimizers[0], Batch: 100, EMA: 0.5, Workers: 2})
		defer l.Close()
		l.Step(in, target, 1e-2)
		want := l.Net().core.params
		target[70] = bad
		if loss, ok := l.Step(in, target, 1e-2); ok {
			t.Errorf("target %g: got loss %g, accepted", bad, loss)
		}
		if !slices.Equal(l.Net().core.params, want) {
			t.Errorf("target %g: got other weights after the refused step", bad)
		}
		target[70] = 0
		if _, ok := l.Step(in, target, 1e-2); !ok {
			t.Errorf("got a refusal of a good batch after a bad one")
		}
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	for _, workers := range []int{1, 2} {
		l, in, target := learner(t, Config{Hidden: []int{64, 100}, Act: "gelu"}, LearnerOptions{Optim: Optimizers[0], Batch: 256, EMA: 0.99, Workers: workers})
		defer l.Close()
		if got := testing.AllocsPerRun(20, func() { l.Step(in, target, 1e-3) }); got != 0 {
			t.Errorf("%d workers: got %g allocations a step want 0", workers, got)
		}
	}
}

func TestCloseEndsTheWorkers(t *testing.T) {
	defer goleak.VerifyNone(t)
	l, in, target := learner(t, Config{Hidden: []int{8}, Act: "relu"}, LearnerOptions{Optim: Optimizers[0], Batch: 512, Workers: 4})
	l.Step(in, target, 1e-2)
	l.Close()
	l.Close()
	if l.Net().Params() == 0 {
		t.Error("got no network after Close")
	}
	defer func() {
		if got := fmt.Sprint(recover()); got != "nn: Step after Close" {
			t.Errorf("got panic %q want nn: Step after Close", got)
		}
	}()
	l.Step(in, target, 1e-2)
}
