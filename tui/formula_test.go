package tui

import "testing"

// TestOwnPath types a path of one's own, in lesson 1.5 and in the free lab: what is
// no path is refused with the reason and the time, and what was typed stays to be
// mended; what is one becomes the path, and the picture is its own.
func TestOwnPath(t *testing.T) {
	for place, begun := range map[string]func() *learner{
		"lesson 1.5": func() *learner { l := begin(t, "", Options{Lesson: "1.5"}); l.press("2"); return l },
		"free lab":   func() *learner { return inLab(t, "particles", "n", "40", "nfe", "8", "data", "2gaussians") },
	} {
		t.Run(place, func(t *testing.T) {
			l := begun()
			l.settle()
			in := l.live()
			was := in.setup
			l.press("o")
			l.toKnob("alpha")
			l.press("enter")
			l.toLastRow()
			l.press("enter")
			l.write("t^")
			l.press("enter")
			l.sees("no: ", "column 3", "t^▏")
			l.press("backspace")
			l.write("*(1.5-t)*2-t*t*(1-t)*6")
			l.drive("enter")
			l.sees("no: custom path", "α̇σ − ασ̇ = ", "at t = 0.", "want above 0")
			if in.setup != was {
				t.Fatalf("got %+v, want nothing changed by what was refused", in.setup)
			}
			for range len("*(1.5-t)*2-t*t*(1-t)*6") {
				l.press("backspace")
			}
			l.write("*(2-t)")
			l.press("enter")
			l.picture()
			if got := in.taken; got.Path != "custom" || got.Alpha != "t*(2-t)" || in.frame.Err != nil {
				t.Errorf("got path %s, alpha %s, %v, want the one typed", got.Path, got.Alpha, in.frame.Err)
			}
			switch place {
			case "free lab":
				l.sees("alpha: t*(2-t), on path custom")
			default:
				l.sees("● ok A path of your own")
				if got := l.stat("dalpha"); got != 2 || !l.state.Goals["1.5/own-path"] {
					t.Errorf("got d alpha/dt = %v at t = 0 and goals %v, want 2 and the goal", got, l.state.Goals)
				}
			}
			l.press("u")
			l.picture()
			if in.taken != was {
				t.Errorf("u: got %+v, want it as it was", in.taken)
			}
		})
	}
}
