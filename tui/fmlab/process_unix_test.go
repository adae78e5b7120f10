//go:build unix

package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// smallFiles is the size in bytes above which a child may not write a file.
const smallFiles = "FMLAB_TEST_FILE_SIZE"

// childLimits makes a disk that is full, for a child that is asked to have one.
func childLimits() {
	if n, err := strconv.ParseUint(os.Getenv(smallFiles), 10, 64); err == nil {
		signal.Ignore(syscall.SIGXFSZ) // so that write returns the error
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
			panic(err)
		}
	}
}

// shellCode is the exit code as a shell tells it.
func shellCode(cmd *exec.Cmd) int {
	if w, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && w.Signaled() {
		return 128 + int(w.Signal())
	}
	return cmd.ProcessState.ExitCode()
}

// TestInterrupt: ^C ends training, and waiting for input, at once with 130.
func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	for _, args := range []string{"train --iters 1000000", "train --data -", "sample --exact -n 1000000 --nfe 10000"} {
		cmd := command(t, strings.Fields(args)...)
		if strings.HasPrefix(args, "train") {
			cmd.Args = append(cmd.Args, "--out", filepath.Join(dir, "m.safetensors"))
		}
		var words bytes.Buffer
		cmd.Stderr = &words
		stdin, err := cmd.StdinPipe() // stays open: nothing comes
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(400 * time.Millisecond) // well into its work
		began := time.Now()
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatalf("fmlab %s: %v: %s", args, err, words.String())
		}
		cmd.Wait()
		stdin.Close()
		if code := shellCode(cmd); code != 130 {
			t.Errorf("fmlab %s: got exit %d and %q, want 130", args, code, words.String())
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("fmlab %s: took %v to end", args, took)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); left != nil {
		t.Errorf("got files %v, want none", left)
	}
}

// TestClosedPipe: fmlab … | head -1 ends as other programs do, without a word.
func TestClosedPipe(t *testing.T) {
	cmd := command(t, strings.Fields("sample --exact --data 2gaussians -n 20000 --solver euler --nfe 2")...)
	var words bytes.Buffer
	cmd.Stderr = &words
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReaderSize(stdout, 16).ReadString('\n')
	if line != "x,y\n" {
		t.Errorf("got first line %q (%v), want x,y", line, err)
	}
	stdout.Close()
	cmd.Wait()
	if code := shellCode(cmd); code != 128+int(syscall.SIGPIPE) || words.Len() > 0 {
		t.Errorf("got exit %d and %q, want %d and nothing", code, words.String(), 128+int(syscall.SIGPIPE))
	}
}

// TestFullDisk: the old model is there until the new one is whole.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "m.safetensors")
	fine(t, append(small, "--out", out)...)
	before, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	cmd := command(t, append(small, "--seed", "8", "--out", out)...)
	cmd.Env = append(cmd.Env, smallFiles+"=1000")
	words, _ := cmd.CombinedOutput()
	if code := shellCode(cmd); code != 1 || !strings.Contains(string(words), out) {
		t.Errorf("got exit %d and %q, want 1 and the name of the file", code, words)
	}
	if after, err := os.ReadFile(out); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the old model is gone or changed (%v)", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); left != nil {
		t.Errorf("got files %v left over, want none", left)
	}
}

// TestCardReproduces: the card, read by a shell, makes the same bytes, whatever
// the name of the data file.
func TestCardReproduces(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, `it's "my" data $(x).csv`)
	if err := os.WriteFile(data, []byte(fine(t, "sample", "--exact", "--data", "circles", "-n", "100", "--nfe", "8")), 0o600); err != nil {
		t.Fatal(err)
	}
	first, second := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	r := decoded[trained](t, append(small, "--data", data, "--path", "poly:1.5", "--ema", "0.9", "--lr", "3e-3", "--out", first, "--json")...)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	sh := exec.Command("sh", "-c", `fmlab() { "$FMLAB" "$@"; }; `+r.Card+` --out "$OUT"`)
	sh.Env = append(os.Environ(), asFmlab+"=1", "FMLAB="+self, "OUT="+second)
	if words, err := sh.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", r.Card, err, words)
	}
	a, _ := os.ReadFile(first)
	b, _ := os.ReadFile(second)
	if len(a) == 0 || !bytes.Equal(a, b) {
		t.Errorf("%s: got another model (%d and %d bytes)", r.Card, len(b), len(a))
	}
}
