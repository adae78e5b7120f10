package train

import (
	"math"
	"slices"
	"testing"
)

func TestHistoryIsBoundedAndComplete(t *testing.T) {
	for _, n := range []int{1, 2, 511, 512, 513, 1024, 1025, 100000} {
		var h record
		sum, spike := 0.0, n/3
		for i := range n {
			loss := 2 + math.Sin(float64(i))
			if i == spike {
				loss = 100
			}
			sum += loss
			h.add(loss)
		}
		at, total, highest, lowest := 0, 0.0, 0.0, math.Inf(1)
		bins := h.bins
		for i, b := range bins {
			if b.count != h.width && i != len(bins)-1 {
				t.Errorf("%d losses: got %d in bin %d want %d", n, b.count, i, h.width)
			}
			at += b.count
			if b.iter != at || b.min > b.mean || b.mean > b.max {
				t.Errorf("%d losses: got bin %+v want it to end at iteration %d, its mean between its ends", n, b, at)
			}
			total += b.mean * float64(b.count)
			highest, lowest = max(highest, b.max), min(lowest, b.min)
		}
		if at != n || len(bins) > maxBins || (n > maxBins && len(bins) <= maxBins/2) {
			t.Errorf("%d losses: got %d of them in %d bins want all in at most %d", n, at, len(bins), maxBins)
		}
		if math.Abs(total-sum) > 1e-9*sum || highest != 100 || (n > 100 && lowest > 1.001) {
			t.Errorf("%d losses: got sum %.12g, least %g, greatest %g want %.12g, 1, 100", n, total, lowest, highest, sum)
		}
		c, k := h.columns(), len(bins)
		for _, column := range [][]float64{c.Iters, c.Raw, c.Min, c.Max, c.Smooth} {
			if len(column) != k {
				t.Fatalf("%d losses: got a column of %d want %d", n, len(column), k)
			}
		}
		if c.Iters[k-1] != float64(n) || c.Smooth[k-1] != h.smoothed() || slices.Max(c.Max) != 100 {
			t.Errorf("%d losses: got a curve ending at iteration %g, smooth %g, with greatest %g want %d, %g, 100",
				n, c.Iters[k-1], c.Smooth[k-1], slices.Max(c.Max), n, h.smoothed())
		}
	}
}

func TestSmoothedIsUnbiased(t *testing.T) {
	var h record
	if !math.IsNaN(h.smoothed()) || !math.IsNaN(h.loss()) || len(h.columns().Raw) != 0 {
		t.Errorf("before the first loss: got %g, %g, %v want NaN, NaN, none", h.smoothed(), h.loss(), h.columns())
	}
	for range 1000 {
		h.add(3)
		if got := h.smoothed(); math.Abs(got-3) > 1e-12 {
			t.Fatalf("mean of a constant 3 after %d: got %.15g", h.iter, got)
		}
	}
}
