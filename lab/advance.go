package lab

import (
	"context"
	"time"
)

// Advance steps a Sim until the budget is spent, it has nothing left to do, or
// the context is cancelled; it reports whether there is more to do. A budget of
// 0 takes no step: the caller only wants a new photograph.
//
// It is the whole concurrency of the program: a key starts one command that
// advances and photographs; the photograph's arrival draws and starts the next.
func Advance(ctx context.Context, sim Sim, budget time.Duration) (more bool) {
	if budget <= 0 {
		return true
	}
	for deadline := time.Now().Add(budget); time.Now().Before(deadline); {
		if ctx.Err() != nil {
			return true
		}
		if !sim.Step() {
			return false
		}
	}
	return true
}
