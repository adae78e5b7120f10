package theme

import (
	"fmt"
	"math"
	"testing"
)

// heatRamps are the three ramps, each from its step nearest to the background.
func heatRamps() map[string][]Token {
	m := map[string][]Token{}
	for i := 1; i <= HeatSteps; i++ {
		m["heat"] = append(m["heat"], Heat(i))
	}
	for i := 1; i <= DivergeSteps; i++ {
		m["below"] = append(m["below"], Diverge(-i))
		m["above"] = append(m["above"], Diverge(i))
	}
	return m
}

func distance(a, b [3]float64) float64 {
	return math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2])
}

// TestHeatOrdered: each step of heat is lighter than the one before on a dark
// background and darker on a light one, for every eye in 24 bits and as the
// terminal shows it in 256.
func TestHeatOrdered(t *testing.T) {
	for dark := range backgrounds {
		full, few := New(dark, TrueColor), New(dark, ANSI256)
		sign := map[bool]float64{true: 1, false: -1}[dark]
		for name, ramp := range heatRamps() {
			for i := 1; i < len(ramp); i++ {
				for eye, m := range colourBlind {
					if up := lab76(full.shown(ramp[i]), m)[0] - lab76(full.shown(ramp[i-1]), m)[0]; sign*up < 2 {
						t.Errorf("dark %v, %s, %s step %d: lightness moves by %.1f, want 2 away from the background", dark, eye, name, i+1, up)
					}
				}
				if up := few.shown(ramp[i]).luminance() - few.shown(ramp[i-1]).luminance(); sign*up <= 0 {
					t.Errorf("dark %v, 256 colours, %s step %d: luminance moves by %.3f, want away from the background", dark, name, i+1, up)
				}
			}
		}
	}
}

// TestHeatEven: within a ramp no step is twice as far as another.
func TestHeatEven(t *testing.T) {
	for dark := range backgrounds {
		th := New(dark, TrueColor)
		for name, ramp := range heatRamps() {
			least, most := math.Inf(1), 0.0
			for i := 1; i < len(ramp); i++ {
				d := distance(lab76(th.rgb[ramp[i-1]], colourBlind["normal"]), lab76(th.rgb[ramp[i]], colourBlind["normal"]))
				least, most = min(least, d), max(most, d)
			}
			if most > 1.5*least || least < 8 {
				t.Errorf("dark %v, %s: steps of %.1f to %.1f, want 8 or more and a ratio below 1.5", dark, name, least, most)
			}
		}
	}
}

// TestSidesApart: a value above zero never looks like the same value below.
func TestSidesApart(t *testing.T) {
	for dark := range backgrounds {
		for _, p := range []Profile{TrueColor, ANSI256} {
			th := New(dark, p)
			for eye, m := range colourBlind {
				for i := 1; i <= DivergeSteps; i++ {
					if d := distance(lab76(th.shown(Diverge(-i)), m), lab76(th.shown(Diverge(i)), m)); d < 10 {
						t.Errorf("dark %v, profile %d, %s, step %d: distance of the sides got %.1f, want 10", dark, p, eye, i, d)
					}
				}
			}
		}
	}
	if Heat(0) != Text || Diverge(0) != Text || Heat(99) != Heat(HeatSteps) || Diverge(-99) != Diverge(-DivergeSteps) {
		t.Error("zero is not the background, or the ends do not clamp")
	}
}

// TestInks: every token can be read on every step of heat.
func TestInks(t *testing.T) {
	for dark := range backgrounds {
		for _, p := range []Profile{TrueColor, ANSI256} {
			th := New(dark, p)
			for b := firstHeat; b < count; b++ {
				for tok := Token(0); tok < firstHeat; tok++ {
					ink := readSGR(t, th.SGROn(tok, b))
					if got := contrast(ink, th.shown(b)); got < 3 {
						t.Errorf("dark %v, profile %d: token %d %v on step %d: contrast got %.2f, want 3", dark, p, tok, ink, b-firstHeat, got)
					}
				}
			}
		}
	}
	th := New(true, TrueColor)
	if got, want := th.SGROn(Sample, Text), th.SGR(Sample); got != want {
		t.Errorf("without heat got %q, want %q", got, want)
	}
	if got, want := th.SGROn(Sample, Heat(1)), th.SGR(Sample); got != want {
		t.Errorf("on the darkest heat got %q, want %q as it is", got, want)
	}
}

// readSGR returns the foreground an escape sequence sets.
func readSGR(t *testing.T, s string) (c rgb) {
	var i int
	if _, err := fmt.Sscanf(s, "\x1b[38;5;%dm", &i); err == nil {
		return indexed(i)
	}
	if _, err := fmt.Sscanf(s, "\x1b[38;2;%d;%d;%dm", &c[0], &c[1], &c[2]); err != nil {
		t.Fatalf("%q is no foreground: %v", s, err)
	}
	return c
}

func TestBack(t *testing.T) {
	for p, want := range map[Profile][2]string{
		Mono: {"", ""}, ANSI16: {"\x1b[49m", "\x1b[43m"}, ANSI256: {"\x1b[49m", "\x1b[48;5;222m"}, TrueColor: {"\x1b[49m", "\x1b[48;2;251;199;102m"},
	} {
		th := New(true, p)
		if got := [2]string{th.Back(Text), th.Back(Diverge(DivergeSteps))}; got != want {
			t.Errorf("profile %d: got %q, want %q", p, got, want)
		}
	}
	if got := New(true, ANSI16).Back(Heat(1)); got != "\x1b[100m" {
		t.Errorf("a bright background of sixteen: got %q, want %q", got, "\x1b[100m")
	}
}
