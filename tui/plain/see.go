package plain

import (
	"math"
	"slices"
	"strings"

	"fmlab/engine/dataset"
	"fmlab/lab"
	"fmlab/tui/plot"
)

// elsewhere are stats that are said in another place: the time by the plane, the
// floor of the loss beside the loss.
var elsewhere = []string{"t", "loss_floor"}

// see says in words what the picture shows, and every number measured, unless what it
// is is the question.
func (s *session) see(b *bench) {
	s.picture(b)
	if !b.veiled {
		s.numbers(b.frame, nil)
	}
}

// look says what the picture shows, of a run that there must be first.
func (s *session) look(b *bench) {
	if b.frame != nil || s.run(b, nil) {
		s.see(b)
	}
}

// picture says what is drawn.
func (s *session) picture(b *bench) {
	if b.veiled {
		s.line("The picture; its knobs are hidden.")
	} else {
		s.line("The picture: " + b.told() + ".")
		if b.frame.Own != "" {
			s.line("At work: " + b.frame.Own + ".")
		}
		if text := broken(b.taken); text != "" {
			s.line(text)
		}
		if d, err := dataset.Get(b.taken.Data); err == nil && b.frame.Plane != nil {
			s.line("The data: " + d.Title + ".")
		}
	}
	drawn := *b.frame
	drawn.Stats, drawn.Progress, drawn.Pitfall = nil, lab.Progress{}, "" // which is said already
	if b.veiled {
		drawn = blind(b.frame, b.show)
	}
	s.line(strings.TrimSuffix(plot.Describe(&drawn), "\n"))
}

// blind is the picture that leads, the plane or the chart that the scene names, without
// the words that say what is set: titles, notes, the time.
func blind(f *lab.Frame, show string) lab.Frame {
	if ch := f.Chart(show); ch != nil {
		bare := *ch
		bare.Title, bare.Note = "", ""
		return lab.Frame{Charts: []lab.Chart{bare}}
	}
	if f.Plane == nil {
		return lab.Frame{}
	}
	bare := *f.Plane
	bare.Title, bare.Layers = "", slices.Clone(bare.Layers)
	for i := range bare.Layers {
		if bare.Layers[i].Role == lab.RoleTrail {
			bare.Layers[i].Label = "lines"
		}
	}
	return lab.Frame{Plane: &bare, T: math.NaN()}
}

// numbers says what was measured, each beside its floor: what a perfect sampler
// scores. What was the same before needs no saying.
func (s *session) numbers(f, before *lab.Frame) {
	for _, st := range f.Stats {
		if slices.Contains(elsewhere, st.Key) || math.IsNaN(st.Value) {
			continue
		}
		if before != nil {
			if was, ok := before.Stat(st.Key); ok && was.Value == st.Value {
				continue
			}
		}
		s.line(number(st))
	}
}

func number(st lab.Stat) string {
	text := st.Title + ": " + lab.Num(st.Value)
	if st.Title == "" {
		text = st.Key + text
	}
	if !math.IsNaN(st.Floor) {
		text += ", floor " + lab.Num(st.Floor)
	}
	if !math.IsNaN(st.Q95) {
		text += " to " + lab.Num(st.Q95)
	}
	return text + "."
}

// show looks once more at what has been run, from another place or with something
// else drawn; the first time it runs it.
func (s *session) show(b *bench) {
	before := b.frame
	if before == nil {
		s.look(b)
		return
	}
	b.photograph()
	s.picture(b)
	s.numbers(b.frame, before)
}

// at is a time to look at, kept on the trip.
func at(t float64) float64 { return math.Round(100*min(1, max(0, t))) / 100 }
