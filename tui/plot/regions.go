package plot

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// regions are the nine parts of a view in words, from the lower left, row by row.
var regions = [9]string{
	"at the lower left", "at the bottom", "at the lower right",
	"at the left", "in the middle", "at the right",
	"at the upper left", "at the top", "at the upper right",
}

// share is a part of a whole in words.
type share struct {
	of    float64
	words string
}

var shares = []share{
	{0.1, "about a tenth"}, {0.2, "about a fifth"}, {0.25, "about a quarter"}, {1.0 / 3, "about a third"}, {0.4, "about two fifths"},
	{0.5, "about half"}, {0.6, "about three fifths"}, {2.0 / 3, "about two thirds"}, {0.75, "about three quarters"}, {0.9, "about nine tenths"}, {1, "nearly all"},
}

// fraction says a part of a whole in the nearest words.
func fraction(of float64) string {
	return slices.MinFunc(shares, func(a, b share) int { return cmp.Compare(math.Abs(a.of-of), math.Abs(b.of-of)) }).words
}

// warmth says values on a grid: their scale, where they are greatest, and how
// what they add up to is spread. Values with a sign are told apart by it.
func warmth(h heat, half float64) string {
	var parts [2][9]float64 // what is above zero and below, by region
	top, least, lost := -1, -1, 0
	for i, v := range h.Values {
		if !(math.Abs(v) <= limit) {
			lost++
			continue
		}
		if top < 0 || v > h.Values[top] {
			top = i
		}
		if least < 0 || v < h.Values[least] {
			least = i
		}
		part := &parts[0]
		if v < 0 {
			part = &parts[1]
		}
		if h.top > 0 {
			part[h.region(i)] += math.Abs(v) / h.top
		}
	}
	var say string
	switch {
	case top < 0:
		return "no finite value."
	case h.top == 0:
		say = "zero everywhere."
	case h.signed:
		say = fmt.Sprintf("from %s at %s to %s at %s. Above zero: %s. Below zero: %s.", short(h.Values[least]), h.place(least, half),
			short(h.Values[top]), h.place(top, half), spreadOut(parts[0]), spreadOut(parts[1]))
	default:
		say = fmt.Sprintf("from 0 to %s, greatest at %s. Of the sum: %s.", short(h.Values[top]), h.place(top, half), spreadOut(parts[0]))
	}
	if lost > 0 {
		say += fmt.Sprintf(" %s of %s places are blank.", thousands(lost), thousands(len(h.Values)))
	}
	return say
}

// region returns which of the nine parts of the view holds the middle of cell i.
func (h heat) region(i int) int {
	third := func(k int) int { return (6*k + 3) / (2 * h.Side) } // of (k+½)/Side
	return 3*third(i/h.Side) + third(i%h.Side)
}

// place says where the middle of cell i is.
func (h heat) place(i int, half float64) string {
	at := func(k int) float64 { return half * ((2*float64(k)+1)/float64(h.Side) - 1) }
	return fmt.Sprintf("(%.2f, %.2f) %s", at(i%h.Side), at(i/h.Side), regions[h.region(i)])
}

// spreadOut says which regions hold how much, the fullest first; a region with
// less than a twelfth is not worth its words.
func spreadOut(parts [9]float64) string {
	order, sum := make([]int, len(parts)), 0.0
	for i, v := range parts {
		order[i], sum = i, sum+v
	}
	if sum == 0 {
		return "nothing"
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(parts[b], parts[a]) })
	if parts[order[0]] < 1.5/9*sum {
		return "spread over all of the view"
	}
	var words []string
	for _, i := range order {
		if of := parts[i] / sum; of >= 1.0/12 {
			words = append(words, fraction(of)+" "+regions[i])
		}
	}
	return strings.Join(words, ", ")
}
