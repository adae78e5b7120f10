package exercise

import (
	"fmt"
	"os"
	"strings"

	"fmlab/lab"
	"fmlab/lessons/progress"
)

// A flow by nothing but the learner's code: the batch, the pair and the loss train a
// network, and the sampler draws from it. The network and the optimizer are the lab's.
var (
	FlowData  = []string{"moons", "circles"} // to be done, in order
	FlowParts = []string{"2.1-batch", "2.1-pair", "2.1-loss", "2.5-sample"}
)

const (
	FlowLesson = "2.5" // where it is to be done: the last of its programs is written there
	FlowMost   = 3     // medians of the floor that the samples may score
)

// flowKnobs train both sets well enough in seconds: over eight runs, four of them with
// the solutions, samples came to 0.7 to 1.6 medians of the floor.
var flowKnobs = []string{"net=64x3", "act=relu", "batch=192", "iters=8000", "lr=0.015", "solver=euler", "nfe=64", "n=2000"}

// FlowSetup is the run of a data set, for the experiment train.
func (d Desk) FlowSetup(data string) (s lab.Setup, err error) {
	s = lab.Default()
	var files []string
	for _, id := range FlowParts {
		files = append(files, d.File(id))
	}
	for _, knob := range append([]string{"data=" + data, "code=" + strings.Join(files, ",")}, flowKnobs...) {
		key, value, _ := strings.Cut(knob, "=")
		if err == nil {
			err = s.Set(key, value)
		}
	}
	return s, err
}

// FlowMissing are the programs of it that have not passed yet, or are not there.
func (d Desk) FlowMissing(s *progress.State) (ids []string) {
	for _, id := range FlowParts {
		e, err := Get(id)
		if err == nil {
			_, err = os.Stat(d.File(id))
		}
		if err != nil || s.Passed[e.Ref()].Times == 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// FlowDone says whether all data sets came near enough.
func FlowDone(s *progress.State) bool {
	for _, data := range FlowData {
		if !s.Flows[data].OK {
			return false
		}
	}
	return true
}

// FlowOf reads what came of a run that has ended; ok is false when it was not
// measured.
func FlowOf(f *lab.Frame) (own progress.Own, ok bool) {
	st, ok := f.Stat("energy_distance2")
	return progress.Own{Distance: st.Value, Floor: st.Floor, OK: st.Value <= FlowMost*st.Floor}, ok && f.Err == nil
}

// FlowWords says how near a flow came, as Markdown.
func FlowWords(o progress.Own) string {
	mark := "**no**, not near enough"
	if o.OK {
		mark = "**ok**"
	}
	return fmt.Sprintf("%s: energy distance² %s, %.1f times the floor's median %s", mark, lab.Num(o.Distance), o.Distance/o.Floor, lab.Num(o.Floor))
}

// FlowIntro says what it is.
const FlowIntro = "Your `batch` draws noise, data and times. Your `training_pair` says where the network looks, and what it should say. Your `loss` says how wrong it was. When it has learned, your `sample` carries fresh noise to data. Only the network and the optimizer are the lab's.\n\nThe samples are compared with fresh data, by the energy distance. A perfect sampler does not score zero: its median is the floor. At most 3 times that counts.\n"
