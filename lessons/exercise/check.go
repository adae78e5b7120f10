package exercise

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fmlab/lessons/exercise/sandbox"
	"fmlab/lessons/exercise/script"
)

// Result is what was found out about a program.
type Result struct {
	Exercise string  `json:"exercise"`
	Passed   bool    `json:"passed"` // all checks did
	Checks   []Check `json:"checks"`
	Printed  string  `json:"-"` // what the program printed, at most 4 KiB
}

// Check is one property that was tried.
type Check struct {
	Name    string `json:"name"`
	Passed  bool   `json:"passed"`
	Message string `json:"message"` // what was measured, or what is wrong and what to look at
	Line    int    `json:"-"`       // of the program, where the message names one; 0 for none
}

// check is a property to try. It returns what it measured, or what is wrong.
type check struct {
	name string
	try  func(t *trial) (measured string, err error)
}

// trial is a program under check.
type trial struct {
	ctx context.Context
	*sandbox.Runner
}

// Check tries a program. Properties are tried in order until one does not hold: the
// others wait for it. The error says why nothing could be found out: the context
// ended, or no child process could be started.
func (e *Exercise) Check(ctx context.Context, source string) (Result, error) {
	res := Result{Exercise: e.ID}
	checks := append([]check{{"runs", e.defined}}, e.checks...)
	t := &trial{ctx: ctx}
	var broken error
	t.Runner, broken = sandbox.Start(ctx, source, e.limits)
	if broken == nil {
		defer t.Close()
	}
	failed := ""
	for _, c := range checks {
		if failed != "" {
			res.Checks = append(res.Checks, Check{Name: c.name, Message: "waits for: " + failed})
			continue
		}
		measured, err := "", broken
		if err == nil {
			measured, err = c.try(t)
		}
		switch {
		case ctx.Err() != nil:
			return res, ctx.Err()
		case errors.Is(err, sandbox.ErrStart):
			return res, err
		case err != nil:
			failed, measured = c.name, err.Error()
		}
		res.Checks = append(res.Checks, Check{c.name, err == nil, measured, lineOf(err)})
	}
	res.Passed = failed == ""
	if t.Runner != nil {
		res.Printed = t.Printed()
	}
	return res, nil
}

// lineOf is the line of the program that an error is about, 0 if it names none.
func lineOf(err error) int {
	var wrong *script.Error
	var over *sandbox.LimitError
	switch {
	case errors.As(err, &wrong):
		return wrong.Line
	case errors.As(err, &over):
		return over.Line
	}
	return 0
}

// defined checks that the functions are there.
func (e *Exercise) defined(t *trial) (string, error) {
	for _, name := range e.Functions {
		if !t.Has(name) {
			return "", fmt.Errorf("there is no function %s: want def %s(…), spelt like that and at the left margin", name, name)
		}
	}
	return "defines " + strings.Join(e.Functions, ", "), nil
}

// call calls a function of the program.
func (t *trial) call(name string, args ...any) (any, error) {
	return t.Call(t.ctx, name, args...)
}
