package plot

import (
	"math"

	"fmlab/engine"
	"fmlab/lab"
	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// picture is the square of a plane: a canvas with data coordinates.
type picture struct {
	*canvas.Canvas
	half    float64
	clouds  int  // layers of points
	points  int  // in all clouds
	bundles int  // layers of trails
	ground  bool // heat is drawn by glyphs, among which dots would be lost
	outside int  // points that lie outside of the view
}

// place returns the coordinates of a point in units of the picture: (0, 0) is
// its upper left corner, (1, 1) its lower right.
func (p *picture) place(x, y float64) (u, w float64) {
	return (x/p.half + 1) / 2, (1 - y/p.half) / 2
}

func (p *picture) draw(layers []lab.Layer) {
	for i := range layers {
		if layers[i].Kind == lab.Heat {
			p.heat(&layers[i])
		}
	}
	for i := range layers {
		if layers[i].Kind == lab.Arrows {
			p.arrows(&layers[i])
		}
	}
	d := p.Dots()
	for i := range layers {
		switch l := &layers[i]; l.Kind {
		case lab.Scatter:
			p.scatter(d, l)
		case lab.Trails:
			p.trails(d, l)
		}
	}
	d.Draw()
}

// count counts the layers that have something to draw.
func (p *picture) count(layers []lab.Layer) {
	for i := range layers {
		switch l := &layers[i]; {
		case l.Kind == lab.Scatter && l.Points.Len() > 0:
			p.clouds++
			p.points += l.Points.Len()
		case l.Kind == lab.Trails && len(l.Paths) > 0:
			p.bundles++
		case l.Kind == lab.Heat && !coloured(p.Canvas):
			p.ground = true
		}
	}
}

// few reports whether so many points have room to be drawn as markers.
func (p *picture) few(points int) bool { return 4*points <= p.W*p.H }

// heads reports whether a scatter is a few points at the ends of trails.
func (p *picture) heads(l *lab.Layer) bool { return p.bundles > 0 && p.few(l.Points.Len()) }

// mark returns the marker to draw for each point of a scatter, 0 for plain dots.
// Markers are for roles that colour or dots cannot tell apart, for a few points at
// the ends of trails, and for classes while they have room.
func (p *picture) mark(l *lab.Layer) rune {
	several := p.clouds+p.bundles > 1 && (bare(p.Canvas) || p.Glyphs == canvas.ASCII) || p.ground
	class := l.Role >= lab.RoleA && p.few(p.points)
	if several || class || p.heads(l) {
		return marker(p.Canvas, l.Role)
	}
	return 0
}

// priority returns the priority of the marks of a layer: by role, points above
// lines, and what stands at the ends of trails above the trails.
func (p *picture) priority(l *lab.Layer) uint8 {
	switch {
	case l.Kind == lab.Trails:
		return 2 * uint8(l.Role)
	case p.heads(l):
		return 2*uint8(max(l.Role, lab.RoleTrail)) + 1
	}
	return 2*uint8(l.Role) + 1
}

func (p *picture) scatter(d *canvas.Dots, l *lab.Layer) {
	mark := p.mark(l)
	sw, sh := float64(p.W*d.SX), float64(p.H*d.SY)
	tok, priority := theme.Of(l.Role), p.priority(l)
	for i := range l.Points.Len() {
		u, w := p.place(l.Points.At(i))
		if !(u >= 0 && u <= 1 && w >= 0 && w <= 1) {
			p.outside++
			continue
		}
		if l.Tones != nil {
			tok = theme.Ramp(int(l.Tones[i] * (theme.RampSteps - 0.01)))
		}
		d.Dot(min(int(u*sw), p.W*d.SX-1), min(int(w*sh), p.H*d.SY-1), tok, priority, mark)
	}
}

// trails draws polylines; each segment is clipped to the view first, so that a
// path that has run away costs nothing. Paths of two points are pairs, many of
// them and crossing: without braille they are thin strokes, for blocks would run
// together.
func (p *picture) trails(d *canvas.Dots, l *lab.Layer) {
	sw, sh := float64(p.W*d.SX), float64(p.H*d.SY)
	tok, priority := theme.Of(l.Role), p.priority(l)
	for _, path := range l.Paths {
		for i := 1; i < path.Len(); i++ {
			u0, w0 := p.place(path.At(i - 1))
			u1, w1 := p.place(path.At(i))
			if s := (segment{u0, w0, u1, w1}); s.clip() {
				mark := rune(0)
				if path.Len() == 2 || p.Glyphs == canvas.ASCII {
					mark = stroke(p.Canvas, s)
				}
				if mark == 0 && p.ground && p.Glyphs == canvas.ASCII {
					mark = '~'
				}
				d.Line(int(s.x0*sw), int(s.y0*sh), int(s.x1*sw), int(s.y1*sh), tok, priority, mark)
			}
		}
	}
}

// stroke returns the rune of a straight line across c, given in units of c, or 0
// for dots: in braille, and where it is too short to show a direction.
func stroke(c *canvas.Canvas, s segment) rune {
	dx, dy := (s.x1-s.x0)*float64(c.W), (s.y1-s.y0)*float64(c.H)
	across, down := math.Abs(dx), 2*math.Abs(dy) // a cell is twice as high as wide
	const steep = 2.414                          // tan 67.5°
	switch {
	case c.Glyphs == canvas.Braille || max(across, down) < 3:
		return 0
	case across > steep*down:
		return '─'
	case down > steep*across:
		return '│'
	case dx > 0 == (dy > 0):
		return '\\'
	}
	return '/'
}

// The eight directions, counter-clockwise from the right.
var (
	compass      = [8]rune{'→', '↗', '↑', '↖', '←', '↙', '↓', '↘'}
	asciiCompass = [8]rune{'>', '/', '^', '\\', '<', '/', 'v', '\\'}
)

// arrows draws each vector as one rune in the cell of its base: direction by
// shape, speed by colour, standing still as a dot.
func (p *picture) arrows(l *lab.Layer) {
	engine.SameLen("plot", l.Points, l.Vectors)
	top := 0.0
	for i := range l.Vectors.Len() {
		if s := math.Hypot(l.Vectors.At(i)); s <= limit {
			top = max(top, s)
		}
	}
	for i := range l.Points.Len() {
		u, w := p.place(l.Points.At(i))
		if !(u >= 0 && u <= 1 && w >= 0 && w <= 1) {
			continue
		}
		dx, dy := l.Vectors.At(i)
		r, tok := p.arrow(dx, dy, top)
		p.Over(cell(u, p.W), cell(w, p.H), r, tok)
	}
}

// arrow chooses the rune and the colour of one vector, top being the greatest
// speed of its layer. A vector that is not a number is marked.
func (p *picture) arrow(dx, dy, top float64) (rune, theme.Token) {
	speed := math.Hypot(dx, dy)
	switch {
	case !(speed <= limit):
		return '!', theme.Bad
	case speed <= 1e-9*top && p.Glyphs == canvas.ASCII:
		return '.', theme.Ramp(0)
	case speed <= 1e-9*top:
		return '·', theme.Ramp(0)
	}
	way := (int(math.Round(math.Atan2(dy, dx)/(math.Pi/4))) + 8) % 8
	tok := theme.Ramp(int(speed / top * (theme.RampSteps - 0.01)))
	if p.Glyphs == canvas.ASCII {
		return asciiCompass[way], tok
	}
	return compass[way], tok
}
