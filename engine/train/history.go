package train

import (
	"math"

	"fmlab/engine/libm"
)

// History is a loss curve, oldest first, in columns of one length ready to draw.
// An entry stands for a bin of consecutive iterations, one each until there are
// more than 512. Min and Max keep every spike visible in however long a run.
type History struct {
	Iters         []float64 // the last iteration of the bin, counted from 1
	Raw, Min, Max []float64 // mean, least and greatest loss in the bin
	Smooth        []float64 // the running mean of the loss at Iters
}

// bin sums up the losses of consecutive iterations.
type bin struct {
	iter           int // the last of them
	count          int
	mean, min, max float64
	smooth         float64
}

const (
	maxBins = 512
	memory  = 0.99 // of the running mean
)

// record is a loss curve in bounded memory: bins of equal length, and when they
// run out, half as many of twice the length.
type record struct {
	bins   []bin
	width  int     // iterations a bin
	iter   int     // losses seen
	last   float64 // the latest
	smooth float64 // Σ of the running mean, not yet corrected for its bias
}

func (h *record) add(loss float64) {
	h.iter++
	h.last = loss
	h.smooth = float64(memory*h.smooth) + float64((1-memory)*loss)
	b := bin{iter: h.iter, count: 1, mean: loss, min: loss, max: loss, smooth: h.smoothed()}
	if n := len(h.bins); n > 0 && h.bins[n-1].count < h.width {
		h.bins[n-1] = h.bins[n-1].join(b)
		return
	}
	if len(h.bins) == maxBins {
		h.halve()
	}
	h.width = max(h.width, 1)
	h.bins = append(h.bins, b)
}

// halve joins the bins in pairs. It is called when all of them are full.
func (h *record) halve() {
	for i := range maxBins / 2 {
		h.bins[i] = h.bins[2*i].join(h.bins[2*i+1])
	}
	h.bins = h.bins[:maxBins/2]
	h.width *= 2
}

// join returns the bin of b's iterations and then c's.
func (b bin) join(c bin) bin {
	n := b.count + c.count
	return bin{
		iter: c.iter, count: n,
		mean: b.mean + (c.mean-b.mean)*float64(c.count)/float64(n),
		min:  min(b.min, c.min), max: max(b.max, c.max),
		smooth: c.smooth,
	}
}

func (h *record) loss() float64 {
	if h.iter == 0 {
		return math.NaN()
	}
	return h.last
}

// smoothed corrects the bias of a mean that started at 0 (Kingma & Ba 2015, §3).
func (h *record) smoothed() float64 {
	if h.iter == 0 {
		return math.NaN()
	}
	return h.smooth / (1 - libm.Pow(memory, float64(h.iter)))
}

// columns copies the curve out.
func (h *record) columns() (c History) {
	for _, b := range h.bins {
		c.Iters = append(c.Iters, float64(b.iter))
		c.Raw, c.Min, c.Max = append(c.Raw, b.mean), append(c.Min, b.min), append(c.Max, b.max)
		c.Smooth = append(c.Smooth, b.smooth)
	}
	return c
}
