package term

import (
	"runtime"
	"strings"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

// Caps is what a terminal can do.
type Caps struct {
	TTY     bool // it is a terminal, not a file or a pipe
	Dumb    bool // it cannot move the cursor: use the plain, linear mode
	SSH     bool // it is at the other end of a network
	Profile theme.Profile
	Glyphs  canvas.Glyphs
}

// Detect reads from the environment what the terminal can do. It never asks the
// terminal, which may not answer. tty says whether the output is one.
//
// Colours: NO_COLOR turns them off, CLICOLOR_FORCE on even in a pipe; then
// COLORTERM and TERM decide. Glyphs: what is not UTF-8 by LC_ALL, LC_CTYPE or
// LANG (the first that is set) gets ASCII, a console without braille gets blocks.
func Detect(getenv func(string) string, tty bool) Caps {
	return detect(getenv, tty, runtime.GOOS)
}

func detect(getenv func(string) string, tty bool, goos string) Caps {
	c := Caps{TTY: tty, SSH: getenv("SSH_TTY") != "" || getenv("SSH_CONNECTION") != ""}
	name := getenv("TERM")
	c.Dumb = name == "dumb" || name == "" && goos != "windows"
	c.Profile = profile(getenv, tty && !c.Dumb)
	c.Glyphs = glyphs(getenv, c.Dumb, goos)
	return c
}

// profile decides how many colours to use; shows says whether the output can
// show any.
func profile(getenv func(string) string, shows bool) theme.Profile {
	force := getenv("CLICOLOR_FORCE")
	switch {
	case getenv("NO_COLOR") != "":
		return theme.Mono
	case !shows && (force == "" || force == "0"):
		return theme.Mono
	}
	name := getenv("TERM")
	switch {
	case getenv("COLORTERM") == "truecolor", getenv("COLORTERM") == "24bit",
		getenv("WT_SESSION") != "", hasAny(name, trueColor):
		return theme.TrueColor
	case strings.Contains(name, "256color"):
		return theme.ANSI256
	}
	return theme.ANSI16
}

// trueColor are parts of the names of terminals that show 24-bit colours.
var trueColor = []string{"direct", "truecolor", "kitty", "ghostty", "alacritty", "wezterm", "foot", "contour", "rio"}

func hasAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// glyphs chooses the finest marks the terminal is known to draw.
func glyphs(getenv func(string) string, dumb bool, goos string) canvas.Glyphs {
	windowsTerminal := getenv("WT_SESSION") != ""
	switch {
	case dumb:
		return canvas.ASCII
	case goos == "windows" && !windowsTerminal, getenv("TERM") == "linux" && utf8Locale(getenv):
		return canvas.Block
	case windowsTerminal || utf8Locale(getenv):
		return canvas.Braille
	}
	return canvas.ASCII
}

// utf8Locale reports whether characters are encoded in UTF-8.
func utf8Locale(getenv func(string) string) bool {
	for _, key := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(getenv(key)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return false
}
