package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fmlab/engine/exact"
)

// cell is one field of a row, trimmed of blanks and quotes, and the column in
// characters, from 1, where it starts.
type cell struct {
	text   string
	column int
}

// parser builds a point set line by line. The first row of numbers decides the
// separator and the number of columns.
type parser struct {
	cloud     *Cloud
	separator byte
	columns   int  // 0 before the first row
	header    bool // seen
}

// line takes line n, from 0. An error comes with the column it is about.
func (p *parser) line(n int, text []byte) (column int, err error) {
	if n == 0 {
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return utf8.RuneCount(text[:i]) + 1, errors.New("found a zero byte: want plain text in UTF-8, not UTF-16 and not a binary file")
	}
	if blank := bytes.TrimSpace(text); len(blank) == 0 || blank[0] == '#' {
		return 0, nil
	}
	if p.columns == 0 {
		p.separator = separatorOf(text)
	}
	row := p.cells(text)
	if p.columns == 0 && !p.header && isHeader(row) {
		p.header = true
		return checkHeader(row)
	}
	return p.row(row)
}

// separatorOf guesses from one line. A comma beside a semicolon or a tab is a
// decimal comma and gets its own message.
func separatorOf(text []byte) byte {
	for _, s := range []byte("\t;") {
		if bytes.IndexByte(text, s) >= 0 {
			return s
		}
	}
	return ','
}

func (p *parser) cells(text []byte) []cell {
	var row []cell
	column := 1
	for _, field := range bytes.Split(text, []byte{p.separator}) {
		trimmed := bytes.TrimSpace(field)
		lead := bytes.Index(field, trimmed)
		at := column + utf8.RuneCount(field[:lead])
		if n := len(trimmed); n >= 2 && trimmed[0] == '"' && trimmed[n-1] == '"' {
			trimmed = bytes.TrimSpace(trimmed[1 : n-1])
		}
		row = append(row, cell{string(trimmed), at})
		column += utf8.RuneCount(field) + 1
	}
	return row
}

// isHeader says whether the first row names columns: every cell that is not empty
// starts as a name does, and none is nan or inf.
func isHeader(row []cell) bool {
	names := 0
	for _, c := range row {
		if c.text == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(c.text)
		if _, err := strconv.ParseFloat(c.text, 64); err == nil || !unicode.IsLetter(first) && first != '_' {
			return false
		}
		names++
	}
	return names > 0
}

// checkHeader refuses columns that are named x and y but stand elsewhere, such as
// behind a row index.
func checkHeader(row []cell) (column int, err error) {
	for i, c := range row {
		if i != 0 && strings.EqualFold(c.text, "x") || i != 1 && strings.EqualFold(c.text, "y") {
			return c.column, fmt.Errorf("found %s as the name of column %d: want x in column 1 and y in column 2", quote(c.text), i+1)
		}
	}
	return 0, nil
}

func (p *parser) row(row []cell) (column int, err error) {
	if p.cloud.Points.Len() == maxRows {
		return 1, fmt.Errorf("found more than %d rows: want at most that", maxRows)
	}
	if column, err := p.checkColumns(row); err != nil {
		return column, err
	}
	for _, c := range row[:2] {
		v, err := number(c.text)
		if err != nil {
			return c.column, err
		}
		p.cloud.Points = append(p.cloud.Points, v)
	}
	if len(row) == 3 {
		l, err := label(row[2].text)
		if err != nil {
			return row[2].column, err
		}
		p.cloud.Labels = append(p.cloud.Labels, l)
	}
	return 0, nil
}

func (p *parser) checkColumns(row []cell) (column int, err error) {
	n := len(row)
	switch {
	case n == 1:
		return row[0].column, fmt.Errorf("found %s: want x and y, maybe a label, separated by commas, semicolons or tabs, the same throughout", quote(row[0].text))
	case n == 4 && p.separator == ',':
		return row[2].column, errors.New("found 4 columns: want x,y or x,y,label; if these are decimal commas write points, as in 1.5")
	case n > 3:
		return row[3].column, fmt.Errorf("found %d columns: want x,y or x,y,label", n)
	case p.columns != 0 && n != p.columns:
		return row[min(n, 3)-1].column, fmt.Errorf("found %d columns: want %d as in the first row", n, p.columns)
	}
	p.columns = n
	return 0, nil
}

// number reads a finite decimal number. Hexadecimal, underscores, nan and inf,
// which strconv takes, are refused: in a data file they are mistakes.
func number(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case errors.Is(err, strconv.ErrRange) && math.IsInf(v, 0):
		return 0, fmt.Errorf("found %s: want a number below 1.8e308 in size", quote(text))
	case err == nil && strings.Trim(text, "+-.0123456789eE") == "":
		return v, nil
	case text == "":
		return 0, errors.New("found an empty cell: want a number")
	}
	if _, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64); err == nil && strings.Contains(text, ",") {
		return 0, fmt.Errorf("found %s with a decimal comma: want a point, as in %s", quote(text), strings.Replace(text, ",", ".", 1))
	}
	return 0, fmt.Errorf("found %s: want a number", quote(text))
}

// label reads a class: digits only.
func label(text string) (int, error) {
	v, err := strconv.Atoi(text)
	if err != nil || v >= exact.MaxClasses || strings.Trim(text, "0123456789") != "" {
		return 0, fmt.Errorf("found %s: want a label, a whole number from 0 to %d", quote(text), exact.MaxClasses-1)
	}
	return v, nil
}

// quote shows what was found, cut to a readable length.
func quote(text string) string {
	if utf8.RuneCountInString(text) > 40 {
		return fmt.Sprintf("%.40q…", text)
	}
	return fmt.Sprintf("%q", text)
}
