// Package prose sets Markdown as rows of styled text: what the reader of a
// lesson sees. It knows paragraphs with emphasis, strong text, code and links,
// headings, lists, block quotes, tables (GitHub's), fenced code and rules.
//
// A fenced block with the info string "math" is a formula set by its author: it
// is shown as it is. Lines after a line "---" inside it are its ASCII form:
//
//	```math
//	ẋ = v(x, t)
//	---
//	dx/dt = v(x, t)
//	```
//
// HTML is left out, so comments are the author's own.
package prose

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// Measure is the widest text that is comfortable to read, in cells.
const Measure = 76

// minWidth is the narrowest text that is worth indenting.
const minWidth = 10

// Options of [Render].
type Options struct {
	ASCII bool // nothing above 0x7e comes out; formulas in their ASCII form
	Mono  bool // nothing but letters tells code from text: keep its backticks
	Plain bool // nothing is drawn, for a screen reader or a pipe: no rules, bars or columns
}

var parser = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

// Render sets Markdown in rows of at most width cells, and of at most [Measure].
// A width below 2 counts as 2, so that every rune has room. It is a pure
// function; callers that draw often keep the result.
func Render(src string, width int, opt Options) []canvas.Line {
	source := []byte(src)
	s := setter{source: source, opt: opt}
	return s.blocks(parser.Parse(text.NewReader(source)), min(max(width, 2), Measure))
}

// setter sets the blocks of one document.
type setter struct {
	source []byte
	opt    Options
}

// blocks sets the children of n below each other, a blank row between them
// unless n is an item of a tight list.
func (s setter) blocks(n ast.Node, width int) []canvas.Line {
	var rows []canvas.Line
	tight := false
	if list, ok := n.Parent().(*ast.List); ok {
		tight = list.IsTight
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		block := s.block(c, width)
		_, quote := c.(*ast.Blockquote)
		if len(rows) > 0 && len(block) > 0 && !tight && !(quote && s.opt.Plain) { // its indent sets it apart
			rows = append(rows, nil)
		}
		rows = append(rows, block...)
	}
	return rows
}

// block sets one block in width cells.
func (s setter) block(n ast.Node, width int) []canvas.Line {
	switch n := n.(type) {
	case *ast.Heading:
		st := style{tok: theme.Accent, bold: true}
		if n.Level > 2 {
			st.tok = theme.Text
		}
		return wrapAll(s.inline(n, st), width)
	case *ast.List:
		return s.list(n, width)
	case *ast.Blockquote:
		bar := canvas.Span{Text: s.text("│ "), Tok: theme.Border}
		if s.opt.Plain {
			bar.Text = "  "
		}
		return indent(width, bar, bar, func(w int) []canvas.Line { return s.blocks(n, w) })
	case *ast.FencedCodeBlock:
		if string(n.Language(s.source)) == "math" {
			return s.raw(s.formula(n.Lines()), width, theme.Accent)
		}
		return s.raw(s.lines(n.Lines()), width, theme.Text)
	case *ast.CodeBlock:
		return s.raw(s.lines(n.Lines()), width, theme.Text)
	case *ast.ThematicBreak:
		if s.opt.Plain {
			return nil
		}
		return []canvas.Line{{{Text: strings.Repeat(s.text("─"), width), Tok: theme.Border}}}
	case *ast.HTMLBlock, *ast.LinkReferenceDefinition:
		return nil
	}
	if rows, ok := s.table(n, width); ok {
		return rows
	}
	return wrapAll(s.inline(n, style{}), width)
}

// text returns s as it may be shown.
func (s setter) text(t string) string {
	if s.opt.ASCII {
		return ascii(t)
	}
	return t
}
