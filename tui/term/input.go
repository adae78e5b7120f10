package term

import "unicode/utf8"

// maxHeld is the longest control sequence that is waited for, in bytes.
const maxHeld = 64

const (
	bel = 0x07
	esc = 0x1b
)

// filter takes the terminal's replies out of what is typed. A reply to a
// question of this program, or of the one before it, would otherwise arrive as
// keys. Dropped are the strings OSC (ESC ] 0-9…), DCS (ESC P …) and APC
// (ESC _ G…) up to their terminator, and control sequences with a private marker
// (CSI ?…, CSI >…, CSI =…: device attributes, mode reports, keyboard flags);
// no key is sent as any of these. All else goes through unchanged and in order.
type filter struct {
	held     []byte // a sequence that has begun and not ended
	inString bool   // inside OSC, DCS or APC
}

// feed returns what of the bytes so far are keys, appended to dst. An
// unfinished sequence at the end is held for the next call.
func (f *filter) feed(dst, src []byte) []byte {
	b := append(f.held, src...)
	f.held = nil
	for len(b) > 0 {
		keep, skip := f.next(b)
		if keep+skip == 0 {
			f.held = append([]byte(nil), b...)
			break
		}
		dst = append(dst, b[:keep]...)
		b = b[keep+skip:]
	}
	return dst
}

// flush is for when nothing followed in time: what is held was all there is. A
// string that never ended is forgotten, so that typing works again.
func (f *filter) flush(dst []byte) []byte {
	dst = append(dst, f.held...)
	f.held, f.inString = nil, false
	return dst
}

// next says how many bytes at the start of b are keys to keep and how many after
// those to skip, or 0, 0 if that cannot be known yet.
func (f *filter) next(b []byte) (keep, skip int) {
	switch {
	case f.inString:
		return f.string(b)
	case b[0] != esc:
		return plain(b), 0
	case len(b) == 1:
		return 0, 0
	}
	switch b[1] {
	case '[':
		return control(b)
	case ']', 'P', '_':
		if len(b) == 2 {
			return 0, 0
		}
		f.inString = startsString(b[1], b[2])
		if f.inString {
			return 0, 2
		}
		return 2, 0
	case 'O': // a function key: its letter follows
		if len(b) == 2 {
			return 0, 0
		}
	}
	return 1, 0
}

// startsString tells a reply from Alt held with ], P or _.
func startsString(kind, c byte) bool {
	switch kind {
	case ']':
		return '0' <= c && c <= '9'
	case 'P':
		return '0' <= c && c <= '9' || c == '>' || c == '!' || c == '$' || c == '+'
	default:
		return c == 'G'
	}
}

// string skips to the end of a string: BEL or ESC \. Any other control
// character ends it too and is a key.
func (f *filter) string(b []byte) (keep, skip int) {
	for i, c := range b {
		switch {
		case c == esc && i+1 == len(b):
			return 0, i // its second byte is still to come
		case c == bel:
			f.inString = false
			return 0, i + 1
		case c == esc && b[i+1] == '\\':
			f.inString = false
			return 0, i + 2
		case c < ' ':
			f.inString = false
			return f.resume(b, i)
		}
	}
	return 0, len(b)
}

// resume ends a string at byte i without a terminator.
func (f *filter) resume(b []byte, i int) (keep, skip int) {
	if i > 0 {
		return 0, i
	}
	return f.next(b)
}

// plain returns the length of the text before the next ESC, without a rune of
// which only the beginning is there.
func plain(b []byte) int {
	i := 0
	for i < len(b) && b[i] != esc {
		if !utf8.FullRune(b[i:]) {
			break
		}
		_, n := utf8.DecodeRune(b[i:])
		i += n
	}
	return i
}

// control reads a control sequence: ESC [ parameters, intermediates, final byte.
func control(b []byte) (keep, skip int) {
	i := 2
	for i < len(b) && ' ' <= b[i] && b[i] < '@' {
		i++
	}
	switch {
	case i >= maxHeld:
		return i, 0 // nothing that is known
	case i == len(b):
		return 0, 0
	case b[i] < '@' || b[i] > '~':
		return i, 0 // broken off by a key
	case b[2] == '?' || b[2] == '>' || b[2] == '=':
		return 0, i + 1
	}
	return i + 1, 0
}
