package nn

import (
	"fmt"
	"testing"

	"fmlab/engine"
)

func BenchmarkStep(b *testing.B) {
	for _, act := range Activations {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("64x3,batch=256,%s,workers=%d", act.Name, workers), func(b *testing.B) {
				l, in, target := learner(b, Config{Hidden: []int{64, 64, 64}, Act: act.Name}, LearnerOptions{Optim: Optimizers[0], Batch: 256, Workers: workers})
				defer l.Close()
				b.ReportAllocs()
				for b.Loop() {
					if _, ok := l.Step(in, target, 1e-3); !ok {
						b.Fatal("diverged")
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
			})
		}
	}
}

// learner returns a learner and a batch of standard normal numbers.
func learner(t testing.TB, cfg Config, opt LearnerOptions) (l *Learner, in, target []float64) {
	rng := engine.NewRand(3, 1)
	net, err := New(cfg, rng)
	if err != nil {
		t.Fatal(err)
	}
	in, target = make([]float64, opt.Batch*inputs), make([]float64, opt.Batch*outputs)
	engine.Gaussian{}.Sample(in, rng)
	engine.Gaussian{}.Sample(target, rng)
	return NewLearner(net, opt), in, target
}

func BenchmarkNet(b *testing.B) {
	net, err := New(Config{Hidden: []int{64, 64, 64}, Act: "silu"}, engine.NewRand(1, 1))
	if err != nil {
		b.Fatal(err)
	}
	const n = 2000
	z, v := engine.NewPoints(n), engine.NewPoints(n)
	engine.Gaussian{}.Sample(z, engine.NewRand(1, 2))
	div := make([]float64, n)
	for name, call := range map[string]func(){
		"Predict":    func() { net.Predict(v, z, 0.5) },
		"Tangent":    func() { net.Tangent(v, z, z, 0.5) },
		"Divergence": func() { net.Divergence(div, z, 0.5) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				call()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/point")
		})
	}
}

// The ways to a product. A 4×4 register tile in Go was tried as well, on 64×64×64:
// 1.6 GFLOP/s where gemm32 reached 9 to 12.
func BenchmarkProduct(b *testing.B) {
	const n = 64
	rng := engine.NewRand(1, 1)
	x, y, c := make([]float64, n*n), make([]float64, n*n), make([]float64, n*n)
	engine.Gaussian{}.Sample(x, rng)
	engine.Gaussian{}.Sample(y, rng)
	x32, y32, c32 := make([]float32, n*n), make([]float32, n*n), make([]float32, n*n)
	panel, panel32 := make([]float64, side*side), make([]float32, side*side)
	convert(x32, x)
	convert(y32, y)
	for _, o := range []struct {
		name   string
		ta, tb bool
	}{{"NN", false, false}, {"NT", false, true}, {"TN", true, false}} {
		run := func(name string, f func()) {
			b.Run(name+"/"+o.name, func(b *testing.B) {
				for b.Loop() {
					f()
				}
				b.ReportMetric(2*n*n*n*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
		run("gemm32", func() { gemm[float32](gemm32).product(o.ta, o.tb, n, n, n, x32, y32, c32, panel32) })
		run("rows32", func() { gemm[float32](rowsGemm[float32]).product(o.ta, o.tb, n, n, n, x32, y32, c32, panel32) })
		run("plain32", func() { plainProduct(o.ta, o.tb, n, n, n, x32, y32, c32) })
		run("gemm64", func() { gemm[float64](gemm64).product(o.ta, o.tb, n, n, n, x, y, c, panel) })
	}
}
