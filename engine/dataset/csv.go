package dataset

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"fmlab/engine"
	"fmlab/engine/exact"
)

// Limits of a point file. A million rows is far beyond what a lesson needs and
// still reads in a fraction of a second.
const (
	maxBytes = 64 << 20
	maxRows  = 1_000_000
	maxLine  = 64 << 10
)

// ReadCSV reads a point set to learn from: at least two points that differ. A row
// is x, y and maybe a label, separated by commas, semicolons or tabs. Labels number
// classes 0, 1, … without a gap, each in at least two rows: one to train on, one to
// judge by. The first row may name the columns; blank lines and lines that start
// with # are skipped. Errors begin with name:line:column, or with name: where the
// file as a whole is not right.
func ReadCSV(r io.Reader, name string) (Cloud, error) {
	c, err := readCloud(r, name)
	if err == nil {
		if err = c.check(); err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
	}
	if err != nil {
		return Cloud{}, err
	}
	return *c, nil
}

// check says why a set cannot be learned from.
func (c Cloud) check() error {
	if same(c.Points) {
		return fmt.Errorf("found %s: want at least 2 points that differ", several(c.Points.Len()))
	}
	if err := exact.CheckLabels(c.Labels); err != nil {
		return err
	}
	var rows [exact.MaxClasses]int
	for _, label := range c.Labels {
		rows[label]++
	}
	if label := slices.Index(rows[:], 1); label >= 0 {
		return fmt.Errorf("found the label %d in one row only: want at least 2 rows of every label, or no labels", label)
	}
	return nil
}

// same says whether all points are one.
func same(p engine.Points) bool {
	for i := range p {
		if p[i] != p[i%2] {
			return false
		}
	}
	return true
}

func several(n int) string {
	if n == 1 {
		return "1 point"
	}
	return fmt.Sprintf("%d times the same point", n)
}

// ReadPoints reads start points, places to look at, or samples to compare: the
// same files as [ReadCSV], but one row is enough, and labels are dropped.
func ReadPoints(r io.Reader, name string) (engine.Points, error) {
	c, err := readCloud(r, name)
	if err != nil {
		return nil, err
	}
	return c.Points, nil
}

func readCloud(r io.Reader, name string) (*Cloud, error) {
	limited := &io.LimitedReader{R: r, N: maxBytes + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(nil, maxLine)
	lines.Split(splitLine)
	p := parser{cloud: &Cloud{}}
	line := 0
	for ; lines.Scan(); line++ {
		if limited.N == 0 {
			break
		}
		if at, err := p.line(line, lines.Bytes()); err != nil {
			return nil, fmt.Errorf("%s:%d:%d: %w", name, line+1, at, err)
		}
	}
	switch err := lines.Err(); {
	case limited.N == 0:
		return nil, fmt.Errorf("%s: found more than %d MiB: want at most that", name, maxBytes>>20)
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("%s:%d:1: found a line of more than %d KiB: want rows of 2 or 3 numbers", name, line+1, maxLine>>10)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case p.cloud.Points.Len() == 0:
		return nil, fmt.Errorf("%s: found no points: want rows of x,y", name)
	}
	return p.cloud, nil
}

// splitLine splits at LF, CRLF or a lone CR.
func splitLine(data []byte, atEOF bool) (advance int, line []byte, err error) {
	i := bytes.IndexAny(data, "\r\n")
	switch {
	case i < 0 && atEOF && len(data) > 0:
		return len(data), data, nil
	case i < 0:
		return 0, nil, nil
	case data[i] == '\r' && i+1 == len(data) && !atEOF:
		return 0, nil, nil // an LF may follow
	case bytes.HasPrefix(data[i:], []byte("\r\n")):
		return i + 2, data[:i], nil
	}
	return i + 1, data[:i], nil
}
