package theme

import (
	"math"
	"strings"
	"testing"

	"fmlab/lab"
)

// backgrounds on which text must be readable.
var backgrounds = map[bool][]rgb{
	true:  {hex(0x000000), hex(0x1A1B26), hex(0x1E1E1E)},
	false: {hex(0xFFFFFF), hex(0xFAFAFA)},
}

func TestContrast(t *testing.T) {
	// Words are written in these. The others are marks and rules.
	words := []Token{Text, Dim, Accent, Good, Bad, Selected, Noise, Sample, Data, Exact, Floor,
		SeriesA, SeriesB, SeriesC, SeriesD, SeriesE, SeriesF}
	marks := []Token{Trail, Field, Border.Tone(3), Ramp(0)}
	for dark, backs := range backgrounds {
		th := New(dark, TrueColor)
		for _, back := range backs {
			for _, tok := range words {
				if got := contrast(th.rgb[tok], back); got < 4.5 {
					t.Errorf("dark %v: token %d %v on %v: contrast got %.2f, want 4.5", dark, tok, th.rgb[tok], back, got)
				}
			}
			for _, tok := range marks {
				if got := contrast(th.rgb[tok], back); tok != Border && got < 2 {
					t.Errorf("dark %v: mark %d on %v: contrast got %.2f, want 2", dark, tok, back, got)
				}
			}
		}
	}
}

// colourBlind are the projections of linear RGB for full protanopia and
// deuteranopia (Machado, Oliveira and Fernandes 2009, severity 1).
var colourBlind = map[string][3][3]float64{
	"normal":       {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
}

// lab76 returns CIE L*a*b* (D65) as seen through a projection.
func lab76(c rgb, m [3][3]float64) (out [3]float64) {
	l := c.linear()
	var s [3]float64
	for i := range m {
		for k := range l {
			s[i] += m[i][k] * l[k]
		}
		s[i] = min(max(s[i], 0), 1)
	}
	f := func(v float64) float64 {
		if v > 0.008856 {
			return math.Cbrt(v)
		}
		return 7.787*v + 16.0/116
	}
	x := f((0.4124*s[0] + 0.3576*s[1] + 0.1805*s[2]) / 0.9505)
	y := f(0.2126*s[0] + 0.7152*s[1] + 0.0722*s[2])
	z := f((0.0193*s[0] + 0.1192*s[1] + 0.9505*s[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// TestSeriesApart: two curves stay two colours for every eye.
func TestSeriesApart(t *testing.T) {
	for dark := range backgrounds {
		th := New(dark, TrueColor)
		for eye, m := range colourBlind {
			for a := SeriesA; a <= SeriesF; a++ {
				for b := a + 1; b <= SeriesF; b++ {
					p, q := lab76(th.rgb[a], m), lab76(th.rgb[b], m)
					if d := math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2]); d < 10 {
						t.Errorf("dark %v, %s: series %c and %c: distance got %.1f, want 10", dark, eye, 'A'+a-SeriesA, 'A'+b-SeriesA, d)
					}
				}
			}
		}
	}
}

// TestRampOrdered: a step up the ramp is a step away from the background.
func TestRampOrdered(t *testing.T) {
	for dark, backs := range backgrounds {
		th := New(dark, TrueColor)
		for i := 1; i < RampSteps; i++ {
			lo, hi := contrast(th.rgb[Ramp(i-1)], backs[0]), contrast(th.rgb[Ramp(i)], backs[0])
			if hi <= lo {
				t.Errorf("dark %v: contrast of step %d got %.2f, want above %.2f", dark, i, hi, lo)
			}
		}
	}
	if Ramp(-5) != Ramp(0) || Ramp(99) != Ramp(RampSteps-1) {
		t.Error("Ramp does not clamp")
	}
}

func TestTonesOrdered(t *testing.T) {
	for dark, backs := range backgrounds {
		th := New(dark, TrueColor)
		for tok := Noise; tok <= SeriesF; tok++ {
			for k := 1; k < Tones; k++ {
				lo, hi := contrast(th.rgb[tok.Tone(k-1)], backs[0]), contrast(th.rgb[tok.Tone(k)], backs[0])
				if hi <= lo {
					t.Errorf("dark %v: token %d tone %d: contrast got %.2f, want above %.2f", dark, tok, k, hi, lo)
				}
			}
		}
	}
	if got := Dim.Tone(0); got != Dim {
		t.Errorf("Dim.Tone(0) got %d, want %d", got, Dim)
	}
}

func TestProfiles(t *testing.T) {
	want := map[Profile]string{Mono: "", ANSI16: "\x1b[93m", ANSI256: "\x1b[38;5;178m", TrueColor: "\x1b[38;2;230;159;0m"}
	for p, w := range want {
		if got := New(true, p).SGR(Sample); got != w {
			t.Errorf("profile %d: got %q, want %q", p, got, w)
		}
	}
	for tok := Token(0); tok < count; tok++ {
		if got := New(false, Mono).SGR(tok); got != "" {
			t.Errorf("mono token %d: got %q, want nothing", tok, got)
		}
		for _, p := range []Profile{ANSI16, ANSI256, TrueColor} {
			if got := New(false, p).SGR(tok); !strings.HasPrefix(got, "\x1b[") || !strings.HasSuffix(got, "m") {
				t.Errorf("profile %d token %d: got %q, want an escape sequence", p, tok, got)
			}
		}
	}
}

func TestCube(t *testing.T) {
	for v, want := range map[uint32]int{0x000000: 16, 0xFFFFFF: 231, 0xFF0000: 196, 0x5F87AF: 67, 0x808080: 244} {
		if got := hex(v).cube(); got != want {
			t.Errorf("cube of %06X got %d, want %d", v, got, want)
		}
	}
}

// TestMarkersDiffer: roles that meet in one picture have different shapes.
func TestMarkersDiffer(t *testing.T) {
	together := [][]lab.Role{
		{lab.RoleField, lab.RoleNoise, lab.RoleTrail, lab.RoleSample, lab.RoleData, lab.RoleExact},
		{lab.RoleFloor, lab.RoleA, lab.RoleB, lab.RoleC, lab.RoleD, lab.RoleE, lab.RoleF},
	}
	for _, ascii := range []bool{false, true} {
		for _, roles := range together {
			seen := map[rune]lab.Role{}
			for _, r := range roles {
				m := Marker(r, ascii)
				if other, taken := seen[m]; taken {
					t.Errorf("roles %d and %d share %q", other, r, m)
				}
				if seen[m] = r; ascii && m > '~' {
					t.Errorf("role %d: got %q, want ASCII", r, m)
				}
			}
		}
	}
}
