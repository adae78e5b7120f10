package couple

import "fmlab/engine"

// Energy returns the mean of ‖x1_i − x0_i‖² over the pairs (x0_i, x1_i): the kinetic
// energy of going from one to the other in a straight line in unit time. No other
// way costs less, and no pairing less than [OT]'s. It is 0 of no pairs.
func Energy(x0, x1 engine.Points) float64 {
	engine.SameLen("couple: Energy", x0, x1)
	sum := 0.0
	for i, v := range x0 {
		d := x1[i] - v
		sum += float64(d * d)
	}
	return sum / float64(max(1, x0.Len()))
}

// Crossings returns how many of the n(n−1)/2 pairs of segments x0_i → x1_i cross
// properly: in one point inside of both. Segments that touch or overlap do not.
// [OT] leaves few, not none: only pairing by distance, not its square, leaves none.
func Crossings(x0, x1 engine.Points) (count int) {
	engine.SameLen("couple: Crossings", x0, x1)
	for i := range x0.Len() {
		a, b := corner(x0, i), corner(x1, i)
		for j := range i {
			c, d := corner(x0, j), corner(x1, j)
			if apart(a, b, c, d) && apart(c, d, a, b) {
				count++
			}
		}
	}
	return count
}

type point struct{ x, y float64 }

func corner(p engine.Points, i int) point { return point{p[2*i], p[2*i+1]} }

// apart says whether c and d lie strictly on different sides of the line through a
// and b.
func apart(a, b, c, d point) bool {
	return side(a, b, c) < 0 && side(a, b, d) > 0 || side(a, b, c) > 0 && side(a, b, d) < 0
}

// side is twice the signed area of the triangle a b c, positive when it turns left.
func side(a, b, c point) float64 { return float64((b.x-a.x)*(c.y-a.y)) - float64((b.y-a.y)*(c.x-a.x)) }
