package tui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons"
	"fmlab/lessons/progress"
)

// quizView asks the items of a lesson one by one: those not answered right yet
// first, then the others again.
type quizView struct {
	queue   []int // items still to be asked in this round
	item    lessons.Instance
	cursor  int
	picked  []int  // in the order picked
	typed   string // number items
	verdict *lessons.Verdict
	wrong   string // why the typed number could not be read
	asked   int    // in this round
	right   int
}

// enter begins a round unless one is under way.
func (v *quizView) enter(a *App) {
	if len(v.queue) > 0 {
		return
	}
	var again []int
	for i, it := range a.lesson.body.Quiz {
		if a.state.Items[progress.Ref(a.lesson.ID, it.Slug)].Right == 0 {
			v.queue = append(v.queue, i)
		} else {
			again = append(again, i)
		}
	}
	if len(v.queue) == 0 {
		v.queue = again
	}
	v.asked, v.right = 0, 0
	v.pose(a)
}

// pose asks the first item of the queue, made anew.
func (v *quizView) pose(a *App) {
	v.item = lessons.Make(&a.lesson.body.Quiz[v.queue[0]], rand.Uint64()) // which numbers come is no result of the lab
	v.cursor, v.picked, v.typed, v.verdict, v.wrong = 0, nil, "", nil, ""
	a.lesson.scroll = 0
}

func (v *quizView) move(by int) {
	v.cursor = max(0, min(v.cursor+by, len(v.item.Options)-1))
}

// takesMarks says whether options are marked one by one.
func (v *quizView) takesMarks() bool {
	return v.item.Item.Kind == lessons.Several || v.item.Item.Kind == lessons.Order
}

// takesNumber says whether keys are digits of the answer.
func (v *quizView) takesNumber() bool {
	return v.item.Item.Kind == lessons.Number && v.verdict == nil
}

func (a *App) whyNoMark() string {
	switch v := &a.lesson.quiz; {
	case v.verdict != nil:
		return "it is answered; enter goes on"
	case !v.takesMarks():
		return "enter answers this one"
	}
	return ""
}

func (a *App) markOption() tea.Cmd {
	v := &a.lesson.quiz
	if i := slices.Index(v.picked, v.cursor); i >= 0 {
		v.picked = slices.Delete(v.picked, i, i+1)
	} else {
		v.picked = append(v.picked, v.cursor)
	}
	return nil
}

// key takes the keys of a number.
func (v *quizView) key(k string) (used bool) {
	switch {
	case k == "backspace":
		v.typed = v.typed[:max(0, len(v.typed)-1)]
	case len(k) == 1 && strings.Contains("0123456789.,-+e/", k):
		if len(v.typed) < 24 {
			v.typed += k
		}
	default:
		return false
	}
	return true
}

// answerQuiz judges the answer, then goes to the next question.
func (a *App) answerQuiz() tea.Cmd {
	v := &a.lesson.quiz
	if v.verdict != nil {
		v.queue = v.queue[1:]
		if len(v.queue) == 0 {
			text := fmt.Sprintf("%d of %d right in this round", v.right, v.asked)
			v.enter(a)
			return a.say(text, false)
		}
		v.pose(a)
		return nil
	}
	answer := lessons.Answer{Picked: v.picked}
	switch v.item.Item.Kind {
	case lessons.One:
		answer.Picked = []int{v.cursor}
	case lessons.Number:
		x, err := lessons.ParseNumber(v.typed)
		if err != nil {
			v.wrong = err.Error()
			return nil
		}
		answer.Number = x
	default:
		if len(v.picked) == 0 {
			return a.say("mark with space first", false)
		}
	}
	verdict := v.item.Judge(answer)
	v.verdict, v.wrong = &verdict, ""
	v.asked++
	if verdict.Right {
		v.right++
	}
	a.lesson.scroll = 0
	a.note(progress.Answered, progress.Ref(a.lesson.ID, v.item.Item.Slug),
		progress.Answer{Concept: v.item.Item.Concept, Right: verdict.Right, Seed: v.item.Seed})
	return nil
}

// how says how an item is answered.
var how = map[lessons.Kind]string{
	lessons.One:     "↑↓ choose, enter answers.",
	lessons.Several: "space marks every right one, enter answers.",
	lessons.Number:  "Type the number, enter answers.",
	lessons.Order:   "Press space on the lines in the right order, enter answers.",
}

// text is the question, and after the answer the reason of every option.
func (v *quizView) text(a *App) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## Question %d of %d\n\n%s\n\n", len(a.lesson.body.Quiz)-len(v.queue)+1, len(a.lesson.body.Quiz), v.item.Question)
	if v.verdict != nil {
		v.reasons(&b)
		return b.String()
	}
	for i, o := range v.item.Options {
		mark := ""
		if v.takesMarks() {
			mark = "[ ] "
			if k := slices.Index(v.picked, i); k >= 0 {
				mark = "[x] "
				if v.item.Item.Kind == lessons.Order {
					mark = fmt.Sprintf("[%d] ", k+1)
				}
			}
		}
		fmt.Fprintf(&b, "%s %s%s\n\n", pointer(i == v.cursor), escape(mark), o.Text)
	}
	if v.item.Item.Kind == lessons.Number {
		fmt.Fprintf(&b, pointer(true)+" %s▏\n\n", escape(v.typed))
		if v.wrong != "" {
			fmt.Fprintf(&b, "no: %s\n\n", escape(v.wrong))
		}
	}
	fmt.Fprintf(&b, "*%s*\n", how[v.item.Item.Kind])
	return b.String()
}

// escape keeps typed text from being read as Markdown.
func escape(s string) string {
	return strings.NewReplacer("[", `\[`, "]", `\]`, "*", `\*`, "`", "\\`", "_", `\_`).Replace(s)
}

func (v *quizView) reasons(b *strings.Builder) {
	if v.verdict.Right {
		b.WriteString("**ok – right.**\n\n")
	} else {
		b.WriteString("**no – not this time; it comes again.**\n\n")
	}
	if v.item.Item.Kind == lessons.Number {
		fmt.Fprintf(b, "You typed %s; the answer is **%s**.\n\n%s\n\n", escape(v.typed), lessons.FormatNumber(v.item.Truth), v.verdict.Why)
	}
	for i, o := range v.verdict.Options {
		mark := "no"
		if o.Right {
			mark = "ok"
		}
		if v.item.Item.Kind == lessons.Order {
			mark = fmt.Sprint(i + 1)
		}
		chosen := ""
		if o.Picked && v.item.Item.Kind != lessons.Order {
			chosen = " *(you)*"
		}
		fmt.Fprintf(b, "**%s** %s%s\n\n> %s\n\n", mark, o.Text, chosen, o.Why)
	}
	b.WriteString("*enter: next question.*\n")
}
