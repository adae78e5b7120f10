// Package exercise holds the coding exercises: what a learner is asked to write, and
// how it is judged.
//
// An exercise is a directory with a text (exercise.md), what is handed out
// (starter.star) and an answer (solution.star), beside known wrong answers (mutants)
// and differently written right ones (variants) that only the tests read; and a Go
// file with its checks. A check states a property and tries it at many points. What
// misses it is compared with known mistakes, so that the message can say which one
// was made.
//
// Programs run in a child process with limits, see package sandbox. [Open] gives a
// program whose functions a running experiment may call.
package exercise

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"fmlab/lessons/exercise/sandbox"
)

//go:embed */exercise.md */starter.star */solution.star
var files embed.FS

// Reference says what the language of the exercises offers, in Markdown.
//
//go:embed reference.md
var Reference string

// Exercise is one thing to write.
type Exercise struct {
	ID          string // as typed: 2.1-pair; it begins with the lesson
	Title       string
	Task        string    // Markdown
	Hints       [3]string // Markdown, from a nudge to nearly all of it
	Explanation string    // Markdown, for after the check has passed
	Starter     string    // the program as handed out; it does not pass
	Solution    string    // a program that passes
	Functions   []string  // that the program must define

	limits sandbox.Limits
	checks []check
}

// All is every exercise, in the order of the lessons.
var All = []*Exercise{
	load("1.2-euler", sandbox.Short, eulerChecks, "euler_step"),
	load("2.1-batch", sandbox.Short, batchChecks, "batch"),
	load("2.1-pair", sandbox.Short, pairChecks, "training_pair"),
	load("2.1-loss", sandbox.Short, lossChecks, "loss"),
	load("2.1-train", sandbox.Long, trainChecks, "batch", "training_pair", "loss"),
	load("2.2-data", sandbox.Short, dataChecks, "sample"),
	load("2.4-schedule", sandbox.Short, scheduleChecks, "alpha", "sigma"),
	load("2.5-rk4", sandbox.Short, rk4Checks, "rk4_step"),
	load("2.5-sample", sandbox.Short, sampleChecks, "sample"),
	load("2.6-dpm", sandbox.Short, dpmChecks, "dpm_step"),
	load("3.2-pair", sandbox.Short, couplingChecks, "pair"),
}

// Get returns the exercise of an id. The error lists the known ones.
func Get(id string) (*Exercise, error) {
	var known []string
	for _, e := range All {
		if e.ID == id {
			return e, nil
		}
		known = append(known, e.ID)
	}
	return nil, fmt.Errorf("exercise %q: want one of %s", id, strings.Join(known, ", "))
}

// Of returns the exercises of a lesson, in order.
func Of(lesson string) (all []*Exercise) {
	for _, e := range All {
		if strings.HasPrefix(e.ID, lesson+"-") {
			all = append(all, e)
		}
	}
	return all
}

// Open starts a program in a child process of its own, for an experiment to call its
// functions as long as it runs: see [sandbox.Runner.Call]. The caller closes it.
func Open(ctx context.Context, source string) (*sandbox.Runner, error) {
	return sandbox.Start(ctx, source, sandbox.Live)
}

// load reads an exercise from its directory. It panics if a part is missing, which a
// test would see first.
func load(id string, limits sandbox.Limits, checks []check, functions ...string) *Exercise {
	read := func(name string) string {
		text, err := files.ReadFile(id + "/" + name)
		if err != nil {
			panic("exercise: " + err.Error())
		}
		return string(text)
	}
	e := &Exercise{ID: id, Functions: functions, limits: limits, checks: checks}
	e.Starter, e.Solution = read("starter.star"), read("solution.star")
	parts := strings.Split("\n"+read("exercise.md"), "\n## ")
	var rest [4]string
	for i, want := range []string{"Hint 1", "Hint 2", "Hint 3", "Explanation"} {
		title, text, ok := strings.Cut(parts[min(i+1, len(parts)-1)], "\n")
		if !ok || len(parts) != 5 || title != want {
			panic(fmt.Sprintf("exercise: %s/exercise.md: want # title and the task, ## Hint 1, 2, 3 and ## Explanation", id))
		}
		rest[i] = strings.TrimSpace(text)
	}
	e.Hints, e.Explanation = [3]string(rest[:3]), rest[3]
	e.Title, e.Task, _ = strings.Cut(strings.TrimPrefix(parts[0], "\n# "), "\n")
	e.Task = strings.TrimSpace(e.Task)
	return e
}
