package tui

import (
	"fmt"
	"os"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// flowView trains and samples data sets with nothing but the learner's batch, pair,
// loss and sampler: the network and the optimizer are the lab's.
type flowView struct {
	at   int               // in flowData, len when all are done
	done map[string]string // what came of each in this session, Markdown
}

// flowLesson is where that is to be done: the last of its programs is written there.
const flowLesson = "2.5"

// flowDeed is the thing to do. It is filled by init, since what it does leads back to
// it.
var flowDeed deed

func init() {
	flowDeed = deed{"run: moons and circles by nothing but your code", "Moons and circles by nothing but your code", flowWords, (*App).openFlow, flowDone}
}

func flowDone(s *progress.State) bool {
	for _, data := range flowData {
		if !s.Flows[data].OK {
			return false
		}
	}
	return true
}

// flowWords says what it takes, and what came of it so far.
func flowWords(a *App) string {
	var b strings.Builder
	b.WriteString("Your batch, pair and loss train a network, and your sampler draws from it: all that you have written in 2.1 and here, put together. It takes less than a minute.\n\n")
	if why := a.whyNoFlow(); why != "" {
		fmt.Fprintf(&b, "*Not yet: %s.*\n\n", why)
	} else {
		b.WriteString("*enter runs it.*\n\n")
	}
	for _, data := range flowData {
		if own, ok := a.state.Flows[data]; ok {
			fmt.Fprintf(&b, "- %s – %s\n", data, ownWords(own))
		}
	}
	return b.String()
}

// flowData are the data sets, and flowParts the programs.
var (
	flowData  = []string{"moons", "circles"}
	flowParts = []string{"2.1-batch", "2.1-pair", "2.1-loss", "2.5-sample"}
)

// flowKnobs train both sets well enough in seconds: over eight runs, four of them with
// the solutions, samples came to 0.7 to 1.6 medians of the floor.
var flowKnobs = []string{"net=64x3", "act=relu", "batch=192", "iters=8000", "lr=0.015", "solver=euler", "nfe=64", "n=2000"}

// flowMost is how many medians of the floor the samples may score.
const flowMost = 3

// openFlow begins with the first data set.
func (a *App) openFlow() tea.Cmd {
	if why := a.whyNoFlow(); why != "" {
		return a.say(why, false)
	}
	a.lesson.do.flow = &flowView{done: map[string]string{}}
	a.lesson.lab, a.lesson.top = true, 0
	a.showFlow()
	return nil
}

// showFlow puts the run on the instrument of the page, unless it is there.
func (a *App) showFlow() {
	v := a.lesson.do.flow
	if v.at == len(flowData) {
		return
	}
	exp, err := lab.FindExperiment("train")
	s, err2 := a.flowSetup(flowData[v.at])
	if err == nil {
		err = err2
	}
	if err != nil {
		a.say(err.Error(), true)
		return
	}
	if a.page.setup != s || a.page.exp.Name != exp.Name {
		a.page.start(exp, s, 1, "loss")
	}
}

// flowSetup is a training by the learner's programs.
func (a *App) flowSetup(data string) (s lab.Setup, err error) {
	s = lab.Default()
	knobs := append([]string{"data=" + data, "code=" + strings.Join(a.flowFiles(), ",")}, flowKnobs...)
	for _, key := range a.opts.Given {
		if key != "data" && key != "code" {
			knobs = append(knobs, key+"="+a.opts.Setup.Get(key))
		}
	}
	for _, knob := range knobs {
		key, value, _ := strings.Cut(knob, "=")
		if err == nil {
			err = s.Set(key, value)
		}
	}
	return s, err
}

func (a *App) flowFiles() (files []string) {
	for _, id := range flowParts {
		files = append(files, exercise.DeskIn(a.log.Dir()).File(id))
	}
	return files
}

// whyNoFlow says which program is missing.
func (a *App) whyNoFlow() string {
	var missing []string
	for i, file := range a.flowFiles() {
		id := flowParts[i]
		lesson, _, _ := strings.Cut(id, "-")
		if _, err := os.Stat(file); err != nil || a.state.Passed[progress.Ref(lesson, id)].Times == 0 {
			missing = append(missing, id)
		}
	}
	return unless(len(missing) == 0, "it takes programs of yours that have not passed yet: "+strings.Join(missing, ", "))
}

// look notes what came of a run that has ended, and goes on to the next data set.
func (v *flowView) look(a *App, l *live) {
	if v.at == len(flowData) || l.more || l.setup.Data != flowData[v.at] {
		return
	}
	data := flowData[v.at]
	st, ok := l.frame.Stat("energy_distance2")
	switch {
	case l.frame.Err != nil:
		v.done[data] = "**stopped**: " + escape(l.frame.Err.Error())
	case !ok:
		return
	default:
		own := progress.Own{Distance: st.Value, Floor: st.Floor, OK: st.Value <= flowMost*st.Floor}
		a.note(progress.OwnFlow, data, own)
		v.done[data] = ownWords(own)
	}
	v.at++
	a.showFlow()
}

// ownWords says how good a flow is.
func ownWords(o progress.Own) string {
	mark := "**no**, not near enough"
	if o.OK {
		mark = "**ok**"
	}
	return fmt.Sprintf("%s: energy distance² %s, %.1f times the floor's median %s", mark, lab.Num(o.Distance), o.Distance/o.Floor, lab.Num(o.Floor))
}

// text says what is done, and what came of it.
func (v *flowView) text() string {
	var b strings.Builder
	b.WriteString("## Nothing but your code\n\nYour `batch` draws noise, data and times. Your `training_pair` says where the network looks, and what it should say. Your `loss` says how wrong it was. When it has learned, your `sample` carries fresh noise to data. Only the network and the optimizer are the lab's.\n\n")
	fmt.Fprintf(&b, "The samples are compared with fresh data, by the energy distance. A perfect sampler does not score zero: its median is the floor. At most %d times that counts.\n\n", flowMost)
	for i, data := range flowData {
		switch {
		case v.done[data] != "":
			fmt.Fprintf(&b, "- %s – %s\n", data, v.done[data])
		case i == v.at:
			fmt.Fprintf(&b, "- %s – under way\n", data)
		default:
			fmt.Fprintf(&b, "- %s – comes next\n", data)
		}
	}
	if v.at < len(flowData) {
		return b.String() + "\n*It goes on only while you look; esc stops it.*\n"
	}
	return b.String() + "\n*enter runs it again; esc goes back.*\n"
}
