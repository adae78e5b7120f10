package lab

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Claim is a sentence that people say about flows, with the trial it gets: what is
// measured, at what price, and the questions whose answers decide it.
type Claim struct {
	Name      string        // as typed
	Statement string        // what is said
	Source    string        // who says it: a rule of thumb, this course's source, a paper
	Measure   string        // the numbers measured, with their units
	Takes     time.Duration // five seeds on two cores, about
	Iters     int           // training iterations unless others are asked for; 0 trains nothing
	Factors   []string      // what tells its cases apart: data, path, NFE

	budget    string // what a seed spends; {iters} stands for the iterations
	axis      bool   // the last factor is a number to draw the arms over
	questions []question
	hear      func(*court) error // measures one seed
}

// question is what a case is asked. Its margin is above 0 where the claim is right
// and below where it is wrong.
type question struct {
	says   string // what a margin above 0 says
	unit   string // of the margin
	aside  bool   // told, but the verdict does not rest on it
	margin func(arms) float64
}

// arms holds what one seed measured in one case, by name; what was not measured is
// NaN.
type arms func(name string) float64

// Budget says what a trial spends on every seed.
func (c *Claim) Budget(iters int) string {
	if iters == 0 {
		iters = c.Iters
	}
	return strings.ReplaceAll(c.budget, "{iters}", strconv.Itoa(iters))
}

// Claims is every claim on trial: first those that one reads, then what the lab
// itself found surprising.
var Claims = []Claim{
	solverSteps, vpFaster, diversity, conditionalTarget, rk4Accuracy, adaptiveFaster, straighterFewer, flowFewer,
	lossHides, oneStep, sameMap, straightLines, ddimEuler, rk4Four, memorises,
}

// FindClaim returns the claim of a name; the error lists the known ones.
func FindClaim(name string) (*Claim, error) {
	for i := range Claims {
		if Claims[i].Name == name {
			return &Claims[i], nil
		}
	}
	return nil, fmt.Errorf("unknown claim %q: want one of %s", name, strings.Join(ClaimNames(), ", "))
}

// ClaimNames returns the names of all claims in order.
func ClaimNames() (names []string) {
	for _, c := range Claims {
		names = append(names, c.Name)
	}
	return names
}
