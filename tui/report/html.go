package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"

	"fmlab/tui/figure"
)

//go:embed report.html.tmpl
var page string

//go:embed report.css
var style string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"mark": mark, "made": made, "parts": parts, "percent": percent, "round": round,
	"style": func() template.CSS { return template.CSS(style + figure.Style()) },
	"svg": func(p Picture) (template.HTML, error) {
		var b bytes.Buffer
		err := figure.Inline(&b, p.Figure)
		return template.HTML(b.String()), err // package figure escapes what it writes
	},
}).Parse(page))

// HTML writes the report as one page that needs nothing else: figures and style are
// in it.
func (r *Report) HTML(w io.Writer) error {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, r); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}
