package canvas

import (
	"strings"
	"unicode"
)

// folds writes what a formula or a sentence needs in plain ASCII. What is not
// here and not ASCII becomes '?', combining marks vanish.
var folds = map[rune]string{
	'–': "-", '—': "-", '−': "-", '‐': "-", '‑': "-", '…': "...", '·': "*", '∙': ".", '•': "*",
	'‘': "'", '’': "'", '“': "\"", '”': "\"", '«': "<<", '»': ">>", '\u00a0': " ", '\u2009': " ", '\u202f': " ",
	'→': "->", '←': "<-", '↑': "^", '↓': "v", '↔': "<->", '⇒': "=>", '↦': "->",
	'×': "x", '÷': "/", '±': "+/-", '≈': "~", '≠': "!=", '≤': "<=", '≥': ">=", '∝': "~", '≡': "=", '∼': "~",
	'∞': "inf", '∂': "d", '∇': "grad ", '∫': "int ", '∑': "sum ", '∏': "prod ", '√': "sqrt", '∈': "in", '‖': "||", '∥': "||",
	'½': "1/2", '¼': "1/4", '°': "deg", '′': "'", '″': "''", '⟨': "<", '⟩': ">", 'ℝ': "R", '𝔼': "E", '∣': "|", '∘': "o", '⊤': "T", '⋅': "*",
	'α': "alpha", 'β': "beta", 'γ': "gamma", 'δ': "delta", 'Δ': "Delta", 'ε': "eps", 'ϵ': "eps", 'η': "eta", 'θ': "theta", 'κ': "kappa", 'λ': "lambda",
	'μ': "mu", 'ν': "nu", 'ξ': "xi", 'π': "pi", 'ρ': "rho", 'σ': "sigma", 'Σ': "Sigma", 'τ': "tau", 'φ': "phi", 'Φ': "Phi", 'ψ': "psi", 'ω': "omega", 'χ': "chi",
	'²': "^2", '³': "^3", '¹': "^1", '⁰': "^0", '⁴': "^4", '⁵': "^5", '⁶': "^6", '⁷': "^7", '⁸': "^8", '⁹': "^9", '⁻': "^-", 'ᵀ': "^T",
	'₀': "0", '₁': "1", '₂': "2", '₃': "3", '₄': "4", '₅': "5", '₆': "6", '₇': "7", '₈': "8", '₉': "9", 'ₜ': "_t", 'ᵢ': "_i", 'ₙ': "_n", 'ₖ': "_k", '₊': "+", '₋': "-",
	'─': "-", '━': "-", '┄': "-", '╌': "-", '│': "|", '▏': "|", '┃': "|", '┆': "|", '┌': "+", '┐': "+", '└': "+", '┘': "+", '├': "+", '┤': "+", '┬': "+", '┴': "+", '┼': "+",
	'╭': ".", '╮': ".", '╯': "'", '╰': "'", '╴': "-", '╶': "-",
	'▸': ">", '▶': ">", '›': ">", '‹': "<", '▾': "v", '●': "*", '○': "o", '◐': "+", '◆': "x", '◇': "x", '▲': "^", '△': "^", '■': "#", '□': "#", '✓': "ok", '✔': "ok", '✗': "no", '✕': "x", '✘': "no",
	'█': "#", '▓': "%", '▒': "+", '░': ".",
	'é': "e", 'è': "e", 'ê': "e", 'ë': "e", 'á': "a", 'à': "a", 'â': "a", 'ä': "ae", 'å': "a", 'ö': "oe", 'ó': "o", 'ô': "o", 'ø': "o", 'ü': "ue", 'ú': "u", 'í': "i", 'ï': "i", 'ñ': "n", 'ç': "c", 'ß': "ss",
}

// Fold writes s in ASCII. A Greek letter that stands before another letter is
// parted from it: πt becomes pi t.
func Fold(s string) string {
	i := 0
	for i < len(s) && s[i] <= '~' {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:i])
	greek := false
	for _, r := range s[i:] {
		f, known := folds[r]
		if greek && (unicode.IsLetter(r)) && r != 'ₜ' {
			b.WriteByte(' ')
		}
		greek = unicode.Is(unicode.Greek, r)
		switch {
		case r <= '~':
			b.WriteRune(r)
		case known:
			b.WriteString(f)
		case runeWidth(r) > 0:
			b.WriteByte('?')
		}
	}
	return b.String()
}

// foldRune writes one rune in one ASCII character.
func foldRune(r rune) rune {
	if f := folds[r]; f != "" {
		return rune(f[0])
	}
	return '?'
}
