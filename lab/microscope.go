package lab

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/libm"
	"fmlab/engine/path"
)

// seen is how many conditional arrows the microscope draws; enough to see their
// spread, few enough to tell them apart.
const seen = 32

// microscope looks at one place z at one time: at the data that a point there may
// be on its way to, at the velocity each of them asks for, and at their mean, which
// is the field. All is computed at each look: there is no work to advance.
type microscope struct {
	setup  Setup
	target *Target
	path   path.Path
	truth  *exact.Marginal
	z      engine.Points // one point
}

func startMicroscope(s Setup) (Sim, error) {
	t, err := OpenTarget(s.Data, false, s.Seed)
	if err != nil {
		return nil, err
	}
	p, err := s.OnPath()
	if err != nil {
		return nil, err
	}
	m := &microscope{target: t, path: p, truth: exact.New(t.Mixture, p)}
	return m, m.Retune(s)
}

func (m *microscope) Step() bool { return false }
func (m *microscope) Close()     {}

func (m *microscope) Retune(s Setup) error {
	x, y, err := parsePlace(s.Place)
	m.setup, m.z = s, engine.Points{x, y}
	return err
}

// parsePlace reads "x,y".
func parsePlace(v string) (x, y float64, err error) {
	a, b, ok := strings.Cut(v, ",")
	x, errX := strconv.ParseFloat(strings.TrimSpace(a), 64)
	y, errY := strconv.ParseFloat(strings.TrimSpace(b), 64)
	if !ok || errX != nil || errY != nil || !(libm.Hypot(x, y) <= 100) {
		return 0, 0, fmt.Errorf("want two numbers x,y within 100 of 0, as in 0.5,-0.2")
	}
	return x, y, nil
}

// time is the one looked at: the ends of a path leave nothing to see, and there is
// no density of a point set at the last.
func (m *microscope) time(trip float64) float64 {
	return math.Min(trip, math.Min(m.truth.End(), 0.995))
}

func (m *microscope) Frame(look Look) *Frame {
	t := m.time(look.Trip)
	c := m.path.At(t)
	ends, u := engine.NewPoints(seen), engine.NewPoints(seen)
	m.truth.Posterior(ends, m.z[0], m.z[1], t, engine.NewRand(m.setup.Seed, streamPair))
	for i := range u { // u(z | x1): the velocity of the pair that passes here on its way to x1
		x0 := (m.z[i%2] - float64(c.Alpha*ends[i])) / c.Sigma
		u[i] = float64(c.DAlpha*ends[i]) + float64(c.DSigma*x0)
	}
	field, mean := engine.NewPoints(1), engine.NewPoints(1)
	m.truth.Velocity(field, m.z, t)
	for i, v := range u {
		mean[i%2] += float64(v / seen)
	}
	f := &Frame{Experiment: "microscope", T: t, Heeds: Look{Trip: 1}, Plane: m.plane(ends, u, field)}
	f.Stats = m.stats(t, u, mean, field)
	f.Say = fmt.Sprintf("%d pairs that pass through (%s): their velocities differ, the field is the mean", seen, m.setup.Place)
	return f
}

// plane draws the arrows so that the field's own is readable: all on one scale.
func (m *microscope) plane(ends, u, field engine.Points) *Plane {
	data := engine.NewPoints(400)
	m.target.Mixture.Sample(data, engine.NewRand(m.setup.Seed, streamFresh))
	arrow := func(v engine.Points, i int) engine.Points {
		const length = 0.35 // of a time unit
		x, y := v.At(i)
		return engine.Points{m.z[0], m.z[1], m.z[0] + float64(length*x), m.z[1] + float64(length*y)}
	}
	fan := Layer{Kind: Trails, Role: RoleTrail, Label: "one pair each"}
	for i := range u.Len() {
		fan.Paths = append(fan.Paths, arrow(u, i))
	}
	return &Plane{Title: "the pairs that pass through z", Half: viewHalf, Layers: []Layer{
		{Kind: Scatter, Role: RoleData, Label: "data", Points: data},
		fan,
		{Kind: Scatter, Role: RoleSample, Label: "their data", Points: ends},
		{Kind: Trails, Role: RoleExact, Label: "the field: their mean", Paths: []engine.Points{arrow(field, 0)}},
		{Kind: Scatter, Role: RoleA, Label: "z", Points: m.z.Clone()},
	}}
}

func (m *microscope) stats(t float64, u, mean, field engine.Points) []Stat {
	own := 0.0
	for i, v := range u {
		own += (v - mean[i%2]) * (v - mean[i%2]) / float64(2*(seen-1))
	}
	var stats []Stat
	for _, st := range []Stat{
		{Key: "t", Title: "t", Value: t},
		{Key: "mean_x", Title: "mean of the pairs, x", Value: mean[0], Note: fmt.Sprintf("over %d pairs", seen)},
		{Key: "field_x", Title: "the field, x", Value: field[0]},
		{Key: "mean_y", Title: "mean of the pairs, y", Value: mean[1]},
		{Key: "field_y", Title: "the field, y", Value: field[1]},
		{Key: "pair_variance", Title: "variance of the pairs", Value: own, Note: fmt.Sprintf("of %d pairs, mean over x and y", seen)},
		{Key: "variance", Title: "variance in closed form", Value: m.truth.Spread(m.z[0], m.z[1], t, path.Velocity), Note: "no network's loss at this z and t is below it"},
	} {
		st.Floor, st.Q95 = math.NaN(), math.NaN()
		stats = append(stats, st)
	}
	return stats
}
