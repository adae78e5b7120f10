package tui

import (
	"fmt"
	"slices"
	"strings"

	"fmlab/tui/canvas"
	"fmlab/tui/prose"
)

// scroller is Markdown that scrolls. Where it has a cursor that is kept in sight.
type scroller struct {
	top    int    // the first row shown
	follow bool   // keep the cursor in sight
	seek   string // words that have to be in sight

	lines  []canvas.Line // the text, set for width
	setFor string
}

// scrollBy leaves the cursor where it is.
func (s *scroller) scrollBy(n int) {
	s.follow, s.seek = false, ""
	s.top = max(0, s.top+n) // draw keeps it within the text
}

func (s *scroller) draw(c *canvas.Canvas, src string) {
	w := min(c.W, prose.Measure)
	if key := fmt.Sprint(w, c.Glyphs, src); key != s.setFor {
		s.lines, s.setFor = set(c, src, w), key
	}
	switch room := c.H - 1; {
	case s.follow:
		s.top = s.toCursor(room)
	case s.seek != "" && s.rowOf(s.seek)+few > room:
		s.top = s.rowOf(s.seek)
	}
	s.top = drawScrolled(c, s.lines, s.top)
}

// few is how many rows of what is sought are enough to see that it is there.
const few = 5

// rowOf is the first row with these words, 0 for none.
func (s *scroller) rowOf(words string) int {
	return max(0, slices.IndexFunc(s.lines, func(line canvas.Line) bool {
		return len(line) > 0 && strings.Contains(line[0].Text, words)
	}))
}

// toCursor is the top that shows the row of the cursor and those around it.
func (s *scroller) toCursor(room int) int {
	for y, line := range s.lines {
		if len(line) > 0 && strings.Contains(line[0].Text, cursorMark) {
			return max(y-room+4, min(s.top, y-2))
		}
	}
	return s.top
}
