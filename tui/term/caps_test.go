package term

import (
	"strings"
	"testing"

	"fmlab/tui/canvas"
	"fmlab/tui/theme"
)

func TestDetect(t *testing.T) {
	const utf8 = "LANG=en_GB.UTF-8"
	tests := []struct {
		name, env, goos string
		tty             bool
		want            Caps
	}{
		{"modern terminal", "TERM=xterm-256color COLORTERM=truecolor " + utf8, "linux", true,
			Caps{TTY: true, Profile: theme.TrueColor, Glyphs: canvas.Braille}},
		{"24bit spelling", "TERM=xterm COLORTERM=24bit " + utf8, "linux", true,
			Caps{TTY: true, Profile: theme.TrueColor, Glyphs: canvas.Braille}},
		{"tmux", "TERM=tmux-256color " + utf8, "linux", true,
			Caps{TTY: true, Profile: theme.ANSI256, Glyphs: canvas.Braille}},
		{"plain xterm", "TERM=xterm " + utf8, "linux", true,
			Caps{TTY: true, Profile: theme.ANSI16, Glyphs: canvas.Braille}},
		{"kitty by its name", "TERM=xterm-kitty " + utf8, "linux", true,
			Caps{TTY: true, Profile: theme.TrueColor, Glyphs: canvas.Braille}},
		{"linux console", "TERM=linux " + utf8, "linux", true,
			Caps{TTY: true, Profile: theme.ANSI16, Glyphs: canvas.Block}},
		{"linux console without UTF-8", "TERM=linux LANG=C", "linux", true,
			Caps{TTY: true, Profile: theme.ANSI16, Glyphs: canvas.ASCII}},
		{"C locale", "TERM=xterm-256color LANG=C", "linux", true,
			Caps{TTY: true, Profile: theme.ANSI256, Glyphs: canvas.ASCII}},
		{"no locale", "TERM=xterm-256color", "linux", true,
			Caps{TTY: true, Profile: theme.ANSI256, Glyphs: canvas.ASCII}},
		{"LC_ALL wins over LANG", "TERM=xterm LC_ALL=C " + utf8, "linux", true,
			Caps{TTY: true, Profile: theme.ANSI16, Glyphs: canvas.ASCII}},
		{"LC_CTYPE wins over LANG", "TERM=xterm LC_CTYPE=de_DE.utf8 LANG=C", "linux", true,
			Caps{TTY: true, Profile: theme.ANSI16, Glyphs: canvas.Braille}},
		{"no colour", "TERM=xterm-256color COLORTERM=truecolor NO_COLOR=1 CLICOLOR_FORCE=1 " + utf8, "linux", true,
			Caps{TTY: true, Profile: theme.Mono, Glyphs: canvas.Braille}},
		{"empty NO_COLOR is not set", "TERM=xterm-256color NO_COLOR= " + utf8, "linux", true,
			Caps{TTY: true, Profile: theme.ANSI256, Glyphs: canvas.Braille}},
		{"dumb", "TERM=dumb COLORTERM=truecolor " + utf8, "linux", true,
			Caps{TTY: true, Dumb: true, Profile: theme.Mono, Glyphs: canvas.ASCII}},
		{"no TERM", utf8, "linux", true,
			Caps{TTY: true, Dumb: true, Profile: theme.Mono, Glyphs: canvas.ASCII}},
		{"pipe", "TERM=xterm-256color " + utf8, "linux", false,
			Caps{Profile: theme.Mono, Glyphs: canvas.Braille}},
		{"pipe with colours", "TERM=xterm-256color CLICOLOR_FORCE=1 " + utf8, "linux", false,
			Caps{Profile: theme.ANSI256, Glyphs: canvas.Braille}},
		{"pipe with colours forced off", "TERM=xterm-256color CLICOLOR_FORCE=0 " + utf8, "linux", false,
			Caps{Profile: theme.Mono, Glyphs: canvas.Braille}},
		{"ssh", "TERM=xterm-256color SSH_TTY=/dev/pts/1 " + utf8, "linux", true,
			Caps{TTY: true, SSH: true, Profile: theme.ANSI256, Glyphs: canvas.Braille}},
		{"ssh by connection", "TERM=xterm-256color SSH_CONNECTION=1 " + utf8, "linux", true,
			Caps{TTY: true, SSH: true, Profile: theme.ANSI256, Glyphs: canvas.Braille}},
		{"windows terminal", "WT_SESSION=1", "windows", true,
			Caps{TTY: true, Profile: theme.TrueColor, Glyphs: canvas.Braille}},
		{"windows terminal with WSL", "TERM=xterm-256color WT_SESSION=1 " + utf8, "linux", true,
			Caps{TTY: true, Profile: theme.TrueColor, Glyphs: canvas.Braille}},
		{"windows console", "", "windows", true,
			Caps{TTY: true, Profile: theme.ANSI16, Glyphs: canvas.Block}},
	}
	for _, tt := range tests {
		env := map[string]string{}
		for _, kv := range strings.Fields(tt.env) {
			k, v, _ := strings.Cut(kv, "=")
			env[k] = v
		}
		got := detect(func(k string) string { return env[k] }, tt.tty, tt.goos)
		if got != tt.want {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, tt.want)
		}
	}
}
