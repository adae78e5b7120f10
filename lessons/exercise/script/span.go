package script

import "strings"

// spanName is the function that a slice between commas is turned into.
const spanName = "span"

// spans turns the slices of an index with commas, which Starlark's grammar does not
// know, into calls that it does: z[:, 0:2] becomes z[span(None,None), span(0,2)].
// Lines stay lines; the columns tell where on its line a column of the result was.
func spans(source string) (string, columns) {
	s := spanner{before: map[int]string{}, comma: map[int]bool{}}
	s.scan(source)
	var out strings.Builder
	cols := columns{nil}
	for i, r := range source {
		last := &cols[len(cols)-1]
		out.WriteString(s.before[i])
		col := 1
		if n := len(*last); n > 0 {
			col = (*last)[n-1] + 1
		}
		for range len(s.before[i]) { // it is ASCII
			*last = append(*last, col)
		}
		*last = append(*last, col)
		switch {
		case s.comma[i]:
			out.WriteByte(',')
		case r == '\n':
			cols = append(cols, nil)
			fallthrough
		default:
			out.WriteRune(r)
		}
	}
	return out.String(), cols
}

// columns holds, line by line, the original column of every column. Both count
// from 1.
type columns [][]int

// original returns the column in the source of a place in the result.
func (c columns) original(line, col int) int {
	if line < 1 || line > len(c) || col < 1 || col > len(c[line-1]) {
		return col
	}
	return c[line-1][col-1]
}

// spanner finds what to change: texts to put before a place, and colons that
// become commas.
type spanner struct {
	before map[int]string
	comma  map[int]bool
}

// bracket is one that is open, with the commas and colons directly inside.
type bracket struct {
	open           int
	commas, colons []int
}

// scan walks once through the source, past comments and strings.
func (s *spanner) scan(source string) {
	var open []bracket
	for i := 0; i < len(source); i++ {
		inside := len(open) - 1
		switch source[i] {
		case '#':
			i += lineEnd(source[i:])
		case '"', '\'':
			i = stringEnd(source, i) - 1
		case '(', '{', '[':
			open = append(open, bracket{open: i})
		case ')', '}', ']':
			if inside < 0 {
				return // the parser will say it
			}
			if b := open[inside]; source[i] == ']' && len(b.commas) > 0 {
				s.index(source, b, i)
			}
			open = open[:inside]
		case ',':
			if inside >= 0 {
				open[inside].commas = append(open[inside].commas, i)
			}
		case ':':
			if inside >= 0 {
				open[inside].colons = append(open[inside].colons, i)
			}
		}
	}
}

// index changes the parts of an index that are slices.
func (s *spanner) index(source string, b bracket, end int) {
	from := b.open + 1
	for _, to := range append(b.commas, end) {
		var colons []int
		for _, c := range b.colons {
			if from <= c && c < to {
				colons = append(colons, c)
			}
		}
		if len(colons) > 0 && !strings.Contains(source[from:to], "lambda") {
			s.span(source, from, to, colons)
		}
		from = to + 1
	}
}

// span makes the slice at source[from:to] a call.
func (s *spanner) span(source string, from, to int, colons []int) {
	s.before[from] += spanName + "("
	for _, c := range append(colons, to) {
		if strings.TrimSpace(source[from:c]) == "" {
			s.before[from] += "None"
		}
		s.comma[c] = c != to
		from = c + 1
	}
	s.before[to] += ")"
}

func lineEnd(s string) int {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return i - 1
	}
	return len(s)
}

// stringEnd returns the place after the string literal that begins at i.
func stringEnd(s string, i int) int {
	quote := s[i : i+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(s[i:], triple) {
		quote = triple
	}
	for j := i + len(quote); j < len(s); j++ {
		switch {
		case s[j] == '\\':
			j++
		case strings.HasPrefix(s[j:], quote):
			return j + len(quote)
		case s[j] == '\n' && len(quote) == 1:
			return j
		}
	}
	return len(s)
}
