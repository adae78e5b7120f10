package canvas

// Rect is a rectangle of cells: corner and size.
type Rect struct{ X, Y, W, H int }

// Empty reports whether r holds no cell.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Contains reports whether the cell (x, y) is in r.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && y >= r.Y && x < r.X+r.W && y < r.Y+r.H
}

// Intersect returns what r and o share, of size 0 if nothing.
func (r Rect) Intersect(o Rect) Rect {
	x, y := max(r.X, o.X), max(r.Y, o.Y)
	return Rect{x, y, max(min(r.X+r.W, o.X+o.W)-x, 0), max(min(r.Y+r.H, o.Y+o.H)-y, 0)}
}

// Inset returns r without dx columns at each side and dy rows at top and bottom.
func (r Rect) Inset(dx, dy int) Rect {
	return Rect{r.X + dx, r.Y + dy, max(r.W-2*dx, 0), max(r.H-2*dy, 0)}
}

// Top cuts n rows off the top: the rows cut, and the rest.
func (r Rect) Top(n int) (cut, rest Rect) {
	n = min(max(n, 0), r.H)
	return Rect{r.X, r.Y, r.W, n}, Rect{r.X, r.Y + n, r.W, r.H - n}
}

// Bottom cuts n rows off the bottom.
func (r Rect) Bottom(n int) (cut, rest Rect) {
	rest, cut = r.Top(r.H - min(max(n, 0), r.H))
	return cut, rest
}

// Left cuts n columns off the left.
func (r Rect) Left(n int) (cut, rest Rect) {
	n = min(max(n, 0), r.W)
	return Rect{r.X, r.Y, n, r.H}, Rect{r.X + n, r.Y, r.W - n, r.H}
}

// Right cuts n columns off the right.
func (r Rect) Right(n int) (cut, rest Rect) {
	rest, cut = r.Left(r.W - min(max(n, 0), r.W))
	return cut, rest
}
