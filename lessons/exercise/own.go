package exercise

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"fmlab/engine"
	"fmlab/engine/ode"
	"fmlab/engine/path"
	"fmlab/lab"
	"fmlab/lessons/exercise/sandbox"
	"fmlab/lessons/exercise/vec"
)

// The lab calls programs of learners through this package, which it does not know.
func init() { lab.OpenCode = openOwn }

// openOwn opens programs for a run of the lab, each in a child process that lives as
// long as the run.
func openOwn(files []string) (*lab.Own, error) {
	own := &lab.Own{Steps: map[string]lab.OwnStep{}}
	var programs []*sandbox.Runner
	own.Close = func() {
		for _, r := range programs {
			r.Close()
		}
	}
	for _, file := range files {
		r, gives, err := openProgram(file)
		if err != nil {
			own.Close()
			return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
		}
		programs = append(programs, r)
		for _, id := range gives {
			switches[id](&part{r}, own)
		}
	}
	return own, nil
}

// openProgram starts a program and says which exercises it answers.
func openProgram(file string) (r *sandbox.Runner, gives []string, err error) {
	text, err := readProgram(file)
	if err != nil {
		return nil, nil, err
	}
	if r, err = Open(context.Background(), text); err != nil {
		return nil, nil, err
	}
	if gives, err = answers(file, text, r.Has); err != nil {
		r.Close()
	}
	return r, gives, err
}

// answers are the exercises that a program answers: the one that the file is named
// after, as the learner's are, or all whose functions it has.
func answers(file, text string, has func(string) bool) (ids []string, err error) {
	named := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	var known []string
	for _, e := range All {
		whole := true
		for _, f := range e.Functions {
			known = append(known, f)
			whole = whole && has(f) && takes1(e.ID, text)
		}
		switch {
		case e.ID == named && !whole:
			return nil, fmt.Errorf("there is no def %s(…): want it of the file of exercise %s", strings.Join(e.Functions, "(…) and "), e.ID)
		case e.ID == named:
			return []string{e.ID}, nil
		case whole && e.ID != "2.1-train": // which is three others
			ids = append(ids, e.ID)
		}
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("it has none of the functions that can be switched in: want one of %s", strings.Join(known, ", "))
	}
	return ids, nil
}

var sampleLine = regexp.MustCompile(`(?m)^def +sample *\(([^)]*)\)`)

// takes1 tells the two exercises apart whose function is called sample: by how many
// arguments it takes.
func takes1(id, text string) bool {
	commas, ok := map[string]int{"2.2-data": 1, "2.5-sample": 2}[id]
	m := sampleLine.FindStringSubmatch(text)
	return !ok || m != nil && strings.Count(strings.TrimSuffix(strings.TrimSpace(m[1]), ","), ",") == commas
}

// part calls functions of a program for the lab.
type part struct{ r *sandbox.Runner }

func (p *part) call(name string, args ...any) (any, error) {
	v, err := p.r.Call(context.Background(), name, args...)
	return v, yours(name, err)
}

// yours says whose function failed.
func yours(name string, err error) error {
	if err != nil {
		err = fmt.Errorf("your %s: %w", name, err)
	}
	return err
}

// points calls a function that returns n points.
func (p *part) points(name string, n int, args ...any) (engine.Points, error) {
	out, err := p.call(name, args...)
	if err != nil {
		return nil, err
	}
	z, err := array("what "+name+" returns", out, n, 2)
	if err != nil {
		return nil, yours(name, err)
	}
	return engine.Points(z.Data()), nil
}

// asking is the field of the lab as a program calls it.
func asking(v ode.Ask) sandbox.Func {
	return sandbox.Func{Name: "v(z, t)", Call: func(args []any) (any, error) {
		z, t, err := asked(args)
		if err != nil {
			return nil, err
		}
		out, err := v(engine.Points(z.Data()), t)
		if err != nil {
			return nil, err
		}
		return points(out), nil
	}}
}

// Knob is the knob of the lab that takes a program of the exercise.
func (e *Exercise) Knob() string {
	if e.ID == "2.2-data" {
		return "data"
	}
	return "code"
}

// switches says what of the lab the code of an exercise takes the place of.
var switches = map[string]func(p *part, own *lab.Own){
	"1.2-euler":    stepIn("euler", "euler_step", 1),
	"2.5-rk4":      stepIn("rk4", "rk4_step", 4),
	"2.5-sample":   (*part).sampleIn,
	"2.6-dpm":      (*part).dpmIn,
	"2.4-schedule": (*part).scheduleIn,
	"2.1-batch":    (*part).batchIn,
	"2.1-pair":     (*part).pairIn,
	"2.1-loss":     (*part).lossIn,
	"2.1-train": func(p *part, own *lab.Own) {
		p.batchIn(own)
		p.pairIn(own)
		p.lossIn(own)
	},
	"2.2-data": (*part).dataIn,
	"3.2-pair": (*part).couplingIn,
}

func stepIn(solver, name string, calls int) func(*part, *lab.Own) {
	return func(p *part, own *lab.Own) {
		own.Steps[solver] = lab.OwnStep{Name: name, Calls: calls, Step: func(v ode.Ask, z engine.Points, t, h float64) (engine.Points, error) {
			return p.points(name, z.Len(), asking(v), points(z), t, h)
		}}
	}
}

func (p *part) sampleIn(own *lab.Own) {
	own.Sample = func(v ode.Ask, z engine.Points, steps int) (engine.Points, error) {
		return p.points("sample", z.Len(), asking(v), points(z), steps)
	}
}

func (p *part) dpmIn(own *lab.Own) {
	own.Data = func(x1, z engine.Points, from, to path.Coeffs) (engine.Points, error) {
		return p.points("dpm_step", z.Len(), points(x1), points(z), from.Alpha, from.Sigma, to.Alpha, to.Sigma)
	}
}

func (p *part) scheduleIn(own *lab.Own) {
	for i, name := range []string{"alpha", "sigma"} {
		own.Schedule[i] = func(t []float64) ([]float64, error) {
			y, other, err := p.r.Each(context.Background(), name, t)
			if err == nil && y == nil {
				err = fmt.Errorf("it gives %s: want a number for every t", describe(other))
			}
			return y, yours(name, err)
		}
	}
}

func (p *part) batchIn(own *lab.Own) {
	own.Batch = func(data engine.Points, n int, seed uint64, iter int) (x0, x1 engine.Points, t []float64, err error) {
		out, err := p.call("batch", points(data), n, sandbox.Rng{Seed: seed, Stream: uint64(iter)})
		if err != nil {
			return nil, nil, nil, err
		}
		b, err := drawnOf(out, n)
		return engine.Points(b.x0), engine.Points(b.x1), b.t, yours("batch", err)
	}
}

func (p *part) pairIn(own *lab.Own) {
	own.Train.Pair = func(x0, x1 engine.Points, t []float64) (z, u engine.Points, err error) {
		out, err := p.call("training_pair", points(x0), points(x1), vec.New(t, len(t), 1))
		if err != nil {
			return nil, nil, err
		}
		zu, err := pairOf(out, x0.Len())
		if err != nil {
			return nil, nil, yours("training_pair", err)
		}
		return engine.Points(zu[:len(x0)]), engine.Points(zu[len(x0):]), nil
	}
}

func (p *part) lossIn(own *lab.Own) {
	own.Train.Gradient = func(pred, target engine.Points) (engine.Points, error) {
		_, grad, err := p.r.Gradient(context.Background(), "loss", 0, points(pred), points(target))
		if err != nil {
			return nil, yours("loss", err)
		}
		return engine.Points(grad.Data()), nil
	}
}

func (p *part) dataIn(own *lab.Own) {
	own.Points = func(n int, seed uint64) (engine.Points, error) {
		return p.points("sample", n, n, sandbox.Rng{Seed: seed, Stream: 1})
	}
}

func (p *part) couplingIn(own *lab.Own) {
	own.Pair = func(cost []float64, n int) ([]int, error) {
		out, err := p.call("pair", vec.New(cost, n, n))
		if err != nil {
			return nil, err
		}
		plan, err := planOf(out, n)
		return plan, yours("pair", err)
	}
}
