package exercise

import (
	"fmt"
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/engine/couple"
	"fmlab/lessons/exercise/vec"
)

// problem is a square matrix of costs, with the best pairing.
type problem struct {
	n    int
	cost []float64
	best []int
	pays float64
}

// problems are of points in the plane, as minibatches have them, and of numbers drawn
// at random, some with equal costs.
func problems() (all []problem) {
	rng := engine.NewRand(32, 1)
	for i, n := range []int{1, 2, 3, 4, 5, 8, 16, 16, 32, 64} {
		p := problem{n: n, cost: make([]float64, n*n), best: make([]int, n)}
		x0, x1 := rows(rng, n), rows(rng, n)
		for k := range p.cost {
			a, b := k/n, k%n
			switch i % 3 {
			case 0:
				p.cost[k] = square(x0[2*a]-x1[2*b]) + square(x0[2*a+1]-x1[2*b+1])
			case 1:
				p.cost[k] = 10 * rng.Float64()
			default:
				p.cost[k] = float64(rng.IntN(5))
			}
		}
		p.pays = couple.Assign(p.best, p.cost, n)
		all = append(all, p)
	}
	return all
}

func (p problem) total(plan []int) (sum float64) {
	for i, j := range plan {
		sum += p.cost[i*p.n+j]
	}
	return sum
}

var couplingChecks = []check{
	{"a pairing", func(t *trial) (string, error) {
		for _, p := range problems()[:7] {
			if _, err := t.plan(p); err != nil {
				return "", err
			}
		}
		return "every column once", nil
	}},
	{"least total", leastTotal},
}

// leastTotal compares totals with the best. What costs too much is compared with
// known mistakes, over all problems.
func leastTotal(t *trial) (string, error) {
	all := problems()
	plans := make([][]int, len(all))
	wrong := ""
	for i, p := range all {
		plan, err := t.plan(p)
		if err != nil {
			return "", err
		}
		plans[i] = plan
		if got := p.total(plan); wrong == "" && got > p.pays+slack(p.pays) {
			wrong = fmt.Sprintf("for n = %d the total is %.6g, and %.6g can be had", p.n, got, p.pays)
		}
	}
	if wrong == "" {
		return fmt.Sprintf("as low as can be, up to %d rows", all[len(all)-1].n), nil
	}
	for _, m := range misplans {
		fits := true
		for i, p := range all {
			fits = fits && m.fits(p, plans[i])
		}
		if fits {
			return "", fmt.Errorf("%s: %s", wrong, m.hint)
		}
	}
	return "", fmt.Errorf("%s: look for two or more rows that gain by exchanging their columns in a ring", wrong)
}

func slack(total float64) float64 { return tolerance * (1 + math.Abs(total)) }

// misplans are ways to miss the best pairing, the more telling first.
var misplans = []struct {
	hint string
	fits func(p problem, plan []int) bool
}{
	{"this takes the cheapest free column row by row, and the last rows pay for it: a row may have to give its column up for the total",
		func(p problem, plan []int) bool { return slices.Equal(plan, p.greedyRows()) }},
	{"this takes the cheapest free pair again and again, and the last ones pay for it: a pair may have to be undone for the total",
		func(p problem, plan []int) bool { return slices.Equal(plan, p.greedyPairs()) }},
	{"this lists for each column its row: want for each row its column",
		func(p problem, plan []int) bool { return p.total(inverse(plan)) <= p.pays+slack(p.pays) }},
	{"this leaves every row with its own column, as drawn: that is the independent coupling",
		func(_ problem, plan []int) bool { return slices.Equal(plan, inOrder(len(plan))) }},
	{"this is the dearest pairing: the sign is wrong somewhere", problem.isDearest},
	{"no exchange of two helps any more, but one of three or more does: stopping at swaps is not enough", problem.noSwap},
}

// plan calls pair and reads what it returns.
func (t *trial) plan(p problem) ([]int, error) {
	out, err := t.call("pair", vec.New(p.cost, p.n, p.n))
	if err != nil {
		return nil, fmt.Errorf("for n = %d: %w", p.n, err)
	}
	plan, err := planOf(out, p.n)
	if err != nil {
		return nil, fmt.Errorf("for n = %d %w", p.n, err)
	}
	return plan, nil
}

// planOf reads what pair returns: each column once.
func planOf(out any, n int) ([]int, error) {
	list, err := columnsOf(out, n)
	if err != nil {
		return nil, err
	}
	seen := make([]int, n)
	for i := range seen {
		seen[i] = -1
	}
	for i, j := range list {
		if j < 0 || j >= n {
			return nil, fmt.Errorf("row %d is paired with column %d: columns go from 0 to n - 1", i, j)
		}
		if seen[j] >= 0 {
			return nil, fmt.Errorf("rows %d and %d are both paired with column %d: every column is used once. The nearest column of each row is not a pairing", seen[j], i, j)
		}
		seen[j] = i
	}
	return list, nil
}

// columnsOf reads a list or vec of n whole numbers.
func columnsOf(out any, n int) (plan []int, err error) {
	var list []any
	switch v := out.(type) {
	case []any:
		list = v
	case *vec.Vec:
		if !v.Is(n) {
			return nil, fmt.Errorf("pair returns %s: want n columns, one for each row", describe(v))
		}
		for _, x := range v.Data() {
			list = append(list, x)
		}
	default:
		return nil, fmt.Errorf("pair returns %s: want a list of n columns, one for each row", describe(out))
	}
	if len(list) != n {
		return nil, fmt.Errorf("pair returns a list of %d: want n columns, one for each row", len(list))
	}
	for i, x := range list {
		j, err := number(fmt.Sprintf("entry %d of what pair returns", i), x)
		if err != nil {
			return nil, err
		}
		if j != math.Trunc(j) {
			return nil, fmt.Errorf("entry %d of what pair returns is %g: want the number of a column", i, j)
		}
		plan = append(plan, int(j))
	}
	return plan, nil
}

func inverse(plan []int) []int {
	rows := make([]int, len(plan))
	for i, j := range plan {
		rows[j] = i
	}
	return rows
}

func inOrder(n int) []int {
	plan := make([]int, n)
	for i := range plan {
		plan[i] = i
	}
	return plan
}

// isDearest says whether no pairing costs more.
func (p problem) isDearest(plan []int) bool {
	gain := make([]float64, len(p.cost))
	for k, c := range p.cost {
		gain[k] = -c
	}
	most := -couple.Assign(make([]int, p.n), gain, p.n)
	return p.total(plan) >= most-slack(most)
}

// greedyRows gives each row in turn its cheapest free column.
func (p problem) greedyRows() []int {
	plan, taken := make([]int, p.n), make([]bool, p.n)
	for i := range p.n {
		best := -1
		for j := range p.n {
			if !taken[j] && (best < 0 || p.cost[i*p.n+j] < p.cost[i*p.n+best]) {
				best = j
			}
		}
		plan[i], taken[best] = best, true
	}
	return plan
}

// greedyPairs pairs the cheapest free row and column, again and again.
func (p problem) greedyPairs() []int {
	plan, rowDone, colDone := make([]int, p.n), make([]bool, p.n), make([]bool, p.n)
	for range p.n {
		best := -1
		for k, c := range p.cost {
			if !rowDone[k/p.n] && !colDone[k%p.n] && (best < 0 || c < p.cost[best]) {
				best = k
			}
		}
		plan[best/p.n], rowDone[best/p.n], colDone[best%p.n] = best%p.n, true, true
	}
	return plan
}

// noSwap says whether no exchange of two rows lowers the total.
func (p problem) noSwap(plan []int) bool {
	for i := range plan {
		for k := range i {
			now := p.cost[i*p.n+plan[i]] + p.cost[k*p.n+plan[k]]
			if p.cost[i*p.n+plan[k]]+p.cost[k*p.n+plan[i]] < now-tolerance {
				return false
			}
		}
	}
	return true
}
