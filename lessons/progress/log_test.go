package progress

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain makes the test binary a writer when it is asked to: it appends answers
// and prints the reference of each once it is kept.
func TestMain(m *testing.M) {
	dir := os.Getenv("PROGRESS_TEST_WRITER")
	if dir == "" {
		os.Exit(m.Run())
	}
	l, err := Open(dir)
	if err != nil {
		panic(err)
	}
	var count int
	fmt.Sscan(os.Getenv("PROGRESS_TEST_COUNT"), &count)
	for i := 0; count == 0 || i < count; i++ {
		ref := fmt.Sprintf("w%d/%d", os.Getpid(), i)
		if err := l.Append(Answered, ref, Answer{Concept: "ode", Right: true}); err != nil {
			panic(err)
		}
		fmt.Println(ref)
	}
}

func writer(t *testing.T, dir string, count int) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "PROGRESS_TEST_WRITER="+dir, fmt.Sprint("PROGRESS_TEST_COUNT=", count))
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, &out
}

func mustOpen(t *testing.T, dir string) *Log {
	t.Helper()
	l, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func mustAppend(t *testing.T, l *Log, kind Kind, ref string, data any) {
	t.Helper()
	if err := l.Append(kind, ref, data); err != nil {
		t.Fatal(err)
	}
}

func TestTwoWriters(t *testing.T) {
	dir := t.TempDir()
	l := mustOpen(t, dir)
	const each = 200
	a, _ := writer(t, dir, each)
	b, _ := writer(t, dir, each)
	for i := range each {
		mustAppend(t, l, Answered, fmt.Sprintf("self/%d", i), Answer{Right: true})
	}
	for _, cmd := range []*exec.Cmd{a, b} {
		if err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Refresh(); err != nil {
		t.Fatal(err)
	}
	if got := len(l.State().Items); got != 3*each {
		t.Errorf("got %d answers, want %d", got, 3*each)
	}
	if rep, err := l.Check(); err != nil || rep.Events != 3*each || rep.Damaged+rep.Repeated != 0 {
		t.Errorf("got %+v, %v, want %d sound events", rep, err, 3*each)
	}
}

func TestNewerEventsArePreserved(t *testing.T) {
	dir := t.TempDir()
	var file []byte
	for _, e := range []Event{
		{V: 1, ID: "1", Kind: "from the future", Ref: "1.4/x"},
		{V: 9, ID: "2", Kind: PageRead, Ref: "1.1/a"},
		{V: 1, ID: "3", Kind: Answered, Ref: "1.1/b", Data: []byte(`"not an answer"`)},
	} {
		line, err := seal(e)
		if err != nil {
			t.Fatal(err)
		}
		file = append(file, line...)
	}
	if err := os.WriteFile(filepath.Join(dir, fileName), file, 0o600); err != nil {
		t.Fatal(err)
	}
	l := mustOpen(t, dir)
	if rep, _ := l.Check(); rep.Events != 3 || rep.Foreign != 3 || rep.Damaged != 0 {
		t.Errorf("got %+v, want three foreign events", rep)
	}
	if s := l.State(); len(s.Pages)+len(s.Items) != 0 {
		t.Errorf("got %+v, want nothing read from foreign events", s)
	}
	var out bytes.Buffer
	if n, err := l.Export(&out); n != 3 || err != nil || !bytes.Equal(out.Bytes(), file) {
		t.Errorf("exported %d events (%v), want the file byte for byte", n, err)
	}
}

func TestImportIsUnion(t *testing.T) {
	a, b := mustOpen(t, t.TempDir()), mustOpen(t, t.TempDir())
	mustAppend(t, a, GoalMet, "2.5/fast", nil)
	var shared bytes.Buffer
	if _, err := a.Export(&shared); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{1, 0} {
		if m, err := b.Import(bytes.NewReader(shared.Bytes())); m.New != want || m.Known != 1-want || err != nil {
			t.Errorf("imported %+v (%v), want %d new", m, err, want)
		}
	}
	mustAppend(t, b, GoalMet, "2.5/order", nil)
	var merged bytes.Buffer
	if n, err := b.Export(&merged); n != 2 || err != nil {
		t.Errorf("exported %d events (%v), want 2", n, err)
	}
	if m, err := a.Import(&merged); m.New != 1 || err != nil {
		t.Errorf("imported %+v (%v), want the one that is new", m, err)
	}
	if got := len(a.State().Goals); got != 2 {
		t.Errorf("got %d goals, want 2", got)
	}
}

func TestNowhereToWrite(t *testing.T) {
	taken := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	isDir := t.TempDir()
	if err := os.Mkdir(filepath.Join(isDir, fileName), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"", taken, filepath.Join(taken, "below"), isDir} {
		l := mustOpen(t, dir)
		if l.Warning() == "" {
			t.Errorf("%q: no warning", dir)
		}
		mustAppend(t, l, PageRead, "1.1/a", nil)
		if !l.State().Pages["1.1/a"] {
			t.Errorf("%q: the page is not in memory", dir)
		}
		if _, err := l.Import(strings.NewReader("")); err == nil {
			t.Errorf("%q: import into nothing went well", dir)
		}
	}
}

// TestReadOnly is a directory that may be read but not written.
func TestReadOnly(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	mustAppend(t, mustOpen(t, dir), PageRead, "1.1/a", nil)
	os.Chmod(filepath.Join(dir, fileName), 0o400)
	os.Chmod(dir, 0o500)
	defer os.Chmod(dir, 0o700)
	l := mustOpen(t, dir)
	if l.Warning() == "" || !l.State().Pages["1.1/a"] {
		t.Errorf("got warning %q and pages %v, want a warning and the page", l.Warning(), l.State().Pages)
	}
}

// TestWriteFailsAndRecovers takes the right to write away from an open log and
// gives it back.
func TestWriteFailsAndRecovers(t *testing.T) {
	dir := t.TempDir()
	l := mustOpen(t, dir)
	good := l.file
	bad, err := os.Open(l.path)
	if err != nil {
		t.Fatal(err)
	}
	defer bad.Close()
	l.file = bad
	if err := l.Append(GoalMet, "1.1/a", nil); err == nil || l.Warning() == "" {
		t.Errorf("got error %v, warning %q, want both", err, l.Warning())
	}
	if !l.State().Goals["1.1/a"] {
		t.Error("the goal is not in memory")
	}
	l.file = good
	mustAppend(t, l, GoalMet, "1.1/b", nil)
	if l.Warning() != "" {
		t.Errorf("got warning %q after a good write, want none", l.Warning())
	}
	if got := len(mustOpen(t, dir).State().Goals); got != 2 {
		t.Errorf("got %d goals in the file, want 2", got)
	}
}

func TestResume(t *testing.T) {
	dir := t.TempDir()
	l := mustOpen(t, dir)
	if p := l.State().Place; p.Lesson != "" {
		t.Errorf("got %+v on a first run, want nowhere", p)
	}
	mustAppend(t, l, Moved, "1.1", Place{Tab: "read", Page: "ode"})
	want := Place{Lesson: "2.5", Tab: "play", Page: "golf", Card: "fmlab play --solver rk4 --nfe 16"}
	mustAppend(t, l, Moved, want.Lesson, want)
	mustAppend(t, l, Prediction, "2.5/a", Guess{Option: "Euler"})
	mustAppend(t, l, Prediction, "2.5/a", Guess{Option: "RK4", Right: true})
	mustAppend(t, l, Answered, "2.5/q", Answer{Concept: "solvers", Right: true})
	mustAppend(t, l, Answered, "2.5/q", Answer{Concept: "solvers"})
	s := mustOpen(t, dir).State()
	if s.Place != want {
		t.Errorf("got %+v, want %+v", s.Place, want)
	}
	if g := s.Guesses["2.5/a"]; g.Option != "Euler" || g.Right {
		t.Errorf("got %+v, want the first guess", g)
	}
	if c := s.Concepts["solvers"]; c != (Score{1, 1}) || c.Share() != 0.5 {
		t.Errorf("got %+v, want one right and one wrong", c)
	}
	if i := s.Items["2.5/q"]; i != (Score{1, 1}) {
		t.Errorf("got %+v, want one right and one wrong", i)
	}
}

func TestPermissions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "fmlab")
	mustAppend(t, mustOpen(t, dir), PageRead, "1.1/a", nil)
	for name, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, fileName): 0o600} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: got %v, %v, want %v", name, info.Mode().Perm(), err, want)
		}
	}
}

func TestDir(t *testing.T) {
	t.Setenv("FMLAB_HOME", "/somewhere")
	if got := Dir(); got != "/somewhere" {
		t.Errorf("got %q, want $FMLAB_HOME", got)
	}
	t.Setenv("FMLAB_HOME", "")
	if got := Dir(); got != "" && !filepath.IsAbs(got) {
		t.Errorf("got %q, want an absolute path", got)
	}
	t.Setenv("HOME", "")
	t.Setenv("XDG_DATA_HOME", "")
	if got := Dir(); got != "" {
		t.Errorf("got %q without a home, want none", got)
	}
}
