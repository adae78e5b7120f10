package exercise

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"fmlab/lessons/exercise/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// check is the result of a program, which must be found out.
func checked(t *testing.T, e *Exercise, source string) Result {
	t.Helper()
	res, err := e.Check(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// complaint is the first message of a check that failed.
func (r Result) complaint() string {
	for _, c := range r.Checks {
		if !c.Passed {
			return c.Name + ": " + c.Message
		}
	}
	return ""
}

// programs reads the programs in a directory of an exercise.
func programs(t *testing.T, e *Exercise, kind string, least int) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(e.ID, kind, "*.star"))
	if err != nil || len(names) < least {
		t.Fatalf("got %d %s (%v) want at least %d", len(names), kind, err, least)
	}
	all := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(text)
	}
	return all
}

// patient is the exercise with time to spare, for a machine that does much else.
func patient(e *Exercise) *Exercise {
	slow := *e
	slow.limits = sandbox.Limits{Call: time.Minute}
	return &slow
}

// hasty is the exercise for programs that do not end.
func hasty(e *Exercise) *Exercise {
	short := *e
	short.limits.Call = 500 * time.Millisecond
	return &short
}

// quick is the exercise with training cut to a tenth, for programs whose training
// shows nothing new: right ones are at 3 to 5 times the floor's median then, and what
// trains on early times only at 220.
func quick(e *Exercise) *Exercise {
	if e.ID != "2.1-train" {
		return e
	}
	short, last := *e, len(e.checks)-1
	short.checks = slices.Clone(e.checks[:last])
	if thorough { // where training would take long, there is none
		r := moonsRecipe
		r.iters, r.most = 300, 30
		short.checks = append(short.checks, check{e.checks[last].name, func(t *trial) (string, error) { return t.moons(r) }})
	}
	return &short
}

// As handed out an exercise fails, at a check and not by accident; its solution passes.
func TestStarterFailsAndSolutionPasses(t *testing.T) {
	for _, e := range All {
		t.Run(e.ID, func(t *testing.T) {
			t.Parallel()
			res := checked(t, e, e.Starter)
			if res.Passed || !res.Checks[0].Passed {
				t.Errorf("as handed out: got %+v, want that it runs and fails", res)
			}
			e := patient(e)
			if !thorough {
				e = quick(e)
			}
			res = checked(t, e, e.Solution)
			if !res.Passed {
				t.Errorf("solution: %s", res.complaint())
			}
			for _, c := range res.Checks {
				if c.Message == "" {
					t.Errorf("check %q passes without saying what was measured", c.Name)
				}
				t.Logf("%s: %s", c.Name, c.Message)
			}
		})
	}
}

// Known wrong answers are refused, each with the words that fit it: the first line of
// the file says which.
func TestMutantsAreRefused(t *testing.T) {
	for _, e := range All {
		for name, source := range programs(t, e, "mutants", 8) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				want, ok := strings.CutPrefix(strings.Split(source, "\n")[0], "# want: ")
				if !ok {
					t.Fatal("want a first line # want: words of the message")
				}
				if !thorough && strings.HasPrefix(want, "energy distance") {
					t.Skip("must be trained to be seen")
				}
				e := quick(e)
				if strings.Contains(want, "loop end") {
					e = hasty(e)
				}
				res := checked(t, e, source)
				if got := res.complaint(); res.Passed || !strings.Contains(got, want) {
					t.Errorf("got %q want a refusal with %q", got, want)
				} else {
					t.Log(got)
				}
			})
		}
	}
}

// Other right answers pass.
func TestVariantsPass(t *testing.T) {
	for _, e := range All {
		for name, source := range programs(t, e, "variants", 3) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				res := checked(t, patient(quick(e)), source)
				if !res.Passed {
					t.Errorf("got refused: %s", res.complaint())
				}
				t.Log(res.Checks[len(res.Checks)-1].Message)
			})
		}
	}
}

// A check says which exercise it is of and lists every property, whatever fails.
func TestResult(t *testing.T) {
	e, err := Get("2.5-rk4")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"runs", "one step", "4 evaluations", "order 4"}
	for source, failing := range map[string]string{
		e.Solution:                 "",
		"def rk4_step(v, z, t, h)": "runs",
		"x = 1":                    "runs",
		e.Starter:                  "one step",
	} {
		res := checked(t, e, source)
		var got []string
		waiting := false
		for _, c := range res.Checks {
			got = append(got, c.Name)
			if want := failing != c.Name && !waiting; c.Passed != want {
				t.Errorf("%q: got check %q passed %v, want %v", source, c.Name, c.Passed, want)
			}
			if waiting = waiting || c.Name == failing; waiting && c.Name != failing && c.Message != "waits for: "+failing {
				t.Errorf("%q: got message %q of a check that waits", source, c.Message)
			}
		}
		if !slices.Equal(got, names) || res.Exercise != "2.5-rk4" || res.Passed != (failing == "") {
			t.Errorf("%q: got %+v", source, res)
		}
	}
}

func TestPrintedIsKept(t *testing.T) {
	e, _ := Get("2.1-loss")
	res := checked(t, e, "def loss(pred, target):\n    print(shape(pred))\n    return mean((pred - target) * (pred - target))")
	if !res.Passed || !strings.HasPrefix(res.Printed, "(1, 2)\n(5, 2)\n") {
		t.Errorf("got passed %v, printed %q", res.Passed, res.Printed)
	}
}

// The end of the context ends a check at once, in the middle of anything.
func TestCancel(t *testing.T) {
	e, _ := Get("2.1-train")
	for _, source := range []string{e.Solution, "while True:\n    pass"} {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		began := time.Now()
		_, err := e.Check(ctx, source)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v want that the time is over", err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("took %v to end", took)
		}
		cancel()
	}
}

func TestUnknownExercise(t *testing.T) {
	_, err := Get("2.1-pear")
	if err == nil || !strings.Contains(err.Error(), `"2.1-pear"`) || !strings.Contains(err.Error(), "2.1-pair") {
		t.Errorf("got %v want the known ids", err)
	}
}

// Every mistake that a check knows differs from the right answer and from every other
// mistake, or its hint would never be seen.
func TestMistakesDiffer(t *testing.T) {
	distinct(t, "1.2-euler", eulerQuestion, steps(12))
	distinct(t, "2.5-rk4", rk4Question, steps(12))
	distinct(t, "2.1-pair", pairQuestion, pairings())
	distinct(t, "2.1-loss", lossQuestion, guesses())
	distinct(t, "2.6-dpm", dpmQuestion, dpmSteps(false))
}

func distinct[A any](t *testing.T, id string, q question[A], args []A) {
	t.Helper()
	all := append([]mistake[A]{{"right", q.right}}, q.mistakes...)
	for i, m := range all {
		for _, o := range all[:i] {
			alike := true
			for _, a := range args {
				alike = alike && allNear(m.gives(a), o.gives(a))
			}
			if alike {
				t.Errorf("%s: %q is the same as %q", id, m.hint, o.hint)
			}
		}
	}
}

// Texts are there, and speak of the functions they ask for.
func TestTexts(t *testing.T) {
	for _, e := range All {
		for _, text := range append(e.Hints[:], e.Title, e.Task, e.Explanation) {
			if len(text) < 8 {
				t.Errorf("%s: got the text %q", e.ID, text)
			}
		}
		for _, f := range e.Functions {
			if !strings.Contains(e.Task, "`"+f+"(") || !strings.Contains(e.Starter, "def "+f+"(") {
				t.Errorf("%s: want %s in its text and in what is handed out", e.ID, f)
			}
		}
	}
}

// Small checks answer while one waits.
func BenchmarkCheck(b *testing.B) {
	for _, e := range All {
		if e.ID == "2.1-train" && !thorough {
			continue
		}
		b.Run(e.ID, func(b *testing.B) {
			for b.Loop() {
				if res, err := e.Check(b.Context(), e.Solution); err != nil || !res.Passed {
					b.Fatal(err, res.complaint())
				}
			}
		})
	}
}
