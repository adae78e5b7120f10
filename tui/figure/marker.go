package figure

import (
	"fmt"
	"strings"

	"fmlab/lab"
)

// shapes are what stands for a role, as a path about a place, in units of its size.
// Those with corners are drawn as lines so that none hides another.
var shapes = map[lab.Role][][2]float64{
	lab.RoleB: {{0, -1.2}, {1.1, 0.8}, {-1.1, 0.8}},
	lab.RoleC: {{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}},
	lab.RoleD: {{0, -1.3}, {1.1, 0}, {0, 1.3}, {-1.1, 0}},
	lab.RoleF: {{0, 1.2}, {1.1, -0.8}, {-1.1, -0.8}},
	lab.RoleG: {{-1.2, -0.6}, {1.2, -0.6}, {1.2, 0.6}, {-1.2, 0.6}},
	lab.RoleH: {{0, -1.4}, {0.7, 0}, {0, 1.4}, {-0.7, 0}},
}

// marker is the path of the mark of a role, r about the place.
func marker(role lab.Role, x, y, r float64) string {
	switch corners := shapes[role]; {
	case role == lab.RoleData: // a plus
		return fmt.Sprintf("M%sh%sM%sv%s", at(x-r, y), num(2*r), at(x, y-r), num(2*r))
	case role == lab.RoleExact || role == lab.RoleE: // a cross
		return fmt.Sprintf("M%sl%sM%sl%s", at(x-r, y-r), at(2*r, 2*r), at(x-r, y+r), at(2*r, -2*r))
	case corners != nil:
		var b strings.Builder
		for i, c := range corners {
			b.WriteString(map[bool]string{true: "M", false: "L"}[i == 0] + at(x+r*c[0], y+r*c[1]))
		}
		return b.String() + "z"
	}
	return fmt.Sprintf("M%sa%s 0 1 0 %s 0a%s 0 1 0 %s 0z", at(x-r, y), at(r, r), num(2*r), at(r, r), num(-2*r))
}

// dot is the path of a point among many: a stroke of no length, which round ends
// make visible.
func dot(x, y float64) string { return "M" + at(x, y) + "h0" }

const roundEnds = ` stroke-linecap="round"`

// key is an entry of a legend.
type key struct {
	role  lab.Role
	label string
	line  bool // drawn as a line
	marks bool // with markers
}

// legend writes keys below what is drawn, in as many rows as they need.
func (s *sheet) legend(keys []key) {
	x := gutter
	s.y += small + 6
	for _, k := range keys {
		w := 38 + charWidth(small, "m")*float64(len([]rune(k.label)))
		if x > gutter && x+w > width-margin {
			x = gutter
			s.y += small + 6
		}
		mid, in := s.y-4, of(k.role)
		if k.line {
			s.path(fmt.Sprintf("M%sh20", at(x, mid)), in, 1.6, dash(k.role)) // as it is drawn
		}
		if k.marks {
			s.path(marker(k.role, x+10, mid, 3), in, 1.4, "")
		}
		s.text(x+25, s.y, k.label, words{size: small})
		x += w
	}
}
