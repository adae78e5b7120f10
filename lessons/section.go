package lessons

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// section is a heading with what stands below it.
type section struct {
	title, slug string
	attrs       map[string]string
	line        int
	from, to    int // bytes of its own text: from below the heading to the first subsection
	blocks      []ast.Node
	subs        []*section
}

// sections parses Markdown into its level-1 headings with their level-2
// headings inside. Text before the first heading is an error.
func sections(s source) ([]*section, error) {
	md := goldmark.New(
		goldmark.WithExtensions(extension.TaskList, extension.Table),
		goldmark.WithParserOptions(parser.WithHeadingAttribute()))
	doc := md.Parser().Parse(text.NewReader(s.text))
	var tops []*section
	var last *section
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if ok && h.Level <= 2 {
			sec := newSection(s, h)
			if last != nil {
				last.to = lineStart(s.text, h.Pos())
			}
			switch {
			case h.Level == 1:
				tops = append(tops, sec)
			case len(tops) == 0:
				return nil, s.errorf(sec.line, "## %s stands before the first # heading", sec.title)
			default:
				top := tops[len(tops)-1]
				top.subs = append(top.subs, sec)
			}
			last = sec
			continue
		}
		if last == nil {
			return nil, s.errorf(s.line(n.Pos()), "text before the first heading")
		}
		last.blocks = append(last.blocks, n)
	}
	return tops, nil
}

func newSection(s source, h *ast.Heading) *section {
	sec := &section{attrs: map[string]string{}, line: s.line(h.Pos()), to: len(s.text)}
	if h.Lines().Len() > 0 {
		seg := h.Lines().At(0)
		sec.title = strings.TrimSpace(string(seg.Value(s.text)))
	}
	for _, a := range h.Attributes() {
		value := fmt.Sprint(a.Value)
		if b, ok := a.Value.([]byte); ok {
			value = string(b)
		}
		sec.attrs[string(a.Name)] = value
	}
	sec.slug = sec.attrs["id"]
	sec.from = nextLine(s.text, h.Pos())
	return sec
}

func lineStart(text []byte, pos int) int { return bytes.LastIndexByte(text[:pos], '\n') + 1 }

// nextLine returns where the line after the one at pos starts.
func nextLine(text []byte, pos int) int {
	if i := bytes.IndexByte(text[pos:], '\n'); i >= 0 {
		return pos + i + 1
	}
	return len(text)
}

// fence is a fenced block: ```lang, its lines, and the bytes it covers.
type fence struct {
	lang     string
	lines    []string
	line     int // of the opening fence
	from, to int
}

// fences returns the fenced blocks of a section in order.
func (sec *section) fences(s source) []fence {
	var all []fence
	for _, n := range sec.blocks {
		b, ok := n.(*ast.FencedCodeBlock)
		if !ok {
			continue
		}
		f := fence{lang: string(b.Language(s.text)), line: s.line(b.Pos()), from: lineStart(s.text, b.Pos())}
		end := nextLine(s.text, b.Pos())
		for i := range b.Lines().Len() {
			seg := b.Lines().At(i)
			f.lines = append(f.lines, strings.TrimRight(string(seg.Value(s.text)), "\n"))
			end = seg.Stop
		}
		f.to = nextLine(s.text, min(end, len(s.text)))
		all = append(all, f)
	}
	return all
}

// prose returns the Markdown of bytes from to to without the fences of the
// given languages.
func (sec *section) prose(s source, from, to int, without ...string) string {
	var b strings.Builder
	for _, f := range sec.fences(s) {
		if slices.Contains(without, f.lang) && f.from >= from && f.to <= to {
			b.Write(s.text[from:f.from])
			from = f.to
		}
	}
	b.Write(s.text[from:to])
	return strings.TrimSpace(b.String())
}

// listItem is one line of options as it stands in the file.
type listItem struct {
	text    string // Markdown on one line, without the check box
	checked bool
	box     bool // it has a check box
	line    int
}

// list returns the last list that starts before byte pos, and where it starts.
func (sec *section) list(s source, pos int) (items []listItem, ordered bool, from int) {
	var l *ast.List
	for _, n := range sec.blocks {
		if b, ok := n.(*ast.List); ok && n.Pos() < pos {
			l = b
		}
	}
	if l == nil {
		return nil, false, pos
	}
	for n := l.FirstChild(); n != nil; n = n.NextSibling() {
		items = append(items, newListItem(s, n))
	}
	return items, l.IsOrdered(), lineStart(s.text, l.Pos())
}

func newListItem(s source, n ast.Node) listItem {
	it := listItem{line: s.line(n.Pos())}
	block := n.FirstChild()
	if block == nil {
		return it
	}
	if box, ok := block.FirstChild().(*extast.TaskCheckBox); ok {
		it.box, it.checked = true, box.IsChecked
	}
	var words []string
	for i := range block.Lines().Len() {
		seg := block.Lines().At(i)
		words = append(words, strings.TrimSpace(string(seg.Value(s.text))))
	}
	it.text = strings.Join(words, " ")
	if it.box {
		it.text = strings.TrimSpace(it.text[len("[x]"):])
	}
	return it
}
