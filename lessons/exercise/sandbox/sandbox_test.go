package sandbox

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"fmlab/lessons/exercise/script"
	"fmlab/lessons/exercise/vec"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// children are the processes whose parent is this one, zombies included.
func children(t *testing.T) (pids []string) {
	t.Helper()
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range stats {
		b, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		_, after, _ := strings.Cut(string(b), ") ")
		if f := strings.Fields(after); len(f) > 1 && f[1] == strconv.Itoa(os.Getpid()) {
			pids = append(pids, name+" "+f[0])
		}
	}
	return pids
}

// noChildren fails the test if it leaves a process behind.
func noChildren(t *testing.T) {
	t.Helper()
	t.Cleanup(func() {
		if left := children(t); len(left) > 0 {
			t.Errorf("got children %v left, want none", left)
		}
	})
}

func start(t *testing.T, source string, l Limits) *Runner {
	t.Helper()
	noChildren(t)
	r, err := Start(t.Context(), source, l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// Every kind of value comes back as it was sent, to the last bit.
func TestValuesComeBack(t *testing.T) {
	r := start(t, "def same(x):\n    return x", Short)
	long := make([]float64, 3*4097)
	for i := range long {
		long[i] = math.Sin(float64(i))
	}
	long[5], long[6], long[7] = math.Inf(1), math.NaN(), math.Copysign(0, -1)
	for _, v := range []any{nil, true, false, 7, -1 << 30, 0.1, math.Inf(-1), "wörter", []any{1, 2.5, []any{}, "x"},
		vec.New([]float64{}, 0), vec.New([]float64{1, 2, 3}, 3), vec.New(long, 4097, 3), vec.New(nil, 0, 2)} {
		got, err := r.Call(t.Context(), "same", v)
		if err != nil {
			t.Fatalf("%v: %v", v, err)
		}
		if a, b := string(put(nil, got)), string(put(nil, v)); a != b {
			t.Errorf("got %v want %v", got, v)
		}
	}
}

func TestOtherValues(t *testing.T) {
	r := start(t, "def f(x):\n    return [{1: 2}, f, 1 << 80, len][x]", Short)
	for i, want := range []string{"dict {1: 2}", "function f", "int 1208925819614629174706176", "function len"} {
		got, err := r.Call(t.Context(), "f", i)
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("got %v (%v) want %s", got, err, want)
		}
	}
}

// Functions of the host are called with the values of the program, and what goes
// wrong in them is reported at the line of the call.
func TestCallBack(t *testing.T) {
	r := start(t, "def twice(v, z):\n    a = v(z, 0.5)\n    return v(a, 1)", Short)
	var times []any
	v := Func{"v", func(args []any) (any, error) {
		times = append(times, args[1])
		z := args[0].(*vec.Vec)
		if len(times) > 2 {
			return nil, errors.New("enough")
		}
		return vec.New([]float64{2 * z.Data()[0]}, 1), nil
	}}
	got, err := r.Call(t.Context(), "twice", v, vec.New([]float64{3}, 1))
	if err != nil || got.(*vec.Vec).Data()[0] != 12 {
		t.Fatalf("got %v (%v) want 12", got, err)
	}
	if fmt.Sprint(times) != "[0.5 1]" {
		t.Errorf("got times %v want [0.5 1]", times)
	}
	var wrong *script.Error
	if _, err := r.Call(t.Context(), "twice", v, vec.New([]float64{3}, 1)); !errors.As(err, &wrong) || wrong.Line != 2 || !strings.Contains(wrong.Msg, "v: enough") {
		t.Errorf("got %v want v: enough at line 2", err)
	}
}

// The time of the host's own functions is not the program's.
func TestCallBackTimeIsFree(t *testing.T) {
	r := start(t, "def f(v):\n    for i in range(3):\n        v(i)\n    return 1", Limits{Call: 400 * time.Millisecond, Total: 400 * time.Millisecond})
	slow := Func{"v", func([]any) (any, error) { time.Sleep(250 * time.Millisecond); return nil, nil }}
	if got, err := r.Call(t.Context(), "f", slow); err != nil || got != 1 {
		t.Errorf("got %v (%v) want 1", got, err)
	}
}

func TestGradientAndEach(t *testing.T) {
	r := start(t, "def f(x, y):\n    return sum(x * x * y)\ndef g(t):\n    return t * t if t < 2 else 0\ndef h(t):\n    return [t]", Short)
	x, y := vec.New([]float64{1, 2, 3}, 3), vec.New([]float64{4, 5, 6}, 3)
	value, grad, err := r.Gradient(t.Context(), "f", 0, x, y)
	if err != nil || value != 78 || fmt.Sprint(grad.Data()) != "[8 20 36]" {
		t.Errorf("got %v, %v (%v) want 78, [8 20 36]", value, grad, err)
	}
	if got, _, err := r.Each(t.Context(), "g", []float64{0, 1.5, 2}); err != nil || fmt.Sprint(got) != "[0 2.25 0]" {
		t.Errorf("got %v (%v) want [0 2.25 0]", got, err)
	}
	if _, odd, err := r.Each(t.Context(), "h", []float64{1}); err != nil || fmt.Sprint(odd) != "[1]" {
		t.Errorf("got %v (%v) want the list [1]", odd, err)
	}
}

// The same seed gives the same numbers, another stream others.
func TestRng(t *testing.T) {
	r := start(t, "def f(rng):\n    return rng.normal(3, 2)", Short)
	draw := func(s uint64) string {
		v, err := r.Call(t.Context(), "f", Rng{1, s})
		if err != nil {
			t.Fatal(err)
		}
		return v.(*vec.Vec).String()
	}
	if a, b, c := draw(1), draw(1), draw(2); a != b || a == c {
		t.Errorf("got %s, %s and, of another stream, %s", a, b, c)
	}
}

// bombs are programs that a host must survive: each ends with the limit named, near
// the line, and the child gone.
var bombs = []struct{ name, source, want string }{ // want: a regular expression
	{"loop", "def f():\n    while True:\n        x = 1\n", "(million steps|ran longer than 1 s) at or after line 1"},
	{"slow loop", "def f():\n    z = zeros(1000000)\n    while True:\n        z = z + 1\n", "ran longer than 0.2 s at or after line 4"},
	{"at the top", "x = 1\nwhile True:\n    x = x + 1\n", "ran longer than 0.2 s at or after line [13]"},
	{"list doubling", "def f():\n    x = [1]\n    for i in range(60):\n        x = x + x\n", "(256 MiB|ran longer than 1 s) at or after line [34]"},
	{"string doubling", "def f():\n    x = 'a'\n    for i in range(60):\n        x = x + x\n", "(256 MiB|ran longer than 1 s) at or after line [34]"},
	{"big int", "def f():\n    x = 3\n    for i in range(60):\n        x = x * x\n", "(256 MiB|ran longer than 1 s) at or after line [34]"},
	{"range", "def f():\n    return list(range(1000000000))\n", "256 MiB at or after line 2"},
	{"vecs", "def f():\n    z = [zeros(1000000) for i in range(100)]\n", "256 MiB"},
	{"growing", "def f():\n    z = []\n    for i in range(100000000):\n        z.append([i])\n", "(256 MiB|ran longer than 1 s|million steps) at or after line [34]"},
	{"too large", "def f():\n    return zeros(4000, 4000)\n", "line 2:17: a vec of shape .4000, 4000. is too large"},
	{"broadcast", "def f():\n    x = zeros(4000)\n    return x[:, None] * x\n", "is too large"},
	{"recursion", "def f():\n    return f()\n", "line 2:12: function f called recursively: use a loop"},
	{"print", "def f():\n    for i in range(30000):\n        print('x' * 1000)\n    fail('done')\n", "line 4:9: fail: done"},
	{"big result", "def f():\n    z = zeros(3000000)\n    return [z, z, z]\n", "the result takes"},
}

func TestBombs(t *testing.T) {
	for _, b := range bombs {
		t.Run(b.name, func(t *testing.T) {
			if strings.Contains(b.want, "256 MiB") && (runtime.GOOS != "linux" || raceEnabled) {
				t.Skip("memory is bounded by the system only on Linux, without the race detector")
			}
			noChildren(t)
			began := time.Now()
			limits := Short
			limits.Call = time.Second
			if strings.Contains(b.want, "0.2 s") {
				limits.Call = 200 * time.Millisecond // before the steps run out, on a quick machine too
			}
			r, err := Start(t.Context(), b.source, limits)
			if err == nil {
				defer r.Close()
				_, err = r.Call(t.Context(), "f")
			}
			if err == nil || !regexp.MustCompile(b.want).MatchString(err.Error()) {
				t.Errorf("got %v want %q", err, b.want)
			}
			if took := time.Since(began); took > 4*time.Second {
				t.Errorf("took %v", took)
			}
			t.Logf("%v in %v", err, time.Since(began))
		})
	}
}

// After a limit the child is gone, and every call says so.
func TestGoneForGood(t *testing.T) {
	r := start(t, "def f(n):\n    while n:\n        pass\n    return 1", Limits{Call: 300 * time.Millisecond})
	if got, err := r.Call(t.Context(), "f", 0); got != 1 {
		t.Fatal(err)
	}
	_, first := r.Call(t.Context(), "f", 1)
	_, second := r.Call(t.Context(), "f", 0)
	var limit *LimitError
	if !errors.As(first, &limit) || first != second || limit.Line != 2 && limit.Line != 3 {
		t.Errorf("got %v and then %v, want the same limit, at line 2 or 3", first, second)
	}
}

// What a cancel cannot stop is killed: a single call of a function that is built in.
func TestKill(t *testing.T) {
	r := start(t, "def f():\n    x = zeros(2000, 2000)\n    return dot(x, x)", Limits{Call: 300 * time.Millisecond})
	began := time.Now()
	_, err := r.Call(t.Context(), "f")
	if err == nil || !strings.Contains(err.Error(), "ran longer than 0.3 s") {
		t.Errorf("got %v want that it ran too long", err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("took %v want 0.3 s", took)
	}
}

// The end of a context ends the call at once.
func TestCancel(t *testing.T) {
	r := start(t, "def f():\n    while True:\n        pass", Short)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	began := time.Now()
	if _, err := r.Call(ctx, "f"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v want that it was cancelled", err)
	}
	if took := time.Since(began); took > 500*time.Millisecond {
		t.Errorf("took %v to end", took)
	}
	if _, err := r.Call(t.Context(), "f"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v of a child that was killed", err)
	}
}

func TestPrinted(t *testing.T) {
	r := start(t, "print('top')\ndef f(z):\n    print('z =', z)\n    return 0", Short)
	if _, err := r.Call(t.Context(), "f", vec.New([]float64{1, 2}, 2)); err != nil {
		t.Fatal(err)
	}
	if got, want := r.Printed(), "top\nz = vec([1, 2])\n"; got != want {
		t.Errorf("got %q want %q", got, want)
	}
}

// Frames that are cut or made up are refused, not believed.
func TestFramesAreChecked(t *testing.T) {
	whole := put(put(nil, vec.New([]float64{1, 2, 3, 4}, 2, 2)), []any{"a", 1.5, Rng{1, 2}, true, Other{"dict", "{}"}})
	for n := range whole {
		f := &frame{rest: whole[:n:n]}
		if f.values(); n > 0 && n != 1+1+8*6 && f.err == nil {
			t.Errorf("got no error of a frame cut at %d", n)
		}
	}
	huge := putWord(putWord([]byte{tagVec, 2}, 1<<40), 1<<40)
	for _, b := range [][]byte{huge, putWord([]byte{tagTuple}, 1<<60), putWord([]byte{tagString}, 1<<63), {tagVec, 9}, {'?'}} {
		f := &frame{rest: b}
		if f.value(); f.err == nil {
			t.Errorf("got no error of the frame % x", b)
		}
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		r, err := Start(b.Context(), "def f(x):\n    return x", Short)
		if err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
}

func BenchmarkCall(b *testing.B) {
	for _, n := range []int{1, 512, 8192} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			r, err := Start(b.Context(), "def f(x):\n    return x * 2", Live)
			if err != nil {
				b.Fatal(err)
			}
			defer r.Close()
			x := vec.New(make([]float64, n), n)
			for b.Loop() {
				if _, err := r.Call(b.Context(), "f", x); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
