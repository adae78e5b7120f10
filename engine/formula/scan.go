package formula

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Error says what is wrong with a formula, and where.
type Error struct {
	Column int    // of the character at fault, from 1; one past the last where something is missing
	Text   string // what was found and what is wanted
}

func (e *Error) Error() string { return fmt.Sprintf("column %d: %s", e.Column, e.Text) }

// token is a number, a name, the end, or a sign (itself, with '^' for **). Any other
// character is a sign that the grammar has no place for.
type token struct {
	kind   rune
	text   string
	value  float64 // of a number
	column int
}

// Kinds of tokens that are not signs.
const (
	end = -1 - iota
	number
	name
	space // dropped
)

// String is the token as an error quotes it, shortened.
func (t token) String() string {
	if t.kind == end {
		return "the end"
	}
	return strconv.Quote(t.short())
}

// short is the text, cut to 20 characters.
func (t token) short() string {
	if r := []rune(t.text); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return t.text
}

// pasted are the signs that people paste, as one would type them.
var pasted = map[rune]token{
	'−': {kind: '-', text: "-"}, '·': {kind: '*', text: "*"}, '×': {kind: '*', text: "*"},
	'√': {kind: name, text: "sqrt"}, 'π': {kind: name, text: "pi"},
}

// scan cuts a formula into tokens, the last of which is the end.
func scan(text []rune) (tokens []token, err error) {
	for at := 0; at < len(text); {
		kind, next := cut(text, at)
		t := token{kind: kind, text: string(text[at:next]), column: at + 1}
		if p, ok := pasted[text[at]]; ok {
			t.kind, t.text = p.kind, p.text
		}
		if t.kind == number {
			if t.value, err = strconv.ParseFloat(t.text, 64); err != nil {
				return nil, &Error{t.column, fmt.Sprintf("found %s: want a number up to 1.7e308 with at most one point, such as 0.5 or 2e-3", t)}
			}
		}
		if t.kind != space {
			tokens = append(tokens, t)
		}
		at = next
	}
	return append(tokens, token{kind: end, column: len(text) + 1}), nil
}

// cut returns the kind of the token at from, and where the next one is.
func cut(text []rune, from int) (kind rune, next int) {
	c, next := text[from], from+1
	after := rune(end)
	if next < len(text) {
		after = text[next]
	}
	switch {
	case unicode.IsSpace(c):
		return space, next
	case isDigit(c) || c == '.' && isDigit(after):
		return number, numberEnd(text, from)
	case isLetter(c):
		for next < len(text) && (isLetter(text[next]) || isMark(text[next])) {
			next++
		}
		return name, next
	case c == '*' && after == '*':
		return '^', next + 1
	}
	return c, next
}

// numberEnd returns where the number at from ends: digits and points, and an
// exponent if it is whole. 2exp(t) is 2 and exp.
func numberEnd(text []rune, from int) int {
	at := from
	for at < len(text) && (isDigit(text[at]) || text[at] == '.') {
		at++
	}
	end := at
	if at < len(text) && (text[at] == 'e' || text[at] == 'E') {
		at++
		if at < len(text) && strings.ContainsRune("+-", text[at]) {
			at++
		}
		for at < len(text) && isDigit(text[at]) {
			at++
			end = at
		}
	}
	return end
}

func isDigit(c rune) bool  { return '0' <= c && c <= '9' }
func isLetter(c rune) bool { return c == '_' || c != 'π' && unicode.IsLetter(c) }

// isMark reports whether c may follow the first letter of a name: digits, the
// small ones of x₁, and the dot of α̇. The raised ones of t² may not.
func isMark(c rune) bool { return isDigit(c) || '₀' <= c && c <= '₉' || unicode.Is(unicode.Mn, c) }
