package plain

import (
	"context"
	"errors"
	"strings"

	"fmlab/lessons/exercise"
	"fmlab/lessons/progress"
)

// coding is a coding exercise that is open.
type coding struct {
	*exercise.Attempt
	lesson *lesson
	noted  string // the program that was noted as passed last
}

// code opens an exercise where it was left: its program lies in a file, for any
// editor.
func (v *lesson) code(e *exercise.Exercise) place {
	return func(s *session) menu {
		attempt, err := exercise.DeskIn(s.Log.Dir()).Attempt(e)
		if err == nil {
			err = attempt.Save(attempt.Text)
		}
		if err != nil {
			s.line("Note: " + err.Error())
		}
		return (&coding{Attempt: attempt, lesson: v}).task(s)
	}
}

// task says what is to be written, and where.
func (c *coding) task(s *session) menu {
	s.markdown("## " + c.Title + "\n\n" + c.Task)
	s.program(c.Text)
	if c.File != "" {
		s.line("The program is in " + c.File + ": change it there with any editor and type check, or paste one here with paste.")
	} else {
		s.line("There is no place for a file: paste a program here with paste.")
	}
	return c.menu(s)
}

// menu is what can be typed at an exercise.
func (c *coding) menu(s *session) menu {
	m := menu{name: c.ID, enter: "check", again: c.task}
	m.words = []word{
		short("check", "checks the program in the file", func(string) place { c.reload(s); return c.check }),
		short("paste", "takes a program, line by line up to one with a single dot, and checks it", to(c.paste)),
		short("show", "says the program", say(func() { c.reload(s); s.program(c.Text) })),
		short("hint", "helps, a little more each time, and says the solution at last", say(func() { s.markdown(c.Hint()) })),
		short("why", "why it works, after it has passed", say(func() { c.why(s) })),
		short("language", "what the language offers", say(func() { s.markdown(exercise.Reference) })),
		short("reset", "begins anew with the program as it was handed out; yours is said once more before", say(func() { c.reset(s) })),
		short("back b", "to the part Do", to(c.lesson.do)),
	}
	return m
}

// reload reads the file anew when somebody has saved it.
func (c *coding) reload(s *session) {
	if c.File == "" || !c.Changed(exercise.StampOf(c.File)) {
		return
	}
	if err := c.Reload(); err != nil {
		s.line("The file is not read: " + err.Error() + ". What follows is about the program as it was.")
	}
}

// program says a program as it is: to break its lines would make it another.
func (s *session) program(text string) {
	s.out.row("")
	for line := range strings.Lines(text) {
		s.out.row("    " + strings.ReplaceAll(strings.TrimRight(line, "\n"), "\t", "    "))
	}
	s.out.row("")
}

// check says what holds of the program, up to the first thing that does not.
func (c *coding) check(s *session) menu {
	ctx, done := s.stoppable()
	s.line("Checking " + c.ID + " ...")
	res, err := c.Check(ctx, c.Text)
	if done() {
		s.urged = true
	}
	switch {
	case errors.Is(err, context.Canceled):
		s.line("Stopped. check begins anew.")
	case err != nil:
		s.line("It could not be checked: " + err.Error())
	default:
		c.say(s, res)
	}
	return c.menu(s)
}

func (c *coding) say(s *session, res exercise.Result) {
	for _, r := range res.Checks {
		switch {
		case r.Passed:
			s.line("ok, " + r.Name + ": " + r.Message)
		case !strings.HasPrefix(r.Message, "waits for"):
			s.line("no, " + r.Name + ": " + r.Message)
		}
	}
	if res.Printed != "" {
		s.line("It printed:")
		s.program(res.Printed)
	}
	if !res.Passed {
		return
	}
	if c.noted != c.Text {
		c.noted = c.Text
		s.note(progress.Passed, c.Ref(), c.Passing(c.Text))
	}
	s.markdown("**ok - passed.**\n\n" + c.Explanation)
	if c.File != "" {
		s.line("In play, set " + c.Knob() + " " + c.File + " puts it to work in the lab.")
	}
}

// why says the explanation to who has passed.
func (c *coding) why(s *session) {
	if s.state.Passed[c.Ref()].Times == 0 {
		s.line("That is said when the program has passed.")
		return
	}
	s.markdown(c.Explanation)
}

// paste takes a program line by line; what it does not take to its end changes
// nothing.
func (c *coding) paste(s *session) menu {
	s.line("Paste the program now; a line with a single dot ends it.")
	text, ok := s.lines()
	if !ok {
		return menu{}
	}
	if strings.TrimSpace(text) == "" {
		s.line("Nothing was pasted; the program is as it was.")
		return c.menu(s)
	}
	c.reload(s)
	if err := c.Save(text); err != nil {
		s.line("Note: " + err.Error())
	}
	return c.check(s)
}

func (c *coding) reset(s *session) {
	c.reload(s)
	s.line("Your program was:")
	s.program(c.Text)
	if err := c.Reset(); err != nil {
		s.line("Note: " + err.Error())
	}
	s.line("It is now as it was handed out.")
}
