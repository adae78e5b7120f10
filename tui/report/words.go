package report

import (
	"fmt"
	"strings"

	"fmlab/lab"
)

// mark says in a word whether something is done.
func mark(done bool) string {
	if done {
		return "ok"
	}
	return "open"
}

// made says whether a prediction was made: right or wrong is another matter.
func made(done bool) string {
	if done {
		return "made"
	}
	return "open"
}

// parts says how far each part of a lesson is.
func parts(l Lesson) string {
	var all []string
	for _, p := range l.Parts {
		if p.Total > 0 {
			all = append(all, fmt.Sprintf("%s %d of %d", p.Part, p.Done, p.Total))
		}
	}
	return "Done: " + strings.Join(all, ", ") + "."
}

// percent is a part of a whole in words.
func percent(part, whole int) string {
	if whole == 0 {
		return "not yet"
	}
	return fmt.Sprintf("%d %%", 100*part/whole)
}

func round(v float64) string { return lab.Num(v) }

// plain is a text in which Markdown sees nothing but letters.
var plain = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "\n", " ",
).Replace

// fenced is a block of code whose fence is longer than any within it.
func fenced(code string) string {
	fence := "```"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	return fence + "\n" + strings.TrimRight(code, "\n") + "\n" + fence
}
