package figure

import (
	"fmt"
	"strings"

	"fmlab/lab"
	"fmlab/tui/theme"
)

// ink is a colour: as it is on white, and the name by which a page may change it.
type ink struct{ class, hex string }

var light, dark = theme.New(false, theme.TrueColor), theme.New(true, theme.TrueColor)

func hexOf(th *theme.Theme, t theme.Token) string {
	r, g, b := th.RGB(t)
	return fmt.Sprintf("#%02x%02x%02x", r, g, b)
}

// inks are the colours that have names, each of a token.
var inks = map[string]theme.Token{"t": theme.Text, "d": theme.Dim, "g": theme.Border}

var (
	inkText = named("t")
	inkDim  = named("d")
	inkGrid = named("g")
)

func named(class string) ink { return ink{class, hexOf(light, inks[class])} }

// of is the ink of a role.
func of(r lab.Role) ink {
	return ink{fmt.Sprintf("r%d", r), hexOf(light, theme.Of(r))}
}

// Style is what a page needs for figures to follow it into the dark. Paper is light.
func Style() string {
	var b strings.Builder
	b.WriteString("svg.figure{max-width:100%;height:auto}\n@media screen and (prefers-color-scheme:dark){\n")
	rule := func(class string, t theme.Token) {
		c := hexOf(dark, t)
		fmt.Fprintf(&b, "svg .%sf{fill:%s}svg .%sl{stroke:%s}\n", class, c, class, c)
	}
	for _, class := range []string{"t", "d", "g"} {
		rule(class, inks[class])
	}
	for r := lab.RoleField; r <= lab.RoleH; r++ {
		rule(fmt.Sprintf("r%d", r), theme.Of(r))
	}
	for i := 1; i <= theme.HeatSteps; i++ {
		rule(fmt.Sprintf("h%d", i), theme.Heat(i))
	}
	for i := 1; i <= theme.DivergeSteps; i++ {
		rule(fmt.Sprintf("a%d", i), theme.Diverge(i))
		rule(fmt.Sprintf("b%d", i), theme.Diverge(-i))
	}
	b.WriteString("}\n")
	return b.String()
}

// dash tells lines apart that have no markers, where colour does not.
func dash(r lab.Role) string {
	pattern := map[lab.Role]string{
		lab.RoleFloor: "7 4", lab.RoleExact: "10 3 2 3",
		lab.RoleB: "6 3", lab.RoleC: "2 3", lab.RoleD: "9 3 2 3", lab.RoleE: "4 2", lab.RoleF: "12 4", lab.RoleG: "1 3", lab.RoleH: "9 2 2 2 2 2",
	}[r]
	if pattern == "" {
		return ""
	}
	return ` stroke-dasharray="` + pattern + `"`
}
