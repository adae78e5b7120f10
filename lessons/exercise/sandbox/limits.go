package sandbox

import (
	"fmt"
	"time"

	"fmlab/lessons/exercise/script"
)

// Limits of a child. Where the system can, it enforces them too (limits_linux.go).
const (
	maxMemory  = 256 << 20 // bytes
	softMemory = 192 << 20 // bytes from which on the collector works harder
	maxSteps   = 50_000_000
	memoryPoll = 20 * time.Millisecond
	grace      = 100 * time.Millisecond // between the end from within and the kill
)

// Limits say how long a program may run.
type Limits struct {
	Call  time.Duration // longest single call; the host's own functions do not count
	Total time.Duration // of all calls together; 0 is no limit
}

// seconds is the processor time that goes with Total; a call alone is bounded by the
// clock.
func (l Limits) seconds() int {
	if l.Total == 0 {
		return 0
	}
	return int(l.Total/time.Second) + 1
}

// Short are the limits of a check of small functions, Long those of a training run,
// and Live those of functions that a running experiment calls.
var (
	Short = Limits{Call: 3 * time.Second, Total: 4 * time.Second}
	Long  = Limits{Call: 3 * time.Second, Total: 30 * time.Second}
	Live  = Limits{Call: 3 * time.Second}
)

// The limits by the words that they go by between child and parent.
const (
	limitTime   = "too much time"
	limitMemory = "too much memory"
	limitSteps  = script.TooManySteps
	limitCrash  = "a crash"
)

func isLimit(word string) bool {
	return word == limitTime || word == limitMemory || word == limitSteps
}

// LimitError says which limit a program went over, and where.
type LimitError struct {
	what  string
	after time.Duration // of limitTime
	Line  int           // the last that is known to have been reached; 0 for none
}

func (e *LimitError) Error() string {
	at := ""
	if e.Line > 0 {
		at = fmt.Sprintf(" at or after line %d", e.Line)
	}
	switch e.what {
	case limitTime:
		return fmt.Sprintf("ran longer than %g s%s: does every loop end?", e.after.Round(100*time.Millisecond).Seconds(), at)
	case limitMemory:
		return fmt.Sprintf("used more than %d MiB%s: does something grow in a loop?", maxMemory>>20, at)
	case limitSteps:
		return fmt.Sprintf("took more than %d million steps%s: does every loop end? Work on whole vecs takes few", maxSteps/1_000_000, at)
	}
	return fmt.Sprintf("the interpreter crashed%s: please make the program smaller", at)
}
