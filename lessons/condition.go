package lessons

import (
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fmlab/lab"
)

// Condition is what a goal waits for: clauses that must all hold.
//
//	rms_error < 0.01 and nfe <= 16
//	energy_distance2 <= 2*floor and solver = rk4
//
// A clause is "name op value" with op one of < <= > >= =. A number is compared
// with the stat of that name, or with the knob when the frame has no such stat.
// floor and q95 are the stat's own floor and its 95 % quantile, k*floor a
// multiple. A word is compared with a knob; "data = file" holds for any file of the
// learner's own.
type Condition struct {
	Text    string
	clauses []clause
}

type clause struct {
	name, op string
	word     string  // for a knob with a name as value
	number   float64 // the value, or the factor of the unit
	unit     string  // "", "floor", "q95"
}

// StatKeys is every stat that a condition may name, as the lab measures them.
var StatKeys = append([]string{
	"t", "nfe", "steps", "rms_error", "order", "energy_distance2", "sliced_w2", "w2", "mmd2",
	"iter", "loss", "loss_floor", "field_error", "batch_loss", "batch_loss_after", "grad_norm",
	"alpha", "sigma", "dalpha", "dsigma", "lambda",
	"mean_x", "mean_y", "field_x", "field_y", "pair_variance", "variance",
	"integral", "nll", "logp_error", "hutchinson_mean", "hutchinson_sd",
	"error_t", "error_thick", "error_thin", "thin_ratio", "worst_t", "error_velocity", "error_data", "error_noise", "error_score", "round_trip",
	"ode_energy_distance2", "sde_energy_distance2",
	"gain", "straightness", "crossings", "swaps", "path_energy", "one_step_rms",
	"energy_distance2_1", "energy_distance2_2", "energy_distance2_4", "energy_distance2_8",
	"ledger_floor", "ledger_draw", "ledger_truncation", "ledger_model", "ledger_discretisation", "ledger_total",
	"seeds", "field_share", "euler_w2", "jolt",
	"truncation_rms", "model_rms", "discretisation_rms", "total_rms",
}, lab.ScheduleStats()...)

// floored stats are those with a floor.
var floored = []string{
	"energy_distance2", "sliced_w2", "w2", "mmd2", "euler_w2", "nll", "ode_energy_distance2", "sde_energy_distance2",
	"energy_distance2_1", "energy_distance2_2", "energy_distance2_4", "energy_distance2_8", "ledger_total",
}

var clauseForm = regexp.MustCompile(`^([a-z_0-9-]+)\s*(<=|>=|<|>|=)\s*(\S+)$`)

// ParseCondition reads a condition.
func ParseCondition(text string) (Condition, error) {
	c := Condition{Text: text}
	for _, part := range strings.Split(text, " and ") {
		cl, err := parseClause(strings.TrimSpace(part))
		if err != nil {
			return Condition{}, err
		}
		c.clauses = append(c.clauses, cl)
	}
	return c, nil
}

func parseClause(text string) (clause, error) {
	m := clauseForm.FindStringSubmatch(text)
	if m == nil {
		return clause{}, fmt.Errorf("%q: want name op value, op one of < <= > >= =", text)
	}
	cl := clause{name: m[1], op: m[2]}
	stat := slices.Contains(StatKeys, cl.name)
	if !stat && !slices.Contains(lab.KnobKeys(), cl.name) {
		return cl, fmt.Errorf("%q: want a stat (%s) or a knob (%s)", cl.name,
			strings.Join(StatKeys, ", "), strings.Join(lab.KnobKeys(), ", "))
	}
	factor, unit, times := strings.Cut(m[3], "*")
	if !times {
		factor, unit = "1", m[3]
	}
	number, err := strconv.ParseFloat(factor, 64)
	switch {
	case unit == "floor" || unit == "q95":
		if err != nil {
			return cl, fmt.Errorf("%q: want a number before *%s", factor, unit)
		}
		if !slices.Contains(floored, cl.name) {
			return cl, fmt.Errorf("%s has no %s: only %s have", cl.name, unit, strings.Join(floored, ", "))
		}
		cl.number, cl.unit = number, unit
	case times:
		return cl, fmt.Errorf("%q: want a number times floor or q95", m[3])
	default:
		if cl.number, err = strconv.ParseFloat(m[3], 64); err == nil {
			break
		}
		if stat || cl.op != "=" {
			return cl, fmt.Errorf("%q: want a number after %s %s", m[3], cl.name, cl.op)
		}
		cl.word = m[3]
	}
	return cl, nil
}

// Holds says whether every clause holds in the frame, with the words for what
// was measured: "RMS error 0.0042, NFE 16". What is not measured (missing, or
// not a number) does not hold. knob returns the value of a knob as typed.
func (c Condition) Holds(frame *lab.Frame, knob func(key string) string) (ok bool, measured string) {
	ok = len(c.clauses) > 0
	var words []string
	for _, cl := range c.clauses {
		holds, word := cl.holds(frame, knob)
		ok = ok && holds
		if !slices.Contains(words, word) { // two clauses may bound one number
			words = append(words, word)
		}
	}
	return ok, strings.Join(words, ", ")
}

func (cl clause) holds(frame *lab.Frame, knob func(string) string) (bool, string) {
	if cl.word != "" {
		value := knob(cl.name)
		return value == cl.word || cl.word == anyFile && isFile(cl.name, value), cl.name + " " + shown(cl.name, value)
	}
	stat, found := frame.Stat(cl.name)
	if !found && slices.Contains(StatKeys, cl.name) {
		return false, cl.name + " not measured here"
	}
	if !found {
		value := knob(cl.name)
		x, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return false, cl.name + " not measured"
		}
		return compare(x, cl.op, cl.number), cl.name + " " + value
	}
	title := stat.Title
	if title == "" {
		title = stat.Key
	}
	if math.IsNaN(stat.Value) {
		return false, title + " not measured yet"
	}
	word := fmt.Sprintf("%s %.4g", title, stat.Value)
	var unit float64
	var says string
	switch cl.unit {
	case "floor":
		unit, says = stat.Floor, "%s (floor %.4g)"
	case "q95":
		unit, says = stat.Q95, "%s (95 %% of perfect samplers are below %.4g)"
	default:
		return compare(stat.Value, cl.op, cl.number), word
	}
	if math.IsNaN(unit) {
		return false, word + " (its floor is not measured yet)"
	}
	return compare(stat.Value, cl.op, cl.number*unit), fmt.Sprintf(says, word, unit)
}

// anyFile is the word that stands for every file.
const anyFile = "file"

func isFile(key, value string) bool {
	k, err := lab.FindKnob(key)
	return err == nil && lab.IsFile(k, value)
}

// shown is the value of a knob as it stands in a sentence: of a file, the name.
func shown(key, value string) string {
	if isFile(key, value) {
		return filepath.Base(value)
	}
	return value
}

// compare is false whenever a side is not a number. Equality allows for
// rounding, since a time of 0.6 may have been reached in steps.
func compare(a float64, op string, b float64) bool {
	switch op {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	case ">=":
		return a >= b
	}
	return math.Abs(a-b) <= 1e-9*max(1, math.Abs(b))
}
