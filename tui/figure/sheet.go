package figure

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// sheet is what is drawn so far, from the top down to y.
type sheet struct {
	b bytes.Buffer
	y float64
}

// box is a rectangle of the sheet.
type box struct{ x, y, w, h float64 }

// write closes the sheet as an SVG: alone on white and in its own size, or as wide
// as the page.
func (s *sheet) write(w io.Writer, f Figure, alone bool) error {
	height := s.y + margin
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 %s %s"`, num(width), num(height))
	if alone {
		fmt.Fprintf(&out, ` width="%s" height="%s"`, num(width), num(height))
	}
	out.WriteString(` role="img" font-family="system-ui, sans-serif" stroke-linejoin="round">` + "\n")
	element(&out, "title", f.Title)
	element(&out, "desc", strings.TrimSpace(f.Caption+" "+f.Card))
	if alone {
		fmt.Fprintf(&out, `<rect width="%s" height="%s" fill="#fff"/>`+"\n", num(width), num(height))
	}
	out.Write(s.b.Bytes())
	out.WriteString("</svg>\n")
	_, err := w.Write(out.Bytes())
	return err
}

// element writes an element of text, nothing for no text.
func element(b *bytes.Buffer, name, text string) {
	if text == "" {
		return
	}
	b.WriteString("<" + name + ">" + escaped(text) + "</" + name + ">\n")
}

// escaped is a text as XML has it: what XML cannot hold becomes a question mark in
// a diamond.
func escaped(text string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}

// num writes a coordinate, to a tenth. What is not finite has no place on a sheet:
// whoever draws has left it out.
func num(v float64) string {
	return strconv.FormatFloat(math.Round(10*v)/10+0, 'f', -1, 64)
}

// at writes a place for a path.
func at(x, y float64) string { return num(x) + " " + num(y) }

// path draws one path: stroked with a width, or filled when it is 0.
func (s *sheet) path(d string, in ink, stroke float64, more string) {
	if d == "" {
		return
	}
	if stroke > 0 {
		fmt.Fprintf(&s.b, `<path class="%s" d="%s" fill="none" stroke="%s" stroke-width="%s"%s/>`+"\n", in.class+"l", d, in.hex, num(stroke), more)
		return
	}
	fmt.Fprintf(&s.b, `<path class="%s" d="%s" fill="%s"%s/>`+"\n", in.class+"f", d, in.hex, more)
}

// words says how a text is set.
type words struct {
	size   float64
	class  string // b bold, m as a machine writes
	anchor string // start (""), middle, end
	turn   bool   // upwards
	in     ink    // ink of words when it is none
}

func (s *sheet) text(x, y float64, text string, how words) {
	in := how.in
	if in == (ink{}) {
		in = inkText
	}
	more := ""
	if how.anchor != "" {
		more += ` text-anchor="` + how.anchor + `"`
	}
	switch how.class {
	case "b":
		more += ` font-weight="600"`
	case "m":
		more += ` font-family="ui-monospace, monospace"`
	}
	if how.turn {
		more += fmt.Sprintf(` transform="rotate(-90 %s)"`, at(x, y))
	}
	fmt.Fprintf(&s.b, `<text class="%s" x="%s" y="%s" font-size="%s" fill="%s"%s>%s</text>`+"\n", in.class+"f", num(x), num(y), num(how.size), in.hex, more, escaped(text))
}

// charWidth is about the width of a letter; of a machine's, exactly.
func charWidth(size float64, class string) float64 {
	switch class {
	case "m":
		return 0.61 * size
	case "b":
		return 0.6 * size
	}
	return 0.53 * size
}

// wrap breaks a text at blanks into lines of at most so many letters; a word longer
// than a line is cut.
func wrap(text string, letters float64) (lines []string) {
	most := max(int(letters), 8)
	var line []rune
	for _, word := range strings.Fields(text) {
		w := []rune(word)
		if len(line) > 0 && len(line)+1+len(w) > most {
			lines, line = append(lines, string(line)), nil
		}
		if len(line) > 0 {
			line = append(line, ' ')
		}
		for line = append(line, w...); len(line) > most; line = line[most:] {
			lines = append(lines, string(line[:most]))
		}
	}
	if len(line) > 0 {
		lines = append(lines, string(line))
	}
	return lines
}
