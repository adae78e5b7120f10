package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fmlab/engine/exact"
)

// maxMixture limits a mixture file; it holds tens of thousands of components,
// every one of which the exact field visits for every point.
const maxMixture = 4 << 20

// ReadMixture reads a Gaussian mixture with K components from JSON,
//
//	{"weights": [w, …], "means": [[x, y], …], "covs": [[[xx, xy], [xy, yy]], …], "labels": [l, …]}
//
// all with K entries: positive weights, divided here by their sum, symmetric
// positive definite covariances, and, which may be left out, labels that number
// classes 0, 1, … without a gap.
func ReadMixture(r io.Reader, name string) (*exact.Mixture, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxMixture+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(text) > maxMixture {
		return nil, fmt.Errorf("%s: found more than %d MiB: want at most that", name, maxMixture>>20)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	file, at, err := splitMixture(text)
	if err != nil {
		line := bytes.Count(text[:at], []byte("\n")) + 1
		column := utf8.RuneCount(text[bytes.LastIndexByte(text[:at], '\n')+1:at]) + 1
		return nil, fmt.Errorf("%s:%d:%d: %w", name, line, column, err)
	}
	m, err := file.mixture()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// neededKeys are those that a mixture file has, and labels one that it may have.
var neededKeys = []string{"weights", "means", "covs"}

const labelsKey = "labels"

// theKeys says in a message which keys are allowed.
var theKeys = strings.Join(neededKeys, ", ") + ", maybe " + labelsKey

// mixtureFile is the entries of each key, still as text.
type mixtureFile map[string][]json.RawMessage

// splitMixture walks the one object of the file key by key, so that unknown,
// repeated and missing keys are seen. An error comes with its place in the text.
func splitMixture(text []byte) (file mixtureFile, at int, err error) {
	var whole json.RawMessage
	var syntax *json.SyntaxError
	if err := json.Unmarshal(text, &whole); errors.As(err, &syntax) {
		return nil, max(0, int(syntax.Offset)-1), fmt.Errorf("not JSON: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(text)) // of sound JSON from here on
	if open, _ := d.Token(); open != json.Delim('{') {
		return nil, 0, fmt.Errorf("found %s: want an object with the keys %s", quote(string(whole)), theKeys)
	}
	file = mixtureFile{}
	for d.More() {
		token, _ := d.Token()
		key := token.(string)
		at = bytes.LastIndexByte(text[:d.InputOffset()-1], '"')
		if key != labelsKey && !slices.Contains(neededKeys, key) {
			return nil, at, fmt.Errorf("found the key %s: want %s", quote(key), theKeys)
		}
		if _, twice := file[key]; twice {
			return nil, at, fmt.Errorf("found the key %q a second time: want it once", key)
		}
		var entries []json.RawMessage
		if err := d.Decode(&entries); err != nil {
			return nil, at, fmt.Errorf("found %q that is not a list: want a list with one entry per component", key)
		}
		file[key] = entries
	}
	for _, key := range neededKeys {
		if _, ok := file[key]; !ok {
			return nil, len(text), fmt.Errorf("found no key %q: want %s", key, theKeys)
		}
	}
	return file, 0, nil
}

// num is a float64 that JSON's null does not slip into as 0.
type num float64

func (n *num) UnmarshalJSON(b []byte) error {
	v, err := number(string(b))
	*n = num(v)
	return err
}

// mixture reads the entries. Errors name the entry.
func (f mixtureFile) mixture() (*exact.Mixture, error) {
	weights, means, covs := f["weights"], f["means"], f["covs"]
	if len(weights) != len(means) || len(weights) != len(covs) {
		return nil, fmt.Errorf("found %d weights, %d means and %d covs: want as many of each", len(weights), len(means), len(covs))
	}
	m := &exact.Mixture{}
	for k := range weights {
		var w num
		if err := json.Unmarshal(weights[k], &w); err != nil {
			return nil, fmt.Errorf("weights[%d] is %s: want a positive number", k, clip(weights[k]))
		}
		var mean []num
		if err := json.Unmarshal(means[k], &mean); err != nil || len(mean) != 2 {
			return nil, fmt.Errorf("means[%d] is %s: want two numbers, [x, y]", k, clip(means[k]))
		}
		c, ok := readCov(covs[k])
		if !ok {
			return nil, fmt.Errorf("covs[%d] is %s: want a symmetric matrix of numbers, [[xx, xy], [xy, yy]]", k, clip(covs[k]))
		}
		add(m, float64(w), float64(mean[0]), float64(mean[1]), c)
	}
	if err := f.labels(m); err != nil {
		return nil, err
	}
	if err := m.Validate(); err != nil {
		return nil, err
	}
	if k := m.Singular(); k >= 0 {
		return nil, fmt.Errorf("covs[%d] is %s, which is singular: want a positive definite matrix", k, clip(covs[k]))
	}
	return m, nil
}

// labels reads the class of each component, if the file has them.
func (f mixtureFile) labels(m *exact.Mixture) error {
	entries, ok := f[labelsKey]
	if !ok {
		return nil
	}
	m.Labels = []int{} // found, though it may be empty
	for k, entry := range entries {
		l, err := label(string(entry))
		if err != nil {
			return fmt.Errorf("labels[%d] is %s: want a whole number from 0 to %d", k, clip(entry), exact.MaxClasses-1)
		}
		m.Labels = append(m.Labels, l)
	}
	return nil
}

// readCov reads [[xx, xy], [xy, yy]]; the two xy may differ by rounding.
func readCov(text []byte) (c [3]float64, ok bool) {
	var rows [][]num
	if err := json.Unmarshal(text, &rows); err != nil || len(rows) != 2 || len(rows[0]) != 2 || len(rows[1]) != 2 {
		return c, false
	}
	c = [3]float64{float64(rows[0][0]), float64(rows[0][1]), float64(rows[1][1])}
	other := float64(rows[1][0])
	return c, math.Abs(c[1]-other) <= 1e-12*max(math.Abs(c[1]), math.Abs(other))
}

// clip shows an entry as it was written, on one line and not too long.
func clip(entry []byte) string {
	printable := func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}
	line := []rune(strings.Map(printable, strings.Join(strings.Fields(string(entry)), " ")))
	if len(line) > 60 {
		return string(line[:60]) + "…"
	}
	return string(line)
}
