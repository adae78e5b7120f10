package lessons

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fmlab/lab"
)

// Predict is a question to commit to before the lab runs. The lab measures who
// is right; the file does not say. Either every option is run and the one with
// the lowest (highest) stat is right:
//
//   - Euler `solver=euler nfe=8`
//   - RK4 `solver=rk4 nfe=8`
//
// with "pick: lowest rms_error", or the scene is run once and the option whose
// condition holds is right:
//
//   - Yes `energy_distance2 <= 2*floor`
//   - No `energy_distance2 > 2*floor`
//
// with "judge: energy_distance2" and, if need be, "run: t = 1".
type Predict struct {
	Slug, Title string
	Question    string
	Scene       *Scene // the setting
	Options     []Choice
	Stat        string    // what is measured
	Pick        string    // "lowest", "highest"; "" when conditions judge
	Run         []Setting // judged questions: knobs turned before the run
	After       string    // said after the run
	Line        int
}

// Choice is one option of a prediction.
type Choice struct {
	Text string
	Set  []Setting // picked questions: the knobs of this option's run
	When Condition // judged questions: right when this holds
	Line int
}

// Best returns which of the measured values is picked, −1 if a value is not a
// number or two are equally good, so that nobody is told wrong on a tie.
func (p *Predict) Best(values []float64) int {
	best, tie := -1, false
	for i, v := range values {
		switch {
		case math.IsNaN(v):
			return -1
		case best < 0 || v < values[best] == (p.Pick == "lowest") && v != values[best]:
			best, tie = i, false
		case v == values[best]:
			tie = true
		}
	}
	if tie {
		return -1
	}
	return best
}

// Judge returns the option whose condition holds in the frame, −1 unless exactly
// one does.
func (p *Predict) Judge(frame *lab.Frame, knob func(key string) string) int {
	right, n := -1, 0
	for i, c := range p.Options {
		if ok, _ := c.When.Holds(frame, knob); ok {
			right = i
			n++
		}
	}
	if n != 1 {
		return -1
	}
	return right
}

func (r *reader) predicts(sec *section, b *Body) {
	scene := r.scene(sec)
	for _, sub := range r.subs(sec) {
		p := r.predict(sub)
		if p.Scene == nil {
			p.Scene = scene
		}
		if p.Scene == nil {
			r.fail(sub.line, "## %s: no scene here nor under # Predict", sub.title)
		}
		b.Predicts = append(b.Predicts, p)
	}
}

func (r *reader) predict(sec *section) Predict {
	p := Predict{Slug: sec.slug, Title: sec.title, Line: sec.line, Scene: r.scene(sec)}
	f, ok := r.block(sec, "predict")
	if !ok {
		return p
	}
	items, _, from := sec.list(r.source, f.from)
	p.Question = sec.prose(r.source, sec.from, from, "scene")
	p.After = sec.prose(r.source, f.to, sec.to)
	r.keys(f, map[string]func(Setting) error{
		"pick":  func(c Setting) error { return p.setPick(c.Value) },
		"judge": func(c Setting) error { return p.setStat(c.Value) },
		"run":   func(c Setting) (err error) { p.Run, err = parseSettings(c.Value, c.Line); return err },
	})
	if p.Stat == "" {
		r.fail(f.line, "predict block without pick or judge")
		return p // what the options mean is not known
	}
	for _, it := range items {
		c, err := p.choice(it)
		if err != nil {
			r.fail(it.line, "%w", err)
		}
		p.Options = append(p.Options, c)
	}
	if len(p.Options) < 2 {
		r.fail(sec.line, "## %s: want a list of at least two options above the predict block", sec.title)
	}
	return p
}

func (p *Predict) setPick(value string) error {
	best, stat, _ := strings.Cut(value, " ")
	if best != "lowest" && best != "highest" {
		return fmt.Errorf("pick %q: want lowest STAT or highest STAT", value)
	}
	p.Pick = best
	return p.setStat(stat)
}

func (p *Predict) setStat(stat string) error {
	if p.Stat != "" {
		return fmt.Errorf("pick and judge: want one of them")
	}
	if !slices.Contains(StatKeys, stat) {
		return fmt.Errorf("%q: want a stat (%s)", stat, strings.Join(StatKeys, ", "))
	}
	p.Stat = stat
	return nil
}

// choice reads "words `code`": the last code span is what the option runs or
// the condition that makes it right.
func (p *Predict) choice(it listItem) (Choice, error) {
	c := Choice{Line: it.line}
	var code string
	var err error
	if c.Text, code, err = splitCode(it.text); err != nil {
		return c, err
	}
	if p.Pick != "" {
		c.Set, err = parseSettings(code, it.line)
	} else {
		c.When, err = ParseCondition(code)
	}
	return c, err
}

// splitCode parts "words `code`" at the last code span.
func splitCode(text string) (words, code string, err error) {
	body, ok := strings.CutSuffix(text, "`")
	i := strings.LastIndexByte(body, '`')
	if !ok || i < 0 {
		return text, "", fmt.Errorf("%q: want words and then a code span", text)
	}
	return strings.TrimSpace(body[:i]), body[i+1:], nil
}
