package lessons

import (
	"math"

	"fmlab/lab"
)

// Measured says whether what the question asks for stands in a frame: nothing is
// left to do that would change it. more says whether the lab has work left.
func (p *Predict) Measured(f *lab.Frame, more bool) bool {
	if !more {
		return true // as measured as it will ever be
	}
	st, ok := f.Stat(p.Stat)
	settled := f.Progress.What == "" || f.Progress.What == "comparing"
	floored := p.Pick != "" || !math.IsNaN(st.Floor) // a condition may be about the floor
	return ok && settled && !math.IsNaN(st.Value) && floored
}
