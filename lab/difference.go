package lab

import (
	"fmt"
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/libm"
)

// Times and cells of the maps on which a learned field is compared: so many equal
// steps of t, and cells along a side, as many as a screen shows.
const (
	mapTimes = 21
	mapCols  = 41
)

// visited is the density, relative to the greatest at the time, under which a cell
// is left out of a map: hardly any point of the flow comes there, so that nothing
// was learned there and nothing is lost by it.
const visited = 1e-3

// Cells of more than the first density, relative to the greatest, are the thick of
// the crowd; those of less than the second, but visited, its thin edges and gaps.
const thick, thin = 0.3, 0.03

var differenceKnobs = slices.Concat([]string{"data", "path", "alpha", "sigma", "seed", "pitfall"}, trainingKnobs)

// difference shows where and when a trained field differs from the exact one: the
// map of ‖v − u‖ over the places that points visit at a time, and the mean square
// over time. It is measured slice by slice of time.
type difference struct {
	*subject
	exact  *exact.Marginal
	at     engine.Points // middles of the cells
	slices []slice       // of mapTimes, those that the truth is known of
	maps   [][]float64   // ‖v − u‖ at each of slices; NaN where nobody comes; of the model looked at last
	errors []float64     // mean of ‖v − u‖²/2 over p_t at each
	thick  []float64     // the same over the cells in the thick of the crowd
	thin   []float64     // and over those at its edges
	read   int           // slices of the present model that are measured
	field  float64       // mean square over all times, of the witness
	seen   *witness
	err    error
}

// slice is the truth at one time.
type slice struct {
	t       float64
	u       engine.Points
	density []float64 // relative to the greatest of the cells
}

func startDifference(s Setup) (Sim, error) {
	s = s.Only(differenceKnobs)
	s.Model = "learned"
	subject, err := taughtSubject(s)
	if err != nil {
		return nil, err
	}
	d := &difference{subject: subject, exact: exact.New(subject.target.Mixture, subject.path), errors: unknown(mapTimes), thick: unknown(mapTimes), thin: unknown(mapTimes), field: math.NaN()}
	d.seen = newWitness(d.exact, d.target, d.path, s.Seed)
	d.maps = make([][]float64, mapTimes)
	d.at = engine.NewPoints(mapCols * mapCols)
	width := 2. * viewHalf / mapCols
	for i := range d.at.Len() {
		d.at.Set(i, float64(width*(float64(i%mapCols)+0.5))-viewHalf, float64(width*(float64(i/mapCols)+0.5))-viewHalf)
	}
	return d, nil
}

// Step looks at the truth once, then at the model, slice by slice, and trains on.
func (d *difference) Step() bool {
	switch {
	case d.err != nil:
		return false
	case !d.truthful(): // there is no truth to compare with
		return d.train()
	case len(d.slices) < mapTimes:
		d.lookUp()
	case d.seen.Step():
	case d.read < mapTimes:
		d.compare()
	default:
		return d.train()
	}
	return true
}

// train goes on to the next look at the model.
func (d *difference) train() bool {
	if !d.busy() {
		return false
	}
	look, err := d.iterate(looks)
	if d.err = err; look {
		d.read = 0
	}
	return true
}

// lookUp computes the exact velocity and density at the next time.
func (d *difference) lookUp() {
	k := len(d.slices)
	s := slice{t: math.Min(d.flow.End, d.exact.End()) * float64(k) / (mapTimes - 1), u: engine.NewPoints(d.at.Len()), density: make([]float64, d.at.Len())}
	d.exact.Velocity(s.u, d.at, s.t)
	d.exact.LogDensity(s.density, d.at, s.t)
	top := slices.Max(s.density)
	for i, l := range s.density {
		s.density[i] = libm.Exp(l - top)
	}
	d.slices = append(d.slices, s)
}

// compare measures the model at the next time.
func (d *difference) compare() {
	s := d.slices[d.read]
	v, heat := engine.NewPoints(d.at.Len()), make([]float64, d.at.Len())
	d.flow.Velocity(v, d.at, s.t)
	var all, crowd, edge average
	for i, p := range s.density {
		dx, dy := v[2*i]-s.u[2*i], v[2*i+1]-s.u[2*i+1]
		square := float64(dx*dx) + float64(dy*dy)
		all.add(square/2, p)
		switch {
		case p > thick:
			crowd.add(square/2, 1)
		case p > visited && p < thin:
			edge.add(square/2, 1)
		}
		if heat[i] = math.Sqrt(square); p < visited {
			heat[i] = math.NaN()
		}
	}
	d.maps[d.read], d.errors[d.read], d.thick[d.read], d.thin[d.read] = heat, all.mean(), crowd.mean(), edge.mean()
	if d.read++; d.read == mapTimes {
		d.field = d.seen.fieldError(d.flow)
	}
}

// average is a weighted mean in the making.
type average struct{ sum, weight float64 }

func (a *average) add(v, weight float64) {
	a.sum, a.weight = a.sum+float64(weight*v), a.weight+weight
}
func (a *average) mean() float64 { return a.sum / a.weight }

// Frame implements Sim.
func (d *difference) Frame(look Look) *Frame {
	k := min(max(int(float64(look.Trip*(mapTimes-1))+0.5), 0), mapTimes-1)
	t := math.Min(look.Trip, d.flow.End)
	f := &Frame{Experiment: "difference", T: t, Heeds: Look{Trip: 1, Field: true, Exact: true}, Progress: d.progress(), Err: d.failure()}
	f.Plane = &Plane{Title: fmt.Sprintf("learned against exact, t = %.2f", float64(k)/(mapTimes-1)), Half: viewHalf}
	if d.maps[k] != nil {
		f.Plane.Layers = append(f.Plane.Layers, Layer{Kind: Heat, Role: RoleFloor, Label: "‖v − u‖", Side: mapCols, Values: d.maps[k]})
	}
	if look.Field || look.Exact {
		f.Plane.Layers = append(f.Plane.Layers, d.arrows(t, look.Exact))
	}
	f.Charts = append([]Chart{d.errorChart(t)}, d.charts()...)
	f.Stats = append([]Stat{plain("t", "t", t, "")}, d.lossStats()...)
	f.Stats = append(f.Stats,
		plain("error_t", "field error at this t", d.errors[k], "mean square over p_t, learned against exact"),
		plain("error_thick", "where many points are", d.thick[k], "mean over places of more than 0.3 of the greatest density"),
		plain("error_thin", "where few are", d.thin[k], "mean over places of 0.001 to 0.03 of it"),
		plain("thin_ratio", "few against many", d.thin[k]/d.thick[k], "ratio of the two"),
		plain("worst_t", "t of the greatest error", d.worst(), "among the times of the maps"),
		plain("field_error", "field error", d.field, "mean square over all times"))
	f.Pitfall = d.said()
	if !d.truthful() {
		f.Say = "no truth in closed form: the pairs are not independent"
	}
	return f
}

// worst is the time of the greatest error, NaN before all are measured once.
func (d *difference) worst() float64 {
	at := 0
	for k, e := range d.errors {
		if math.IsNaN(e) {
			return math.NaN()
		}
		if e > d.errors[at] {
			at = k
		}
	}
	return float64(at) / (mapTimes - 1)
}

func (d *difference) progress() Progress {
	if d.busy() {
		return d.subject.progress()
	}
	return Progress{}
}

func (d *difference) failure() error {
	if d.err != nil {
		return d.err
	}
	return d.subject.failure()
}

func (d *difference) errorChart(t float64) Chart {
	c := Chart{Name: "error", Title: "field error over t", XLabel: "t", YLabel: "mean square", LogY: true,
		Note: "mean of ‖v − u‖²/2 over the places where points are at t"}
	line := Curve{Label: "learned", Role: RoleSample}
	for k, e := range d.errors {
		if !math.IsNaN(e) {
			line.X, line.Y = append(line.X, float64(k)/(mapTimes-1)), append(line.Y, e)
		}
	}
	c.Curves = []Curve{line}
	return c
}

// Retune implements Sim: no knob keeps the model and changes what is shown.
func (d *difference) Retune(s Setup) error { return d.choose(s.Only(differenceKnobs)) }
