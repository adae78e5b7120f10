package script

import (
	"fmt"
	"regexp"
	"strings"
)

// Error is what is wrong with a program, and where.
type Error struct {
	Line, Col int // from 1; 0 when the place is not known
	Msg       string
}

func (e *Error) Error() string {
	switch {
	case e.Line == 0:
		return e.Msg
	case e.Col == 0:
		return fmt.Sprintf("line %d: %s", e.Line, e.Msg)
	}
	return fmt.Sprintf("line %d:%d: %s", e.Line, e.Col, e.Msg)
}

// habit is something that is Python and not Starlark, or no line of either, and
// what to write for it.
type habit struct {
	seen *regexp.Regexp // in the line, without strings and comments; of a slip, in the message
	cure string
}

// habits explain lines that cannot be parsed, the surest first.
var habits = []habit{
	{regexp.MustCompile(`\*\*`), "there is no ** here: write pow(x, 2), or x * x"},
	{regexp.MustCompile(`^\s*(import|from)\b`), "nothing is imported here: exp, sin, sqrt, sum, where and the like are there already, by these names"},
	{regexp.MustCompile(`\b[fF]""`), `there are no f-strings here: write "t = %f" % t, or print("t =", t)`},
	{regexp.MustCompile(`^\s*class\b`), "there are no classes here: functions are enough"},
	{regexp.MustCompile(`^\s*(try|except|finally|raise|with)\b`), "there is no try, raise or with here: an error ends the check and says where it happened"},
	{regexp.MustCompile(`^\s*assert\b`), `there is no assert here: write  if not x: fail("why")`},
	{regexp.MustCompile(`^\s*(global|nonlocal|yield|async|await|del)\b`), "this word of Python is not known here: pass values as arguments and return new ones"},
	{regexp.MustCompile(`^\s*else\s+if\b`), "write elif for else if"},
	{regexp.MustCompile(`\bis\b`), "there is no is here: write =="},
	{regexp.MustCompile(`@`), "there is no @ here: dot(a, b) is the product of vectors and matrices"},
	{regexp.MustCompile(`:=`), "there is no := here: assign on a line of its own"},
	{regexp.MustCompile(`^\s*def\b.*(\w\s*:\s*\w+\s*[,=)]|->)`), "leave the types out: def f(x, t):"},
	{regexp.MustCompile(`^\s*\w+\s*:\s*\w+\s*=`), "leave the type out: x = 1"},
	{regexp.MustCompile(`\?`), "a choice is written  a if condition else b"},
	{regexp.MustCompile(`[<>]=?[^<>=]*[<>]=?`), "comparisons do not chain here: write  a < b and b < c"},
	{regexp.MustCompile(`^\s*(def|if|elif|else|for|while)\b[^:]*$`), "is the : at the end of the line missing?"},
	{regexp.MustCompile(`\+\+|--$`), "write  i += 1"},
	{regexp.MustCompile(`&&|\|\|`), "write and, or, not"},
	{regexp.MustCompile(`^\s*print\s+[^(]`), "write print(x)"},
}

// slips explain what goes wrong at run time.
var slips = []habit{
	{regexp.MustCompile(`called recursively`), "use a loop"},
	{regexp.MustCompile(`unknown binary op: .*function`), "are the parentheses of a call missing, as in v(z, t)?"},
	{regexp.MustCompile(`unknown binary op: .*NoneType`), "is a return missing in a function?"},
	{regexp.MustCompile(`unknown binary op: .*(list|tuple|range)`), "vec(list) makes an array of a list"},
	{regexp.MustCompile(`floating-point division by zero`), "arrays give inf there, single numbers stop"},
	{regexp.MustCompile(`(int|float) value is not iterable`), "range(n) counts to n"},
}

// strangers are names that people bring along.
var strangers = map[string]string{
	"np":       "there is no numpy here: its functions stand by themselves, as in exp(x), sum(x), stack([x, y], axis=1)",
	"numpy":    "there is no numpy here: its functions stand by themselves, as in exp(x), sum(x), stack([x, y], axis=1)",
	"torch":    "there is no torch here: functions of arrays stand by themselves, as in exp(x), mean(x), zeros_like(x)",
	"math":     "there is no module math here: its functions stand by themselves, as in sin(x), sqrt(x), pi",
	"random":   "random numbers come from rng, an argument: rng.uniform(n), rng.normal(n, 2), rng.integers(n, high)",
	"randn":    "random numbers come from rng, an argument: rng.normal(n, 2)",
	"array":    "an array is made by vec([1, 2, 3])",
	"round":    "there is no round here: floor(x + 0.5)",
	"this":     "a function sees its arguments only",
	"self":     "a function sees its arguments only",
	"square":   "write x * x, or pow(x, 2)",
	"arange":   "write vec(range(n))",
	"linspace": "write vec(range(n + 1)) / n",
	"map":      "write [f(x) for x in list]",
	"filter":   "write [x for x in list if condition]",
}

// friendly adds to a message of the parser what probably happened on that line.
func friendly(msg, source string, line int) string {
	if name, ok := strings.CutPrefix(msg, "undefined: "); ok {
		if cure, ok := strangers[firstWord(name)]; ok {
			return msg + ": " + cure
		}
		return msg
	}
	for _, l := range []int{line, line - 1} { // a missing end shows on the next line
		text := bare(lineOf(source, l))
		for _, h := range habits {
			if h.seen.MatchString(text) {
				return msg + ": " + h.cure
			}
		}
	}
	if strings.HasPrefix(msg, "got indent") {
		return "this line stands further in than the one before, which does not end with a colon"
	}
	return msg
}

// unexpected is how the parser names a token that it did not expect. Its position is
// then that of the end of the token.
var unexpected = regexp.MustCompile("^got '([^']+)'")

// tokenStart returns the column where what a message complains of begins.
func tokenStart(msg, text string, col int) int {
	m := unexpected.FindStringSubmatch(msg)
	before := []rune(text)[:max(0, min(col-1, len([]rune(text))))]
	if m == nil || !strings.HasSuffix(string(before), m[1]) {
		return col
	}
	return col - len([]rune(m[1]))
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

func lineOf(source string, line int) string {
	lines := strings.Split(source, "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return lines[line-1]
}

// bare empties the strings of a line and cuts its comment.
func bare(line string) string {
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		switch c := line[i]; c {
		case '#':
			return b.String()
		case '"', '\'':
			i = stringEnd(line, i) - 1
			b.WriteString(`""`)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
