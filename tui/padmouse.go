package tui

import tea "github.com/charmbracelet/bubbletea"

// heedMouse turns the mouse on while the pad takes the keys, and off when it does
// not: as long as a program has the mouse, a terminal cannot select text to copy.
func (a *App) heedMouse() tea.Cmd {
	_, on := a.top().(*pad)
	if on == a.mouse {
		return nil
	}
	if a.mouse = on; on {
		return tea.EnableMouseCellMotion
	}
	return tea.DisableMouse
}

// mouseMoved hands what the mouse does to the pad.
func (a *App) mouseMoved(m tea.MouseMsg) {
	if p, ok := a.top().(*pad); ok && a.ask == nil && !p.naming {
		p.mouse(m)
		a.sayFull()
	}
}

// mouse draws while the left button is held: a drag leaves a line, a click a spray.
func (p *pad) mouse(m tea.MouseMsg) {
	if m.Button != tea.MouseButtonLeft && m.Action != tea.MouseActionRelease {
		return
	}
	b := brushes[p.brush]
	x, y, ok := p.at(m.X, m.Y)
	switch {
	case m.Action == tea.MouseActionRelease: // of whichever button: some terminals do not say
		if p.stroke && !p.drag && !p.down {
			p.add(p.x, p.y, b.spray-b.dab)
		}
		p.stroke = false
	case !ok:
	case m.Action == tea.MouseActionPress:
		p.stroke, p.drag, p.down = false, false, false
		p.goTo(x, y, false)
		p.add(p.x, p.y, b.dab)
	case p.stroke:
		p.drag = true
		p.goTo(x, y, true)
	}
}

// at is the place in the middle of a cell of the screen, if that is on the sheet.
func (p *pad) at(col, row int) (x, y float64, ok bool) {
	if !p.square.Contains(col, row) {
		return 0, 0, false
	}
	u := (float64(col-p.square.X) + 0.5) / float64(p.square.W)
	w := (float64(row-p.square.Y) + 0.5) / float64(p.square.H)
	return padHalf * (2*u - 1), padHalf * (1 - 2*w), true
}
