package lab

import (
	"fmt"
	"strconv"
	"strings"
)

// ReadCard reads the card of a screen, as made by the terminal program: the
// experiment, its setup, and the time shown.
func ReadCard(card string) (exp Experiment, s Setup, trip float64, err error) {
	words := splitWords(card)
	if len(words) < 2 || words[0] != "fmlab" || words[1] != "play" {
		return exp, s, 0, fmt.Errorf("card %q: want fmlab play --experiment …", card)
	}
	s, trip = Default(), 1
	for words = words[2:]; len(words) > 0; words = words[2:] {
		key, isFlag := strings.CutPrefix(words[0], "--")
		if !isFlag || len(words) < 2 {
			return exp, s, 0, fmt.Errorf("card %q: want --knob value at %q", card, words[0])
		}
		switch value := words[1]; key {
		case "experiment":
			exp, err = FindExperiment(value)
		case "t":
			if trip, err = strconv.ParseFloat(value, 64); err != nil || !(trip >= 0 && trip <= 1) {
				err = fmt.Errorf("t = %q: want a number from 0 to 1", value)
			}
		case "kernel":
			err = oneOf(value, Kernel)
		default:
			err = s.Set(key, value)
		}
		if err != nil {
			return exp, s, 0, fmt.Errorf("card: %w", err)
		}
	}
	if exp.Start == nil {
		return exp, s, 0, fmt.Errorf("card %q names no experiment", card)
	}
	return exp, s, trip, nil
}

// splitWords undoes shellWord: words between blanks, single quotes kept whole.
func splitWords(line string) []string {
	var words []string
	var b strings.Builder
	quoted, begun := false, false
	end := func() {
		if begun {
			words = append(words, b.String())
			b.Reset()
			begun = false
		}
	}
	for i := 0; i < len(line); i++ {
		switch ch := line[i]; {
		case ch == '\'':
			quoted, begun = !quoted, true
		case !quoted && ch == '\\' && i+1 < len(line):
			i++
			b.WriteByte(line[i])
			begun = true
		case !quoted && ch == ' ':
			end()
		default:
			b.WriteByte(ch)
			begun = true
		}
	}
	end()
	return words
}
