package tui

import (
	"fmt"
	"strings"

	"fmlab/tui/canvas"
	"fmlab/tui/prose"
)

// scroller is Markdown that scrolls. Where it has a cursor that is kept in sight.
type scroller struct {
	top    int  // the first row shown
	follow bool // keep the cursor in sight

	lines  []canvas.Line // the text, set for width
	setFor string
}

// scrollBy leaves the cursor where it is.
func (s *scroller) scrollBy(n int) {
	s.follow = false
	s.top = max(0, s.top+n) // draw keeps it within the text
}

func (s *scroller) draw(c *canvas.Canvas, src string) {
	w := min(c.W, prose.Measure)
	if key := fmt.Sprint(w, c.Glyphs, src); key != s.setFor {
		s.lines, s.setFor = set(c, src, w), key
	}
	if s.follow {
		s.top = s.toCursor(c.H - 1)
	}
	s.top = drawScrolled(c, s.lines, s.top)
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
