// Package sandbox runs the programs of learners in a child process that may be
// killed, and calls their functions from outside.
//
// The child is this same executable, started anew with a hidden argument, an empty
// environment and limits: 256 MiB of memory, 3 s a call, 50 million steps, no new
// files, no privileges (limits.go, limits_linux.go). Only so can memory be bounded:
// a Go program that runs out of it cannot go on. The child speaks with its parent in
// frames over a pair of pipes (wire.go) and lives as long as its [Runner], so that a
// training run may call a function thousands of times, for about 0.1 ms each.
//
// Any executable that contains this package can be the child, a test too: the work
// is done before main.
package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"fmlab/lessons/exercise/script"
	"fmlab/lessons/exercise/vec"
)

// Runner is a program in its child process. It serves one goroutine at a time.
// After an error that wraps a [LimitError], or the end of a context during a call,
// the child is gone and every call returns that error.
type Runner struct {
	limits Limits
	cmd    *exec.Cmd
	in     *os.File // to the child
	out    *bufio.Reader
	files  []*os.File // to close in the end
	words  *os.File   // what the child's last words are read from
	page   page

	functions []any // names

	used    time.Duration
	late    atomic.Bool
	gone    error // why there is no child any more
	printed strings.Builder
}

// maxPrinted bounds what is kept of what a program prints.
const maxPrinted = 4096

// Start starts a child and loads a program. An error of the program is a
// [script.Error] or a [LimitError]; then there is no child.
func Start(ctx context.Context, source string, limits Limits) (*Runner, error) {
	r := &Runner{limits: limits}
	if err := r.start(); err != nil {
		r.end(nil)
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	names, err := r.ask(ctx, nil, askLoad, source, limits.seconds())
	if err != nil {
		r.Close()
		return nil, err
	}
	r.functions, _ = names.([]any)
	return r, nil
}

// ErrStart is wrapped by errors of a system that gives no child process.
var ErrStart = errors.New("exercise: cannot start a child process")

// Has says whether the program defines a function of that name.
func (r *Runner) Has(name string) bool { return slices.Contains(r.functions, any(name)) }

// start starts the child with its three pipes and the page.
func (r *Runner) start() error {
	self, err := executable()
	if err != nil {
		return err
	}
	r.cmd = exec.Command(self, childArgument)
	r.cmd.Env = []string{}
	attributes(r.cmd)
	var theirs []*os.File
	defer func() {
		for _, f := range theirs {
			f.Close()
		}
	}()
	pipe := func() (reader, writer *os.File) {
		if err == nil {
			reader, writer, err = os.Pipe()
		}
		return reader, writer
	}
	inR, inW := pipe()
	outR, outW := pipe()
	errR, errW := pipe()
	if err != nil {
		return err
	}
	theirs = append(theirs, inR, outW, errW)
	r.files = append(r.files, inW, outR, errR)
	r.cmd.Stdin, r.cmd.Stdout, r.cmd.Stderr = inR, outW, errW
	r.in, r.out, r.words = inW, bufio.NewReaderSize(outR, 1<<16), errR
	page, file, err := newPage()
	if err != nil {
		return err
	}
	r.page = page
	if file != nil {
		theirs = append(theirs, file)
		r.cmd.ExtraFiles = []*os.File{file}
	}
	return r.cmd.Start()
}

// Call calls a function of the program. Arguments are float64, int, bool, string,
// *vec.Vec, []any of these for a tuple, [Func] and [Rng]; the result is one of the
// first five kinds, []any for a list or tuple, nil for None, or [Other].
func (r *Runner) Call(ctx context.Context, name string, args ...any) (any, error) {
	return r.ask(ctx, args, askCall, name)
}

// Gradient calls a function that returns a number, and returns the number and its
// derivative by every entry of the argument at that place, which is a vec.
func (r *Runner) Gradient(ctx context.Context, name string, at int, args ...any) (value float64, grad *vec.Vec, err error) {
	out, err := r.ask(ctx, args, askGradient, name, at)
	if err != nil {
		return 0, nil, err
	}
	pair, _ := out.([]any)
	if len(pair) == 2 {
		value, _ = pair[0].(float64)
		grad, _ = pair[1].(*vec.Vec)
	}
	if grad == nil {
		return 0, nil, errFrame
	}
	return value, grad, nil
}

// Each calls a function of one number for each of many and returns the numbers it
// gives, or, if it gives something else, that.
func (r *Runner) Each(ctx context.Context, name string, x []float64) ([]float64, any, error) {
	out, err := r.ask(ctx, []any{vec.New(x, len(x))}, askEach, name)
	if v, ok := out.(*vec.Vec); ok && v.Is(len(x)) {
		return v.Data(), nil, err
	}
	return nil, out, err
}

// Printed returns what the program has printed so far, at most 4 KiB.
func (r *Runner) Printed() string { return r.printed.String() }

// Close ends the child. It is safe to call it twice.
func (r *Runner) Close() {
	if r.gone == nil {
		r.end(errors.New("exercise: the program is closed"))
	}
}

// ask sends a question and serves the child until it answers. The time limit in
// milliseconds goes after the first value.
func (r *Runner) ask(ctx context.Context, args []any, k kind, name string, more ...any) (any, error) {
	if r.gone != nil {
		return nil, r.gone
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, r.kill)
	defer stop()
	sent, funcs := r.refer(args)
	left := r.left()
	values := append([]any{name, int(left.Milliseconds())}, more...)
	m := message(k, append(values, sent...)...)
	for {
		f, took, err := r.exchange(m, left)
		left -= took
		if err != nil {
			return nil, r.died(ctx)
		}
		switch f.kind {
		case printed:
			r.keep(f.text())
			m = nil
		case callBack:
			m = serveCall(f, funcs)
		case answer:
			v := f.value()
			return v, f.err
		case failed:
			return nil, &script.Error{Line: f.whole(), Col: f.whole(), Msg: f.text()}
		case overran:
			return nil, r.end(&LimitError{what: f.text(), after: r.span(), Line: f.whole()})
		default:
			return nil, r.end(errFrame)
		}
	}
}

// left is what a call may take now.
func (r *Runner) left() time.Duration {
	if r.limits.Total == 0 {
		return r.limits.Call
	}
	return max(0, min(r.limits.Call, r.limits.Total-r.used))
}

// span is the limit that was overrun: that of the call, or what was left of all.
func (r *Runner) span() time.Duration {
	if r.limits.Total > 0 && r.used >= r.limits.Total-2*grace {
		return r.limits.Total
	}
	return r.limits.Call
}

// refer takes the functions out of the arguments and puts numbers for them.
func (r *Runner) refer(args []any) (sent []any, funcs []Func) {
	for _, a := range args {
		if f, ok := a.(Func); ok {
			sent = append(sent, funcRef(len(funcs)))
			funcs = append(funcs, f)
			continue
		}
		sent = append(sent, a)
	}
	return sent, funcs
}

// exchange writes a frame, unless it is nil, and reads the next. The child is killed
// when it takes too long.
func (r *Runner) exchange(m []byte, limit time.Duration) (f *frame, took time.Duration, err error) {
	began := time.Now()
	timer := time.AfterFunc(limit, func() {
		r.late.Store(true)
		r.kill()
	})
	defer timer.Stop()
	if m != nil {
		_, err = r.in.Write(m)
	}
	if err == nil {
		f, err = read(r.out)
	}
	took = time.Since(began)
	r.used += took
	return f, took, err
}

// serveCall calls a function of the host for the child.
func serveCall(f *frame, funcs []Func) []byte {
	n, args := f.whole(), f.values()
	if f.err != nil || n < 0 || n >= len(funcs) {
		return message(failed, "no such function")
	}
	v, err := funcs[n].Call(args)
	if err != nil {
		return message(failed, funcs[n].Name+": "+err.Error())
	}
	return message(answer, v)
}

func (r *Runner) keep(text string) {
	if room := maxPrinted - r.printed.Len(); room > 0 {
		text += "\n"
		r.printed.WriteString(text[:min(len(text), room)])
	}
}

// kill ends the child at once; whoever waits for it is told by its silence.
func (r *Runner) kill() { r.cmd.Process.Kill() }

// died finds out why the child is silent.
func (r *Runner) died(ctx context.Context) error {
	r.kill()
	r.cmd.Wait()
	switch line := r.page.get(); {
	case ctx.Err() != nil:
		return r.end(ctx.Err())
	case r.late.Load():
		return r.end(&LimitError{what: limitTime, after: r.span(), Line: line})
	default:
		what := limitCrash
		if words := r.lastWords(); strings.Contains(words, "memory") || peak(r.cmd.ProcessState) > maxMemory/2 {
			what = limitMemory // a collector without memory crashes in many ways
		} else if words == "" { // killed by the system: its processor time is up
			what = limitTime
		}
		return r.end(&LimitError{what: what, after: r.span(), Line: line})
	}
}

// lastWords is what the runtime said when the child came to its end; it is never
// shown.
func (r *Runner) lastWords() string {
	words, _ := io.ReadAll(io.LimitReader(r.words, 1<<16))
	return string(words)
}

// end makes sure that nothing is left of the child, and remembers why.
func (r *Runner) end(why error) error {
	if r.cmd != nil && r.cmd.Process != nil && r.cmd.ProcessState == nil {
		r.kill()
		r.cmd.Wait()
	}
	for _, f := range r.files {
		f.Close()
	}
	r.page.free()
	r.files, r.page, r.gone = nil, page{}, why
	return why
}
