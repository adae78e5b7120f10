// Package tui is the terminal program: the map of the curriculum, the lessons,
// the free lab, and the keys that lead about in them.
//
//	key ──► find (keys.go) ──► App changes ──► live.pump ──► command ──► photo
//	                              ▲                                        │
//	                              └──────────── App.Update ◄───────────────┘
//
// # Why the screen pulls
//
// A key starts one command that lets the engine run for a frame and photographs
// it; the photograph's arrival draws, and starts the next command. So there is
// no goroutine, channel or lock of our own, a slow terminal slows the pictures
// and not the keys, pausing is not asking, and nothing burns when nothing moves.
//
// App routes. Each screen is a file with a state of its own; it draws on one
// canvas, which becomes a string once per change and not once per message.
package tui

import (
	"io"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
	"fmlab/tui/canvas"
	"fmlab/tui/term"
	"fmlab/tui/theme"
)

// screen is what fills the terminal below any overlay.
type screen int

const (
	screenMap screen = iota
	screenLesson
	screenLab
	screenCards // a review, an exam
)

// Options says how the App starts.
type Options struct {
	Curriculum *lessons.Curriculum
	Log        *progress.Log
	Theme      *theme.Theme
	Glyphs     canvas.Glyphs
	Clipboard  io.Writer            // where copied text is sent, as an escape sequence
	Data       string               // the directory of the learner's own point sets; "" keeps none
	Interval   func() time.Duration // the least time between two frames, as the terminal takes them; nil is 30 a second

	Now func() time.Time // the clock by which cards are due; nil is that of the machine

	Review     bool       // open the cards that are due
	Lesson     string     // a lesson to open; "" is where the learner left off
	Setup      *lab.Setup // the defaults, with the knobs given on the command line
	Given      []string   // which knobs these are
	Experiment string     // open the free lab with this experiment
	Trip       float64    // the time it shows
}

// App is the bubbletea model. It is used through a pointer: the terminal program
// has one.
type App struct {
	opts  Options
	log   *progress.Log
	state *progress.State // of the log, after the last event
	w, h  int
	at    screen

	home   home
	cards  cardsView
	lesson *lessonView            // nil until one is opened
	opened map[string]*lessonView // in this session, by id
	played *lessonView            // whose scene is in Play, nil for none
	over   []overlay              // the last takes the keys
	toast  toast
	ask    *question                      // nil for none
	pad    *pad                           // to draw points on, as it was left; nil before it is opened
	mouse  bool                           // the program has the mouse
	spot   atomic.Pointer[progress.Place] // where the learner is, for Save
	draft  atomic.Pointer[unsaved]        // and what is being written

	page, play, free *live // three instruments: beside a page or a prediction, in Play, in the free lab
	zoom             int   // which panel fills the screen, 0 for all of them in their places

	dealt    []lessons.Card // of the state dealtFor
	dealtFor *progress.State

	view  string
	dirty bool
}

// toast is a passing word in the footer.
type toast struct {
	text string
	bad  bool
	id   int
}

// toastTime is how long a passing word stays.
const toastTime = 5 * time.Second

type toastOver int

// question is a yes or no before something is lost.
type question struct {
	text string
	yes  func(*App) tea.Cmd
}

// slots of the instruments, by which a photo finds its way.
const (
	slotPage = iota
	slotPlay
	slotFree
)

// tick is a command that waits; tests do not wait.
var tick = tea.Tick

// New makes the App. Nothing is computed before Init.
func New(o Options) *App {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Interval == nil {
		o.Interval = func() time.Duration { return time.Second / 30 }
	}
	a := &App{opts: o, log: o.Log, state: o.Log.State(), dirty: true, opened: map[string]*lessonView{},
		page: &live{slot: slotPage, pace: o.Interval},
		play: &live{slot: slotPlay, pace: o.Interval},
		free: &live{slot: slotFree, pace: o.Interval}}
	a.home.place(a)
	return a
}

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	switch {
	case a.opts.Review && a.whyNoReview() == "":
		a.openReview()
	case a.opts.Experiment != "":
		a.openExperiment(a.opts.Experiment, *a.opts.Setup, a.opts.Trip)
	case a.opts.Lesson != "":
		a.enterLesson(a.opts.Lesson)
	default:
		a.comeBack()
	}
	if w := a.log.Warning(); w != "" {
		a.say(w, true)
	}
	return a.due(nil, 0)
}

// Update implements tea.Model.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	said := a.toast.id
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
	case tea.KeyMsg:
		cmd = a.key(msg)
		a.remember()
	case tea.MouseMsg:
		a.mouseMoved(msg)
	case tea.ResumeMsg:
		a.mouse = false // whoever had the terminal has turned it off
	case kept:
		a.takeKept(msg)
	case photo:
		a.develop(msg)
	case reported:
		a.takeReported(msg)
	case reportLooked:
		if a.top() != msg.sheet || !msg.sheet.busy() {
			return a, nil
		}
		cmd = msg.sheet.look()
	case checked:
		a.takeChecked(msg)
	case codeChecked:
		a.takeCode(msg)
	case editorLeft:
		cmd = a.takeEditor(msg)
		a.rememberCode()
	case fileSeen:
		news := false
		news, cmd = a.takeFile(msg)
		if a.rememberCode(); !news {
			return a, a.due(cmd, said)
		}
	case toastOver:
		if int(msg) != a.toast.id {
			return a, nil
		}
		a.toast.text = ""
	default:
		return a, nil
	}
	a.dirty = true
	return a, a.due(cmd, said)
}

// due adds to a command those that have become due: the instruments', and the
// end of a passing word newer than said.
func (a *App) due(cmd tea.Cmd, said int) tea.Cmd {
	cmds := append(a.pump(), cmd, a.heedMouse(), a.watch())
	if id := a.toast.id; id != said {
		cmds = append(cmds, tick(toastTime, func(time.Time) tea.Msg { return toastOver(id) }))
	}
	return tea.Batch(cmds...)
}

// View implements tea.Model. It is asked for after every message; the picture is
// made once per change.
func (a *App) View() string {
	if a.dirty {
		a.view, a.dirty = a.draw(), false
	}
	return a.view
}

// key does what the table says, or says why not.
func (a *App) key(msg tea.KeyMsg) tea.Cmd {
	if a.typed(msg) {
		return nil
	}
	b, ok := find(msg.String(), a.where())
	if !ok {
		return nil
	}
	if b.why != nil {
		if why := b.why(a); why != "" {
			return a.say(b.show()+": "+why, false)
		}
	}
	before, at, said := a.code(), a.where(), a.toast.id
	cmd := b.do(a)
	a.leaveCode(before)
	if a.where() != at && a.toast.id == said { // it was of another screen, whose keys are not these
		a.toast.text = ""
	}
	return cmd
}

// where says which keys mean something now.
func (a *App) where() where {
	switch {
	case a.ask != nil:
		return inConfirm
	case a.top() != nil:
		return a.top().where()
	case a.at == screenMap:
		return onMap
	case a.at == screenLab:
		return onLab
	case a.at == screenCards:
		return a.cards.where(onCard, onCardNumber)
	case tabs[a.lesson.tab].where == onDo:
		return a.lesson.do.where(len(a.lesson.tasks()))
	case a.asksItem():
		return a.quiz().where(onQuiz, onNumber)
	}
	return tabs[a.lesson.tab].where
}

// live returns the instrument the keys act on.
func (a *App) live() *live {
	switch {
	case a.at == screenLab:
		return a.free
	case a.at == screenLesson && tabs[a.lesson.tab].where == onPlay:
		return a.play
	}
	return a.page
}

// lives are all instruments, by slot.
func (a *App) lives() []*live { return []*live{a.page, a.play, a.free} }

// goesOn says whether a run goes on behind other screens and would be lost by
// quitting: training in Play or in the free lab. A page's run begins anew
// whenever the page is shown.
func (a *App) goesOn(l *live) bool { return l != a.page && l.training() }

// pump starts the commands that are due: for the instrument on screen, and for
// one that trains behind it.
func (a *App) pump() (cmds []tea.Cmd) {
	for _, l := range a.lives() {
		if l == a.live() || a.goesOn(l) {
			cmds = append(cmds, l.pump())
		}
	}
	return cmds
}

// develop takes a photo in and looks what it shows.
func (a *App) develop(p photo) {
	l := a.lives()[p.slot]
	current, err := l.arrive(p)
	if err != nil {
		a.say(err.Error(), true)
	}
	if current && a.at == screenLesson && l == a.live() && l.frame.Past == 0 { // what is past was judged then
		a.lesson.look(a, l)
	}
	l.follow()
}

// say shows a passing word for some seconds. The command it returns is nil, so
// that what a key does may end with it.
func (a *App) say(text string, bad bool) tea.Cmd {
	a.toast = toast{text, bad, a.toast.id + 1}
	return nil
}

// note writes an event to the log; a failure is said, and nothing is lost.
func (a *App) note(kind progress.Kind, ref string, data any) {
	if err := a.log.Append(kind, ref, data); err != nil {
		a.say(err.Error(), true)
	}
	a.state = a.log.State()
}

// Describe says what is on screen: the card of the instrument shown.
func (a *App) Describe() string { return a.live().card() }

// copyCard copies the command line of the screen.
func (a *App) copyCard() tea.Cmd {
	card := a.live().card()
	if err := term.Copy(a.opts.Clipboard, card); err != nil {
		return a.say("could not copy: "+err.Error(), true)
	}
	return a.say("copied: "+card, false)
}
