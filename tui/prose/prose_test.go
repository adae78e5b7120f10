package prose

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

var update = flag.Bool("update", false, "write the golden files anew")

func page(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/page.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// plain returns rows without their styles, one a line.
func plain(rows []canvas.Line) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(plainText(r) + "\n")
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	for _, width := range []int{40, 58} {
		for _, opt := range []Options{{}, {ASCII: true, Mono: true}} {
			name := fmt.Sprintf("testdata/page-%d.txt", width)
			if opt.ASCII {
				name = fmt.Sprintf("testdata/page-%d-ascii.txt", width)
			}
			got := plain(Render(page(t), width, opt))
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(filepath.FromSlash(name))
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
			}
		}
	}
}

// No row is wider than asked for or than the measure, in the page or in text
// that is harder than a page, and nothing of the words is lost.
func TestWidth(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		width := 20 + rng.IntN(81)
		opt := Options{ASCII: rng.IntN(2) == 0, Mono: rng.IntN(2) == 0}
		src := page(t)
		if rng.IntN(4) > 0 {
			src = random(rng)
		}
		for i, row := range Render(src, width, opt) {
			if got := lineCells(row); got > min(width, Measure) {
				t.Fatalf("width %d, row %d: got %d cells in %q of\n%s", width, i, got, plainText(row), src)
			}
		}
	}
}

// random returns Markdown of all kinds, with words that are hard to set.
func random(rng *rand.Rand) string {
	words := []string{"a", "flow", "`code span with blanks`", "**strong text**", "*x̂*", "日本語の文章", "σ→0",
		strings.Repeat("long", 30), "`" + strings.Repeat("code ", 30) + "`", "[link](https://example.org/a/long/path/to/it)"}
	sentence := func() string {
		var b strings.Builder
		for range 1 + rng.IntN(12) {
			b.WriteString(words[rng.IntN(len(words))] + " ")
		}
		return strings.TrimSpace(b.String())
	}
	var b strings.Builder
	for range 6 {
		switch rng.IntN(7) {
		case 0:
			fmt.Fprintf(&b, "## %s\n\n", sentence())
		case 1:
			fmt.Fprintf(&b, "- %s\n  - %s\n    1. %s\n       > %s\n\n", sentence(), sentence(), sentence(), sentence())
		case 2:
			fmt.Fprintf(&b, "> %s\n>\n> > %s\n\n", sentence(), sentence())
		case 3:
			fmt.Fprintf(&b, "| %s | %s | %s |\n|--|:-:|--:|\n| %s | %s | %s |\n\n", sentence(), sentence(), sentence(), sentence(), sentence(), sentence())
		case 4:
			fmt.Fprintf(&b, "```math\n%s\n---\n%s\n```\n\n", sentence(), sentence())
		case 5:
			fmt.Fprintf(&b, "```\n\t%s\n```\n\n---\n\n", sentence())
		default:
			fmt.Fprintf(&b, "%s\n%s\\\n%s\n\n", sentence(), sentence(), sentence())
		}
	}
	return b.String()
}

// Wrapping only ever exchanges a blank for a new row.
func TestWrapKeepsWords(t *testing.T) {
	src := strings.Repeat("The field says where to go, and the solver goes. ", 5)
	for width := 10; width <= Measure; width++ {
		got := strings.Join(strings.Fields(plain(Render(src, width, Options{}))), " ")
		if got != strings.TrimSpace(src) {
			t.Fatalf("width %d: got %q, want %q", width, got, src)
		}
	}
}

// The canvas must measure as this package does, or rows would be cut there.
func TestDrawnWhole(t *testing.T) {
	th := theme.New(true, theme.Mono)
	for _, ascii := range []bool{false, true} {
		glyphs := canvas.Braille
		if ascii {
			glyphs = canvas.ASCII
		}
		for _, row := range Render(page(t), 58, Options{ASCII: ascii}) {
			c := canvas.New(58, 1, glyphs, th)
			c.PutLine(0, 0, 58, row)
			if got, want := c.Lines()[0], strings.TrimRight(plainText(row), " "); got != want {
				t.Errorf("drawn: got %q, want %q", got, want)
			}
		}
	}
}

func TestASCII(t *testing.T) {
	all := page(t)
	for r := rune(0xa0); r < 0x2c00; r++ {
		all += string(r)
	}
	all += " 日本 𝒩 🙂 \x7f"
	for _, row := range Render(all, 60, Options{ASCII: true}) {
		for _, r := range plainText(row) {
			if r > 0x7e || r < ' ' {
				t.Fatalf("got %U in %q, want printable ASCII only", r, plainText(row))
			}
		}
	}
	for in, want := range map[string]string{
		"α_t x1 + σ_t x0": "alpha_t x1 + sigma_t x0",
		"t → 1":           "t -> 1",
		"‖u‖ ≤ 2":         "||u|| <= 2",
		"10⁻¹² and xᵀx":   "10^-12 and x^Tx",
		"x̂, ẋ and α̇":    "x_hat, x_dot and alpha_dot",
		"“don’t” — yes…":  "\"don't\" - yes...",
	} {
		if got := strings.TrimSpace(plain(Render(in, 60, Options{ASCII: true}))); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func TestStyles(t *testing.T) {
	for _, tt := range []struct {
		src  string
		want canvas.Line
	}{
		{"# Title `x`", canvas.Line{{Text: "Title x", Tok: theme.Accent, Bold: true}}},
		{"### Small", canvas.Line{{Text: "Small", Bold: true}}},
		{"a **b** *c* `d`", canvas.Line{{Text: "a "}, {Text: "b", Bold: true}, {Text: " "},
			{Text: "c", Tok: theme.Accent}, {Text: " "}, {Text: "d", Tok: theme.Accent}}},
		{"[w](ftp://u)", canvas.Line{{Text: "w", Tok: theme.Accent}, {Text: " ("}, {Text: "ftp://u", Tok: theme.Dim}, {Text: ")"}}},
		{"[ftp://u](ftp://u)", canvas.Line{{Text: "ftp://u", Tok: theme.Accent}}},
		{"[w](../glossary.md#w)", canvas.Line{{Text: "w", Tok: theme.Accent}}},
		{"```math\nx = 1\n```", canvas.Line{{Text: "    "}, {Text: "x = 1", Tok: theme.Accent}}},
		{"a<!-- b -->c", canvas.Line{{Text: "ac"}}},
	} {
		rows := Render(tt.src, 60, Options{})
		if len(rows) != 1 || fmt.Sprint(rows[0]) != fmt.Sprint(tt.want) {
			t.Errorf("%q: got %v, want one row %v", tt.src, rows, tt.want)
		}
	}
}

func TestBreaks(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		width     int
		want      string
	}{
		{"a code span moves whole", "ask `v(z, t) now`", 14, "ask\nv(z, t) now\n"},
		{"a code span that is too long breaks at a blank", "`aaaa bbbb cccc`", 10, "aaaa bbbb\ncccc\n"},
		{"a word that is too long breaks", "abcdefghijkl", 10, "abcdefghij\nkl\n"},
		{"a comma stays with its code span", "see `abc`, ok", 7, "see\nabc, ok\n"},
		{"a wide rune is not halved", "日本語", 5, "日本\n語\n"},
		{"formulas keep their columns", "```math\na =  1\n  b\n```", 30, "    a =  1\n      b\n"},
		{"a table without room becomes records", "|head|other|\n|--|--|\n|aaaaaaaaaa|bbbbbbbbbb|\n|c|d|", 20,
			"head: aaaaaaaaaa\nother: bbbbbbbbbb\n\nhead: c\nother: d\n"},
		{"numbers align", "9. a\n10. b", 20, " 9. a\n10. b\n"},
	} {
		if got := plain(Render(tt.src, tt.width, Options{})); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	src := page(b)
	for b.Loop() {
		Render(src, 58, Options{})
	}
}

// TestPlain: nothing is drawn, and a table is told row by row.
func TestPlain(t *testing.T) {
	src := "# A\n\n- one\n\n> said\n\n---\n\n| | here | there |\n|---|---|---|\n| noise at | t = 0 | T |\n"
	var rows []string
	for _, l := range Render(src, 60, Options{Plain: true}) {
		rows = append(rows, plainText(l))
	}
	want := "A\n\n- one\n  said\n\n- noise at; here: t = 0; there: T"
	if got := strings.Join(rows, "\n"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
