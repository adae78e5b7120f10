package lessons

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fmlab/lab"
)

// Setting is a knob given a value in a lesson file.
type Setting struct {
	Key, Value string
	Line       int
}

// Scene is what the lab shows beside a text: an experiment with its knobs set.
type Scene struct {
	Experiment string    // name of a lab experiment
	T          float64   // time shown, 0 (noise) to 1 (data); 1 when not given
	Show       string    // the panel that leads: one of Shows; "" leaves it to the screen
	Knobs      []Setting // the other knobs, in the order of the file
	File       string
	Line       int
}

// Shows are the panels that a scene may put first.
var Shows = []string{"plane", "loss", "nfe", "schedule", "derivatives", "table", "error", "distance", "field", "spread"}

// With returns the scene with some knobs turned; t, experiment and show may be
// among them.
func (s Scene) With(changes []Setting) (Scene, error) {
	s.Knobs = slices.Clone(s.Knobs)
	for _, c := range changes {
		if err := s.set(c); err != nil {
			return s, fmt.Errorf("%s:%d: %w", s.File, c.Line, err)
		}
	}
	return s, nil
}

func (s *Scene) set(c Setting) error {
	switch c.Key {
	case "experiment":
		s.Experiment = c.Value
	case "show":
		if !slices.Contains(Shows, c.Value) {
			return fmt.Errorf("show = %q: want one of %s", c.Value, strings.Join(Shows, ", "))
		}
		s.Show = c.Value
	case "t":
		t, err := strconv.ParseFloat(c.Value, 64)
		if err != nil || !(t >= 0 && t <= 1) {
			return fmt.Errorf("t = %q: want a number from 0 to 1", c.Value)
		}
		s.T = t
	default:
		i := slices.IndexFunc(s.Knobs, func(k Setting) bool { return k.Key == c.Key })
		if i < 0 {
			s.Knobs = append(s.Knobs, c)
		} else {
			s.Knobs[i] = c
		}
	}
	return nil
}

// Setup returns the lab's setup for the scene: the defaults with the scene's
// knobs set. The error names the line of the file.
func (s Scene) Setup() (lab.Setup, error) {
	setup := lab.Default()
	for _, k := range s.Knobs {
		if err := setup.Set(k.Key, k.Value); err != nil {
			return setup, fmt.Errorf("%s:%d: %w", s.File, k.Line, err)
		}
	}
	return setup, nil
}

// parseScene reads the lines of a scene block. Every key may be given once.
func parseScene(src source, f fence) (*Scene, error) {
	s := Scene{T: 1, File: src.file, Line: f.line}
	settings, err := parsePairs(src, f)
	if err != nil {
		return nil, err
	}
	for _, c := range settings {
		if err := s.set(c); err != nil {
			return nil, src.errorf(c.Line, "%w", err)
		}
	}
	if s.Experiment == "" {
		return nil, src.errorf(f.line, "scene without experiment")
	}
	return &s, nil
}

// repeated are the keys that a block may give more than once.
var repeated = map[string][]string{"blank": {"wrong", "hint"}, "formula": {"wrong", "hint"}}

// parsePairs reads the "key: value" lines of a fenced block.
func parsePairs(src source, f fence) ([]Setting, error) {
	var pairs []Setting
	for i, line := range f.lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		c := Setting{Key: strings.TrimSpace(key), Value: strings.TrimSpace(value), Line: f.line + 1 + i}
		if !ok || c.Key == "" || c.Value == "" {
			return nil, src.errorf(c.Line, "%q: want key: value", line)
		}
		given := slices.ContainsFunc(pairs, func(p Setting) bool { return p.Key == c.Key })
		if given && !slices.Contains(repeated[f.lang], c.Key) {
			return nil, src.errorf(c.Line, "%s is given twice", c.Key)
		}
		pairs = append(pairs, c)
	}
	return pairs, nil
}

// parseSettings reads knobs written in a line: "solver = rk4, nfe = 16" or
// "solver=rk4 nfe=16".
func parseSettings(text string, line int) ([]Setting, error) {
	parts := strings.FieldsFunc(equals.Replace(text), func(r rune) bool { return r == ' ' || r == ',' })
	var all []Setting
	for _, p := range parts {
		key, value, ok := strings.Cut(p, "=")
		if !ok || key == "" || value == "" {
			return nil, fmt.Errorf("%q: want knob = value", p)
		}
		all = append(all, Setting{Key: key, Value: value, Line: line})
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no knobs: want knob = value, knob = value")
	}
	return all, nil
}

var equals = strings.NewReplacer(" = ", "=", " =", "=", "= ", "=")
