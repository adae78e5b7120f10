package term

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// replies are what terminals answer.
var replies = []string{
	"\x1b]11;rgb:1a1a/1b1b/2626\x1b\\", // background colour
	"\x1b]10;rgb:ffff/ffff/ffff\x07",
	"\x1b]52;c;aGVsbG8=\x1b\\",        // clipboard
	"\x1bP>|ghostty 1.0\x1b\\",        // name and version
	"\x1bP1$r0m\x1b\\",                // a setting
	"\x1b_Gi=31;OK\x1b\\",             // kitty pictures
	"\x1b[?62;22;4c",                  // device attributes
	"\x1b[>1;10;0c", "\x1b[?2026;2$y", // … secondary, a mode
	"\x1b[?1u", "\x1b[?997;1n", // keyboard flags, light or dark
}

// typed are keys as they come from a keyboard.
var typed = []string{
	"a", "jjj", "é", "日本", "ж", " ", "\r", "\t", "\x7f", "\x03", "\x1b",
	"\x1b[A", "\x1b[1;5C", "\x1b[5~", "\x1b[Z", "\x1bOP", "\x1b[I", "\x1b[O", "\x1bx", "\x1b\x1b[A",
	"\x1b[<0;10;5M", "\x1b[200~pasted text\x1b[201~", "\x1b[[A", "\x1b]", "\x1bP", "\x1b_", "\x1b[97;5u",
}

// strip runs the filter over pieces that arrive without a pause.
func strip(pieces ...string) string {
	var f filter
	var out []byte
	for _, p := range pieces {
		out = f.feed(out, []byte(p))
	}
	return string(f.flush(out))
}

func TestFilterKeepsKeys(t *testing.T) {
	for _, key := range typed {
		if got := strip(key); got != key {
			t.Errorf("key %q: got %q, want it unchanged", key, got)
		}
	}
}

func TestFilterDropsReplies(t *testing.T) {
	for _, r := range replies {
		if got := strip("ab" + r + "xy"); got != "abxy" {
			t.Errorf("reply %q between ab and xy: got %q, want %q", r, got, "abxy")
		}
	}
}

// Wherever the stream is cut, the same keys come out.
func TestFilterIsCutInvariant(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var all, want strings.Builder
		for range 1 + rng.IntN(6) {
			if rng.IntN(2) == 0 {
				all.WriteString(replies[rng.IntN(len(replies))])
				continue
			}
			// A key that is the beginning of another is told by time alone.
			key := typed[rng.IntN(len(typed))]
			if len(key) <= 2 && key[0] == '\x1b' {
				continue
			}
			all.WriteString(key)
			want.WriteString(key)
		}
		s := all.String()
		var pieces []string
		for rest := s; rest != ""; {
			n := 1 + rng.IntN(len(rest))
			pieces = append(pieces, rest[:n])
			rest = rest[n:]
		}
		if got := strip(pieces...); got != want.String() {
			t.Fatalf("pieces %q: got %q, want %q", pieces, got, want.String())
		}
	}
}

// A reply that breaks off must not swallow the keyboard.
func TestFilterSurvivesBrokenReplies(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"\x1b]11;rgb:1a\x03q", "\x03q"},            // ctrl+c inside
		{"\x1b]11;rgb:1a\x1b[A", "\x1b[A"},          // a key inside
		{"\x1b[?62;" + "\x1b[A", "\x1b[?62;\x1b[A"}, // bubbletea ignores the first part
	} {
		if got := strip(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
	var f filter
	f.feed(nil, []byte("\x1b]11;rgb:"))
	f.flush(nil)
	if got := string(f.feed(nil, []byte("q"))); got != "q" {
		t.Errorf("q after a reply that never ended: got %q, want %q", got, "q")
	}
}

// The filter never makes bytes up, never holds more than maxHeld of them and
// never gets stuck, whatever comes.
func FuzzFilter(f *testing.F) {
	for _, s := range append(replies, typed...) {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var fl filter
		out := fl.feed(nil, b)
		if len(fl.held) > maxHeld {
			t.Errorf("got %d bytes held, want at most %d", len(fl.held), maxHeld)
		}
		if out = fl.flush(out); len(out) > len(b) {
			t.Errorf("got %d bytes from %d", len(out), len(b))
		}
		if got := string(fl.feed(nil, []byte("q"))); got != "q" {
			t.Errorf("after %q: q arrives as %q", b, got)
		}
	})
}
