package plot

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/guptarohit/asciigraph"

	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// lines draws the curves with asciigraph, behind a guard. Asciigraph panics on
// empty and on infinite input, changes its height with the data and knows neither
// logarithms nor our colours. So it is given what it draws well and nothing else:
// rows. Values are turned into heights between 0 and H-1 with these as bounds,
// which makes one unit one row, exactly H rows always, whatever the data.
//
// All curves go in at once. Each draws with runes of its own from the private use
// area, from which both the line shape and the curve, and so the colour, are read
// back; where curves meet asciigraph keeps the later, so they are given in the
// order of priority.
func (g *graph) lines() {
	curves := byPriority(g.ch.Curves)
	var series [][]float64
	var drawn []lab.Curve
	for _, cv := range curves {
		if s := resample(&cv, g.x, g.y, g.box.W+1, float64(g.box.H-1)); lastFinite(s) >= 0 {
			series, drawn = append(series, s), append(drawn, cv)
		}
	}
	rows, err := asciiRows(series, g.box.H)
	if err != nil {
		g.View(g.box).Text(0, 0, g.Fit(err.Error(), g.box.W), theme.Bad)
		return
	}
	v := g.View(g.box)
	for y, row := range rows {
		for x, r := range row {
			if r >= ink && x < v.W {
				g.stroke(v, x, y, int(r-ink), drawn)
			}
		}
	}
	rivals := 0 // curves that must be told apart; the floor is dashed
	for i := range drawn {
		if drawn[i].Role != lab.RoleFloor {
			rivals++
		}
	}
	for i := range drawn {
		g.tag(v, drawn[i].Role, series[i], i, rivals)
	}
}

// byPriority returns the curves, the most important last.
func byPriority(curves []lab.Curve) []lab.Curve {
	sorted := slices.Clone(curves)
	slices.SortStableFunc(sorted, func(a, b lab.Curve) int { return cmp.Compare(drawOrder(a.Role), drawOrder(b.Role)) })
	return sorted
}

// drawOrder is the role, but for the floor, which is a mark on the wall behind
// the curves.
func drawOrder(r lab.Role) lab.Role {
	if r == lab.RoleFloor {
		return -1
	}
	return r
}

// ink is the first private rune. Curve i draws shape k as ink + 8i + k.
const ink = '\ue000'

// strokes are the shapes of a line, in the order of charSet.
var strokes = [8]rune{'─', '│', '╭', '╮', '╰', '╯', '╴', '╶'}

func charSet(i int) asciigraph.CharSet {
	s := func(k int) string { return string(ink + rune(8*i+k)) }
	return asciigraph.CharSet{
		Horizontal: s(0), VerticalLine: s(1), ArcDownRight: s(2), ArcDownLeft: s(3),
		ArcUpRight: s(4), ArcUpLeft: s(5), EndCap: s(6), StartCap: s(7),
	}
}

// stroke draws one cell of a line: curve and shape from its code.
func (g *graph) stroke(v *canvas.Canvas, x, y, code int, drawn []lab.Curve) {
	role, r := drawn[code/8].Role, strokes[code%8]
	if role == lab.RoleFloor && r == '─' {
		if r = '┄'; v.Glyphs == canvas.ASCII && x%2 == 1 {
			return
		}
	}
	v.Set(x, y, r, theme.Of(role))
}

// tag puts the marker of a curve at its end and, where several have no colour to
// tell them apart, along it: n of them, this being the i-th.
func (g *graph) tag(v *canvas.Canvas, role lab.Role, s []float64, i, n int) {
	if role == lab.RoleFloor {
		return
	}
	put := func(x int) {
		if !math.IsNaN(s[x]) {
			v.Set(min(x, v.W-1), v.H-1-int(math.Round(s[x])), marker(v, role), theme.Of(role))
		}
	}
	if n > 1 && (bare(v) || v.Glyphs == canvas.ASCII) {
		for x := 2 + 3*i; x < v.W-2; x += 3*n + 3 {
			put(x)
		}
	}
	put(lastFinite(s))
}

// asciiRows has asciigraph draw series of heights between 0 and h-1 into h rows
// and returns what is right of the axis. All series have the same length, at
// least one finite value, and no infinite one.
func asciiRows(series [][]float64, h int) (rows [][]rune, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("asciigraph: %v", p)
		}
	}()
	if len(series) == 0 || h < 2 {
		return nil, nil
	}
	sets := make([]asciigraph.CharSet, len(series))
	for i := range sets {
		sets[i] = charSet(i)
	}
	text := asciigraph.PlotMany(series,
		asciigraph.Height(h-1), asciigraph.LowerBound(0), asciigraph.UpperBound(float64(h-1)),
		asciigraph.SeriesChars(sets...),
		asciigraph.YAxisValueFormatter(func(float64) string { return "" }))
	for _, line := range strings.Split(text, "\n") {
		row := []rune(line)
		rows = append(rows, row[min(asciiPrefix, len(row)):])
	}
	return rows[:min(h, len(rows))], nil
}

// asciiPrefix is what asciigraph writes before the first column when labels are
// empty: its offset of three cells, axis included.
const asciiPrefix = 3
