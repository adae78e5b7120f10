package lab

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
)

// MinSeeds is the fewest seeds that a claim is tried with.
const MinSeeds = 5

// TrialOptions say how a claim is tried.
type TrialOptions struct {
	Seed    uint64 // the first; the others follow it
	Seeds   int    // at least MinSeeds
	Iters   int    // training iterations; 0 is the claim's own number
	Threads int    // training workers, 0 for all cores; changes no bit
}

// Trial is a claim on trial: every seed is heard in turn, and then the numbers are
// judged. Step it, then look. A trial belongs to one goroutine at a time; Close
// ends it early.
type Trial struct {
	Claim   *Claim
	Options TrialOptions // with the iterations that are done
	rows    []ClaimRow
	heard   float64 // seeds, with the part of the present one that is done
	done    bool    // all of them
	err     error
	next    func() (struct{}, bool)
	stop    func()
}

// scale is how much a trial measures. Trials have one; only tests have another.
type scale struct {
	scored  int     // samples compared with as many data
	probed  int     // points a solver's error is measured on
	fine    int     // NFE of RK4 where its error is not to count
	most    int     // steps after which the search for enough of them gives up
	tol     float64 // of a reference in closed form
	learned float64 // of a reference along a network
	net     string  // hidden layers
	batch   int     // pairs an iteration
}

var fullScale = scale{scored: 1000, probed: 256, fine: 400, most: 2048, tol: 1e-9, learned: 1e-7, net: "64x3", batch: 256}

// NewTrial prepares a trial. The error says which option is wrong.
func NewTrial(c *Claim, o TrialOptions) (*Trial, error) { return newTrial(c, o, fullScale) }

func newTrial(c *Claim, o TrialOptions, size scale) (*Trial, error) {
	switch {
	case o.Seeds < MinSeeds:
		return nil, fmt.Errorf("%d seeds: want at least %d, or there is no interval to judge by", o.Seeds, MinSeeds)
	case o.Seed > math.MaxUint64-uint64(o.Seeds):
		return nil, fmt.Errorf("seed %d: want %d more after it", o.Seed, o.Seeds)
	case o.Iters != 0 && c.Iters == 0:
		return nil, fmt.Errorf("%d iterations: the claim %s trains nothing", o.Iters, c.Name)
	case o.Iters != 0 && o.Iters < minIters:
		return nil, fmt.Errorf("%d iterations: want at least %d", o.Iters, minIters)
	case o.Iters == 0:
		o.Iters = c.Iters
	}
	t := &Trial{Claim: c, Options: o}
	t.next, t.stop = iter.Pull(func(yield func(struct{}) bool) { t.err = t.hear(size, yield) })
	return t, nil
}

// minIters leaves the claims that look at a part of the training something to look at.
const minIters = 20

// errStopped is the end of a trial that was closed.
var errStopped = errors.New("the trial was stopped")

// hear measures seed after seed. It gives way after every few milliseconds of work.
func (t *Trial) hear(size scale, yield func(struct{}) bool) error {
	for i := range t.Options.Seeds {
		c := &court{scale: size, seed: t.Options.Seed + uint64(i), iters: t.Options.Iters, threads: t.Options.Threads, out: &t.rows}
		c.tick = func() error {
			t.heard = float64(i) + c.done
			if !yield(struct{}{}) {
				return errStopped
			}
			return nil
		}
		if err := t.Claim.hear(c); err != nil {
			return fmt.Errorf("%s, seed %d: %w", t.Claim.Name, c.seed, err)
		}
	}
	t.done = true
	return nil
}

// Step does a few milliseconds of work and reports whether there was any.
func (t *Trial) Step() bool {
	_, more := t.next()
	return more
}

// Progress says how far the trial is.
func (t *Trial) Progress() Progress {
	const whole = 1000
	p := Progress{What: "hearing", Done: int(whole * t.heard / float64(t.Options.Seeds)), Total: whole}
	if t.done {
		p.Total = 0
	}
	return p
}

// Done says whether every seed was heard.
func (t *Trial) Done() bool { return t.done }

// Rows are the numbers measured so far.
func (t *Trial) Rows() []ClaimRow { return slices.Clone(t.rows) }

// Verdict judges the numbers measured so far; it is final when Done.
func (t *Trial) Verdict() Verdict { return t.Claim.judge(t.rows) }

// Err says why the trial ended early.
func (t *Trial) Err() error { return t.err }

// Close ends the trial.
func (t *Trial) Close() { t.stop() }

// Card is the command line that repeats the trial.
func (t *Trial) Card() string {
	card := fmt.Sprintf("fmlab claim %s --seed %d --seeds %d", t.Claim.Name, t.Options.Seed, t.Options.Seeds)
	if t.Claim.Iters > 0 {
		card += fmt.Sprintf(" --iters %d", t.Options.Iters)
	}
	return card + " --kernel " + Kernel
}
