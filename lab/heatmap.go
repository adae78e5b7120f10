package lab

import (
	"math"
	"slices"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/libm"
)

// mapSide is the cells along a side of a density map, whole blocks of them. Cells as
// wide as the thinnest shapes of the data sets are enough: their sum differs from
// the integral by 10⁻⁴ at most.
var mapSide = 63

// mapBlocks are the squares of cells, by their side, that a map is made of: one
// value each, first the large ones. Each is three of the next, so that the middle
// of a square is the middle of a smaller one, and no value is computed twice.
var mapBlocks = []int{9, 3, 1}

// densityMap is the density of a flow on the plane, by integration, with the
// closed form beside it. It grows finer as it is stepped.
type densityMap struct {
	Half  float64   // it covers [-Half, Half]²
	P     []float64 // density at the middles of the cells, row by row from the lowest y
	Truth []float64 // the same in closed form; nil where there is none

	*Likelihood
	truth  *exact.Marginal
	cells  []cell // in the order they are computed
	placed int    // cells whose density is in P
}

// cell is the middle of a square of cells.
type cell struct{ col, row, block int }

// newDensityMap prepares the map of a flow, of so many sizes of blocks. What was
// there before is shown until it is known better; nil is nothing.
func newDensityMap(f Flow, truth *exact.Marginal, half float64, sizes int, before *densityMap) *densityMap {
	m := &densityMap{Half: half, truth: truth, cells: mapCells(mapBlocks[:sizes])}
	m.P = make([]float64, mapSide*mapSide)
	if truth != nil {
		m.Truth = make([]float64, mapSide*mapSide)
	}
	if before != nil && before.Half == half {
		copy(m.P, before.P)
		copy(m.Truth, before.Truth)
	}
	at := engine.NewPoints(len(m.cells))
	for k, c := range m.cells {
		at.Set(k, m.middle(c.col), m.middle(c.row))
	}
	m.Likelihood = NewLikelihood(f, at)
	return m
}

// mapCells lists the middles of all blocks, the large ones first.
func mapCells(blocks []int) (cells []cell) {
	seen := make([]bool, mapSide*mapSide)
	for _, b := range blocks {
		for row := b / 2; row < mapSide; row += b {
			for col := b / 2; col < mapSide; col += b {
				if !seen[row*mapSide+col] {
					cells = append(cells, cell{col, row, b})
				}
				seen[row*mapSide+col] = true
			}
		}
	}
	return cells
}

func (m *densityMap) width() float64 { return 2 * m.Half / float64(mapSide) }
func (m *densityMap) middle(cell int) float64 {
	return -m.Half + float64(m.width()*(float64(cell)+0.5))
}

// Step does a little more of the map; false when it is made, or on error.
func (m *densityMap) Step() bool {
	more := m.Likelihood.Step()
	if m.placed < m.Done {
		m.place(m.P, m.LogP[m.placed:m.Done])
		if m.truth != nil {
			logp := make([]float64, m.Done-m.placed)
			m.truth.LogDensity(logp, m.x.Slice(m.placed, m.Done), m.flow.End)
			m.place(m.Truth, logp)
		}
		m.placed = m.Done
	}
	return more
}

// place fills the blocks of the next cells with their densities.
func (m *densityMap) place(p, logp []float64) {
	for k, l := range logp {
		c := m.cells[m.placed+k]
		for row := c.row - c.block/2; row <= c.row+c.block/2; row++ {
			line := p[row*mapSide:][:mapSide]
			for col := c.col - c.block/2; col <= c.col+c.block/2; col++ {
				line[col] = libm.Exp(l)
			}
		}
	}
}

// Integral is ∫ p over the square, Σ p · the area of a cell; NaN before all cells
// are known.
func (m *densityMap) Integral() float64 {
	if m.Done < mapSide*mapSide {
		return math.NaN()
	}
	sum := 0.0
	for _, p := range m.P {
		sum += p
	}
	return sum * m.width() * m.width()
}

// layer is the map as a picture, of the flow or in closed form.
func (m *densityMap) layer(truth bool) Layer {
	if truth && m.Truth != nil {
		return Layer{Kind: Heat, Role: RoleExact, Label: "exact density", Side: mapSide, Values: slices.Clone(m.Truth)}
	}
	return Layer{Kind: Heat, Role: RoleField, Label: "density by the flow", Side: mapSide, Values: slices.Clone(m.P)}
}

// reach is the half-width of a square that holds all of a mixture but about 10⁻⁴
// of it: four standard deviations around every component, and the usual view.
func reach(m *exact.Mixture) float64 {
	half := float64(viewHalf)
	for i, mean := range m.Means {
		spread := 0.0
		if m.Covs != nil {
			spread = math.Sqrt(m.Covs[i/2][i%2*2])
		}
		half = math.Max(half, math.Abs(mean)+float64(4*spread))
	}
	return half
}
