package train

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fmlab/engine"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// Options say what to train and how.
type Options struct {
	Data      engine.Source // where x1 comes from
	Path      path.Path     // one of path.All or from path.Parse
	Net       nn.Config
	Batch     int     // pairs an iteration, 1 to 65536
	Iters     int     // iterations, at least 1
	LR        float64 // learning rate at the start, above 0 to 1e30: nobody is kept from diverging
	Decay     string  // a name in Decays
	EMA       float64 // decay of the averaged weights, below 1; 0 is off
	Optimizer string  // a name in nn.Optimizers
	Seed      uint64
	Workers   int // goroutines for gradients, 0 for all cores; changes no bit
}

const (
	maxBatch = 65536
	maxLR    = 1e30 // the weights stay finite in float32 until the loss is not
)

// Decays holds the learning-rate schedules: cosine falls from LR to 0 over all
// iterations as LR (1 + cos(π i/Iters))/2, none keeps LR.
var Decays = []string{"cosine", "none"}

// check finds the optimizer and the first option that is wrong.
func (o Options) check() (nn.Optim, error) {
	switch {
	case o.Data == nil:
		return nn.Optim{}, errors.New("no data")
	case o.Path.Name == "":
		return nn.Optim{}, errors.New("no path")
	case o.Batch < 1 || o.Batch > maxBatch:
		return nn.Optim{}, fmt.Errorf("batch %d: want 1 to %d", o.Batch, maxBatch)
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
