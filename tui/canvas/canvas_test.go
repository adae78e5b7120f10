package canvas

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"fmlab/tui/theme"
)

var (
	mono   = theme.New(true, theme.Mono)
	colour = theme.New(true, theme.TrueColor)
)

// TestRowsAreWhole: whatever is drawn, and over whatever, each row is exactly as
// wide as the canvas.
func TestRowsAreWhole(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	texts := []string{"plain", "世界 wide", "x̂ and ẑ_t", "tab\there", "\x1b[31mred", "─│╭ ⣿ ▸", "e\u200bz\u00adz", "\xff broken", "👍🏽", "한글"}
	for range 2000 {
		g := Glyphs(rng.IntN(3))
		c := New(rng.IntN(20), 1+rng.IntN(3), g, []*theme.Theme{mono, colour}[rng.IntN(2)])
		for range 6 {
			c.Halves(rng.IntN(20), rng.IntN(3), theme.Heat(rng.IntN(9)), theme.Heat(rng.IntN(9)))
			c.Over(rng.IntN(20), rng.IntN(3), '●', theme.Data)
			c.View(Rect{rng.IntN(20) - 5, rng.IntN(3) - 1, rng.IntN(20), 2}).
				TextAttr(rng.IntN(24)-4, rng.IntN(2), texts[rng.IntN(len(texts))], theme.Token(rng.IntN(20)), Attr(rng.IntN(4)))
		}
		for y, row := range strings.Split(c.Render(), "\n") {
			if got := ansi.StringWidth(row); got != c.W {
				t.Fatalf("%s row %d %q: got width %d, want %d", g, y, row, got, c.W)
			}
			if strings.Contains(ansi.Strip(row), "\x1b") || c.Theme == mono && strings.Contains(row, "\x1b") {
				t.Fatalf("row %q: an escape got through", row)
			}
			for _, r := range row {
				if g == ASCII && r > '~' {
					t.Fatalf("ASCII row %q: got %q", row, r)
				}
			}
		}
	}
}

func TestViewClips(t *testing.T) {
	c := New(8, 4, Braille, mono)
	v := c.View(Rect{2, 1, 4, 2})
	v.Fill(Rect{-9, -9, 99, 99}, '#', theme.Text, 0)
	inner := v.View(Rect{3, 1, 9, 9})
	inner.Text(-1, 0, "abc", theme.Text)
	want := "        \n  ####  \n  ###b  \n        "
	if got := c.Plain(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	v.Clear()
	if got := strings.TrimSpace(c.Plain()); got != "" {
		t.Errorf("after Clear got %q, want nothing", got)
	}
}

func TestWideRunes(t *testing.T) {
	for _, test := range []struct {
		draw func(*Canvas)
		want string
	}{
		{func(c *Canvas) { c.Text(0, 0, "世界", 0) }, "世界 "},
		{func(c *Canvas) { c.Text(4, 0, "世", 0) }, "     "},
		{func(c *Canvas) { c.Text(0, 0, "世界", 0); c.Set(1, 0, 'x', 0) }, " x界 "},
		{func(c *Canvas) { c.Text(0, 0, "世界", 0); c.Set(2, 0, 'x', 0) }, "世x  "},
		{func(c *Canvas) { c.Text(0, 0, "世界", 0); c.Text(1, 0, "世", 0) }, " 世  "},
	} {
		c := New(5, 1, Braille, mono)
		if test.draw(c); c.Plain() != test.want {
			t.Errorf("got %q, want %q", c.Plain(), test.want)
		}
	}
}

// TestStyles: a style is written where it changes, blanks cost nothing, and the
// row ends clean.
func TestStyles(t *testing.T) {
	c := New(7, 1, Braille, colour)
	c.Text(0, 0, "a b", theme.Data)
	c.TextAttr(3, 0, "c", theme.Data, Bold)
	c.Text(4, 0, "d", theme.Text)
	data := colour.SGR(theme.Data)
	want := data + "a b" + reset + "\x1b[1m" + data + "c" + reset + "d  "
	if got := c.Render(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	c.Put(6, 0, ' ', theme.Data, Reverse)
	if got, want := c.Render(), strings.TrimSuffix(want, " ")+reset+"\x1b[7m"+data+" "+reset; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPutLine(t *testing.T) {
	c := New(10, 1, Braille, mono)
	line := Line{{Text: "step "}, {Text: "12", Bold: true}, {Text: " of 40"}}
	if got := c.PutLine(1, 0, 8, line); got != 8 || c.Plain() != " step 12  " {
		t.Errorf("got %d cells of %q, want 8 of %q", got, c.Plain(), " step 12  ")
	}
}

func TestFit(t *testing.T) {
	c, a := New(1, 1, Braille, mono), New(1, 1, ASCII, mono)
	for _, test := range []struct {
		c       *Canvas
		s, want string
		w       int
	}{
		{c, "solver", "solver", 6}, {c, "solver", "solv…", 5}, {c, "世界", "世…", 3}, {c, "世界", "…", 2},
		{a, "α → 1", "alp~", 4}, {a, "σ²", "σ²", 7}, {c, "x", "", 0},
	} {
		if got := test.c.Fit(test.s, test.w); got != test.want || test.c.Width(got) > test.w {
			t.Errorf("Fit(%q, %d) got %q, want %q", test.s, test.w, got, test.want)
		}
	}
}

func TestFold(t *testing.T) {
	for s, want := range map[string]string{
		"z_t = α_t x1 + σ_t x0": "z_t = alpha_t x1 + sigma_t x0",
		"h⁴ – “exact” x̂":       "h^4 - \"exact\" x",
		"plain":                 "plain", "世": "?",
	} {
		if got := Fold(s); got != want {
			t.Errorf("Fold(%q) got %q, want %q", s, got, want)
		}
	}
	for r, s := range folds {
		for _, f := range s {
			if f > '~' || f < ' ' {
				t.Errorf("%q folds to %q: want ASCII", r, s)
			}
		}
	}
}

func TestBox(t *testing.T) {
	c := New(12, 3, ASCII, mono)
	c.Box(c.Bounds(), "lab", theme.Border)
	if got, want := c.Plain(), "+- lab ----+\n|          |\n+----------+"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestRectCuts: what is cut and what is left make up the whole.
func TestRectCuts(t *testing.T) {
	r := Rect{3, 4, 10, 6}
	for n := -2; n < 14; n++ {
		for name, cut := range map[string]func(int) (Rect, Rect){"Top": r.Top, "Bottom": r.Bottom, "Left": r.Left, "Right": r.Right} {
			a, b := cut(n)
			if a.W*a.H+b.W*b.H != 60 || a.Intersect(b).W*a.Intersect(b).H != 0 || a.Intersect(r) != a || b.Intersect(r) != b {
				t.Errorf("%s(%d) got %v and %v, want a partition of %v", name, n, a, b, r)
			}
		}
	}
	if r.Contains(13, 4) || !r.Contains(12, 9) || !r.Inset(5, 1).Empty() {
		t.Error("Contains or Inset is off at the edge")
	}
}
