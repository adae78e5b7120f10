package canvas

import (
	"math/rand/v2"
	"testing"

	"fmlab/tui/theme"
)

// TestBrailleBits: every dot lands where Unicode says (U+2800, dots 1 to 8).
func TestBrailleBits(t *testing.T) {
	want := [4][2]rune{{'⠁', '⠈'}, {'⠂', '⠐'}, {'⠄', '⠠'}, {'⡀', '⢀'}}
	for y := range 4 {
		for x := range 2 {
			c := New(1, 1, Braille, mono)
			d := c.Dots()
			d.Dot(x, y, theme.Data, 1, 0)
			if d.Draw(); c.At(0, 0).Rune != want[y][x] {
				t.Errorf("dot (%d, %d) got %q, want %q", x, y, c.At(0, 0).Rune, want[y][x])
			}
		}
	}
}

// TestPriority: the colour of a cell does not depend on the order of drawing.
func TestPriority(t *testing.T) {
	type dot struct {
		x, y int
		tok  theme.Token
		prio uint8
	}
	rng := rand.New(rand.NewPCG(2, 1))
	var dots []dot
	for range 500 {
		p := rng.IntN(3)
		dots = append(dots, dot{rng.IntN(40), rng.IntN(40), []theme.Token{theme.Noise, theme.Data, theme.Sample}[p], uint8(p)})
	}
	draw := func() string {
		c := New(20, 10, Braille, colour)
		d := c.Dots()
		for _, p := range dots {
			d.Dot(p.x, p.y, p.tok, p.prio, 0)
		}
		d.Draw()
		return c.Render()
	}
	want := draw()
	rng.Shuffle(len(dots), func(i, j int) { dots[i], dots[j] = dots[j], dots[i] })
	if got := draw(); got != want {
		t.Errorf("another order gives another picture: got\n%s\nwant\n%s", got, want)
	}
}

// TestDensity: above three points a cell tone follows the count; below, the
// tokens stay as they are.
func TestDensity(t *testing.T) {
	fill := func(counts ...int) *Canvas {
		c := New(len(counts), 1, Braille, colour)
		d := c.Dots()
		for x, n := range counts {
			for range n {
				d.Dot(2*x, 0, theme.Sample, 3, 0)
			}
		}
		d.Draw()
		return c
	}
	sparse := fill(1, 3, 1)
	for x := range 3 {
		if got := sparse.At(x, 0).Tok; got != theme.Sample {
			t.Errorf("sparse cell %d: got token %d, want %d", x, got, theme.Sample)
		}
	}
	crowd := fill(1, 10, 1000)
	for x, level := range []int{0, 1, 3} {
		if got := crowd.At(x, 0).Tok; got != theme.Sample.Tone(level) {
			t.Errorf("crowded cell %d: got token %d, want tone %d", x, got, level)
		}
	}
}

// TestLine: a line joins its ends without a gap, whichever way it is drawn.
func TestLine(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	for range 200 {
		c := New(12, 12, ASCII, mono)
		x0, y0, x1, y1 := rng.IntN(12), rng.IntN(12), rng.IntN(12), rng.IntN(12)
		d := c.Dots()
		d.Line(x0, y0, x1, y1, theme.Trail, 1, 0)
		d.Draw()
		n := 0
		for y := range 12 {
			for x := range 12 {
				if c.At(x, y).Rune != ' ' {
					n++
				}
			}
		}
		if want := max(abs(x1-x0), abs(y1-y0)) + 1; n != want || c.At(x0, y0).Rune == ' ' || c.At(x1, y1).Rune == ' ' {
			t.Errorf("(%d,%d)-(%d,%d): got %d cells, want %d and both ends", x0, y0, x1, y1, n, want)
		}
	}
}

// BenchmarkParticles draws and encodes 2,000 particles at 200×60.
func BenchmarkParticles(b *testing.B) {
	rng := rand.New(rand.NewPCG(4, 1))
	xs := make([][2]float64, 2000)
	for i := range xs {
		xs[i] = [2]float64{200 + 60*rng.NormFloat64(), 120 + 40*rng.NormFloat64()}
	}
	c := New(200, 60, Braille, colour)
	buf := make([]byte, 0, 1<<16)
	b.ReportAllocs()
	for b.Loop() {
		c.Clear()
		d := c.Dots()
		for i, x := range xs {
			d.Dot(int(x[0]), int(x[1]), theme.Noise+theme.Token(i%3), uint8(i%3), 0)
		}
		d.Draw()
		buf = c.Append(buf[:0])
	}
	b.ReportMetric(float64(len(buf)), "bytes/frame")
}
