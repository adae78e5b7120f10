package lab

import (
	"math"

	"fmlab/engine"
	"fmlab/engine/libm"
	"fmlab/engine/path"
)

// paths shows one pair (x0, x1) travelling on every path at once, and the
// schedule of the chosen one. All is computed at each look: there is no work to
// advance.
type paths struct {
	setup  Setup
	target *Target
	path   path.Path
	x0, x1 engine.Points // one point each
}

func startPaths(s Setup) (Sim, error) {
	t, err := OpenTarget(s.Data, false, s.Seed)
	if err != nil {
		return nil, err
	}
	p, err := s.OnPath()
	if err != nil {
		return nil, err
	}
	x0, x1 := engine.NewPoints(1), engine.NewPoints(1)
	rng := engine.NewRand(s.Seed, streamPair)
	for range 200 { // a pair that is close together, or in line with 0, shows little
		engine.Gaussian{}.Sample(x0, rng)
		t.Train.Sample(x1, rng)
		if cross := math.Abs(float64(x0[0]*x1[1]) - float64(x0[1]*x1[0])); cross > 2 && libm.Hypot(x1[0]-x0[0], x1[1]-x0[1]) < 4 {
			break
		}
	}
	return &paths{s, t, p, x0, x1}, nil
}

func (s *paths) Step() bool         { return false }
func (s *paths) Retune(Setup) error { return nil }
func (s *paths) Close()             {}

// scheduleTimes are the times at which schedules are drawn.
const scheduleTimes = 101

func (s *paths) Frame(look Look) *Frame {
	c := s.path.At(look.Trip)
	f := &Frame{Experiment: "paths", T: look.Trip, Heeds: Look{Trip: 1}, Plane: s.plane(look.Trip), Charts: schedule(s.path, look.Trip)}
	for _, st := range []Stat{
		{Key: "t", Title: "t", Value: look.Trip},
		{Key: "alpha", Title: "alpha", Value: c.Alpha},
		{Key: "sigma", Title: "sigma", Value: c.Sigma},
		{Key: "dalpha", Title: "d alpha/dt", Value: c.DAlpha},
		{Key: "dsigma", Title: "d sigma/dt", Value: c.DSigma},
		{Key: "lambda", Title: "lambda", Value: c.Lambda(), Note: "log(alpha/sigma)"},
	} {
		st.Floor, st.Q95 = math.NaN(), math.NaN()
		f.Stats = append(f.Stats, st)
	}
	return f
}

// plane draws the way of the pair on every path up to t, one role a path.
func (s *paths) plane(t float64) *Plane {
	data := engine.NewPoints(400)
	s.target.Train.Sample(data, engine.NewRand(s.setup.Seed, streamFresh))
	p := &Plane{Title: "one pair on every path", Half: viewHalf, Layers: []Layer{
		{Kind: Scatter, Role: RoleData, Label: "data", Points: data},
		{Kind: Scatter, Role: RoleNoise, Label: "x0", Points: s.x0},
	}}
	for i, q := range s.shown() {
		here := engine.NewPoints(1)
		q.Interpolate(here, s.x0, s.x1, t)
		p.Layers = append(p.Layers,
			Layer{Kind: Trails, Role: RoleA + Role(i), Paths: []engine.Points{s.trail(q, t)}},
			Layer{Kind: Scatter, Role: RoleA + Role(i), Label: q.Name, Points: here})
	}
	return p
}

// shown is every path of the menu, and the chosen one if it is not among them.
func (s *paths) shown() []path.Path {
	for _, q := range path.All {
		if q.Name == s.path.Name {
			return path.All
		}
	}
	return append(path.All[:len(path.All)-1:len(path.All)-1], s.path)
}

func (s *paths) trail(q path.Path, t float64) engine.Points {
	const pieces = 48
	way := make(engine.Points, 0, 2*(pieces+1))
	z := engine.NewPoints(1)
	for k := range pieces + 1 {
		q.Interpolate(z, s.x0, s.x1, t*float64(k)/pieces)
		way = append(way, z...)
	}
	return way
}

// schedule is α, σ and their derivatives over t with a mark at the present one;
// an infinite derivative is a gap.
func schedule(p path.Path, now float64) []Chart {
	ts := make([]float64, scheduleTimes)
	var alpha, sigma, dalpha, dsigma []float64
	finite := func(v float64) float64 {
		if math.Abs(v) > 12 { // the pole of σ̇ at t = 1 would flatten all the rest
			return math.NaN()
		}
		return v
	}
	for i := range ts {
		ts[i] = float64(i) / (scheduleTimes - 1)
		c := p.At(ts[i])
		alpha, sigma = append(alpha, c.Alpha), append(sigma, c.Sigma)
		dalpha, dsigma = append(dalpha, finite(c.DAlpha)), append(dsigma, finite(c.DSigma))
	}
	c := p.At(now)
	curves := func(data, noise string, a, s []float64, aNow, sNow float64) []Curve {
		at := []float64{now}
		return []Curve{
			{Label: data, Role: RoleData, X: ts, Y: a}, {Label: noise, Role: RoleNoise, X: ts, Y: s},
			{Role: RoleData, X: at, Y: []float64{aNow}, Marks: true}, {Role: RoleNoise, X: at, Y: []float64{sNow}, Marks: true},
		}
	}
	return []Chart{
		{Name: "schedule", Title: "path " + p.Name + ": alpha and sigma over t", XLabel: "t",
			Curves: curves("alpha", "sigma", alpha, sigma, c.Alpha, c.Sigma)},
		{Name: "derivatives", Title: "their derivatives over t", XLabel: "t",
			Curves: curves("d alpha", "d sigma", dalpha, dsigma, finite(c.DAlpha), finite(c.DSigma))},
	}
}
