package lab

import "fmlab/engine"

// Role says what a layer or a curve stands for. The terminal chooses colour and
// marker by it; here it carries no appearance.
type Role int

// Roles, in order of drawing priority: where two meet in a cell the later wins.
const (
	RoleField  Role = iota // velocity arrows
	RoleNoise              // z at t = 0
	RoleTrail              // trajectories
	RoleData               // the target
	RoleSample             // points carried by the solver
	RoleExact              // truth in closed form
	RoleFloor              // what a perfect model would score
	RoleA                  // first of several curves compared …
	RoleB
	RoleC
	RoleD
	RoleE
	RoleF
	RoleG
	RoleH
)

// Kind says how a layer of a Plane is to be read.
type Kind int

// Layer kinds.
const (
	Scatter Kind = iota // Points
	Arrows              // Points with Vectors
	Trails              // Paths, each a polyline
	Heat                // Values on a square grid, under all marks
)

// Layer is one set of marks in the plane, in data coordinates.
type Layer struct {
	Kind    Kind
	Role    Role
	Label   string          // for the legend
	Points  engine.Points   // scatter and arrows
	Tones   []float64       // scatter: nil, or for each point how light it is among its like, 0 to 1
	Vectors engine.Points   // arrows: one vector a point
	Paths   []engine.Points // trails: one polyline a path
	Side    int             // heat: cells along a side of the view
	Values  []float64       // heat: Side×Side, row by row from the lowest y, at the middles of the cells; drawn from 0 to their greatest
}

// Plane is a picture in data coordinates. The view is a square of half-width
// Half about the origin unless the layers say otherwise.
type Plane struct {
	Title  string
	Half   float64 // the view is [-Half, Half]²
	Layers []Layer
}

// Curve is one line of a Chart. X and Y have the same length; a NaN in Y is a gap.
type Curve struct {
	Label string // for the legend; "" has no place in it
	Role  Role
	X, Y  []float64
	Marks bool // draw a marker at every point (few points, measured values)
}

// Chart is a set of curves over one axis.
type Chart struct {
	Name           string // "loss", "nfe", "schedule", "derivatives": stable, used to find it
	Title          string
	XLabel, YLabel string
	LogX, LogY     bool
	Curves         []Curve
	Note           string // said under the chart, for example "diverged at step 12"
}

// Row is one line of a Table.
type Row struct {
	Role     Role
	Cells    []string
	Selected bool // the row of the present setting
}

// Table is a small table of measured values, formatted, right-aligned but for
// the first column.
type Table struct {
	Title   string
	Columns []string
	Rows    []Row
	Stats   []string // keys of the stats it shows, whole or up to a _: they need no second place
}

// Stat is one measured number. Goals are judged on stats and the command line
// prints them.
type Stat struct {
	Key   string  // stable name, as in --json: "energy_distance2"
	Title string  // words for the screen: "energy distance"
	Value float64 // NaN when not measured yet
	Floor float64 // median score of a perfect sampler; NaN when it has none
	Q95   float64 // 95 % quantile of the floor; NaN when it has none
	Note  string  // what to know about it: "V-statistic, 2,000 points a side"
}

// Progress of the work a Sim does; Total 0 means nothing is to be done.
type Progress struct {
	What        string // "training", "sampling", "comparing"
	Done, Total int
}

// Frame is a photograph of a Sim: everything a screen, a test or the command
// line may want to know, in data coordinates. It is immutable: the Sim that made
// it never writes to its slices again.
type Frame struct {
	Experiment string
	T          float64 // the time shown, 0 (noise) to 1 (data); NaN where no one time is
	Plane      *Plane  // nil when the experiment has none
	Charts     []Chart
	Table      *Table
	Stats      []Stat
	Progress   Progress
	Say        string  // one sentence about the state, for people
	Own        string  // what of the learner's code is at work, "" for nothing
	Pitfall    string  // what is wrong on purpose, "" for nothing
	Err        error   // why the run ended badly, nil if it did not
	OneChart   bool    // its charts are looked at one at a time: the first, or the one that is asked for
	Moments    int     // of its training that a look may go back to
	Past       int     // the one that is shown, 0 for the present
	Hold       float64 // seconds that people want to look at it before the next Step; 0 is none
	Heeds      Look    // what of a Look changes the picture; a Trip above 0 says that the time does
}

// Stat returns the stat of that key, and whether the frame has it.
func (f *Frame) Stat(key string) (Stat, bool) {
	for _, s := range f.Stats {
		if s.Key == key {
			return s, true
		}
	}
	return Stat{}, false
}

// Chart returns the chart of that name, nil if the frame has none.
func (f *Frame) Chart(name string) *Chart {
	for i := range f.Charts {
		if f.Charts[i].Name == name {
			return &f.Charts[i]
		}
	}
	return nil
}
