package derivation

import "fmt"

// judgeOrder says whether steps, given by their places in the part and in the
// order put, are all true ones, each after what it needs. Every false one is
// refuted; then the first place where the order breaks is named, or how many
// steps are missing. label is the number by which the learner knows a step.
func (p *Part) judgeOrder(order []int, label func(place int) string) Feedback {
	var f Feedback
	say := func(place int, words string) {
		f.About = append(f.About, place)
		f.Words += "\n\n" + words
	}
	there := map[int]bool{}
	broken := -1
	for i, k := range order {
		step := p.Steps[k]
		if step.False {
			say(i, fmt.Sprintf("**Step %s is false:** “%s” %s", label(i), step.Text, step.Why))
			continue
		}
		if broken < 0 && !ready(step, there) {
			broken = i
		}
		there[k] = true
	}
	missing := p.trueSteps() - len(there)
	switch {
	case broken >= 0:
		step := p.Steps[order[broken]]
		say(broken, fmt.Sprintf("**The order breaks first at step %s:** “%s” It stands too early. %s", label(broken), step.Text, step.Why))
	case missing > 0:
		f.Words += fmt.Sprintf("\n\nThe order of the true steps is right so far; %s missing.", count(missing))
	}
	f.Right = f.Words == ""
	if f.Right {
		f.Words = "**ok – right.**"
	} else {
		f.Words = "**no – not yet.**" + f.Words
	}
	return f
}

// ready says whether all that a step needs is there.
func ready(s Step, there map[int]bool) bool {
	for _, n := range s.Needs {
		if !there[n] {
			return false
		}
	}
	return true
}

func (p *Part) trueSteps() (n int) {
	for _, s := range p.Steps {
		if !s.False {
			n++
		}
	}
	return n
}

func count(n int) string {
	if n == 1 {
		return "one is"
	}
	return fmt.Sprint(n, " are")
}
