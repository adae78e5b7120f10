package plain

import (
	"strings"

	"fmlab/lab"
	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// flow trains and samples data sets with nothing but the learner's code.
func (v *lesson) flow(s *session) menu {
	s.markdown("## Moons and circles by nothing but your code\n\n" + exercise.FlowIntro)
	desk := exercise.DeskIn(s.Log.Dir())
	if missing := desk.FlowMissing(s.state); len(missing) > 0 {
		s.line("Not yet: it takes programs of yours that have not passed: " + strings.Join(missing, ", ") + ".")
		return v.do(s)
	}
	for _, data := range exercise.FlowData {
		if !s.flowOf(desk, data) {
			break
		}
	}
	return v.do(s)
}

// flowOf runs one data set to its end, and says and notes what came of it. It reports
// whether it came to an end.
func (s *session) flowOf(desk exercise.Desk, data string) bool {
	exp, err := lab.FindExperiment("train")
	if err != nil {
		s.line(err.Error())
		return false
	}
	setup, err := desk.FlowSetup(data)
	if err != nil {
		s.line(err.Error())
		return false
	}
	b := newBench(exp, setup, 1)
	defer b.close()
	s.line("Training on " + data + " with your code ...")
	ended := false
	if !s.run(b, func(_ *lab.Frame, more bool) bool { ended = !more; return false }) || !ended {
		return false
	}
	if b.frame.Err != nil {
		s.line("Stopped: " + b.frame.Err.Error())
		return true
	}
	own, ok := exercise.FlowOf(b.frame)
	if ok {
		s.note(progress.OwnFlow, data, own)
		s.markdown(data + " – " + exercise.FlowWords(own))
	}
	return ok
}
