// Package figure draws pictures and charts of the lab as SVG, as one would put them
// in a report: axes with ticks, a legend by colour and shape, and a caption with the
// command line that makes the picture again.
//
// [SVG] writes a figure that stands alone, on white. [Inline] writes one for a page
// that says the caption itself and has [Style], by which it follows the page into
// the dark. Colours are those of the light screen, after Okabe and Ito; no font is
// needed but the families every reader has.
//
//	Figure ──► sheet (paths, words) ──► SVG
package figure

import (
	"errors"
	"io"

	"fmlab/lab"
)

// Figure is a plane or a chart with its words.
type Figure struct {
	Title   string
	Plane   *lab.Plane // or
	Chart   *lab.Chart
	Caption string // what to know about it
	Card    string // the command line that makes it again
}

// Sizes in units of the drawing, which are about those of a screen.
const (
	width    = 560.0
	margin   = 14.0
	gutter   = 64.0 // left of the axes
	planeBox = 430.0
	chartBox = 290.0
	small    = 11.0 // of letters
	normal   = 13.0
	large    = 15.0
)

// SVG writes a figure that stands alone, with its caption.
func SVG(w io.Writer, f Figure) error {
	s, err := f.draw()
	if err != nil {
		return err
	}
	s.caption(f)
	return s.write(w, f, true)
}

// Inline writes a figure for a page that has Style and says title and caption.
func Inline(w io.Writer, f Figure) error {
	s, err := f.draw()
	if err != nil {
		return err
	}
	return s.write(w, f, false)
}

// draw puts all but the caption on a sheet.
func (f Figure) draw() (*sheet, error) {
	s := &sheet{y: margin}
	switch {
	case (f.Plane == nil) == (f.Chart == nil):
		return nil, errors.New("figure: want a plane or a chart, and one of them")
	case f.Plane != nil:
		s.plane(f.Plane)
	default:
		s.chart(f.Chart)
	}
	return s, nil
}

// caption writes what is said below a figure: title, words, card.
func (s *sheet) caption(f Figure) {
	s.y += 8
	s.lines(f.Title, large, "b")
	s.lines(f.Caption, small, "")
	s.lines(f.Card, small, "m")
}

// lines writes a text across the sheet, in as many lines as it needs.
func (s *sheet) lines(text string, size float64, class string) {
	for _, line := range wrap(text, (width-2*margin)/charWidth(size, class)) {
		s.y += size + 4
		s.text(margin, s.y, line, words{size: size, class: class})
	}
}
