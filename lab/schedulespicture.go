package lab

import (
	"fmt"
	"math"
	"strings"

	"fmlab/engine/libm"
)

// measured is one kind of number that every network of a trial has.
type measured struct {
	key, title, note string
	of               func(*scheduleRun) float64
}

// kinds are the columns of the table.
func (h *schedules) kinds() []measured {
	return []measured{
		{"field_share", "field error", "mean square of v − u as a share of that of u, which differs from path to path", func(r *scheduleRun) float64 { return last(r.field) }},
		{"sliced_w2", "sliced W2", "64 directions, sampled by dopri5 at tolerance 0.001", func(r *scheduleRun) float64 { return last(r.distance) }},
		{"euler_w2", fmt.Sprintf("Euler %d", h.setup.NFE), fmt.Sprintf("sliced W2 after %d evaluations by Euler's method", h.setup.NFE), (*scheduleRun).fewDistance},
		{"jolt", "jolt", "steepest gradient over the median, second half of the training", (*scheduleRun).jolt},
	}
}

// ScheduleStats are the keys of the stats that a trial of schedules has of every
// path that is always on trial.
func ScheduleStats() (keys []string) {
	for _, kind := range new(schedules).kinds() {
		for _, p := range lineUp {
			keys = append(keys, kind.key+"_"+p, "verdict_"+kind.key+"_"+p)
		}
	}
	return keys
}

func last(x []float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	return x[len(x)-1]
}

// of are the networks of one path that are trained and judged.
func (h *schedules) of(k int) (done []*scheduleRun) {
	for i := k; i < len(h.runs); i += len(h.paths) {
		if h.runs[i].done() {
			done = append(done, h.runs[i])
		}
	}
	return done
}

// heard is how many seeds were heard on every path.
func (h *schedules) heard() int {
	n := scheduleSeeds
	for k := range h.paths {
		n = min(n, len(h.of(k)))
	}
	return n
}

// Frame implements Sim.
func (h *schedules) Frame(Look) *Frame {
	f := &Frame{Experiment: "schedules", T: math.NaN(), OneChart: true, Table: h.table(), Stats: h.stats(), Progress: h.progress(), Err: h.err, Say: h.say()}
	distance := h.curves("distance", "sliced W2 to fresh data", func(r *scheduleRun) []float64 { return r.distance })
	distance.Note = "mean over seeds, bars: ± one standard deviation"
	if floor := h.floor(); !math.IsNaN(floor) {
		distance.Curves = append(distance.Curves, Curve{Label: "floor", Role: RoleFloor, X: h.lookTimes(), Y: []float64{floor, floor, floor, floor}})
	}
	field := h.curves("field", "field error, as a share of ‖u‖²", func(r *scheduleRun) []float64 { return r.field })
	field.Note = "losses are not compared: each path has a floor of its own"
	f.Charts = []Chart{distance, field, h.spreadChart()}
	return f
}

func (h *schedules) progress() Progress {
	p := Progress{What: "training", Total: h.setup.Iters * scheduleSeeds * len(h.paths)}
	left := p.Total / h.setup.Iters
	for _, r := range h.runs {
		switch {
		case r.diverged() || r.done() && !math.IsNaN(r.fewDistance()):
			p.Done += h.setup.Iters
			left--
		default:
			p.Done += r.training.Iter()
		}
	}
	if left == 0 {
		return Progress{}
	}
	return p
}

// floor is the median score of a perfect sampler.
func (h *schedules) floor() float64 {
	return h.scorers[0].Floored([]Stat{plain("", "", 0, "")})[0].Floor
}

func (h *schedules) lookTimes() []float64 {
	x := make([]float64, len(scheduleLooks))
	for i, part := range scheduleLooks {
		x[i] = max(1, math.Floor(part*float64(h.setup.Iters)))
	}
	return x
}

// curves draws a course of training for each path: the mean over the seeds heard so
// far, and bars for their spread, side by side.
func (h *schedules) curves(name, title string, of func(*scheduleRun) []float64) Chart {
	c := Chart{Name: name, Title: title, XLabel: "iteration", LogX: true}
	times := h.lookTimes()
	for k, p := range h.paths {
		role := raceRoles[k%len(raceRoles)]
		line, bars := Curve{Label: p.Name, Role: role, Marks: true}, Curve{Role: role}
		for i, at := range times {
			var x []float64
			for _, r := range h.of(k) {
				x = append(x, of(r)[i])
			}
			mean, sd := spread(x)
			if len(x) == 0 {
				continue
			}
			x0 := at * (1 + float64(0.03*float64(k))) // beside the others
			line.X, line.Y = append(line.X, x0), append(line.Y, mean)
			bars.X, bars.Y = append(bars.X, x0, x0, x0), append(bars.Y, mean-sd, mean+sd, math.NaN())
		}
		if len(line.X) > 0 {
			c.Curves = append(c.Curves, line, bars)
		}
	}
	return c
}

// spread is the mean of numbers and their standard deviation, NaN where there are
// not enough of them.
func spread(x []float64) (mean, sd float64) {
	if len(x) == 0 {
		return math.NaN(), math.NaN()
	}
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		sd += float64((v - mean) * (v - mean))
	}
	if len(x) < 2 {
		return mean, math.NaN()
	}
	return mean, math.Sqrt(sd / float64(len(x)-1))
}

// spreadChart shows where on its way each path gives the network unquiet targets.
func (h *schedules) spreadChart() Chart {
	c := Chart{Name: "spread", Title: "variance of the targets given z", XLabel: "1 − t", LogX: true, LogY: true,
		Note: "exact; data is at the left end, noise at the right: where a line climbs, single pairs shake the training"}
	for k, y := range h.spread {
		line := Curve{Label: h.paths[k].Name, Role: raceRoles[k%len(raceRoles)], Marks: true}
		for i, at := range spreadTimes {
			line.X, line.Y = append(line.X, 1-at), append(line.Y, y[i])
		}
		c.Curves = append(c.Curves, line)
	}
	return c
}

// table has a row for every path: mean ± standard deviation over the seeds heard.
func (h *schedules) table() *Table {
	t := &Table{Title: fmt.Sprintf("%d iterations, mean ± sd over seeds", h.setup.Iters), Columns: []string{"path", "n"}, Stats: []string{"nfe", "verdict"}}
	kinds := h.kinds()
	for _, m := range kinds {
		t.Columns, t.Stats = append(t.Columns, m.title), append(t.Stats, m.key)
	}
	for k, p := range h.paths {
		row := Row{Role: raceRoles[k%len(raceRoles)], Selected: p.Name == h.setup.Path, Cells: []string{p.Name, fmt.Sprint(len(h.of(k)))}}
		for _, m := range kinds {
			row.Cells = append(row.Cells, plusMinus(h.values(k, m)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// values are one kind of number of the networks of a path, those not known left out.
func (h *schedules) values(k int, m measured) (x []float64) {
	for _, r := range h.of(k) {
		if v := m.of(r); !math.IsNaN(v) {
			x = append(x, v)
		}
	}
	return x
}

// plusMinus writes the mean of numbers with their spread, to the digit that this
// leaves any meaning.
func plusMinus(x []float64) string {
	mean, sd := spread(x)
	switch {
	case len(x) == 0:
		return "…"
	case len(x) == 1 || sd == 0:
		return Num(mean)
	}
	digits := max(0, 1-int(math.Floor(libm.Log10(sd))))
	return fmt.Sprintf("%.*f±%.*f", digits, mean, digits, sd)
}

// stats are the means of every path, by its name, and those of the chosen one.
func (h *schedules) stats() []Stat {
	stats := []Stat{plain("seeds", "seeds heard", float64(h.heard()), "on every path"),
		plain("nfe", "NFE of few steps", float64(h.setup.NFE), "by Euler's method")}
	for _, m := range h.kinds() {
		for k, p := range h.paths {
			mean, _ := spread(h.values(k, m))
			st := plain(m.key+"_"+p.Name, m.title+", "+p.Name, mean, m.note)
			stats = append(stats, plain("verdict_"+m.key+"_"+p.Name, p.Name+" against "+h.setup.Path+" in "+m.title+" (better 1, worse −1)", h.verdict(k, m), "1 better, 0 no different, −1 worse, by a 95 % interval over seeds"))
			stats = append(stats, st)
			if p.Name == h.setup.Path {
				st.Key, st.Title = m.key, m.title
				if m.key == "sliced_w2" || m.key == "euler_w2" {
					st.Floor = h.floor()
				}
				stats = append(stats, st)
			}
		}
	}
	return stats
}

// say is the verdict so far: which paths differ from the chosen one by more than
// chance, over the seeds that both were heard with.
func (h *schedules) say() string {
	n, lost := h.heard(), 0
	for _, r := range h.runs {
		if r.diverged() {
			lost++
		}
	}
	switch {
	case lost > 0:
		return fmt.Sprintf("%d of %d networks diverged: lower the learning rate, now %s", lost, len(h.runs), num(h.setup.LR))
	case n < 2:
		return "every path gets the same network, data, budget and seeds; one seed says little"
	}
	kinds := h.kinds()
	return fmt.Sprintf("against %s, over %d seeds: in sliced W2 %s; with Euler at %d NFE %s", h.setup.Path, n,
		h.against(kinds[1]), h.setup.NFE, h.against(kinds[2]))
}

func (h *schedules) chosen() int {
	for k, p := range h.paths {
		if p.Name == h.setup.Path {
			return k
		}
	}
	panic("lab: the chosen path is always on trial")
}

// verdict is 1 where a 95 % interval of the difference over the shared seeds puts a
// path below the chosen one, which is better, −1 where it puts it above, and 0 where
// it does neither; NaN for fewer seeds than two.
func (h *schedules) verdict(k int, m measured) float64 {
	x, base := h.values(k, m), h.values(h.chosen(), m)
	n := min(len(x), len(base))
	if n < 2 {
		return math.NaN()
	}
	diff := make([]float64, n)
	for i := range diff {
		diff[i] = x[i] - base[i]
	}
	switch i := intervalOf(diff); {
	case i.High < 0:
		return 1
	case i.Low > 0:
		return -1
	}
	return 0
}

// against says which paths are better than the chosen one, and which are worse.
func (h *schedules) against(m measured) string {
	var better, worse []string
	for k, p := range h.paths {
		switch h.verdict(k, m) {
		case 1:
			better = append(better, p.Name)
		case -1:
			worse = append(worse, p.Name)
		}
	}
	switch {
	case len(better)+len(worse) == 0:
		return "no path differs by more than chance"
	case len(worse) == 0:
		return strings.Join(better, ", ") + " better, the others no different"
	case len(better) == 0:
		return strings.Join(worse, ", ") + " worse, the others no different"
	}
	return strings.Join(better, ", ") + " better, " + strings.Join(worse, ", ") + " worse"
}
