//go:build e2e && !windows

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
	"fmlab/tui"
	"fmlab/tui/canvas"
	"fmlab/tui/term/ptytest"
	"fmlab/tui/theme"
)

// built is the program as the README builds it.
var built = sync.OnceValues(func() (string, error) {
	name := filepath.Join(os.Getenv("FMLAB_HOME"), "fmlab")
	out, err := exec.Command("go", "build", "-o", name, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return name, nil
})

// real starts the built program.
func realProgram(t testing.TB, cfg ptytest.Config, args ...string) *ptytest.Terminal {
	t.Helper()
	name, err := built()
	if err != nil {
		t.Fatal(err)
	}
	cfg.Env = append(cfg.Env, "FMLAB_HOME="+t.TempDir())
	return ptytest.Start(t, cfg, name, args...)
}

// TestFirstFrameOfProgram measures the program itself, ten times.
func TestFirstFrameOfProgram(t *testing.T) {
	if _, err := built(); err != nil {
		t.Fatal(err)
	}
	for _, mute := range []bool{false, true} {
		var took []time.Duration
		for range 10 {
			begin := time.Now()
			p := realProgram(t, ptytest.Config{Cols: 120, Rows: 36, Mute: mute})
			p.WaitFor("3  Deep dive", soon)
			took = append(took, time.Since(begin))
			p.Send("q")
			p.Wait(soon)
		}
		slices.Sort(took)
		t.Logf("mute %v: first frame after %v (median), %v (best), %v (worst)", mute, took[5], took[0], took[9])
		if took[5] > 300*time.Millisecond {
			t.Errorf("mute %v: got the first frame after %v, want at most 300ms", mute, took[5])
		}
	}
}

// inTraining starts a long training run in the free lab.
func inTraining(t *testing.T, cols, rows int) *ptytest.Terminal {
	t.Helper()
	p := realProgram(t, ptytest.Config{Cols: cols, Rows: rows}, "play", "--model", "learned", "--iters", "1000000")
	p.WaitFor("it/s", soon)
	return p
}

// frames counts the frames in what was written: each begins at the home position.
func frames(out []byte) int { return bytes.Count(out, []byte("\x1b[H")) }

// cpu is the processor time a program has used.
func cpu(t *testing.T, pid int) time.Duration {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Skipf("no way to measure processor time here: %v", err)
	}
	fields := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / 100
}

// TestFrameRate: training is shown at about 30 frames a second, in frames that a
// slow line can carry.
func TestFrameRate(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 60}} {
		p := inTraining(t, size[0], size[1])
		before, begin := p.Output(), time.Now()
		time.Sleep(3 * time.Second)
		out, took := p.Output()[len(before):], time.Since(begin).Seconds()
		n := frames(out)
		rate, bytes := float64(n)/took, len(out)/max(n, 1)
		t.Logf("%d×%d: %.1f frames a second, %d bytes a frame", size[0], size[1], rate, bytes)
		if rate < 10 || rate > 40 {
			t.Errorf("%d×%d: got %.1f frames a second, want about 30", size[0], size[1], rate)
		}
		if bytes > 20_000 {
			t.Errorf("%d×%d: got %d bytes a frame, want at most 20000", size[0], size[1], bytes)
		}
	}
}

// TestKeyLatency: while the engine works on all cores, a key is on the screen
// within a frame or two: one that the app answers alone, one that needs another
// picture of the engine, and one that changes its work.
func TestKeyLatency(t *testing.T) {
	p := inTraining(t, 120, 36)
	took := map[string][]time.Duration{}
	press := func(what, key, shows string) {
		begin := time.Now()
		p.Send(key)
		p.WaitFor(shows, soon)
		took[what] = append(took[what], time.Since(begin))
	}
	for i := range 19 {
		press("app", "?", "Keys that work here")
		p.Send("esc")
		p.WaitGone("Keys that work here", soon)
		press("picture", "left", fmt.Sprintf("┤ %.2f", 0.95-0.05*float64(i)))
		p.Send("s")
		p.WaitFor("solver: ", soon)
		press("engine", "u", "undone")
	}
	for what, all := range took {
		slices.Sort(all)
		p50, p95 := all[len(all)/2], all[len(all)*95/100]
		t.Logf("%s: key to screen %v median, %v p95", what, p50, p95)
		if p50 > 70*time.Millisecond || p95 > 400*time.Millisecond { // generous: others may use the machine
			t.Errorf("%s: got %v median and %v p95 from key to screen, want at most 70ms and 400ms", what, p50, p95)
		}
	}
}

// TestIdle: when nothing moves nothing is written and nothing is computed.
func TestIdle(t *testing.T) {
	for _, args := range [][]string{{}, {"lesson", "2.5"}, {"play", "--data", "2gaussians", "--n", "250"}} {
		p := realProgram(t, ptytest.Config{Cols: 120, Rows: 36}, args...)
		p.WaitFor("fmlab", soon)
		for was := -1; was != len(p.Output()); time.Sleep(time.Second) {
			was = len(p.Output())
		}
		used, written := cpu(t, p.PID()), len(p.Output())
		time.Sleep(3 * time.Second)
		used, written = cpu(t, p.PID())-used, len(p.Output())-written
		t.Logf("%v: %v of processor time and %d bytes in 3s", args, used, written)
		if written != 0 || used > 60*time.Millisecond {
			t.Errorf("%v: got %d bytes written and %v of processor time in 3s of nothing, want 0 and at most 2 %%", args, written, used)
		}
	}
}

// TestResizeWhileTraining: after a storm of sizes in the middle of a run, every
// cell is what the app draws at that size.
func TestResizeWhileTraining(t *testing.T) {
	p := inTraining(t, 120, 36)
	for range 3 {
		for _, size := range [][2]int{{80, 24}, {200, 60}, {40, 12}, {63, 17}, {10, 3}, {120, 36}, {101, 29}} {
			p.Resize(size[0], size[1])
			time.Sleep(40 * time.Millisecond)
		}
	}
	for _, size := range [][2]int{{101, 29}, {60, 20}, {160, 50}} {
		p.Resize(size[0], size[1])
		p.Send("g")
		want := glossaryAt(t, size[0], size[1])
		p.WaitUntil("shows the glossary, each cell as drawn", soon, func() bool { return slices.Equal(p.Rows(), want) })
		p.Send("esc")
		p.WaitGone("Glossary", soon)
	}
}

// glossaryAt is the glossary over the free lab as the app draws it, row by row.
func glossaryAt(t *testing.T, w, h int) []string {
	t.Helper()
	c, err := lessons.Load()
	if err != nil {
		t.Fatal(err)
	}
	log, err := progress.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	setup := lab.Default()
	app := tui.New(tui.Options{Curriculum: c, Log: log, Theme: theme.New(true, theme.Mono), Glyphs: canvas.Braille, Setup: &setup, Experiment: "free", Trip: 1})
	app.Init()
	app.Update(tea.WindowSizeMsg{Width: w, Height: h})
	app.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("g")})
	rows := strings.Split(app.View(), "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " ")
	}
	return rows
}
