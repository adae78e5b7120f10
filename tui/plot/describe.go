package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fmlab/engine"
	"fmlab/lab"
)

// Describe says a frame in words: what the plane shows and how far it is spread,
// where each curve starts and ends, which row of the table is the present
// setting, and every number measured. One statement a line.
func Describe(f *lab.Frame) string {
	var d describer
	if f.Pitfall != "" {
		d.say("Broken on purpose: %s.", f.Pitfall)
	}
	if f.Say != "" {
		d.say("%s", f.Say)
	}
	if f.Plane != nil {
		d.plane(f.Plane, f.T)
	}
	for i := range f.Charts {
		d.chart(&f.Charts[i])
	}
	if f.Table != nil {
		d.table(f.Table)
	}
	for _, s := range f.Stats {
		d.stat(s)
	}
	if f.Progress.Total > 0 {
		d.say("%s: %s of %s.", f.Progress.What, thousands(f.Progress.Done), thousands(f.Progress.Total))
	}
	if f.Err != nil {
		d.say("It ended badly: %v.", f.Err)
	}
	return d.String()
}

type describer struct{ strings.Builder }

func (d *describer) say(format string, args ...any) { fmt.Fprintf(d, format+"\n", args...) }

func (d *describer) plane(p *lab.Plane, t float64) {
	title := or(p.Title, "The plane")
	if !math.IsNaN(t) && !strings.Contains(title, "t = ") {
		title += fmt.Sprintf(", at t = %.2f", t)
	}
	d.say("%s, seen from %s to %s on both axes:", title, spoken(-p.Half), spoken(p.Half))
	for i := range p.Layers {
		switch l := &p.Layers[i]; l.Kind {
		case lab.Scatter:
			d.say("  %s: %s", l.Label, cloud(l.Points))
		case lab.Arrows:
			d.say("  %s: %s", l.Label, wind(l.Vectors))
		case lab.Trails:
			if l.Label == "" { // the shafts of arrows, whose tips are told
				continue
			}
			d.say("  %s: %s.", l.Label, count(len(l.Paths), "line"))
		case lab.Heat:
			d.say("  %s: %s", or(l.Label, "values"), warmth(newHeat(l), p.Half))
		}
	}
	if share, ok := nearData(p); ok {
		d.say("  %s within %.1f of the data.", share, near)
	}
}

// cloud says number, centre and spread of points, leaving out those that are not
// finite and saying so.
func cloud(p engine.Points) string {
	var n, x, y, xx, yy float64
	for i := range p.Len() {
		if a, b := p.At(i); math.Abs(a) <= limit && math.Abs(b) <= limit {
			n, x, y, xx, yy = n+1, x+a, y+b, xx+a*a, yy+b*b
		}
	}
	if n == 0 {
		return thousands(p.Len()) + " points, none of them finite."
	}
	x, y = x/n, y/n
	if n == 1 && p.Len() == 1 {
		return fmt.Sprintf("one point, at (%s, %s).", place(x), place(y))
	}
	say := fmt.Sprintf("%s points about (%s, %s), spread %.2f across and %.2f up.", thousands(p.Len()), place(x), place(y),
		math.Sqrt(max(xx/n-x*x, 0)), math.Sqrt(max(yy/n-y*y, 0)))
	if n >= enough {
		say += " " + reach(p, x, y)
	}
	if lost := p.Len() - int(n); lost > 0 {
		say += fmt.Sprintf(" %s of them are not finite.", thousands(lost))
	}
	return say
}

// enough is the number of points from which their distances have quantiles.
const enough = 20

// reach says how far points are from their middle: a ring is empty there, and a spray
// reaches far out.
func reach(p engine.Points, x, y float64) string {
	var far []float64
	for i := range p.Len() {
		if a, b := p.At(i); math.Abs(a) <= limit && math.Abs(b) <= limit {
			far = append(far, math.Hypot(a-x, b-y))
		}
	}
	slices.Sort(far)
	n := len(far)
	return fmt.Sprintf("From there a tenth is within %.2f, half within %.2f, nine tenths within %.2f, the last at %.2f.",
		far[n/10], far[n/2], far[n*9/10], far[n-1])
}

// place writes a coordinate with two decimals, nothing as 0.00 and not as -0.00.
func place(x float64) string { return fmt.Sprintf("%.2f", math.Round(100*x)/100+0) }

func count(n int, word string) string {
	if n == 1 {
		return "one " + word
	}
	return thousands(n) + " " + word + "s"
}

var compassWords = [8]string{"right", "up and right", "up", "up and left", "left", "down and left", "down", "down and right"}

// wind says number, speeds and mean direction of vectors.
func wind(v engine.Points) string {
	var x, y, sum, top float64
	n := float64(v.Len())
	for i := range v.Len() {
		a, b := v.At(i)
		x, y, sum, top = x+a, y+b, sum+math.Hypot(a, b), max(top, math.Hypot(a, b))
	}
	if n == 0 {
		return "no arrows."
	}
	way := "with no common direction"
	if math.Hypot(x, y) > 0.2*sum {
		way = "mostly " + compassWords[(round(math.Atan2(y, x)/(math.Pi/4))+8)%8]
	}
	return fmt.Sprintf("%s arrows, %s, speed %s on average and %s at most.", thousands(v.Len()), way, spoken(sum/n), spoken(top))
}

func (d *describer) chart(ch *lab.Chart) {
	d.say("%s (%s against %s):", or(ch.Title, ch.Name), or(ch.YLabel, "value"), or(ch.XLabel, "position"))
	for i := range ch.Curves {
		if cv := &ch.Curves[i]; cv.Label != "" || len(ch.Curves) == 1 { // bars about a curve have no name
			d.say("  %s", course(cv))
		}
	}
	if ch.Note != "" {
		d.say("  %s", ch.Note)
	}
}

// course says where a curve starts, ends and is least.
func course(cv *lab.Curve) string {
	first, least, n := -1, -1, 0
	for i, y := range cv.Y {
		if math.IsNaN(y) || math.IsInf(y, 0) {
			continue
		}
		if n++; first < 0 {
			first, least = i, i
		}
		if y < cv.Y[least] {
			least = i
		}
	}
	last := lastFinite(cv.Y)
	switch {
	case n == 0:
		return cv.Label + ": nothing measured."
	case n == 1 || cv.Role == lab.RoleFloor && cv.Y[first] == cv.Y[last]:
		return fmt.Sprintf("%s: %s.", cv.Label, spoken(cv.Y[first]))
	}
	verb := "went"
	switch {
	case cv.Y[last] < cv.Y[first]:
		verb = "fell"
	case cv.Y[last] > cv.Y[first]:
		verb = "rose"
	}
	say := fmt.Sprintf("%s %s from %s at %s to %s at %s", cv.Label, verb,
		spoken(cv.Y[first]), spoken(cv.X[first]), spoken(cv.Y[last]), spoken(cv.X[last]))
	if least != first && least != last {
		say += fmt.Sprintf("; least %s at %s", spoken(cv.Y[least]), spoken(cv.X[least]))
	}
	return say + "."
}

func (d *describer) table(t *lab.Table) {
	d.say("%s: %s.", or(t.Title, "Table"), count(len(t.Rows), "row"))
	for _, row := range t.Rows {
		mark := "  "
		if row.Selected {
			mark = "> "
		}
		d.say("%s%s", mark, said(t.Columns, row.Cells))
	}
}

// said pairs cells with the names of their columns: the first says which row it is.
func said(columns, cells []string) string {
	var parts []string
	for i, s := range cells {
		if i > 0 && i < len(columns) && columns[i] != "" {
			s = columns[i] + " " + s
		}
		parts = append(parts, strings.TrimSpace(s))
	}
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return parts[0] + ": " + strings.Join(parts[1:], ", ")
}

func (d *describer) stat(s lab.Stat) {
	say := or(s.Title, s.Key) + ": " + spoken(s.Value)
	if math.IsNaN(s.Value) {
		say = or(s.Title, s.Key) + ": not measured yet"
	}
	if !math.IsNaN(s.Floor) {
		say += ", floor " + spoken(s.Floor)
	}
	if s.Note != "" {
		say += " (" + s.Note + ")"
	}
	d.say("%s.", say)
}

// spoken writes a number for reading aloud: whole ones without decimals.
func spoken(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e6 {
		return thousands(int(v))
	}
	return short(v)
}

// or returns s, or what to say without it.
func or(s, without string) string {
	if s != "" {
		return s
	}
	return without
}
