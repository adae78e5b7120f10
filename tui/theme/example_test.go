package theme_test

import (
	"fmt"

	"fmlab/lab"
	"fmlab/tui/theme"
)

func Example() {
	for _, p := range []theme.Profile{theme.TrueColor, theme.ANSI256, theme.ANSI16, theme.Mono} {
		fmt.Printf("%q\n", theme.New(true, p).SGR(theme.Of(lab.RoleData)))
	}
	// Output:
	// "\x1b[38;2;86;180;233m"
	// "\x1b[38;5;74m"
	// "\x1b[96m"
	// ""
}
