package sandbox

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"

	"go.starlark.net/starlark"

	"fmlab/lessons/exercise/script"
	"fmlab/lessons/exercise/vec"
)

// childArgument makes any program that contains this package the child: the only
// word of its command line.
const childArgument = "__exercise"

// Before main, so that nothing else of the program is started in a child.
func init() {
	if len(os.Args) == 2 && os.Args[1] == childArgument {
		signal.Ignore(os.Interrupt) // ^C is for the parent, which then kills us
		debug.SetTraceback("none")
		debug.SetMemoryLimit(softMemory)
		page := confine()
		serve(os.Stdin, os.Stdout, page)
		os.Exit(0)
	}
}

// child is the side of the connection where the program is.
type child struct {
	in   *bufio.Reader
	out  io.Writer
	page page
	prog *script.Program
	watch
}

// serve answers the frames of in until it ends.
func serve(in io.Reader, out io.Writer, p page) {
	c := &child{in: bufio.NewReaderSize(in, 1<<16), out: out, page: p}
	for {
		f, err := read(c.in)
		if err != nil {
			return
		}
		v, err := c.do(f)
		c.stop()
		if c.reply(v, err) != nil {
			return
		}
	}
}

// do does what a frame asks for.
func (c *child) do(f *frame) (any, error) {
	name, limit := f.text(), time.Duration(f.whole())*time.Millisecond
	c.left = limit - grace
	switch f.kind {
	case askLoad:
		if seconds := f.whole(); seconds > 0 {
			confineTime(uint64(seconds))
		}
		return c.load(name)
	case askCall:
		v, err := c.prog.Call(name, c.args(f)...)
		if err != nil {
			return nil, err
		}
		return fromStarlark(v), nil
	case askGradient:
		at := f.whole()
		v, grad, err := c.prog.Gradient(name, at, c.args(f)...)
		return []any{v, grad}, err
	case askEach:
		return c.each(name, f)
	}
	return nil, errFrame
}

// load returns the names of the functions that the program defines.
func (c *child) load(source string) (names any, err error) {
	c.prog, err = script.Load(source, script.Hooks{
		Started: c.start,
		Line:    c.page.set,
		Print:   func(text string) { c.out.Write(message(printed, short(text))) },
		Steps:   maxSteps,
	})
	if err != nil {
		return nil, err
	}
	list := []any{}
	for _, name := range c.prog.Functions() {
		list = append(list, name)
	}
	return list, nil
}

// each calls a function of one number with many.
func (c *child) each(name string, f *frame) (any, error) {
	x, ok := f.value().(*vec.Vec)
	if !ok {
		return nil, errFrame
	}
	out := make([]float64, len(x.Data()))
	for i, t := range x.Data() {
		v, err := c.prog.Call(name, starlark.Float(t))
		if err != nil {
			return nil, err
		}
		y, err := vec.From(v)
		if err != nil || len(y.Dims()) != 0 {
			return fromStarlark(v), nil // the parent says what is wrong with it
		}
		out[i] = y.Data()[0]
	}
	return vec.New(out, len(out)), nil
}

func (c *child) args(f *frame) (args []starlark.Value) {
	for _, v := range f.values() {
		args = append(args, toStarlark(v, c.callBack))
	}
	return args
}

// callBack asks the parent to call one of its functions. The time that takes is not
// the program's.
func (c *child) callBack(n funcRef, args []any) (any, error) {
	c.pause()
	defer c.resume()
	if _, err := c.out.Write(message(callBack, append([]any{int(n)}, args...)...)); err != nil {
		os.Exit(0) // nobody is there any more
	}
	f, err := read(c.in)
	if err != nil {
		os.Exit(0)
	}
	if f.kind == failed {
		return nil, errors.New(f.text())
	}
	return f.value(), f.err
}

// reply sends the outcome of a run.
func (c *child) reply(v any, err error) error {
	var wrong *script.Error
	var m []byte
	switch {
	case err == nil && size(v) > maxFrame:
		m = message(failed, 0, 0, fmt.Sprintf("the result takes %d MiB: want at most %d", size(v)>>20, maxFrame>>20))
	case err == nil:
		m = message(answer, v)
	case errors.As(err, &wrong) && isLimit(wrong.Msg):
		m = message(overran, wrong.Msg, wrong.Line)
	case errors.As(err, &wrong):
		m = message(failed, wrong.Line, wrong.Col, wrong.Msg)
	default:
		m = message(failed, 0, 0, err.Error())
	}
	_, err = c.out.Write(m)
	return err
}

// watch ends a run from within when its time is over or its heap is full: then it
// is known to the column where it was.
type watch struct {
	mu     sync.Mutex
	cancel func(reason string)
	left   time.Duration // of the run, as of since
	since  time.Time
	clock  *time.Timer
	memory *time.Timer
}

// start begins to watch a run.
func (w *watch) start(cancel func(string)) {
	w.stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cancel, w.since = cancel, time.Now()
	w.clock = time.AfterFunc(w.left, func() { cancel(limitTime) })
	w.memory = time.AfterFunc(memoryPoll, w.look)
}

// look is done again and again.
func (w *watch) look() {
	used := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(used)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cancel == nil {
		return
	}
	if used[0].Value.Uint64() > maxMemory {
		w.cancel(limitMemory)
		return
	}
	w.memory.Reset(memoryPoll)
}

func (w *watch) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cancel == nil {
		return
	}
	w.left -= time.Since(w.since)
	w.clock.Stop()
	w.memory.Stop()
	w.cancel = nil
}

func (w *watch) pause() {
	w.clock.Stop()
	w.left -= time.Since(w.since)
}

func (w *watch) resume() {
	w.since = time.Now()
	w.clock.Reset(w.left)
}
