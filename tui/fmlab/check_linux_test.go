package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fmlab/lessons/exercise"
)

// TestWatch: every save is checked, also when the file is replaced, until ^C.
func TestWatch(t *testing.T) {
	name := star(t, wrongPair)
	cmd := command(t, "check", name, "--exercise", "2.1-pair", "--watch", "--json")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stdout)
	next := func(what string, passed bool) {
		t.Helper()
		if !lines.Scan() {
			t.Fatalf("%s: got no line", what)
		}
		var res exercise.Result
		if err := json.Unmarshal(lines.Bytes(), &res); err != nil || res.Passed != passed {
			t.Fatalf("%s: got %s (%v) want passed %v", what, lines.Text(), err, passed)
		}
	}
	next("at first", false)
	if err := os.WriteFile(name, []byte(rightPair), 0o600); err != nil {
		t.Fatal(err)
	}
	next("saved", true)
	other := filepath.Join(filepath.Dir(name), "other")
	if err := os.WriteFile(other, []byte("broken("), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(other, name); err != nil {
		t.Fatal(err)
	}
	next("replaced", false)
	began := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
	}
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitStopped {
		t.Errorf("got exit %d want %d", code, exitStopped)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("took %v to end", took)
	}
}

// childOf waits for a process that a process has started, and returns it.
func childOf(t *testing.T, parent int) string {
	t.Helper()
	for range 200 {
		names, _ := filepath.Glob("/proc/[0-9]*")
		for _, name := range names {
			if stat := processStat(name); len(stat) > 1 && stat[1] == fmt.Sprint(parent) {
				return name
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("got no child process in 2 s")
	return ""
}

// processStat is state and parent of a process, nothing if there is none.
func processStat(name string) []string {
	b, _ := os.ReadFile(name + "/stat")
	_, after, _ := strings.Cut(string(b), ") ")
	return strings.Fields(after)
}

// TestNoChildIsLeft: whether fmlab is interrupted or killed, a program that never ends
// goes with it.
func TestNoChildIsLeft(t *testing.T) {
	for _, how := range []os.Signal{os.Interrupt, os.Kill} {
		cmd := command(t, "check", "-", "--exercise", "2.1-pair")
		stdin, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		io.WriteString(stdin, "z = zeros(1000000)\nwhile True:\n    z = z + 1\n")
		stdin.Close()
		child := childOf(t, cmd.Process.Pid)
		time.Sleep(50 * time.Millisecond)
		began := time.Now()
		if err := cmd.Process.Signal(how); err != nil {
			t.Fatal(err)
		}
		cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); how == os.Interrupt && code != exitStopped {
			t.Errorf("%v: got exit %d want %d", how, code, exitStopped)
		}
		gone := func() bool {
			stat := processStat(child)
			return len(stat) == 0 || stat[0] == "Z" // a zombie of the system's, nothing runs
		}
		for !gone() && time.Since(began) < 2*time.Second {
			time.Sleep(5 * time.Millisecond)
		}
		if !gone() {
			t.Errorf("%v: the child lives on", how)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("%v: took %v to end", how, took)
		}
	}
}
