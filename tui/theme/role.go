package theme

import "fmlab/lab"

// look is how one role appears: its token, and its marker with and without
// Unicode. No two roles that can meet in a picture share a marker.
type look struct {
	tok   Token
	mark  rune
	ascii rune
}

// looks is indexed by lab.Role. Markers are single cells in every common
// monospaced font.
var looks = [...]look{
	lab.RoleField:  {Field, '→', '>'},
	lab.RoleNoise:  {Noise, '∙', '.'},
	lab.RoleTrail:  {Trail, '~', '~'},
	lab.RoleSample: {Sample, '●', 'o'},
	lab.RoleData:   {Data, '+', '+'},
	lab.RoleExact:  {Exact, '◆', 'x'},
	lab.RoleFloor:  {Floor, '┄', '-'},
	lab.RoleA:      {SeriesA, '●', 'o'},
	lab.RoleB:      {SeriesB, '▲', 'x'},
	lab.RoleC:      {SeriesC, '■', '+'},
	lab.RoleD:      {SeriesD, '◆', '*'},
	lab.RoleE:      {SeriesE, '○', '@'},
	lab.RoleF:      {SeriesF, '△', '%'},
	lab.RoleG:      {SeriesA, '□', '#'},
	lab.RoleH:      {SeriesB, '◇', '&'},
}

// Of returns the token of a role.
func Of(r lab.Role) Token { return looks[r].tok }

// Marker returns the rune that stands for a role in legends, at measured points
// and wherever colour cannot tell.
func Marker(r lab.Role, ascii bool) rune {
	if ascii {
		return looks[r].ascii
	}
	return looks[r].mark
}
