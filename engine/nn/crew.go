package nn

import (
	"sync"
	"sync/atomic"
)

// crew runs a fixed set of jobs again and again, shared out between the caller
// and helpers that sleep in between. Whoever is free takes the next job: a helper
// that wakes late, because the machine is busy elsewhere, delays nothing.
type crew struct {
	jobs int
	work func(int) // the caller's own
	next atomic.Int64
	done sync.WaitGroup // jobs of this run

	wake    chan struct{} // one token a helper at most
	helpers int
	exit    sync.WaitGroup
	closed  bool
}

// newCrew starts workers−1 helpers. newWork makes one worker's job function, with
// scratch of its own.
func newCrew(workers, jobs int, newWork func() func(int)) *crew {
	c := &crew{jobs: jobs, work: newWork(), helpers: workers - 1, wake: make(chan struct{}, max(workers-1, 0))}
	c.next.Store(int64(jobs)) // nothing to take before the first run
	for range c.helpers {
		work := newWork()
		c.exit.Go(func() {
			for range c.wake {
				c.take(work)
			}
		})
	}
	return c
}

// run does every job once and returns when all are done.
func (c *crew) run() {
	if c.closed {
		panic("nn: Step after Close")
	}
	c.done.Add(c.jobs)
	c.next.Store(0) // from here on jobs may be taken
	for range c.helpers {
		select {
		case c.wake <- struct{}{}:
		default: // its last token still lies there
		}
	}
	c.take(c.work)
	c.done.Wait()
}

// take does jobs until none is left.
func (c *crew) take(work func(int)) {
	for {
		i := int(c.next.Add(1)) - 1
		if i >= c.jobs {
			return
		}
		work(i)
		c.done.Done()
	}
}

// close ends the helpers and waits for them.
func (c *crew) close() {
	if !c.closed {
		c.closed = true
		close(c.wake)
		c.exit.Wait()
	}
}
