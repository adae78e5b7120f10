package report

import (
	"fmt"
	"math"
	"strings"

	"fmlab/lab"
	"fmlab/tui/figure"
)

// mostCharts is how many charts of one run a report shows.
const mostCharts = 2

// picturesOf are the figures of a frame: what is in the plane, and the first charts.
// A frame that ended badly, or is of a run broken on purpose, says why.
func picturesOf(r run, exp lab.Experiment, f *lab.Frame, said, card string) (all []Picture) {
	if f.Pitfall != "" {
		said = strings.TrimSpace("Broken on purpose: " + f.Pitfall + ". " + said)
	}
	if f.Err != nil {
		said = strings.TrimSpace("The run ended badly: " + f.Err.Error() + ". " + said)
	}
	add := func(kind, title, words string, fig figure.Figure) {
		fig.Title = r.title + ": " + title
		fig.Caption = strings.Join(strings.Fields(words+" "+said), " ")
		fig.Card = card
		all = append(all, Picture{fig, r.name + "-" + kind})
	}
	if f.Plane != nil && len(f.Plane.Layers) > 0 {
		add("plane", strings.Trim(exp.Title+", "+f.Plane.Title, ", "), sentence(f.Say)+measured(f), figure.Figure{Plane: f.Plane})
	}
	for i := range f.Charts[:min(len(f.Charts), mostCharts)] {
		ch := &f.Charts[i]
		add(or(ch.Name, fmt.Sprint("chart-", i+1)), ch.Title, "", figure.Figure{Chart: ch})
	}
	return all
}

// measured says the numbers that have a floor, with it: nothing is far or near
// without one.
func measured(f *lab.Frame) string {
	var all []string
	for _, st := range f.Stats {
		if !math.IsNaN(st.Value) && !math.IsNaN(st.Floor) {
			all = append(all, fmt.Sprintf("%s %s (floor %s)", st.Title, lab.Num(st.Value), lab.Num(st.Floor)))
		}
	}
	if len(all) == 0 {
		return ""
	}
	return "Measured: " + strings.Join(all, ", ") + ". "
}

// sentence is a statement with its full stop.
func sentence(text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	return strings.TrimSuffix(text, ".") + ". "
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
