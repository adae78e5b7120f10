package lessons

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"fmlab/lab"
	"fmlab/lessons/progress"
)

// Golf is a hole of budget golf: reach what is asked with as few evaluations of the
// field as you can. It is finished when its condition holds, and its score is the
// NFE spent.
//
//	```golf
//	when: data = moons and path = linear and rms_error < 0.04
//	solve: solver = rk4, nfe = 12
//	par: 12
//	```
type Golf struct {
	Slug, Title string
	Text        string    // words before
	When        Condition // finished when this holds
	Solve       []Setting // knobs that play it in par from the Play scene
	Par         int       // NFE of the best that is known with the solvers of the lab
	After       string    // words after it was played in par
	Line        int
	scene       *Scene // that it is played from
}

// heldKnobs decide what has to be solved: a round is played with those of the scene,
// but for what the hole itself names. Free are the solver, its budget, its grid and
// its tolerances.
var heldKnobs = []string{"data", "path", "alpha", "sigma", "model", "label", "guidance", "route", "direction", "pitfall", "seed"}

// Foul says which knob of a setup is not as the hole wants it, "" when all are.
func (g *Golf) Foul(s lab.Setup) string {
	want, err := g.scene.Setup()
	if err != nil {
		return err.Error()
	}
	for _, c := range g.named() {
		if err := want.Set(c.Key, c.Value); err != nil {
			return err.Error()
		}
	}
	for _, key := range heldKnobs {
		if s.Matters(key) && s.Get(key) != want.Get(key) {
			return fmt.Sprintf("%s %s: this hole is played with %s", key, s.Get(key), want.Get(key))
		}
	}
	return ""
}

// named are the knobs that the condition itself asks for.
func (g *Golf) named() (all []Setting) {
	for _, cl := range g.When.clauses {
		if cl.op == "=" && cl.word != "" {
			all = append(all, Setting{Key: cl.name, Value: cl.word})
		}
	}
	return all
}

// Round is how a photograph stands to the hole: whether it is finished, with the
// round that was played, and in words what is measured or amiss.
func (g *Golf) Round(f *lab.Frame, s lab.Setup) (r progress.Round, done bool, words string) {
	if foul := g.Foul(s); foul != "" {
		return r, false, foul
	}
	met, measured := g.When.Holds(f, s.Get)
	nfe, ok := f.Stat("nfe")
	if !ok || math.IsNaN(nfe.Value) {
		return r, false, measured
	}
	words = fmt.Sprintf("%s, NFE %.0f", measured, nfe.Value)
	r.NFE = int(nfe.Value)
	for _, cl := range g.When.clauses {
		if st, ok := f.Stat(cl.name); ok {
			r.Value = st.Value
		}
	}
	return r, met, words
}

// Score says how the best round so far stands to par.
func (g *Golf) Score(best progress.Round, played bool) string {
	switch {
	case !played:
		return fmt.Sprintf("par %d", g.Par)
	case best.NFE < g.Par:
		return fmt.Sprintf("your best %d, par %d: better than the best known", best.NFE, g.Par)
	case best.NFE == g.Par:
		return fmt.Sprintf("your best %d, par %d: the best known", best.NFE, g.Par)
	}
	return fmt.Sprintf("your best %d, par %d", best.NFE, g.Par)
}

func (r *reader) golf(sec *section, scene *Scene) Golf {
	g := Golf{Slug: sec.slug, Title: sec.title, Line: sec.line, scene: scene}
	f, ok := r.block(sec, "golf")
	if !ok {
		return g
	}
	g.Text = sec.prose(r.source, sec.from, f.from)
	g.After = sec.prose(r.source, f.to, sec.to)
	r.keys(f, map[string]func(Setting) error{
		"when":  func(c Setting) (err error) { g.When, err = ParseCondition(c.Value); return err },
		"solve": func(c Setting) (err error) { g.Solve, err = parseSettings(c.Value, c.Line); return err },
		"par": func(c Setting) (err error) {
			if g.Par, err = strconv.Atoi(c.Value); err != nil || g.Par < 1 {
				return fmt.Errorf("par %q: want a number of evaluations, 1 or more", c.Value)
			}
			return nil
		},
	}, "when", "solve", "par")
	return g
}

// isGolf says whether a section of Play is a hole, and not a goal.
func (r *reader) isGolf(sec *section) bool {
	return slices.ContainsFunc(sec.fences(r.source), func(f fence) bool { return f.lang == "golf" })
}
