package report

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2/maybe"

	"fmlab/tui/figure"
)

// form is what a report is written as, by the end of its file's name.
var forms = map[string]func(file string, r *Report) ([]output, error){
	".html": asHTML,
	".md":   asMarkdown,
}

// output is a file to write.
type output struct {
	name string
	text []byte
}

// ErrTaken is a name that is not free.
var ErrTaken = errors.New("there is one of that name, and it stays as it is")

// Check says early what would make Write fail: before the figures are computed.
func Check(file string, force bool) error {
	ext := strings.ToLower(filepath.Ext(file))
	if forms[ext] == nil {
		return fmt.Errorf("%s: want a name that ends in .html or .md", file)
	}
	dir := filepath.Dir(file)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("%s: there is no directory %s", file, dir)
	}
	if err := free(file, force); err != nil {
		return err
	}
	if ext == ".md" {
		return freeFolder(Folder(file), force)
	}
	return nil
}

// Folder is where the figures of a Markdown report lie.
func Folder(file string) string { return strings.TrimSuffix(file, filepath.Ext(file)) + "-figures" }

// free wants a name that no file has, or with force no more than a regular file.
func free(name string, force bool) error {
	switch info, err := os.Lstat(name); {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: not a regular file", name)
	case !force:
		return fmt.Errorf("%s: %w", name, ErrTaken)
	}
	return nil
}

func freeFolder(name string, force bool) error {
	switch info, err := os.Stat(name); {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s: not a directory, and the figures go there", name)
	case !force:
		return fmt.Errorf("%s, a folder: %w", name, ErrTaken)
	}
	return nil
}

// Write writes a report, each file as a whole: the text last, so that it never names
// a figure that is not there. It returns the names of the files.
func Write(file string, r *Report, force bool) (written []string, err error) {
	if err := Check(file, force); err != nil {
		return nil, err
	}
	files, err := forms[strings.ToLower(filepath.Ext(file))](file, r)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := os.MkdirAll(filepath.Dir(f.name), 0o755); err != nil {
			return written, err
		}
		if err := maybe.WriteFile(f.name, f.text, 0o644); err != nil {
			return written, fmt.Errorf("%s: %w", f.name, err)
		}
		written = append(written, f.name)
	}
	return written, nil
}

func asHTML(file string, r *Report) ([]output, error) {
	var b bytes.Buffer
	err := r.HTML(&b)
	return []output{{file, b.Bytes()}}, err
}

func asMarkdown(file string, r *Report) (all []output, err error) {
	folder := Folder(file)
	for _, p := range r.pictures() {
		var b bytes.Buffer
		if err := figure.SVG(&b, p.Figure); err != nil {
			return nil, err
		}
		all = append(all, output{filepath.Join(folder, p.file()), b.Bytes()})
	}
	var b bytes.Buffer
	err = r.Markdown(&b, filepath.Base(folder))
	return append(all, output{file, b.Bytes()}), err
}
