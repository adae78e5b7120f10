package report

import (
	"bytes"
	_ "embed"
	"io"
	"net/url"
	"text/template"
)

//go:embed report.md.tmpl
var markdown string

// Markdown writes the report with its figures as files below a folder, which is
// named as the text is to refer to it.
func (r *Report) Markdown(w io.Writer, folder string) error {
	t, err := template.New("markdown").Funcs(template.FuncMap{
		"mark": mark, "made": made, "parts": parts, "percent": percent, "round": round, "plain": plain, "fenced": fenced,
		"file": func(p Picture) string { return (&url.URL{Path: folder + "/" + p.file()}).String() },
	}).Parse(markdown)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, r); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

// file is the name of the figure's file.
func (p Picture) file() string { return p.Name + ".svg" }

// pictures are all figures in the order of the report.
func (r *Report) pictures() (all []Picture) {
	for _, l := range r.Lessons {
		all = append(all, l.Figures...)
	}
	if r.Capstone != nil {
		all = append(all, r.Capstone.Figures...)
	}
	return all
}
