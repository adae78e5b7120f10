package prose

import (
	"strings"

	"fmlab/tui/canvas"
)

// marks are what the letters of formulas mean, and combining marks on them.
var marks = strings.NewReplacer(
	"\u0302", "_hat", "\u0303", "_tilde", "\u0304", "_bar", "\u0305", "_bar", "\u0307", "_dot",
	"ẋ", "x_dot", "ẏ", "y_dot", "ż", "z_dot", "ŷ", "y_hat", "ẑ", "z_hat", "ẍ", "x_ddot",
	"𝒩", "N", "ℒ", "L", "𝕀", "I", "∉", "not in", "⊂", "in", "∀", "all ",
)

// super are raised characters and what they are when not raised.
const (
	super = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ᵀᵗⁿⁱᵏ"
	level = "0123456789-+()Ttnik"
)

// ascii writes t in ASCII: marks and exponents by what they mean, all other
// symbols as the canvas does.
func ascii(t string) string {
	var b strings.Builder
	raised := false
	for _, r := range marks.Replace(t) {
		i := strings.IndexRune(super, r)
		if i >= 0 && !raised {
			b.WriteByte('^')
		}
		if raised = i >= 0; raised {
			r = rune(level[len([]rune(super[:i]))])
		}
		b.WriteRune(r)
	}
	return canvas.Fold(b.String())
}
