package tui

import (
	"os"
	"strings"
	"testing"

	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// pass writes the solution of an exercise and passes it.
func (l *learner) pass(id string) {
	l.t.Helper()
	l.toExercise(id)
	l.program(solution(l.t, id))
	l.checkedBy("c")
	if l.state.Passed[l.code().Ref()].Times == 0 {
		l.t.Fatalf("got the solution of %s refused:\n%s", id, l.screen())
	}
}

// handIn keeps the solutions of exercises as programs that have passed.
func (l *learner) handIn(ids ...string) {
	l.t.Helper()
	for _, id := range ids {
		e, err := exercise.Get(id)
		if err != nil {
			l.t.Fatal(err)
		}
		a, err := exercise.DeskIn(l.dir).Attempt(e)
		if err == nil {
			err = a.Save(e.Solution)
		}
		if err != nil {
			l.t.Fatal(err)
		}
		l.note(progress.Passed, e.Ref(), a.Passing(e.Solution))
	}
}

// TestOwnRK4InPlay: a passing rk4_step is at work in the lesson's scene, with a label,
// beside the lab's own at the same price, and ends where that does to nine digits; u
// puts the lab's own back.
func TestOwnRK4InPlay(t *testing.T) {
	t.Parallel()
	o := quick()
	o.Lesson = "2.5"
	l := begin(t, "", o)
	l.toExercise("2.5-rk4")
	l.press("o")
	l.sees("o: check it first")
	l.press("esc")
	l.pass("2.5-rk4")
	l.press("o")
	l.settle()
	l.hush()
	l.sees("● your rk4_step", "yours", "rk4")
	if d := l.stat("own_difference"); !(d <= 1e-9) {
		t.Errorf("got ends %g from the lab's, want at most 1e-9", d)
	}
	if !strings.Contains(l.Describe(), "--code "+l.lesson.do.code.File) {
		t.Errorf("got card %s, want the file of the program in it", l.Describe())
	}
	if len(l.state.Goals) > 0 {
		t.Errorf("got goals %v met by knobs that were turned for the learner", l.state.Goals)
	}
	l.press("u")
	l.settle()
	if f := l.play.frame; f.Own != "" || f.Err != nil || l.play.setup.Solver != "euler" {
		t.Errorf("undone: got %q at work, %v", f.Own, f.Err)
	}
}

// TestOwnBeside: where training is another, the lab's own run is made first and kept
// beside the learner's.
func TestOwnBeside(t *testing.T) {
	t.Parallel()
	o := quick()
	o.Lesson = "2.1"
	l := begin(t, "", o)
	l.pass("2.1-pair")
	l.press("o")
	l.sees("first the lab's own run")
	l.play.next.Iters, l.play.next.N = 8, 40
	s := *l.play.next
	s.Code = "none"
	l.play.start(l.play.exp, s, 1, "loss")
	s.Code = l.lesson.do.code.File
	l.play.next = &s
	l.press("t")
	l.settle()
	l.sees("● your training_pair")
	if l.play.pinned == nil || l.play.frame.Own == "" || l.play.pinned.frame.Own != "" {
		t.Errorf("got pinned %v, want the lab's own run beside the learner's", l.play.pinned)
	}
}

// TestOwnFailsInPlay: a program that fails in the middle of a run stops it with a
// word, and the lab lives.
func TestOwnFailsInPlay(t *testing.T) {
	t.Parallel()
	o := quick()
	o.Lesson = "2.5"
	l := begin(t, "", o)
	l.pass("2.5-rk4")
	file := l.code().File
	l.press("o")
	l.settle()
	if err := os.WriteFile(file, []byte("def rk4_step(v, z, t, h):\n    if t > 0.5:\n        fail(\"out of steps\")\n    return z\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l.press("r")
	l.settle()
	l.hush()
	l.sees("stopped: your rk4_step: line 3", "out of steps")
	l.press("s")
	l.settle()
	if l.play.frame.Err != nil {
		t.Errorf("another solver: got %v, want the run to go on", l.play.frame.Err)
	}
}

// TestOwnFlow: once batch, pair, loss and sampler have passed they train and sample
// moons and circles, and what came of it is noted with its floor.
func TestOwnFlow(t *testing.T) {
	o := quick()
	o.Given = []string{"n", "iters", "batch", "net", "threads"}
	o.Lesson = "2.5"
	l := begin(t, "", o)
	l.press("5", "down", "down", "enter")
	l.sees("it takes programs of yours that have not passed yet: 2.1-batch")
	l.handIn(exercise.FlowParts...)
	l.press("up", "down")
	l.sees("enter runs it")
	l.press("enter")
	l.sees("moons – under way", "circles – comes next")
	l.until("both flows", func() bool { return len(l.state.Flows) == 2 })
	l.sees("● your batch, loss, sample, training_pair")
	for _, data := range exercise.FlowData {
		own := l.state.Flows[data]
		if !(own.Floor > 0) || !(own.Distance > 0) || own.OK != (own.Distance <= 3*own.Floor) {
			t.Errorf("%s: got %+v", data, own)
		}
	}
	l.settle()
	l.press("esc")
	l.sees("run: moons and circles", "times the floor's")
}
