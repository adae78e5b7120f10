package prose

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// style is how inline text looks.
type style struct {
	tok  theme.Token
	bold bool
}

// inline is the text of one paragraph, each line up to a forced break.
type inline struct {
	setter
	lines []canvas.Line
}

// inline returns the text inside n, starting in style st.
func (s setter) inline(n ast.Node, st style) []canvas.Line {
	in := &inline{setter: s, lines: make([]canvas.Line, 1)}
	in.children(n, st)
	return in.lines
}

func (in *inline) children(n ast.Node, st style) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		in.node(c, st)
	}
}

func (in *inline) node(n ast.Node, st style) {
	switch n := n.(type) {
	case *ast.Text:
		in.add(unescape(n.Value(in.source)), st)
		if n.HardLineBreak() {
			in.lines = append(in.lines, nil)
		} else if n.SoftLineBreak() {
			in.add(" ", st)
		}
	case *ast.String:
		in.add(string(n.Value), st)
	case *ast.CodeSpan:
		in.code(n, st)
	case *ast.Emphasis:
		if n.Level > 1 {
			st.bold = true
		} else {
			st.tok = theme.Accent
		}
		in.children(n, st)
	case *ast.AutoLink:
		in.add(string(n.Label(in.source)), style{tok: theme.Accent})
	case *ast.Link:
		in.link(n, st)
	case *ast.RawHTML:
	default:
		in.children(n, st)
	}
}

// code adds a code span. Its blanks do not break unless they must.
func (in *inline) code(n *ast.CodeSpan, st style) {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Value(in.source))
		}
	}
	code := in.text(strings.ReplaceAll(b.String(), "\n", " "))
	if in.opt.Mono {
		code = "`" + code + "`"
	}
	in.put(strings.ReplaceAll(code, " ", nbsp), style{tok: theme.Accent, bold: st.bold})
}

// link adds the text of a link and where it leads, unless that is the text or a
// place in the lessons themselves, which the app has on a key.
func (in *inline) link(n *ast.Link, st style) {
	label := style{tok: theme.Accent, bold: st.bold}
	in.children(n, label)
	url := in.text(string(n.Destination))
	if !strings.Contains(url, "://") {
		return
	}
	if words := in.inline(n, label); plainText(words[0]) != url {
		in.add(" (", st)
		in.put(url, style{tok: theme.Dim})
		in.put(")", st)
	}
}

// add adds text, its white space collapsed to single blanks.
func (in *inline) add(t string, st style) {
	t = in.text(t)
	words := strings.FieldsFunc(t, isSpace)
	joined := strings.Join(words, " ")
	if t != "" && isSpace(rune(t[0])) && !in.atBlank() {
		joined = " " + joined
	}
	if len(words) > 0 && isSpace(rune(t[len(t)-1])) {
		joined += " "
	}
	in.put(joined, st)
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// atBlank reports whether a blank here would lead a line or follow another.
func (in *inline) atBlank() bool {
	line := plainText(in.lines[len(in.lines)-1])
	return line == "" || line[len(line)-1] == ' '
}

// put adds a piece as it is, joined to the last one if that looks the same.
func (in *inline) put(t string, st style) {
	if t == "" {
		return
	}
	line := &in.lines[len(in.lines)-1]
	if k := len(*line) - 1; k >= 0 && (*line)[k].Tok == st.tok && (*line)[k].Bold == st.bold {
		(*line)[k].Text += t
		return
	}
	*line = append(*line, canvas.Span{Text: t, Tok: st.tok, Bold: st.bold})
}

// unescape resolves backslashes and entities, which the parser leaves in.
func unescape(b []byte) string {
	return string(util.UnescapePunctuations(util.ResolveNumericReferences(util.ResolveEntityNames(b))))
}

// plainText returns the text of a line without its styles.
func plainText(l canvas.Line) string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	return b.String()
}
