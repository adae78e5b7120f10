// Package script is the language of the exercises: Starlark, which has the syntax of
// Python, with arrays (package vec).
//
// What differs from plain Starlark: while loops and statements outside of functions
// are allowed; comparisons of arrays make masks; an index may have slices between
// commas, z[:, 0]; and what people write out of habit is answered with what to write
// instead. There is no way to reach a file, a network, a clock or another program.
//
// A [Program] is run in a process that may be killed: see package sandbox.
package script

import (
	"errors"
	"fmt"
	"strings"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"fmlab/lessons/exercise/vec"
)

// MaxSource bounds the length of a program in bytes.
const MaxSource = 64 << 10

// Program is a program that has been loaded: its functions can be called.
type Program struct {
	source  string
	cols    columns
	globals starlark.StringDict
	hooks   Hooks
	line    int // that the run has come to
}

// Hooks are how a program is watched while it runs. A nil function is not called.
type Hooks struct {
	Started func(cancel func(reason string)) // a run begins; cancel, from any goroutine, ends it
	Line    func(line int)                   // the run has come to this line; not for every line
	Print   func(text string)
	Steps   uint64 // most steps in one run; 0 is no limit
}

// TooManySteps is why a run ended that took more than Hooks.Steps.
const TooManySteps = "too many steps"

var options = syntax.FileOptions{Set: true, While: true, TopLevelControl: true, GlobalReassign: true}

var predeclared = func() starlark.StringDict {
	d := starlark.StringDict{spanName: starlark.NewBuiltin(spanName, vec.MakeSpan)}
	comparers(d)
	for name, v := range vec.Builtins {
		d[name] = v
	}
	return d
}()

// Load parses a program and runs what stands outside of its functions. An error is
// an [*Error].
func Load(source string, h Hooks) (*Program, error) {
	p := &Program{source: source, hooks: h}
	if len(source) > MaxSource {
		return nil, &Error{Msg: fmt.Sprintf("the program has %d bytes: want at most %d", len(source), MaxSource)}
	}
	var text string
	text, p.cols = spans(source)
	file, err := options.Parse("", text, 0)
	if err != nil {
		return nil, p.explain(err)
	}
	compare(file)
	code, err := starlark.FileProgram(file, predeclared.Has)
	if err != nil {
		return nil, p.explain(err)
	}
	_, err = p.run(func(thread *starlark.Thread) (_ starlark.Value, err error) {
		p.globals, err = code.Init(thread, predeclared)
		p.globals.Freeze()
		return starlark.None, err
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Functions returns the names of the functions that the program defines, sorted.
func (p *Program) Functions() (names []string) {
	for _, name := range p.globals.Keys() {
		if _, ok := p.globals[name].(*starlark.Function); ok {
			names = append(names, name)
		}
	}
	return names
}

// Call calls a function of the program. An error is an [*Error].
func (p *Program) Call(name string, args ...starlark.Value) (starlark.Value, error) {
	f, err := p.function(name, len(args))
	if err != nil {
		return nil, err
	}
	return p.run(func(thread *starlark.Thread) (starlark.Value, error) {
		return starlark.Call(thread, f, args, nil)
	})
}

// Gradient calls a function that returns a number and differentiates the number by
// the argument of that place, which is a vec.
func (p *Program) Gradient(name string, at int, args ...starlark.Value) (value float64, grad *vec.Vec, err error) {
	x, ok := args[at].(*vec.Vec)
	if !ok {
		return 0, nil, &Error{Msg: fmt.Sprintf("argument %d of %s is no vec to differentiate by", at, name)}
	}
	value, grad, err = vec.Gradient(x, func(x *vec.Vec) (starlark.Value, error) {
		args[at] = x
		return p.Call(name, args...)
	})
	if _, ours := err.(*Error); err != nil && !ours {
		err = &Error{Msg: name + ": " + err.Error()}
	}
	return value, grad, err
}

// function finds a function and checks how many arguments it takes.
func (p *Program) function(name string, n int) (*starlark.Function, error) {
	f, ok := p.globals[name].(*starlark.Function)
	if !ok {
		return nil, &Error{Msg: fmt.Sprintf("there is no function %s: want def %s(…)", name, name)}
	}
	if least := f.NumParams() - f.NumKwonlyParams(); !f.HasVarargs() && (n > least || n < required(f)) {
		pos := f.Position()
		return nil, &Error{Line: int(pos.Line), Msg: fmt.Sprintf("%s takes %d arguments, and is called with %d", name, least, n)}
	}
	return f, nil
}

// required counts the parameters without a default.
func required(f *starlark.Function) (n int) {
	for i := range f.NumParams() {
		if f.ParamDefault(i) == nil {
			n++
		}
	}
	return n
}

// run runs code on a thread that is counted, watched and can be cancelled.
func (p *Program) run(code func(*starlark.Thread) (starlark.Value, error)) (v starlark.Value, err error) {
	thread := &starlark.Thread{}
	thread.Print = func(_ *starlark.Thread, msg string) {
		if p.hooks.Print != nil {
			p.hooks.Print(msg)
		}
	}
	if p.hooks.Started != nil {
		p.hooks.Started(thread.Cancel)
	}
	p.watch(thread)
	defer func() {
		switch m := recover().(type) {
		case nil:
		case vec.Misuse:
			v, err = nil, &Error{Line: p.line, Msg: string(m)}
		default:
			panic(m)
		}
	}()
	v, err = code(thread)
	return v, p.explain(err)
}

// watch tells the line at every step at first and then ever more rarely, at less
// than 2 % of the steps: the line told is never far behind.
func (p *Program) watch(thread *starlark.Thread) {
	p.line = 0
	thread.SetMaxExecutionSteps(1)
	thread.OnMaxSteps = func(thread *starlark.Thread) {
		done := thread.Steps
		if p.hooks.Steps > 0 && done > p.hooks.Steps {
			thread.Cancel(TooManySteps)
		}
		thread.SetMaxExecutionSteps(done + 1 + done/64)
		if line := int(thread.DebugFrame(0).Position().Line); line != p.line {
			p.line = line
			if p.hooks.Line != nil {
				p.hooks.Line(line)
			}
		}
	}
}

// explain turns an error of Starlark into one for learners.
func (p *Program) explain(err error) error {
	var (
		parse   syntax.Error
		resolve resolve.ErrorList
		eval    *starlark.EvalError
	)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &parse):
		line, col := int(parse.Pos.Line), int(parse.Pos.Col)
		col = tokenStart(parse.Msg, lineOf(p.source, line), p.cols.original(line, col))
		return &Error{line, col, friendly(parse.Msg, p.source, line)}
	case errors.As(err, &resolve):
		line, col := int(resolve[0].Pos.Line), int(resolve[0].Pos.Col)
		return &Error{line, p.cols.original(line, col), friendly(resolve[0].Msg, p.source, line)}
	case errors.As(err, &eval):
		return p.traced(eval)
	}
	return &Error{Msg: err.Error()}
}

// traced places a run-time error where the program was, innermost.
func (p *Program) traced(eval *starlark.EvalError) error {
	msg := strings.TrimPrefix(eval.Msg, "Starlark computation cancelled: ")
	for _, s := range slips {
		if s.seen.MatchString(msg) {
			msg += ": " + s.cure
			break
		}
	}
	for i := range len(eval.CallStack) {
		at := eval.CallStack.At(i)
		if line := int(at.Pos.Line); line > 0 {
			return &Error{line, p.cols.original(line, int(at.Pos.Col)), msg}
		}
	}
	return &Error{Msg: msg}
}
