package progress

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKill ends two writers at a random moment, again and again: what was said
// to be kept is kept.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(1, 2))
	var acknowledged []string
	for range 30 {
		var cmds [2]*exec.Cmd
		var outs [2]*bytes.Buffer
		for i := range cmds {
			cmds[i], outs[i] = writer(t, dir, 0)
		}
		time.Sleep(time.Duration(10+rng.IntN(40)) * time.Millisecond)
		for i, cmd := range cmds {
			cmd.Process.Kill()
			cmd.Wait()
			lines := strings.Split(outs[i].String(), "\n")
			acknowledged = append(acknowledged, lines[:len(lines)-1]...)
		}
	}
	items := mustOpen(t, dir).State().Items
	for _, ref := range acknowledged {
		if items[ref].Right != 1 {
			t.Fatalf("%s was acknowledged and is lost (%d acknowledged, %d kept)", ref, len(acknowledged), len(items))
		}
	}
	if len(acknowledged) < 30 {
		t.Fatalf("only %d events were written", len(acknowledged))
	}
	t.Logf("%d acknowledged, %d kept", len(acknowledged), len(items))
}

// TestMutations damages the file in 1,000 ways: it always opens, keeps every
// line that is still whole, takes new events, and loses none of its old bytes.
func TestMutations(t *testing.T) {
	dir := t.TempDir()
	l := mustOpen(t, dir)
	for i := range 20 {
		mustAppend(t, l, PageRead, fmt.Sprintf("1.1/p%d", i), nil)
	}
	sound, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 1000 {
		damaged := mutate(sound, rng)
		if err := os.WriteFile(filepath.Join(dir, fileName), damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		checkDamaged(t, i, dir, sound, damaged)
	}
}

func mutate(sound []byte, rng *rand.Rand) []byte {
	b := bytes.Clone(sound)
	for range 1 + rng.IntN(4) {
		i, j := rng.IntN(len(b)), rng.IntN(len(b))
		switch i, j = min(i, j), max(i, j)+1; rng.IntN(4) {
		case 0:
			b[i] ^= 1 << rng.IntN(8)
		case 1:
			b = b[:j]
		case 2: // a piece goes missing
			b = append(b[:i:i], b[j:]...)
		case 3: // a piece comes twice
			b = append(b[:j:j], b[i:]...)
		}
		if len(b) == 0 {
			return b
		}
	}
	return b
}

func checkDamaged(t *testing.T, i int, dir string, sound, damaged []byte) {
	t.Helper()
	l := mustOpen(t, dir)
	defer l.Close()
	mustAppend(t, l, PageRead, "after", nil)
	pages := l.State().Pages
	whole := map[string]bool{}
	for _, line := range strings.Split(string(damaged), "\n") {
		whole[line] = true
	}
	for _, line := range strings.Split(strings.TrimSpace(string(sound)), "\n") {
		e, _ := open([]byte(line))
		if whole[line] && !pages[e.Ref] {
			t.Fatalf("mutation %d: %s is whole in the file and was not read", i, e.Ref)
		}
	}
	after, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil || !bytes.HasPrefix(after, damaged) {
		t.Fatalf("mutation %d: bytes of the file were changed (%v)", i, err)
	}
	if !pages["after"] || !mustOpen(t, dir).State().Pages["after"] {
		t.Fatalf("mutation %d: the new event was not kept", i)
	}
}

func TestTornTailIsSealed(t *testing.T) {
	dir := t.TempDir()
	l := mustOpen(t, dir)
	mustAppend(t, l, PageRead, "1.1/a", nil)
	name := filepath.Join(dir, fileName)
	whole, _ := os.ReadFile(name)
	torn := append(bytes.Clone(whole), whole[:30]...)
	if err := os.WriteFile(name, torn, 0o600); err != nil {
		t.Fatal(err)
	}
	l = mustOpen(t, dir)
	if rep, _ := l.Check(); !rep.Torn || rep.Events != 1 {
		t.Errorf("got %+v, want one event and a torn tail", rep)
	}
	mustAppend(t, l, PageRead, "1.1/b", nil)
	after, _ := os.ReadFile(name)
	if !bytes.HasPrefix(after, append(torn, '\n')) {
		t.Errorf("got %q, want the torn bytes and a newline first", after)
	}
	if rep, _ := l.Check(); rep.Torn || rep.Events != 2 || rep.Damaged != 1 {
		t.Errorf("got %+v, want two events and one damaged line", rep)
	}
}

func FuzzOpenLine(f *testing.F) {
	line, err := seal(Event{V: 1, ID: "x", Kind: PageRead, Ref: "1.1/a"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(line))
	f.Add("00000000 {}")
	f.Fuzz(func(t *testing.T, file string) {
		events := 0
		eachEvent(strings.NewReader(file), func(Event, []byte) error { events++; return nil })
		if events > strings.Count(file, "\n")+1 {
			t.Errorf("got %d events from %q", events, file)
		}
	})
}
