package train

import (
	"errors"
	"fmt"

	"fmlab/engine"
	"fmlab/engine/path"
)

// Mistakes are made on purpose, to see what comes of them. The zero value makes
// none. None of them takes a chance: z, t and labels are those of a run without.
type Mistakes struct {
	Flip     bool      // the target is −y, as when noise and data are swapped in it
	Mean     bool      // the target is the batch mean of y, the same for every row
	Of       path.Path // the target is that of this path, though z is mixed on Options.Path; zero is the right one
	Timeless bool      // the network is shown t = 0 whatever the time is
}

// Target says whether the network is taught another target than that of its path.
func (m Mistakes) Target() bool { return m.Flip || m.Mean || m.Of.Name != "" }

// check says what is wrong with the mistakes beside the other options.
func (m Mistakes) check(o Options) error {
	switch {
	case m.Target() && o.Teacher != nil:
		return errors.New("a mistaken target and a teacher: want one of them")
	case m.Of.Name != "" && o.Predict.Name != path.Velocity.Name:
		return fmt.Errorf("the target of path %s with predict %s: a target that is no %s is the same on every path", m.Of.Name, o.Predict.Name, path.Velocity.Name)
	}
	return nil
}

// coeffs are those that the target is made of at the time of c.
func (m Mistakes) coeffs(c path.Coeffs) path.Coeffs {
	if m.Of.Name == "" {
		return c
	}
	return m.Of.At(min(c.T, m.Of.TrainEnd))
}

// spoil makes the mistakes in a batch that is right.
func (m Mistakes) spoil(in []float64, target engine.Points) {
	width := len(in) / target.Len()
	for i := range target.Len() {
		if m.Timeless {
			in[i*width+2] = 0
		}
		if m.Flip {
			x, y := target.At(i)
			target.Set(i, -x, -y)
		}
	}
	if !m.Mean {
		return
	}
	var mx, my float64
	for i := range target.Len() {
		x, y := target.At(i)
		mx, my = mx+x, my+y
	}
	n := float64(target.Len())
	for i := range target.Len() {
		target.Set(i, mx/n, my/n)
	}
}
