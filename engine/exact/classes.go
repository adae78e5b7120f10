package exact

import (
	"fmt"
	"math/rand/v2"

	"fmlab/engine"
)

// MaxClasses bounds the classes of a mixture and of a point set: a network has an
// input for each.
const MaxClasses = 64

var _ engine.Labelled = (*Mixture)(nil)

// Classes returns the number of classes, 0 when there are none.
func (m *Mixture) Classes() int {
	n := 0
	for _, label := range m.Labels {
		n = max(n, label+1)
	}
	return n
}

// CheckLabels reports labels that do not number classes: each is 0 to
// MaxClasses−1, and every number up to the largest occurs.
func CheckLabels(labels []int) error {
	var found [MaxClasses]bool
	top := -1
	for k, label := range labels {
		if label < 0 || label >= MaxClasses {
			return fmt.Errorf("labels[%d] is %d: want a whole number from 0 to %d", k, label, MaxClasses-1)
		}
		found[label], top = true, max(top, label)
	}
	for label := range top {
		if !found[label] {
			return fmt.Errorf("found labels up to %d but none that is %d: want 0, 1, … without a gap", top, label)
		}
	}
	return nil
}

func (m *Mixture) checkLabels() error {
	if m.Labels != nil && len(m.Labels) != len(m.Weights) {
		return fmt.Errorf("found %d labels for %d components: want as many, or no labels", len(m.Labels), len(m.Weights))
	}
	return CheckLabels(m.Labels)
}

// Share returns P(label), the weight of a class; 0 if no component has it.
func (m *Mixture) Share(label int) (sum float64) {
	for k, l := range m.Labels {
		if l == label {
			sum += m.Weights[k]
		}
	}
	return sum
}

// Class returns p(x1 | label): the components of one class, their weights divided
// by P(label). With it every marginal of the whole is that of the
// classes put together,
//
//	p_t(z) = Σ_c P(c) p_t(z | c),   u_t(z) = Σ_c P(c | z_t = z) u_t(z | c).
//
// The result has no classes of its own. It panics for a label that no component
// has.
func (m *Mixture) Class(label int) *Mixture {
	c, share := &Mixture{}, m.Share(label)
	for k, l := range m.Labels {
		if l != label {
			continue
		}
		c.Weights = append(c.Weights, m.Weights[k]/share)
		c.Means = append(c.Means, m.Means[2*k], m.Means[2*k+1])
		if m.Covs != nil {
			c.Covs = append(c.Covs, m.Covs[k])
		}
	}
	if c.Weights == nil {
		panic(fmt.Sprintf("exact: class %d of %d: no component has that label", label, m.Classes()))
	}
	return c
}

// SampleLabelled implements [engine.Labelled]: the draws of Sample, bit for bit,
// and the class of each, −1 where there are no classes.
func (m *Mixture) SampleLabelled(dst engine.Points, labels []int, rng *rand.Rand) {
	sameRows(labels, dst)
	m.sample(dst, rng, func(i, k int) {
		labels[i] = -1
		if m.Labels != nil {
			labels[i] = m.Labels[k]
		}
	})
}
