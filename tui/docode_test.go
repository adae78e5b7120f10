package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// openExercise opens a lesson at an exercise.
func openExercise(t testing.TB, dir, id string) *learner {
	t.Helper()
	o := quick()
	o.Lesson, _, _ = strings.Cut(id, "-")
	l := begin(t, dir, o)
	l.toExercise(id)
	return l
}

// toExercise opens an exercise of the lesson on the screen.
func (l *learner) toExercise(id string) {
	l.t.Helper()
	l.press("5")
	for range l.lesson.tasks() {
		if e := l.task().exercise; e != nil && e.ID == id {
			break
		}
		l.press("down")
	}
	l.press("enter")
	if l.code() == nil || l.code().ID != id {
		l.t.Fatalf("want exercise %s open, got\n%s", id, l.screen())
	}
}

// program types a program in place of the one that is there.
func (l *learner) program(text string) {
	l.t.Helper()
	l.press("enter")
	l.code().edit.replace("")
	l.send(paste(text))
	l.press("esc")
}

// checked presses the key that checks and waits for what comes of it.
func (l *learner) checkedBy(name string) {
	l.t.Helper()
	l.press(name)
	l.until("a check", func() bool { return !l.code().checking })
	l.hush()
}

func solution(t testing.TB, id string) string {
	t.Helper()
	e, err := exercise.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	return e.Solution
}

// wrongEuler forgets the step size; the check knows that mistake.
const wrongEuler = "def euler_step(v, z, t, h):\n    return z + v(z, t)\n"

// TestExercise: a wrong program is told its mistake, hints come in their depths, the
// right one passes, is explained, and is noted with the help it took.
func TestExercise(t *testing.T) {
	l := openExercise(t, "", "1.2-euler")
	l.sees("Do ○", "One Euler step", "1.2-euler.star", "def euler_step(v, z, t, h):")
	l.program(wrongEuler)
	l.checkedBy("c")
	l.sees("no one step: This is z + v(z, t): the step size h is", "no – not passed", "ok runs", "– order 1")
	l.press("h")
	l.sees("Hint 1 of 3.")
	if len(l.state.Passed) != 0 {
		t.Fatalf("got %v passed by a wrong program", l.state.Passed)
	}
	l.press("enter")
	l.code().edit.replace(solution(t, "1.2-euler"))
	l.checkedBy("f5")
	l.sees("ok – passed", "Why it works", "Do ◐")
	ref := progress.Ref("1.2", "1.2-euler")
	if got := l.state.Passed[ref]; got != (progress.Passes{Times: 1, Own: true}) {
		t.Errorf("got %+v in the log, want it passed with a hint", got)
	}
	l.press("esc")
	l.checkedBy("c")
	if got := l.state.Passed[ref].Times; got != 1 {
		t.Errorf("got the same program noted %d times", got)
	}
	l.press("esc")
	l.sees("● ok code: One Euler step", "○ derive:", "Passed, with hints.")
}

// TestSolutionShown: a program that passes after the solution was shown does not
// count as one's own, here or in another session, until one begins anew.
func TestSolutionShown(t *testing.T) {
	l := openExercise(t, "", "2.1-pair")
	l.press("h", "h", "h", "h")
	l.sees("A solution:", "return")
	l.press("h")
	l.sees("h: there is no more than the solution")
	l.program(solution(t, "2.1-pair"))
	l.checkedBy("c")
	ref := progress.Ref("2.1", "2.1-pair")
	if got := l.state.Passed[ref]; got.Times != 1 || got.Own {
		t.Errorf("got %+v, want it passed, and not as one's own", got)
	}
	l.close()
	again := openExercise(t, l.dir, "2.1-pair")
	again.checkedBy("c")
	if got := again.state.Passed[ref]; got.Own {
		t.Errorf("got %+v in another session, want it not as one's own", got)
	}
	again.press("r")
	again.sees("Begin anew")
	again.press("y")
	again.sees("u = x1")
	again.program(solution(t, "2.1-pair"))
	again.checkedBy("c")
	if got := again.state.Passed[ref]; !got.Unaided {
		t.Errorf("got %+v written anew, want it unaided", got)
	}
}

// TestProgramIsKept: on esc, on a change of the part, on quitting and on a kill.
func TestProgramIsKept(t *testing.T) {
	for name, leave := range map[string]func(*learner){
		"esc":  func(l *learner) { l.press("esc", "esc") },
		"part": func(l *learner) { l.press("esc", "1") },
		"quit": func(l *learner) { l.press("esc", "q") },
		"kill": func(l *learner) { l.Save() },
		"idle": func(l *learner) { l.look(); l.look() },
	} {
		l := openExercise(t, "", "2.5-rk4")
		file := l.code().File
		if _, err := os.Stat(file); err == nil {
			t.Errorf("%s: a program that nobody wrote is kept", name)
		}
		l.press("enter")
		l.write("# mine ")
		leave(l)
		got, err := os.ReadFile(file)
		if err != nil || !strings.HasPrefix(string(got), "# mine def rk4_step") {
			t.Errorf("%s: got %q (%v) kept", name, got, err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 || filepath.Dir(file) != filepath.Join(l.dir, "code") {
			t.Errorf("%s: got %s, mode %v", name, file, info.Mode())
		}
		l.close()
		again := openExercise(t, l.dir, "2.5-rk4")
		again.sees("# mine def rk4_step")
	}
}

// look looks at the file of the program on the screen, as the clock would have it.
func (l *learner) look() {
	l.send(fileSeen{l.code(), exercise.StampOf(l.code().File)})
}

// saves writes the program's file as another editor would, a moment later.
func (l *learner) saves(text string) {
	l.t.Helper()
	file := l.code().File
	if err := exercise.Keep(file, text); err != nil {
		l.t.Fatal(err)
	}
	later := time.Now().Add(time.Minute)
	if err := os.Chtimes(file, later, later); err != nil {
		l.t.Fatal(err)
	}
}

// TestWatch: what another editor saves is loaded and checked; what was typed here
// comes back by undo.
func TestWatch(t *testing.T) {
	l := openExercise(t, "", "1.2-euler")
	l.press("enter")
	l.write("# typed")
	l.saves(wrongEuler)
	l.checkedBy("ctrl+s") // the other program's words are not written over
	l.look()
	l.until("a check", func() bool { return !l.code().checking && l.code().result != nil })
	l.sees("the step size h is", "return z + v(z, t)")
	l.Save() // as a kill would
	if got, _ := os.ReadFile(l.code().File); string(got) != wrongEuler {
		t.Errorf("a kill wrote %q over what another editor had saved", got)
	}
	l.press("esc", "u")
	l.sees("# typed")
	l.saves(solution(t, "1.2-euler"))
	l.look()
	l.until("a pass", func() bool { return len(l.state.Passed) > 0 })
	l.press("esc")
	if l.watch() != nil {
		t.Error("a file is looked at with no program on the screen")
	}
}

// TestOtherEditor: E runs the editor that the environment names, with its arguments,
// and what it saved is checked; with none set it says which variable to set.
func TestOtherEditor(t *testing.T) {
	t.Setenv("VISUAL", "")
	t.Setenv("EDITOR", "")
	l := openExercise(t, "", "1.2-euler")
	l.press("E")
	l.sees("set the variable EDITOR, or VISUAL")
	script := filepath.Join(t.TempDir(), "my editor")
	text := fmt.Sprintf("#!/bin/sh\n[ \"$1\" = --now ] || exit 3\ncat > \"$2\" <<'EOF'\n%sEOF\n", solution(t, "1.2-euler"))
	if err := os.WriteFile(script, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("EDITOR", "'"+script+"' --now")
	l.hush()
	l.press("E")
	l.until("a pass", func() bool { return len(l.state.Passed) > 0 })
	l.sees("ok – passed")
	t.Setenv("EDITOR", "'"+script+"' --wrong")
	l.press("E")
	l.until("a word", func() bool { return l.toast.bad })
	l.sees("exit status 3")
}

// TestCheckIsStopped: ctrl+c ends a check of a program that never ends, and the
// screen lives.
func TestCheckIsStopped(t *testing.T) {
	l := openExercise(t, "", "1.2-euler")
	l.program("while True:\n    pass\n")
	l.press("c")
	l.sees("checking …")
	began := time.Now()
	l.press("ctrl+c")
	l.until("its end", func() bool { return !l.code().checking })
	l.sees("the check is stopped")
	if took := time.Since(began); took > time.Second {
		t.Errorf("took %v to stop", took)
	}
	l.program("def euler_step(v, z, t, h):\n    return z + h * w(z, t)\n")
	l.checkedBy("c")
	if l.code().wrongLine() != 2 {
		t.Errorf("got line %d marked, want 2", l.code().wrongLine())
	}
	l.sees("!2     return")
}

// TestEveryExercise opens each of them in the smallest terminals, passes the quick ones
// with their solutions, and puts those to work in Play.
func TestEveryExercise(t *testing.T) {
	for _, e := range exercise.All {
		c, err := curriculum()
		if err != nil {
			t.Fatal(err)
		}
		if lesson, err := c.Find(e.Lesson()); err != nil || !lesson.Ready {
			continue
		}
		t.Run(e.ID, func(t *testing.T) {
			t.Parallel()
			if e.ID == "2.1-train" || e.ID == "2.2-data" {
				t.Skip("trains for seconds")
			}
			l := openExercise(t, "", e.ID)
			for _, size := range [][2]int{{80, 24}, {40, 12}, {100, 30}} {
				l.resize(size[0], size[1])
				l.sees(strings.Fields(e.Title)[0])
			}
			l.program(e.Solution)
			l.checkedBy("c")
			if l.state.Passed[e.Ref()].Times != 1 {
				t.Errorf("got the solution refused:\n%s", l.screen())
			}
			l.press("o")
			now := l.play.setup
			if l.play.next != nil {
				now = *l.play.next
			}
			if file := l.lesson.do.code.File; l.toast.bad || l.where() != onPlay || now.Code != file && now.Data != file {
				t.Errorf("got code %s and data %s in Play:\n%s", now.Code, now.Data, l.screen())
			}
		})
	}
}
