// Package theme gives the screen its colours by meaning. Drawing code names a
// [Token] ("this is data, this is a border") and never a colour; a [Theme] turns
// tokens into the escape sequences of one background and one colour profile,
// all computed beforehand.
//
// Categories follow Okabe and Ito, "Color Universal Design" (2008), made lighter
// or darker where the background asks for it; ramps follow cividis (Nuñez,
// Anderton and Renslow 2018). Colour is never the only channel: every role has a
// marker too, see [Marker].
package theme

import "fmt"

// Profile is how many colours the terminal shows.
type Profile uint8

// Profiles, poorest first.
const (
	Mono      Profile = iota // no escape sequence at all, as NO_COLOR asks
	ANSI16                   // the terminal's own sixteen
	ANSI256                  // the xterm cube
	TrueColor                // 24 bits
)

// Token is a meaning that has a colour. The zero Token is plain text.
type Token uint8

// Tokens. Noise to SeriesF have tones, see [Token.Tone].
const (
	Text     Token = iota // the terminal's own foreground
	Dim                   // secondary words, tick labels
	Accent                // the one accent: headings, keys, focus
	Border                // rules, boxes and axes
	Good                  // beside the word "ok"
	Bad                   // beside the word "no"
	Selected              // the row of the present setting

	Noise // z at t = 0
	Sample
	Data
	Exact
	Trail
	Field
	Floor
	SeriesA
	SeriesB
	SeriesC
	SeriesD
	SeriesE
	SeriesF

	firstRamp
	firstTone  = firstRamp + RampSteps
	firstHeat  = firstTone + 3*(firstRamp-Noise)
	firstBelow = firstHeat + HeatSteps
	firstAbove = firstBelow + DivergeSteps
	count      = firstAbove + DivergeSteps
)

// RampSteps is the number of steps of the ramp: few, because every change of
// colour along a row costs bytes.
const RampSteps = 14

// Ramp returns the i-th step of the ramp, 0 (least) to RampSteps-1 (most).
// What lies outside is clamped.
func Ramp(i int) Token { return firstRamp + Token(min(max(i, 0), RampSteps-1)) }

// Tones is the number of tones a drawing token has.
const Tones = 4

// Tone returns t fainter or stronger for density: 0 faint, 1 soft, 2 t itself,
// 3 strong. Tokens without tones and levels outside are returned as they are
// or clamped.
func (t Token) Tone(level int) Token {
	if t < Noise || t >= firstRamp || level == 2 {
		return t
	}
	k := min(max(level, 0), 3)
	if k == 3 {
		k = 2
	}
	return firstTone + 3*(t-Noise) + Token(k)
}

// Theme holds the colours of every token for one background and one profile.
// It is immutable and safe to share.
type Theme struct {
	Dark    bool
	Profile Profile
	rgb     [count]rgb
	sgr     [count]string
	back    [count]string
	on      [count - firstHeat][firstHeat]string // every token on every step of heat
}

// New returns the theme for a dark or a light background.
func New(dark bool, p Profile) *Theme {
	th := &Theme{Dark: dark, Profile: p}
	for t := Token(0); t < count; t++ {
		c, ansi := lookUp(t, dark)
		th.rgb[t] = c
		c = th.shown(t)
		th.sgr[t] = sequence(foreground, t, c, ansi, p)
		th.back[t] = sequence(background, t, c, ansi, p)
	}
	if p >= ANSI256 {
		th.inks()
	}
	return th
}

// SGR returns the escape sequence that sets the foreground to t: "" in mono.
func (th *Theme) SGR(t Token) string { return th.sgr[t] }

// SGROn is SGR for a mark on the background back: on a step of heat its colour
// is lightened or darkened until it can be read there.
func (th *Theme) SGROn(t, back Token) string {
	if back < firstHeat || t >= firstHeat || th.Profile < ANSI256 {
		return th.sgr[t]
	}
	return th.on[back-firstHeat][t]
}

// Back returns the escape sequence that sets the background to t: "" in mono,
// the terminal's own for Text.
func (th *Theme) Back(t Token) string { return th.back[t] }

// RGB returns the colour of t in 24 bits, for figures that leave the terminal.
func (th *Theme) RGB(t Token) (r, g, b uint8) { c := th.rgb[t]; return c[0], c[1], c[2] }

// The first number of an escape sequence for an indexed or 24-bit colour.
const (
	foreground = 38
	background = 48
)

// sequence writes the escape sequence of one token. Text is the terminal's own
// colour in every profile, so it can be read whatever the background is.
func sequence(ground int, t Token, c rgb, ansi uint8, p Profile) string {
	switch {
	case p == Mono:
		return ""
	case t == Text:
		return fmt.Sprintf("\x1b[%dm", ground+1)
	case p == TrueColor:
		return fmt.Sprintf("\x1b[%d;2;%d;%d;%dm", ground, c[0], c[1], c[2])
	case p == ANSI256:
		return fmt.Sprintf("\x1b[%d;5;%dm", ground, c.cube())
	case ansi < 8:
		return fmt.Sprintf("\x1b[%dm", ground-8+int(ansi))
	}
	return fmt.Sprintf("\x1b[%dm", ground+52+int(ansi)-8)
}
