package exercise

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"fmlab/engine"
	"fmlab/engine/dataset"
	"fmlab/engine/field"
	"fmlab/engine/metric"
	"fmlab/engine/nn"
	"fmlab/engine/ode"
	"fmlab/engine/path"
	"fmlab/lessons/exercise/vec"
)

// trainChecks are those of the three parts, and then a training run made of them.
var trainChecks = append(slices.Concat(batchChecks, pairChecks, lossChecks),
	check{"moons", func(t *trial) (string, error) { return t.moons(moonsRecipe) }})

// recipe is how the learner's parts are trained.
type recipe struct {
	hidden []int
	act    string
	batch  int
	iters  int
	lr     float64 // falls to 0 as a cosine
	most   float64 // energy distance² that passes, in medians of the floor
}

// moonsRecipe is small, so that training takes seconds, and enough: over six seeds its
// energy distance² was 1.2 to 2 times the floor's median.
var moonsRecipe = recipe{hidden: []int{64, 64, 64}, act: "relu", batch: 96, iters: 3000, lr: 8e-3, most: 3}

const (
	moonData = 256  // rows that the program draws from, fresh in each iteration
	moonRows = 2000 // of each set that is compared
	moonSets = 3    // sets compared: the middle one counts
)

// moons trains a network on two moons with the program's batch, training_pair and
// loss, samples it and measures how far the samples are from data.
func (t *trial) moons(r recipe) (string, error) {
	set, err := dataset.Get("moons")
	if err != nil {
		return "", err
	}
	source := set.Mixture()
	net, err := t.learn(source, r)
	if err != nil {
		return "", err
	}
	line, err := path.Parse("linear")
	if err != nil {
		return "", err
	}
	flow := &field.Learned{Net: net, Path: line, Kind: path.Velocity}
	floor := moonsFloor()
	var scores []float64
	for k := range moonSets {
		s, err := score(flow, source, uint64(k))
		if err != nil {
			return "", err
		}
		scores = append(scores, s/floor.Median)
	}
	slices.Sort(scores)
	measured := fmt.Sprintf("after %d iterations energy distance² is %.1f times the floor's median", r.iters, scores[moonSets/2])
	if !(scores[moonSets/2] <= r.most) {
		return "", fmt.Errorf("%s: want at most %g times. Each part looks right alone; do they change what they are given, or depend on the size of the batch?", measured, r.most)
	}
	return measured, nil
}

// moonsFloor is what fresh moons score.
var moonsFloor = sync.OnceValue(func() metric.Floor {
	set, err := dataset.Get("moons")
	if err != nil {
		panic("exercise: " + err.Error())
	}
	return metric.FloorOf(metric.EnergyV, set.Mixture(), moonRows, 20, engine.NewRand(21, 102))
})

// learn trains a network from the program's three functions.
func (t *trial) learn(source engine.Source, r recipe) (*nn.Net, error) {
	rng := engine.NewRand(21, 101)
	net, err := nn.New(nn.Config{Hidden: r.hidden, Act: r.act}, rng)
	if err != nil {
		return nil, err
	}
	l := nn.NewLearner(net, nn.LearnerOptions{Optim: nn.Optimizers[0], Batch: r.batch})
	defer l.Close()
	for i := range r.iters {
		cloud := engine.NewPoints(moonData)
		source.Sample(cloud, rng)
		in, target, err := t.lesson(l.Net(), points(cloud), r.batch, uint64(1000+i))
		if err != nil {
			return nil, fmt.Errorf("iteration %d: %w", i+1, err)
		}
		rate := r.lr * (1 + math.Cos(math.Pi*float64(i)/float64(r.iters))) / 2
		if _, ok := l.Step(in, target, rate); !ok {
			return nil, fmt.Errorf("training diverged in iteration %d: the loss and its gradient must stay finite", i+1)
		}
	}
	return l.Net(), nil
}

// lesson makes an iteration's inputs and targets of the program's functions. The
// learner's own loss is the mean square of v − target; the target is placed so that
// its gradient there is that of the program's loss, G:
//
//	2/N (v − target) = G  where  target = v − N/2 G
func (t *trial) lesson(net *nn.Net, data *vec.Vec, n int, stream uint64) (in, target []float64, err error) {
	b, err := t.batch(data, n, stream)
	if err != nil {
		return nil, nil, err
	}
	zu, err := t.pair(pairing{b.x0, b.x1, b.t})
	if err != nil {
		return nil, nil, err
	}
	z, u := zu[:2*n], zu[2*n:]
	in, pred := make([]float64, 0, 3*n), make([]float64, 2*n)
	for i := range n {
		net.Predict(pred[2*i:2*i+2], z[2*i:2*i+2], b.t[i])
		in = append(in, z[2*i], z[2*i+1], b.t[i])
	}
	_, grad, err := t.Gradient(t.ctx, "loss", 0, points(pred), points(u))
	if err != nil {
		return nil, nil, err
	}
	return in, axpy(pred, -float64(n), grad.Data()), nil // N = 2n entries
}

// score carries noise to t = 1 and compares with fresh data.
func score(f engine.Field, source engine.Source, stream uint64) (float64, error) {
	z, data := engine.NewPoints(moonRows), engine.NewPoints(moonRows)
	engine.Gaussian{}.Sample(z, engine.NewRand(21, 200+stream))
	source.Sample(data, engine.NewRand(21, 300+stream))
	end, err := carried(f, z)
	if err != nil {
		return 0, err
	}
	return metric.EnergyV(end, data), nil
}

// carried returns where a field takes points from t = 0 to t = 1, by RK4 with 8
// steps.
func carried(f engine.Field, z engine.Points) (engine.Points, error) {
	m, err := ode.Get("rk4")
	if err != nil {
		return nil, err
	}
	s, err := ode.New(m, f, z, ode.Options{To: 1, Steps: 8})
	if err != nil {
		return nil, err
	}
	for s.Step() {
	}
	if s.Err() != nil {
		return nil, fmt.Errorf("sampling the trained network: %w", s.Err())
	}
	return s.Z(), nil
}
