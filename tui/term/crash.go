package term

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// report writes what happened to a file in CrashDir and one line about it to
// standard error; where the file cannot be written, all of it.
func (s *session) report(cause any, stack []byte) {
	text := fmt.Sprintf("fmlab %s, %s, %s/%s, %s\n\n%s\n\npanic: %v\n\n%s\nAll goroutines:\n\n%s",
		s.opts.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, time.Now().Format(time.RFC3339),
		s.describe(), cause, stack, goroutines())
	first, _, _ := strings.Cut(fmt.Sprint(cause), "\n")
	path, err := writeCrash(s.opts.CrashDir, text)
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s\nfmlab: stopped by an error of its own: %s (no report written: %v)\n", text, first, err)
		return
	}
	fmt.Fprintf(os.Stderr, "fmlab: stopped by an error of its own: %s; report in %s\n", first, path)
}

// describe says what was on screen, if that still can be said.
func (s *session) describe() (card string) {
	defer func() {
		if r := recover(); r != nil {
			card = fmt.Sprintf("(no description: %v)", r)
		}
	}()
	if s.opts.Describe == nil {
		return "(no description)"
	}
	return s.opts.Describe()
}

// goroutines returns the stacks of all of them, the first 64 KiB.
func goroutines() []byte {
	buf := make([]byte, 64<<10)
	return buf[:runtime.Stack(buf, true)]
}

// writeCrash writes text to a new file in dir that only its owner may read.
func writeCrash(dir, text string) (path string, err error) {
	if dir == "" {
		return "", fmt.Errorf("no directory for it")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path = filepath.Join(dir, fmt.Sprintf("crash-%s-%d.txt", time.Now().Format("20060102-150405"), os.Getpid()))
	return path, os.WriteFile(path, []byte(text), 0o600)
}
