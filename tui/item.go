package tui

import (
	"fmt"
	"slices"
	"strings"

	"fmlab/lessons"
)

// itemView is a quiz item being answered, wherever it is asked.
type itemView struct {
	lessons.Asked
	head    string // which question it is
	cursor  int
	picked  []int // in the order picked
	typed   input // a number or a formula
	writing bool  // keys are those of the formula
	sure    int   // of a formula: which of lessons.SureWords
	wrong   string
	exam    bool           // nothing is said of the answer
	given   *lessons.Given // nil before the answer
	trials  []lessons.Trial
	trial   int // which of the trials is shown, -1 for none
}

// thinkSo is the place of lessons.Think in lessons.SureWords.
const thinkSo = 1

func newItem(s *lessons.Session) itemView {
	q := *s.Now()
	return itemView{Asked: q, head: s.Head(), exam: s.Exam != nil, writing: q.Item.Kind == lessons.Formula, sure: thinkSo, trial: -1}
}

func (v *itemView) kind() lessons.Kind { return v.Item.Kind }

func (v *itemView) move(by int) { v.cursor = max(0, min(v.cursor+by, len(v.Options)-1)) }

// takesMarks says whether options are marked one by one.
func (v *itemView) takesMarks() bool {
	return v.kind() == lessons.Several || v.kind() == lessons.Order
}

func (v *itemView) mark() {
	if i := slices.Index(v.picked, v.cursor); i >= 0 {
		v.picked = slices.Delete(v.picked, i, i+1)
	} else {
		v.picked = append(v.picked, v.cursor)
	}
}

// key takes the keys of a number.
func (v *itemView) key(k string) (used bool) {
	switch r := v.typed.runes; {
	case k == "backspace":
		v.typed.runes = r[:max(0, len(r)-1)]
	case len(k) == 1 && strings.Contains("0123456789.,-+e/", k):
		if len(r) < 24 {
			v.typed.runes = append(r, rune(k[0]))
		}
	default:
		return false
	}
	return true
}

// read is the answer as it stands; the error says what is missing in it.
func (v *itemView) read() (lessons.Answer, error) {
	switch {
	case v.kind() == lessons.Number || v.kind() == lessons.Formula:
		return v.Asked.Read(v.typed.text())
	case !v.takesMarks():
		return lessons.Answer{Picked: []int{v.cursor}}, nil
	case len(v.picked) == 0:
		return lessons.Answer{}, fmt.Errorf("mark with space first")
	}
	return lessons.Answer{Picked: v.picked}, nil
}

// judged takes the judgement in.
func (v *itemView) judged(g lessons.Given, play *lessons.Scene) {
	v.given, v.wrong, v.writing = &g, "", false
	v.trials = g.Trials(g.Answer, play)
}

// how says how an item is answered.
var how = map[lessons.Kind]string{
	lessons.One:     "↑↓ choose.",
	lessons.Picture: "↑↓ choose.",
	lessons.Several: "space marks every right one.",
	lessons.Number:  "Type the number.",
	lessons.Order:   "Press space on the lines in the right order.",
}

// text is the question with what is answered so far, or the judgement.
func (v *itemView) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\n", v.head, v.Question)
	if v.given != nil {
		v.reasons(&b)
		return b.String()
	}
	for i, o := range v.Options {
		fmt.Fprintf(&b, "%s %s%s\n\n", pointer(i == v.cursor), escape(v.box(i)), o.Text)
	}
	switch v.kind() {
	case lessons.Number:
		fmt.Fprintf(&b, pointer(true)+" %s▏\n\n", escape(v.typed.text()))
	case lessons.Formula:
		v.formula(&b)
	}
	if v.wrong != "" {
		fmt.Fprintf(&b, "no: %s\n\n", escape(v.wrong))
	}
	if v.kind() != lessons.Formula {
		fmt.Fprintf(&b, "*%s Then enter: think so; s: sure; u: a guess.*\n", how[v.kind()])
	}
	if v.exam {
		b.WriteString("\n*The reasons come at the end.*\n")
	}
	return b.String()
}

// box is the mark of an option that may be marked.
func (v *itemView) box(i int) string {
	k := slices.Index(v.picked, i)
	switch {
	case !v.takesMarks():
		return ""
	case k < 0:
		return "[ ] "
	case v.kind() == lessons.Order:
		return fmt.Sprintf("[%d] ", k+1)
	}
	return "[x] "
}

// formula is the line that is typed, and how sure the learner is.
func (v *itemView) formula(b *strings.Builder) {
	typed := v.typed.show(inputMost)
	if !v.writing {
		typed = v.typed.text() + " (enter: type)"
	}
	fmt.Fprintf(b, "%s %s = %s\n\n", pointer(true), escape(v.Item.Blank.Left), escape(typed))
	fmt.Fprintf(b, "In %s; write `*` and `^`.\n\nHow sure?", v.Symbols())
	for i, w := range lessons.SureWords {
		if i == v.sure {
			fmt.Fprintf(b, " **[%s]**", w.Words)
		} else {
			fmt.Fprintf(b, " %s", w.Words)
		}
	}
	b.WriteString(" *(↑↓ change it, enter answers)*\n")
}

// escape keeps typed text from being read as Markdown.
func escape(s string) string {
	return strings.NewReplacer("[", `\[`, "]", `\]`, "*", `\*`, "`", "\\`", "_", `\_`, "<", `\<`).Replace(s)
}

// What a judgement begins with.
const saidRight, saidWrong = "ok – right", "no – not this time"

func (v *itemView) reasons(b *strings.Builder) {
	if v.given.Verdict.Right {
		b.WriteString("**" + saidRight + ".**\n\n")
	} else {
		b.WriteString("**" + saidWrong + "; it comes again.**\n\n")
	}
	b.WriteString(v.given.Reasons(v.given.Answer, v.given.Verdict) + "\n\n")
	switch {
	case v.trial >= 0:
		fmt.Fprintf(b, "*In the lab: %s*\n\n", v.trials[v.trial].Text)
	case len(v.trials) > 0:
		b.WriteString("*t: see in the lab what comes of an answer.*\n\n")
	}
	b.WriteString("*enter: next question.*\n")
}
