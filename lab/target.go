package lab

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"

	"fmlab/engine"
	"fmlab/engine/dataset"
	"fmlab/engine/exact"
)

// Random streams of a run. Each consumer has its own, so that asking one for
// more numbers never shifts another's.
const (
	streamNoise  = iota + 100 // start points of the sampler
	streamFresh               // data to compare samples with
	streamFloor               // pairs of fresh sets
	streamHold                // which rows of a file are held back
	streamNet                 // initial weights are drawn by train; this one judges fields
	streamLoss                // the Monte Carlo loss floor
	streamPair                // the one pair of the path scene
	streamReflow              // noise that a reflow starts from, one stream a round
)

// More of them, beyond the rounds of any reflow.
const (
	streamBatch = iota + 120 // a batch of pairs to look at
	streamStart              // data that the start of a path with α_0 ≠ 0 is made of
	streamSigns              // directions of Hutchinson's estimate, one stream a draw
)

// exactRows bounds the closed-form field of a point set, which visits every row
// for every point: of a larger file it is that of this many rows at random.
const exactRows = 4000

// minRows is the least a point set must have to be learned and judged.
const minRows = 16

// Target is the data end of a run in the lab's units (zero mean, mean variance
// per coordinate 1), with the way back to the units of the file:
// file = Shift + Scale · lab.
type Target struct {
	Name       string
	Mixture    *exact.Mixture // p_1; for a finite file the empirical distribution of its training rows, of 4,000 of them at most; raw, of all its rows
	Train      engine.Source  // what a trainer draws from
	Held       engine.Points  // rows of a finite file kept back for judging; nil for a distribution
	heldLabels []int          // their classes, nil without
	Shift      [2]float64
	Scale      float64
}

// OpenTarget finds a data set by name or reads it from a .csv (point set) or
// .json (mixture) file. A point set is split at random: a quarter is held back.
// With raw, a file keeps its own units (Shift 0, Scale 1), and the mixture is all
// of it, what is held back included. Standard input, "-", may hold either kind.
func OpenTarget(name string, raw bool, seed uint64) (*Target, error) {
	if strings.HasSuffix(strings.ToLower(name), ".star") {
		points, err := openOwnData(name, seed)
		if err != nil {
			return nil, err
		}
		return cloudTarget(dataset.Cloud{Points: points}, name, raw, seed)
	}
	if !isFile(name, dataFiles...) {
		set, err := dataset.Get(name)
		if err != nil {
			return nil, err
		}
		return &Target{Name: name, Mixture: set.Mixture(), Train: set.Mixture(), Scale: 1}, nil
	}
	r, err := OpenFile(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	in := bufio.NewReader(r)
	first, _ := in.Peek(1) // an error comes again when it is read
	if strings.HasSuffix(strings.ToLower(name), ".json") || name == "-" && string(first) == "{" {
		return mixtureTarget(in, name, raw)
	}
	return pointTarget(in, name, raw, seed)
}

func mixtureTarget(r io.Reader, name string, raw bool) (*Target, error) {
	m, err := dataset.ReadMixture(r, name)
	if err != nil {
		return nil, err
	}
	t := &Target{Name: name, Mixture: m, Train: m, Scale: 1}
	if !raw {
		t.Mixture, t.Shift, t.Scale = m.Standardised()
		t.Train = t.Mixture
	}
	return t, nil
}

func pointTarget(r io.Reader, name string, raw bool, seed uint64) (*Target, error) {
	cloud, err := dataset.ReadCSV(r, name)
	if err != nil {
		return nil, err
	}
	return cloudTarget(cloud, name, raw, seed)
}

func cloudTarget(cloud dataset.Cloud, name string, raw bool, seed uint64) (t *Target, err error) {
	t = &Target{Name: name, Scale: 1}
	if !raw {
		if cloud.Points, t.Shift, t.Scale, err = dataset.Standardise(cloud.Points); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if n := cloud.Points.Len(); !raw && n < minRows {
		return nil, fmt.Errorf("%s: %d points: want at least %d, of which a quarter is held back to judge by", name, n, minRows)
	}
	rows, held := dataset.Hold(cloud, engine.NewRand(seed, streamHold))
	t.Train, t.Held, t.heldLabels = rows, held.Points, held.Labels
	if raw {
		t.Mixture = cloud.Mixture()
	} else {
		t.Mixture = rows.Slice(0, min(rows.Points.Len(), exactRows)).Mixture()
	}
	return t, nil
}

// Aim is what the samples of a setup are compared with: one class of the target,
// or all of it.
func (t *Target) Aim(s Setup) (*Target, error) {
	class, err := s.class(t.Mixture.Classes())
	if err != nil || class < 0 {
		return t, err
	}
	c := *t
	c.Mixture = t.Mixture.Class(class)
	c.Train = c.Mixture
	if t.Finite() {
		c.Held, c.heldLabels = engine.Points{}, nil
		for i, label := range t.heldLabels {
			if label == class {
				c.Held = append(c.Held, t.Held.Slice(i, i+1)...)
			}
		}
		if c.Held.Len() < 2 {
			return nil, fmt.Errorf("%s: %d rows of class %d are held back: want at least 2 to judge by", t.Name, c.Held.Len(), class)
		}
	}
	return &c, nil
}

// Finite says whether the target is a finite set of points.
func (t *Target) Finite() bool { return t.Held != nil }

// Judge returns up to n points to compare samples with, drawn from the
// distribution, or the first of the rows held back: half of them at most, so
// that a floor of the same size can be measured between two halves.
func (t *Target) Judge(n int, rng *rand.Rand) engine.Points {
	if t.Finite() {
		return t.Held.Slice(0, min(n, t.Held.Len()/2))
	}
	dst := engine.NewPoints(n)
	t.Mixture.Sample(dst, rng)
	return dst
}

// ToFile writes lab points to dst in the units of the file.
func (t *Target) ToFile(dst, z engine.Points) {
	for i := range z {
		dst[i] = t.Shift[i%2] + float64(t.Scale*z[i])
	}
}

// OpenFile opens a regular file for reading, or standard input for "-". Pipes,
// devices and directories are refused: they could block or never end.
func OpenFile(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(os.Stdin), nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is a %s: want a regular file", name, kindOf(info.Mode()))
	}
	return os.Open(name)
}

func kindOf(m os.FileMode) string {
	switch {
	case m.IsDir():
		return "directory"
	case m&os.ModeNamedPipe != 0:
		return "named pipe"
	case m&os.ModeSocket != 0:
		return "socket"
	}
	return "device"
}
