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
)

// Options says how the App starts.
type Options struct {
	Curriculum *lessons.Curriculum
	Log        *progress.Log
	Theme      *theme.Theme
	Glyphs     canvas.Glyphs
	Clipboard  io.Writer            // where copied text is sent, as an escape sequence
	Interval   func() time.Duration // the least time between two frames, as the terminal takes them; nil is 30 a second

	Lesson     string     // a lesson to open; "" is where the learner left off
	Setup      *lab.Setup // knobs given on the command line
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

	home    home
	lesson  *lessonView // nil until one is opened
	overlay overlay
	toast   toast
	quitYes bool // asked whether to quit

	page, play, free *live // three instruments: beside a page or a prediction, in Play, in the free lab
	zoom             int   // which panel fills the lab, 0 for all

	view  string
	dirty bool
}

// toast is a passing word in the footer's row.
type toast struct {
	text string
	bad  bool
	id   int
}

type toastOver int

// slots of the instruments, by which a photo finds its way.
const (
	slotPage = iota
	slotPlay
	slotFree
)

// New makes the App. Nothing is computed before Init.
func New(o Options) *App {
	a := &App{opts: o, log: o.Log, state: o.Log.State(), dirty: true,
		page: &live{slot: slotPage}, play: &live{slot: slotPlay}, free: &live{slot: slotFree}}
	if o.Interval != nil {
		for _, l := range a.lives() {
			l.interval = o.Interval
		}
	}
	a.home.place(a)
	return a
}

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	switch {
	case a.opts.Experiment != "":
		a.openExperiment(a.opts.Experiment, *a.opts.Setup, a.opts.Trip)
	case a.opts.Lesson != "":
		a.enterLesson(a.opts.Lesson, progress.Place{})
	case a.state.Place.Lesson != "" && a.state.Place.Tab != "":
		a.enterLesson(a.state.Place.Lesson, a.state.Place)
	default:
		a.home.preview(a)
	}
	if w := a.log.Warning(); w != "" {
		a.say(w, true)
	}
	return a.pump()
}

// Update implements tea.Model.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
	case tea.KeyMsg:
		cmd = a.key(msg)
	case photo:
		a.develop(msg)
	case toastOver:
		if int(msg) != a.toast.id {
			return a, nil
		}
		a.toast.text = ""
	default:
		return a, nil
	}
	a.dirty = true
	return a, tea.Batch(cmd, a.pump())
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
	return b.do(a)
}

// where says which keys mean something now.
func (a *App) where() where {
	switch {
	case a.quitYes:
		return inConfirm
	case a.overlay != nil:
		return a.overlay.where()
	case a.at == screenMap:
		return onMap
	case a.at == screenLab:
		return onLab
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

// lives are the instruments that may move: the one on screen and any that trains.
func (a *App) lives() []*live { return []*live{a.page, a.play, a.free} }

// pump starts the commands that are due: for the instrument on screen, and for
// one of the learner's own that trains behind it.
func (a *App) pump() tea.Cmd {
	var cmds []tea.Cmd
	for _, l := range a.lives() {
		if l == a.live() || l != a.page && l.training() {
			cmds = append(cmds, l.pump())
		}
	}
	return tea.Batch(cmds...)
}

// develop takes a photo in and looks what it shows.
func (a *App) develop(p photo) {
	l := a.lives()[p.slot]
	if say := l.arrive(p); say != "" {
		a.say(say, true)
	}
	if a.at == screenLesson && l == a.live() && l.frame != nil {
		a.lesson.look(a, l)
	}
}

// say shows a passing word. It stays for some seconds.
func (a *App) say(text string, bad bool) tea.Cmd {
	a.toast.id++
	a.toast.text, a.toast.bad = text, bad
	id := a.toast.id
	return tea.Tick(5*time.Second, func(time.Time) tea.Msg { return toastOver(id) })
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

// back goes back one level. It never quits.
func (a *App) back() tea.Cmd {
	switch {
	case a.quitYes:
		a.quitYes = false
	case a.overlay != nil:
		a.overlay = nil
	case a.zoom != 0 && a.where()&withLab != 0:
		a.zoom = 0
	case a.at != screenMap:
		if a.at == screenLesson {
			a.home.cursor = a.home.index(a.lesson.ID)
		}
		a.at = screenMap
		a.home.preview(a)
		a.note(progress.Moved, "", progress.Place{})
	}
	return nil
}

func (a *App) whyNoBack() string {
	if a.where() == onMap {
		return "this is the map; q quits"
	}
	return ""
}

// quit asks only when a training run would be lost.
func (a *App) quit() tea.Cmd {
	for _, l := range []*live{a.play, a.free} { // a page's run is made anew when it is read
		if l.training() {
			a.quitYes = true
			return nil
		}
	}
	return a.leave()
}

func (a *App) confirmYes() tea.Cmd { return a.leave() }

func (a *App) leave() tea.Cmd {
	for _, l := range a.lives() {
		l.halt()
	}
	return tea.Quit
}

// interrupt cancels what runs; with nothing running it quits.
func (a *App) interrupt() tea.Cmd {
	if l := a.live(); l.working() && l.frame != nil && l.frame.Progress.Total > 0 {
		l.paused = true
		l.halt()
		return a.say("stopped; space goes on, r starts anew, q quits", false)
	}
	return a.quit()
}

// Save keeps the learner's place. It may be called at any time.
func (a *App) Save() { a.log.Close() }

func (a *App) openHelp() tea.Cmd { a.overlay = newHelp(a); return nil }

func (a *App) openGlossary() tea.Cmd {
	g, err := newGlossary(a.opts.Curriculum)
	if err != nil {
		return a.say(err.Error(), true)
	}
	a.overlay = g
	return nil
}

// copyCard copies the command line of the screen.
func (a *App) copyCard() tea.Cmd {
	card := a.live().card()
	if err := term.Copy(a.opts.Clipboard, card); err != nil {
		return a.say("could not copy: "+err.Error(), true)
	}
	return a.say("copied: "+card, false)
}
