package tui

import (
	"fmt"
	"math"
	"math/rand/v2"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/engine"
	"fmlab/tui/canvas"
)

// pad is a sheet to draw a point set on, the plane as the lab shows it. One sheet
// lies ready as long as the program runs: leaving it loses nothing.
type pad struct {
	live   *live // whose data the drawing becomes
	rng    *rand.Rand
	points engine.Points
	past   []engine.Points // as it was before each stroke, for backspace
	stroke bool            // the last of past was before the stroke under way
	x, y   float64         // the cursor
	brush  int             // in brushes
	down   bool            // the pen: moving draws
	drag   bool            // the mouse has moved since its button was pressed
	unkept bool            // something was drawn since it was last kept

	naming bool
	name   input
	wrong  string      // why it could not be kept
	square canvas.Rect // of the picture, on the screen
}

// Sizes of the pad, in the units of the plane, whose side is 2·padHalf.
const (
	padHalf = 3
	padStep = 0.1 // of the cursor, and of the pen between two dabs
	padFar  = 5   // steps at once
)

const (
	padMost  = 20_000 // points
	padLeast = 50     // for a quarter is held back, and a dozen points judge badly enough
	padUndo  = 1000   // strokes
	padRand  = 130    // the random stream of its sprays
)

// brush is a spray of points, Gaussian in both directions.
type brush struct {
	name  string
	size  float64 // standard deviation
	spray int     // points a press of space
	dab   int     // points a step of the pen
}

var brushes = []brush{{"one point", 0, 1, 1}, {"small spray", 0.08, 20, 5}, {"wide spray", 0.35, 100, 10}}

// openPad lays the sheet on the screen, as it was left.
func (a *App) openPad() tea.Cmd {
	if a.pad == nil {
		a.pad = &pad{brush: 1, rng: engine.NewRand(a.live().setup.Seed, padRand)}
	}
	a.pad.live, a.pad.stroke, a.pad.down = a.live(), false, false
	return a.lay(a.pad)
}

func (p *pad) where() where {
	if p.naming {
		return inTyping
	}
	return inPad
}

func (p *pad) move(int) {} // its arrows go four ways

// back stops the naming, and says whether there was any.
func (p *pad) back() bool {
	naming := p.naming
	p.naming, p.wrong = false, ""
	return naming
}

// padMove returns what a key does that moves the cursor some steps.
func padMove(dx, dy float64) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		p := a.pad
		p.goTo(p.x+padStep*dx, p.y+padStep*dy, p.down)
		return a.sayFull()
	}
}

// goTo moves the cursor to a place within the sheet, and draws on the way or not.
func (p *pad) goTo(x, y float64, draws bool) {
	x, y = within(x), within(y)
	dx, dy := x-p.x, y-p.y
	if dist := math.Hypot(dx, dy); draws && dist > 0 {
		n := max(1, int(math.Round(dist/padStep)))
		for i := 1; i <= n; i++ {
			f := float64(i) / float64(n)
			p.add(p.x+f*dx, p.y+f*dy, brushes[p.brush].dab)
		}
	}
	p.x, p.y = x, y
}

// within keeps the cursor on the sheet, on places of a few digits.
func within(v float64) float64 { return digits(max(-padHalf, min(padHalf, v))) }

// digits rounds to the four digits that are kept in a file.
func digits(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// add leaves n points of the brush about a place, as far as there is room. The
// first of a stroke notes how it was before.
func (p *pad) add(x, y float64, n int) {
	if n = min(n, padMost-p.points.Len()); n <= 0 {
		return
	}
	if !p.stroke {
		p.mark()
	}
	p.stroke, p.unkept = true, true
	size := brushes[p.brush].size
	for range n {
		p.points = append(p.points, digits(x+size*p.rng.NormFloat64()), digits(y+size*p.rng.NormFloat64()))
	}
}

// mark notes how it is. What is noted shares its storage: it is the beginning of
// what is drawn later.
func (p *pad) mark() {
	if p.past = append(p.past, p.points); len(p.past) > padUndo {
		p.past = p.past[1:]
	}
}

// spray drops a spray of points at the cursor: a stroke of its own.
func (a *App) spray() tea.Cmd {
	p := a.pad
	p.stroke = false
	p.add(p.x, p.y, brushes[p.brush].spray)
	p.stroke = false
	return a.sayFull()
}

func (a *App) sayFull() tea.Cmd {
	if a.pad.points.Len() == padMost {
		a.say(fmt.Sprintf("the sheet is full: %d points are the most", padMost), true)
	}
	return nil
}

// turnPen puts the pen down or takes it up.
func (a *App) turnPen() tea.Cmd {
	a.pad.down, a.pad.stroke = !a.pad.down, false
	return nil
}

func takeBrush(i int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.pad.brush = i
		b := brushes[i]
		if b.size == 0 {
			return a.say("brush: "+b.name, false)
		}
		return a.say(fmt.Sprintf("brush: %s, %d points at once, %d a step of the pen", b.name, b.spray, b.dab), false)
	}
}

func turnBrush(by int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		return takeBrush((a.pad.brush + by + len(brushes)) % len(brushes))(a)
	}
}

// unstroke takes back the last stroke, or the clearing of all.
func (a *App) unstroke() tea.Cmd {
	p, last := a.pad, len(a.pad.past)-1
	p.points, p.past, p.stroke, p.unkept = p.past[last], p.past[:last], false, true
	return nil
}

func (a *App) whyNoUnstroke() string { return unless(len(a.pad.past) > 0, "no stroke to take back") }

func (a *App) clearPad() tea.Cmd {
	a.pad.mark()
	a.pad.points, a.pad.stroke, a.pad.unkept = nil, false, false
	return a.say("all is cleared; backspace brings it back", false)
}

func (a *App) whyNoClear() string { return unless(a.pad.points.Len() > 0, "nothing is drawn yet") }
