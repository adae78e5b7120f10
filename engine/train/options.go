package train

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fmlab/engine"
	"fmlab/engine/couple"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// Options say what to train and how.
type Options struct {
	Data      engine.Source   // where x1 comes from; an engine.Labelled when Net.Labels > 0; not used with Pairs
	Pairs     *couple.Pairs   // nil, or where x0 and x1 are drawn from together
	Coupling  couple.Coupling // of the fresh x0 and x1 of a batch; zero is independent
	Path      path.Path       // one of path.All, or from path.Parse or path.Custom
	Predict   path.Kind       // what the network says of z: one of path.Trainable
	Teacher   Teacher         // nil, or who says the target in place of the pair drawn
	Mistakes  Mistakes        // zero for none
	Own       Own             // parts of the step in place of the package's own
	Net       nn.Config
	LabelDrop float64 // probability that a row's label is withheld, 0 to 1; used when Net.Labels > 0
	Batch     int     // pairs an iteration, 1 to 65536; to 2048 with optimal transport
	Iters     int     // iterations, at least 1
	LR        float64 // learning rate at the start, above 0 to 1e30: nobody is kept from diverging
	Decay     string  // a name in Decays
	EMA       float64 // decay of the averaged weights, below 1; 0 is off
	Optimizer string  // a name in nn.Optimizers
	Seed      uint64
	Workers   int // goroutines for gradients, 0 for all cores; changes no bit
}

// Teacher knows what a network that predicts the kind y should say of a point,
// such as the mean E[y | z_t = z], which exact.Marginal has in closed form.
// Trained on that mean a network tends to the same field as on the y of single
// pairs, whose mean it is; but the gradient is without their spread, and the loss
// tends to zero (Lipman et al. 2023, arXiv 2210.02747, theorem 2).
type Teacher interface {
	// Read writes y(z_i, t) to dst.
	Read(dst, z engine.Points, t float64, kind path.Kind)
}

const (
	maxBatch     = 65536
	maxTransport = 2048 // of which a pairing takes up to a second
	maxLR        = 1e30 // the weights stay finite in float32 until the loss is not
)

// Decays holds the learning-rate schedules: cosine falls from LR to 0 over all
// iterations as LR (1 + cos(π i/Iters))/2, none keeps LR.
var Decays = []string{"cosine", "none"}

// check finds the optimizer and the first option that is wrong.
func (o Options) check() (nn.Optim, error) {
	if err := o.checkSource(); err != nil {
		return nn.Optim{}, err
	}
	if err := o.Own.check(o); err != nil {
		return nn.Optim{}, err
	}
	if _, err := path.ParseKind(o.Predict.Name, path.Trainable); err != nil {
		return nn.Optim{}, err
	}
	if err := o.Mistakes.check(o); err != nil {
		return nn.Optim{}, err
	}
	switch {
	case o.Path.Name == "":
		return nn.Optim{}, errors.New("no path")
	case o.Batch < 1 || o.Batch > maxBatch:
		return nn.Optim{}, fmt.Errorf("batch %d: want 1 to %d", o.Batch, maxBatch)
	case o.Coupling.Name == couple.OT.Name && o.Batch > maxTransport:
		return nn.Optim{}, fmt.Errorf("batch %d: want 1 to %d with coupling %s", o.Batch, maxTransport, couple.OT.Name)
	case o.Iters < 1:
		return nn.Optim{}, fmt.Errorf("iterations %d: want at least 1", o.Iters)
	case !(o.LR > 0 && o.LR <= maxLR):
		return nn.Optim{}, fmt.Errorf("learning rate %g: want above 0 to %g", o.LR, maxLR)
	case !slices.Contains(Decays, o.Decay):
		return nn.Optim{}, fmt.Errorf("decay %q: want one of %s", o.Decay, strings.Join(Decays, ", "))
	case !(o.EMA >= 0 && o.EMA < 1):
		return nn.Optim{}, fmt.Errorf("EMA %g: want 0 (off) to below 1", o.EMA)
	case o.Workers < 0:
		return nn.Optim{}, fmt.Errorf("workers %d: want 0 (all cores) or more", o.Workers)
	}
	return nn.ParseOptim(o.Optimizer)
}

// checkSource says what is wrong with where the pairs come from.
func (o Options) checkSource() error {
	labels := o.Net.Labels > 0
	if labels && o.Teacher != nil {
		return fmt.Errorf("%d labels: a teacher sees none; want 0", o.Net.Labels)
	}
	if o.Pairs != nil {
		switch err := o.Pairs.Check(); {
		case err != nil:
			return fmt.Errorf("pairs: %w", err)
		case o.Coupling.Name == couple.OT.Name:
			return fmt.Errorf("coupling %s: pairs are coupled already; want %s", o.Coupling.Name, couple.Independent.Name)
		case labels:
			return fmt.Errorf("%d labels: pairs have none; want 0", o.Net.Labels)
		}
		return nil
	}
	switch _, labelled := o.Data.(engine.Labelled); {
	case o.Data == nil:
		return errors.New("no data")
	case labels && !labelled:
		return fmt.Errorf("%d labels: the data have none; want 0, or data with labels", o.Net.Labels)
	case labels && !(o.LabelDrop >= 0 && o.LabelDrop <= 1):
		return fmt.Errorf("label drop %g: want a probability, 0 to 1", o.LabelDrop)
	}
	return nil
}
