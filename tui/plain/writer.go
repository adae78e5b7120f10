package plain

import (
	"io"
	"strings"
	"unicode"

	"fmlab/tui/canvas"
	"fmlab/tui/prose"
)

// Widths of a line: the narrowest in which words still have room.
const leastWidth = 20

// writer is the only way out: lines of words, and no byte that moves a cursor.
type writer struct {
	w     io.Writer
	width int
	ascii bool
	blank bool  // the last line was empty
	err   error // the first that came
}

func newWriter(w io.Writer, width int, ascii bool) *writer {
	if width <= 0 {
		width = prose.Measure
	}
	return &writer{w: w, width: max(leastWidth, min(width, prose.Measure)), ascii: ascii, blank: true}
}

// raw writes text as it is but for what is not to be written.
func (w *writer) raw(text string) {
	if w.err == nil {
		_, w.err = io.WriteString(w.w, clean(text, w.ascii))
	}
}

// row writes one line; of empty ones never two.
func (w *writer) row(text string) {
	text = strings.TrimRight(text, " ")
	if text == "" && w.blank {
		return
	}
	w.blank = text == ""
	w.raw(text + "\n")
}

// clean leaves out what a terminal would obey, and writes what is drawn rather than
// said, and in ASCII everything else, in plain letters.
func clean(text string, ascii bool) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteRune(r)
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			b.WriteByte(' ')
		case drawn(r):
			b.WriteString(canvas.Fold(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	if ascii {
		return canvas.Fold(b.String())
	}
	return b.String()
}

// drawn says whether a rune is a piece of a picture: boxes, blocks, shapes, braille.
func drawn(r rune) bool { return r >= 0x2500 && r <= 0x25ff || r >= 0x2800 && r <= 0x28ff }

// markdown says a text of the lessons, set apart by empty lines.
func (s *session) markdown(text string) {
	s.out.row("")
	opt := prose.Options{ASCII: s.ASCII, Mono: true, Plain: true}
	for _, l := range prose.Render(text, s.out.width, opt) {
		var b strings.Builder
		for _, span := range l {
			b.WriteString(span.Text)
		}
		s.out.row(b.String())
	}
	s.out.row("")
}

// line says one thing in plain words: what does not fit goes on below, further in.
func (s *session) line(text string) {
	for part := range strings.SplitSeq(text, "\n") {
		indent := part[:len(part)-len(strings.TrimLeft(part, " "))]
		for i, row := range wrap(clean(strings.TrimSpace(part), s.ASCII), s.out.width-len(indent)-2) {
			if i == 1 {
				indent += "  "
			}
			s.out.row(indent + row)
		}
	}
}

// wrap breaks text at blanks into rows of at most width cells; a longer word has a
// row of its own.
func wrap(text string, width int) []string {
	var c canvas.Canvas
	rows, used := []string{""}, 0
	for _, word := range strings.Fields(text) {
		n, last := c.Width(word), len(rows)-1
		switch {
		case used == 0:
			rows[last], used = word, n
		case used+1+n > width:
			rows, used = append(rows, word), n
		default:
			rows[last], used = rows[last]+" "+word, used+1+n
		}
	}
	return rows
}
