package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// asFmlab makes the test binary be fmlab: for what only a process can show.
const asFmlab = "FMLAB_TEST_IS_FMLAB"

func TestMain(m *testing.M) {
	if os.Getenv(asFmlab) != "" {
		childLimits()
		main()
	}
	home, err := os.MkdirTemp("", "fmlab-test")
	if err != nil {
		panic(err)
	}
	os.Setenv("FMLAB_HOME", home) // nobody's progress is touched
	code := m.Run()
	os.RemoveAll(home)
	os.Exit(code)
}

// answer is what a command line said and how it ended.
type answer struct {
	out, words string
	code       int
}

// fmlab runs a command line in this process.
func fmlab(args ...string) answer { return fmlabUntil(context.Background(), args...) }

func fmlabUntil(ctx context.Context, args ...string) answer {
	var out, words bytes.Buffer
	cmd := newRoot()
	cmd.SetArgs(args)
	cmd.SetOut(&out)
	cmd.SetErr(&words)
	code := run(ctx, cmd)
	return answer{out.String(), words.String(), code}
}

// fine runs a command line that must succeed and returns what it printed.
func fine(t *testing.T, args ...string) string {
	t.Helper()
	a := fmlab(args...)
	if a.code != 0 {
		t.Fatalf("fmlab %s: got exit %d and %q, want 0", strings.Join(args, " "), a.code, a.words)
	}
	return a.out
}

// decoded runs a command line that must succeed and reads its one JSON object.
func decoded[T any](t *testing.T, args ...string) T {
	t.Helper()
	return parsed[T](t, fine(t, args...))
}

func parsed[T any](t *testing.T, text string) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("got %q, want JSON: %v", text, err)
	}
	return v
}

// command makes a process that is fmlab. It has no terminal.
func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Env = append(os.Environ(), asFmlab+"=1")
	return cmd
}

// process runs fmlab as a process with this text on its standard input.
func process(t *testing.T, stdin string, args ...string) answer {
	t.Helper()
	cmd := command(t, args...)
	cmd.Stdin = strings.NewReader(stdin)
	var out, words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &words
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return answer{out.String(), words.String(), cmd.ProcessState.ExitCode()}
}

// file writes a file of its own for a test.
func file(t *testing.T, name, text string) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestWrongUse: what was found and what is allowed, on stderr, and exit 2.
func TestWrongUse(t *testing.T) {
	bad := file(t, "bad.csv", "x,y\n1,2\n3,oops\n")
	dir := t.TempDir()
	for _, c := range []struct {
		args string
		want []string // in the message
	}{
		{"trian", []string{`"trian"`, "train", "sample", "lessons", "version"}},
		{"train extra", []string{`"extra"`}},
		{"train --bogus 1", []string{"--bogus", "fmlab train --help"}},
		{"train --data mons", []string{`"mons"`, "moons", "circles", "checkerboard"}},
		{"train --path liner", []string{`"liner"`, "linear", "vp", "cubic", "linear-vp", "ddpm", "poly:N"}},
		{"train --path poly:0.5", []string{"poly:0.5", "at least 1"}},
		{"train --path custom --sigma 1-t^2+0.5", []string{"σ = 1.5 at t = 0", "want 1"}},
		{"sample --exact --alpha t^", []string{"--alpha", "column 3"}},
		{"sample --exact --alpha 3*t^2-2*t+2*t*(1-t)^2", []string{"custom path", "α̇σ − ασ̇ = ", "at t = 0."}},
		{"field --exact --path vp --alpha t^2", []string{"--alpha t^2", "--path is vp", "custom"}},
		{"density --exact --sigma t --at -", []string{"σ = 0 at t = 0"}},
		{"train --act silo", []string{"silu", "relu", "selu", "gelu", "tanh"}},
		{"train --optimizer sgd", []string{"adam, adamw"}},
		{"train --decay linear", []string{"cosine, none"}},
		{"train --net 64y3", []string{`"64y3"`, "64x3"}},
		{"train --net 0x1", []string{"1 to 1024"}},
		{"train --batch 0", []string{"1 to 65536"}},
		{"train --iters 0", []string{"from 1 to"}},
		{"train --iters 1e3", []string{"whole number"}},
		{"train --lr 0", []string{"above 0"}},
		{"train --lr NaN", []string{"above 0"}},
		{"train --lr 1e31", []string{"at most 1e+30"}},
		{"train --ema 1", []string{"0 to 0.999999"}},
		{"train --seed -1", []string{"0 to 18446744073709551615"}},
		{"train --kernel avx512", []string{"auto or go"}},
		{"train --solver rk4 --nfe 3", []string{"at least 4"}},
		{"train --data nowhere.csv", []string{"nowhere.csv", "no such file"}},
		{"train --data " + bad, []string{bad + ":3:3:", `"oops"`}},
		{"train --data " + dir + "/", []string{"directory", "regular file"}},
		{"train --out " + filepath.Join(dir, "missing", "m.safetensors"), []string{"no directory", "missing"}},
		{"train --out " + dir, []string{"not a regular file"}},
		{"train --data " + bad + " --out " + bad, []string{"that is the data"}},
		{"sample", []string{"--exact", "--model"}},
		{"sample --exact --model m.safetensors", []string{"one of them"}},
		{"sample --model nowhere.safetensors", []string{"no such file"}},
		{"sample --model " + bad, []string{bad, "safetensors"}},
		{"sample --exact --solver rk5", []string{`"rk5"`, "euler, midpoint, heun, rk4, dopri5"}},
		{"sample --exact --solver rk4 --nfe 3", []string{"at least 4"}},
		{"sample --exact --steps 0", []string{"1 to"}},
		{"sample --exact --steps 4 --nfe 4", []string{"one of them"}},
		{"sample --exact --solver dopri5 --steps 4", []string{"--rtol"}},
		{"sample --exact --rtol 0", []string{"above 0"}},
		{"sample --exact -n 0", []string{"from 1 to"}},
		{"sample --exact --direction up", []string{"forward, backward"}},
		{"sample --exact --noise " + bad, []string{bad + ":3:3:"}},
		{"compare --exact --solvers euler,rk5", []string{`"rk5"`, "midpoint"}},
		{"compare --exact --solvers rk4 --nfe 8,3", []string{"--nfe 3", "at least 4"}},
		{"compare --exact --nfe 8,none", []string{`"none"`, "whole number"}},
		{"compare --exact --paths linear,up", []string{`"up"`, "poly:N"}},
		{"compare --exact --seeds 1,x", []string{`"x"`, "whole number"}},
		{"compare --model m.safetensors --paths linear,vp", []string{"--paths"}},
		{"schedule --at 0,1.5", []string{`"1.5"`, "0 to 1"}},
		{"schedule --at nan", []string{`"nan"`, "0 to 1"}},
		{"metric one.csv", []string{"two point files"}},
		{"metric " + bad + " " + bad, []string{bad + ":3:3:"}},
		{"metric " + file(t, "one.csv", "1,2\n") + " " + bad, []string{"1 points, want at least 2"}},
		{"lesson", []string{"one id"}},
		{"lesson 9.9", []string{`9.9`, "1.1", "3.5"}},
		{"play --experiment chess", []string{`"chess"`, "particles", "solvers", "free"}},
		{"play --t 2", []string{"0 to 1"}},
		{"play --data " + bad, []string{bad + ":3:3:"}},
		{"progress forget", []string{`"forget"`, "check", "repair", "export", "import", "reset"}},
		{"progress import nowhere.jsonl", []string{"no such file"}},
		{"progress export", []string{"one file"}},
	} {
		a := fmlab(strings.Fields(c.args)...)
		if a.code != 2 || a.out != "" {
			t.Errorf("fmlab %s: got exit %d and output %q, want 2 and none", c.args, a.code, a.out)
		}
		for _, want := range c.want {
			if !strings.Contains(a.words, want) {
				t.Errorf("fmlab %s: got %q, want it to say %q", c.args, a.words, want)
			}
		}
	}
}

// TestHelp: every command shows an example, and no word of help names a machine.
func TestHelp(t *testing.T) {
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		if cmd.Parent() == nil || cmd.Parent().Parent() == nil {
			if cmd.Example == "" || cmd.Short == "" {
				t.Errorf("%s: got no example or no short help, want both", cmd.CommandPath())
			}
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRoot())
	out := fine(t, "train", "--help")
	for _, want := range []string{"--data", "--net", "64x3", "--lr", "0.01", "--out", "--threads", "fmlab train --data moons"} {
		if !strings.Contains(out, want) {
			t.Errorf("fmlab train --help: got %q, want %q in it", out, want)
		}
	}
}

func TestInternalErrorExits70(t *testing.T) {
	cmd := newRoot()
	cmd.AddCommand(&cobra.Command{Use: "panic", RunE: func(*cobra.Command, []string) error { panic("two and two is five") }})
	var words bytes.Buffer
	cmd.SetErr(&words)
	cmd.SetArgs([]string{"panic"})
	if code := run(context.Background(), cmd); code != 70 || !strings.Contains(words.String(), "two and two is five") {
		t.Errorf("got exit %d and %q, want 70 and what went wrong", code, words.String())
	}
}

// TestStopped: a cancelled context ends the long commands with 130, at once, and
// nothing is written.
func TestStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := filepath.Join(t.TempDir(), "m.safetensors")
	for _, args := range []string{"train --iters 1000000 --out " + out, "sample --exact -n 100000", "compare --exact --data 2gaussians"} {
		began := time.Now()
		a := fmlabUntil(ctx, strings.Fields(args)...)
		if a.code != 130 || a.out != "" || !strings.Contains(a.words, "stopped") {
			t.Errorf("fmlab %s: got exit %d, output %q and %q, want 130, none, and that it stopped", args, a.code, a.out, a.words)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("fmlab %s: took %v to stop", args, took)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(out), "*")); left != nil {
		t.Errorf("got files %v, want none", left)
	}
}
