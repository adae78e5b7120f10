package tui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"fmlab/lessons"
)

// where is a set of situations in which a key means something.
type where uint32

const (
	onMap        where = 1 << iota
	onRead             // a page of a lesson
	onPlay             // the lesson's scene
	onPredict          // a prediction
	onQuiz             // a question
	onNumber           // a question whose answer is a number
	onCard             // a question of a review or an exam
	onCardNumber       // one whose answer is a number
	onAnswer           // a question whose answer is a formula: it is being typed
	onDo               // what there is to do: before, between and after its parts
	onTasks            // several things to do
	onCode             // an exercise
	inEditor           // its program is being written
	onFlow             // a flow by one's own code
	onSteps            // steps to put in order
	onBlank            // a formula to type
	onFormula          // a formula is being typed
	onLab              // the free lab
	inHelp             // the list of keys, the glossary
	inProgress         // what was learnt
	inKnobs            // the knobs of a scene
	inPicker           // a list of values, or of scenes
	inTyping           // a value is being typed
	inPad              // points are being drawn
	inConfirm          // a yes or no
	everywhere   = onMap | onRead | onPlay | onPredict | onQuiz | onNumber | onDo | onTasks | onCode | onFlow | onSteps | onBlank | onLab | onCard | onCardNumber
	inLesson     = onRead | onPlay | onPredict | onQuiz | onDo | onTasks | onCode | onFlow | onBlank
	withLab      = onRead | onPlay | onLab
)

// binding is a key with its words and when it is enabled. This one table makes
// the footer, the list of keys (?) and what Update does, so that they cannot
// disagree. Where two bindings share a key the first that fits is meant.
type binding struct {
	keys  []string // as bubbletea names them, the one to show first
	label string   // in the footer; "" is the first key
	word  string   // in the footer: one or two words; "" is not shown there
	help  string   // in the list of keys: a sentence
	on    where
	do    func(*App) tea.Cmd
	why   func(*App) string // the reason it is disabled, "" when it is not; nil is never
}

// bindings is filled by init since what keys do refers back to the table.
var bindings []binding

func init() {
	bindings = []binding{
		// lists, questions and dialogs
		{keys: []string{"up", "k"}, label: "↑↓", word: "choose", help: "move up", on: onMap | onPredict | onQuiz | onCard | onTasks | onSteps | inProgress | inKnobs | inPicker, do: (*App).up},
		{keys: []string{"down", "j"}, help: "move down", on: onMap | onPredict | onQuiz | onCard | onTasks | onSteps | inProgress | inKnobs | inPicker, do: (*App).down},
		{keys: []string{"up", "k"}, label: "↑↓", word: "scroll", help: "scroll up", on: inHelp, do: (*App).up},
		{keys: []string{"down", "j"}, help: "scroll down", on: inHelp, do: (*App).down},
		{keys: []string{"enter"}, word: "open", help: "open the lesson", on: onMap, do: (*App).openLesson},
		{keys: []string{"enter"}, word: "go there", help: "go to where this is earned", on: inProgress, do: (*App).takeRow, why: (*App).whyNoTake},
		{keys: []string{"w"}, word: "report", help: "write a report with figures, to keep or to hand in", on: inProgress | onTasks, do: (*App).openReport, why: (*App).whyNoReport},
		{keys: []string{"enter"}, word: "commit, next", help: "commit to the prediction, then go on", on: onPredict, do: (*App).commitPrediction},
		{keys: []string{" "}, label: "space", word: "mark", help: "mark an option, or take up a line to move it", on: onQuiz | onCard, do: (*App).markOption, why: (*App).whyNoMark},
		{keys: []string{"enter"}, word: "answer, next", help: "answer: you think so; after the answer, the next question", on: onQuiz | onNumber | onCard | onCardNumber, do: (*App).goOnQuiz},
		{keys: []string{"s"}, word: "sure", help: "answer, and say that you are sure", on: onQuiz | onNumber | onCard | onCardNumber, do: answerAs(lessons.Sure), why: (*App).whyNoAnswer},
		{keys: []string{"u"}, word: "a guess", help: "answer, and say that it is a guess", on: onQuiz | onNumber | onCard | onCardNumber, do: answerAs(lessons.Guess), why: (*App).whyNoAnswer},
		{keys: []string{"t"}, word: "try it", help: "see in the lab what comes of an answer; again: of the next", on: onQuiz | onCard, do: (*App).tryAnswer, why: (*App).whyNoTrial},
		{keys: []string{"left"}, label: "←→", word: "t", help: "back in time, in the picture of an item that is answered", on: onQuiz | onCard, do: scrubBy(-0.05), why: (*App).whyNoItemTime},
		{keys: []string{"right"}, help: "on in time", on: onQuiz | onCard, do: scrubBy(+0.05), why: (*App).whyNoItemTime},
		{keys: []string{"enter"}, word: "answer", help: "answer with the formula", on: onAnswer, do: (*App).answerFormula},
		{keys: []string{"up"}, label: "↑↓", word: "how sure", help: "say that you are surer", on: onAnswer, do: surer(+1)},
		{keys: []string{"down"}, help: "say that you are less sure", on: onAnswer, do: surer(-1)},
		{keys: []string{"enter"}, word: "begin, next", help: "begin the derivation; after a right answer, the next part", on: onDo, do: (*App).goOn, why: (*App).whyNoGoOn},
		{keys: []string{"enter", " "}, word: "put, take", help: "put the step next into the answer, or take it out again", on: onSteps, do: (*App).putStep},
		{keys: []string{"c"}, word: "check", help: "check the order", on: onSteps, do: (*App).checkOrder, why: (*App).whyNoOrder},
		{keys: []string{"enter"}, word: "type", help: "type the formula", on: onBlank, do: (*App).writeFormula},
		{keys: []string{"enter"}, word: "check", help: "check the formula", on: onFormula, do: (*App).checkFormula},
		{keys: []string{"h"}, word: "hint", help: "a hint; after the last one the solution", on: onSteps | onBlank, do: (*App).takeHint},
		{keys: []string{"tab"}, word: "hint", help: "a hint; after the last one the solution", on: onFormula, do: (*App).takeHint},
		{keys: []string{"backspace"}, label: "bksp", word: "undo", help: "take out the step that was put last", on: onSteps, do: (*App).unput, why: (*App).whyNoOrder},
		{keys: []string{"i"}, word: "given", help: "what is given, and what the symbols are", on: onSteps | onBlank, do: (*App).openGiven},
		{keys: []string{"enter"}, word: "open", help: "begin what is under the cursor", on: onTasks, do: (*App).goOn, why: (*App).whyNoGoOn},
		{keys: []string{"r"}, word: "again", help: "start the derivation again, shuffled anew", on: onDo | onTasks | onSteps | onBlank, do: (*App).again, why: (*App).whyNoAgain},

		// an exercise
		{keys: []string{"enter", "e"}, word: "write", help: "write the program", on: onCode, do: (*App).writeCode},
		{keys: []string{"c", "f5", "ctrl+s"}, word: "check", help: "save the program and check it", on: onCode, do: (*App).checkCode},
		{keys: []string{"tab"}, word: "text/code", help: "switch between the text and the program on a narrow screen", on: onCode, do: (*App).turnCode, why: (*App).whyNoPane},
		{keys: []string{"h"}, word: "hint", help: "a hint, in three depths; after the last one the solution", on: onCode, do: (*App).hintCode, why: (*App).whyNoHint},
		{keys: []string{"i"}, word: "language", help: "what the language offers", on: onCode, do: (*App).openReference},
		{keys: []string{"u"}, word: "undo", help: "undo the last change of the program", on: onCode, do: (*App).undoCode, why: (*App).whyNoUndoCode},
		{keys: []string{"U"}, word: "redo", help: "take an undo back", on: onCode, do: (*App).redoCode, why: (*App).whyNoRedoCode},
		{keys: []string{"E"}, word: "your editor", help: "open the program in the editor of $VISUAL or $EDITOR; each save is checked here", on: onCode, do: (*App).editOutside, why: (*App).whyNoOutside},
		{keys: []string{"r"}, word: "anew", help: "begin anew with the program as it was handed out; hints are forgotten", on: onCode, do: (*App).resetCode},
		{keys: []string{"o"}, word: "run it", help: "switch your program into the lesson's scene, in place of the lab's own part", on: onCode, do: (*App).runOwn, why: (*App).whyNoOwn},
		{keys: []string{"enter"}, word: "again", help: "train and sample both data sets again", on: onFlow, do: (*App).openFlow},
		{keys: []string{"f5", "ctrl+s"}, word: "check", help: "save the program and check it; or esc, then c", on: inEditor, do: (*App).checkCode},
		{keys: []string{"enter"}, help: "a new line, indented as Python would have it", on: inEditor, do: editKey((*editor).newline)},
		{keys: []string{"tab"}, help: "spaces to the next step of indentation", on: inEditor, do: editKey((*editor).tab)},
		{keys: []string{"shift+tab"}, help: "one step of indentation less", on: inEditor, do: editKey((*editor).dedent)},
		{keys: []string{"delete"}, help: "take away what is after the cursor", on: inEditor, do: editKey((*editor).remove)},
		{keys: []string{"left"}, help: "move back", on: inEditor, do: editKey((*editor).back)},
		{keys: []string{"right"}, help: "move on", on: inEditor, do: editKey((*editor).right)},
		{keys: []string{"up"}, help: "move up", on: inEditor, do: editKey(func(e *editor) { e.down(-1) })},
		{keys: []string{"down"}, help: "move down", on: inEditor, do: editKey(func(e *editor) { e.down(+1) })},
		{keys: []string{"home"}, help: "to the first letter of the line, then to its front", on: inEditor, do: editKey((*editor).home)},
		{keys: []string{"end"}, help: "to the end of the line", on: inEditor, do: editKey((*editor).end)},
		{keys: []string{"pgup"}, help: "move a screen up", on: inEditor, do: editRows(-1)},
		{keys: []string{"pgdown"}, help: "move a screen down", on: inEditor, do: editRows(+1)},

		{keys: []string{"left"}, label: "←→", word: "turn", help: "turn the knob one place back", on: inKnobs, do: knobTurn(-1)},
		{keys: []string{"right"}, help: "turn the knob one place on", on: inKnobs, do: knobTurn(+1)},
		{keys: []string{"enter"}, word: "values", help: "list the values of the knob", on: inKnobs, do: (*App).takeRow},
		{keys: []string{"enter"}, word: "take", help: "take what is under the cursor, or type a value", on: inPicker, do: (*App).takeRow},
		{keys: []string{"D"}, word: "draw", help: "draw points of your own, with keys or mouse", on: inPicker, do: (*App).openPad, why: (*App).whyNoDrawing},
		{keys: []string{"enter"}, word: "take", help: "take what is typed", on: inTyping, do: (*App).takeTyped},
		{keys: []string{"left"}, label: "←→", word: "move", help: "move back in what is typed", on: inTyping | onFormula | onAnswer, do: inputMove(-1)},
		{keys: []string{"right"}, help: "move on in what is typed", on: inTyping | onFormula | onAnswer, do: inputMove(+1)},
		{keys: []string{"y"}, word: "yes", help: "yes", on: inConfirm, do: (*App).confirmYes},
		{keys: []string{"n"}, word: "no", help: "no, stay", on: inConfirm, do: (*App).back},

		// the pad
		{keys: []string{"left", "h"}, label: "←↑↓→", word: "move", help: "move left; with the pen down, draw", on: inPad, do: padMove(-1, 0)},
		{keys: []string{"right", "l"}, help: "move right", on: inPad, do: padMove(+1, 0)},
		{keys: []string{"up", "k"}, help: "move up", on: inPad, do: padMove(0, +1)},
		{keys: []string{"down", "j"}, help: "move down", on: inPad, do: padMove(0, -1)},
		{keys: []string{"H", "shift+left"}, label: "HJKL", word: "far", help: "move left, five steps at once", on: inPad, do: padMove(-padFar, 0)},
		{keys: []string{"L", "shift+right"}, help: "move right, five steps at once", on: inPad, do: padMove(+padFar, 0)},
		{keys: []string{"K", "shift+up"}, help: "move up, five steps at once", on: inPad, do: padMove(0, +padFar)},
		{keys: []string{"J", "shift+down"}, help: "move down, five steps at once", on: inPad, do: padMove(0, -padFar)},
		{keys: []string{" "}, label: "space", word: "spray", help: "drop a spray of points here", on: inPad, do: (*App).spray},
		{keys: []string{"d"}, word: "pen", help: "put the pen down, to draw by moving, or take it up", on: inPad, do: (*App).turnPen},
		{keys: []string{"enter", "w"}, word: "keep", help: "keep the points by a name, and make them the data of the scene", on: inPad, do: (*App).nameDrawing, why: (*App).whyNoKeep},
		{keys: []string{"backspace"}, label: "bksp", word: "undo", help: "take back the last stroke, or the clearing", on: inPad, do: (*App).unstroke, why: (*App).whyNoUnstroke},
		{keys: []string{"+", "="}, label: "+-", word: "brush", help: "the next brush", on: inPad, do: turnBrush(+1)},
		{keys: []string{"-"}, help: "the brush before", on: inPad, do: turnBrush(-1)},
		{keys: []string{"1"}, help: "brush: one point", on: inPad, do: takeBrush(0)},
		{keys: []string{"2"}, help: "brush: a small spray", on: inPad, do: takeBrush(1)},
		{keys: []string{"3"}, help: "brush: a wide spray", on: inPad, do: takeBrush(2)},
		{keys: []string{"c"}, word: "clear", help: "clear all", on: inPad, do: (*App).clearPad, why: (*App).whyNoClear},

		// a page
		{keys: []string{"enter"}, word: "next", help: "next page; after the last, on to Play", on: onRead, do: (*App).nextPage},
		{keys: []string{"backspace"}, word: "", help: "page before", on: onRead, do: (*App).prevPage},
		{keys: []string{"1"}, label: "1-5", word: "parts", help: "Read", on: inLesson, do: goTab(0)},
		{keys: []string{"2"}, help: "Play", on: inLesson, do: goTab(1)},
		{keys: []string{"3"}, help: "Predict", on: inLesson, do: goTab(2)},
		{keys: []string{"4"}, help: "Quiz", on: inLesson, do: goTab(3)},
		{keys: []string{"5"}, help: "Do", on: inLesson, do: goTab(4)},
		{keys: []string{"left"}, label: "←→", word: "parts", help: "the part before (here digits are the answer)", on: onNumber | onSteps, do: turnTab(-1)},
		{keys: []string{"right"}, help: "the next part", on: onNumber | onSteps, do: turnTab(+1)},
		{keys: []string{"up", "k"}, help: "scroll the text up", on: onRead | onPlay | onDo | onCode | onFlow | onBlank, do: (*App).scrollUp},
		{keys: []string{"down", "j"}, help: "scroll the text down", on: onRead | onPlay | onDo | onCode | onFlow | onBlank, do: (*App).scrollDown},
		{keys: []string{"up"}, help: "scroll the text up", on: onFormula, do: (*App).scrollUp},
		{keys: []string{"down"}, help: "scroll the text down", on: onFormula, do: (*App).scrollDown},
		{keys: []string{"pgup"}, help: "scroll a screen up", on: inLesson | onNumber | onCard | onCardNumber | onSteps | onFormula | onAnswer | inHelp | inProgress | inKnobs, do: (*App).pageUp},
		{keys: []string{"pgdown"}, help: "scroll a screen down", on: inLesson | onNumber | onCard | onCardNumber | onSteps | onFormula | onAnswer | inHelp | inProgress | inKnobs, do: (*App).pageDown},

		{keys: []string{"tab"}, word: "text/lab", help: "switch between text and lab on a narrow screen", on: onRead | onPlay | onPredict | onFlow | onQuiz | onNumber | onCard | onCardNumber | onAnswer, do: (*App).switchPane, why: (*App).whyNoPane},

		// the instrument
		{keys: []string{" "}, label: "space", word: "run", help: "pause or go on; when nothing is left to do, play the trip from noise to data", on: withLab, do: (*App).runPause, why: (*App).whyNoRun},
		{keys: []string{"s"}, word: "solver", help: "next solver (keeps the trained model)", on: withLab, do: turnKnob("solver", +1), why: needsKnob("solver")},
		{keys: []string{"p"}, word: "path", help: "next interpolation path (starts anew)", on: withLab, do: turnKnob("path", +1), why: needsKnob("path")},
		{keys: []string{"d"}, word: "data", help: "next data set (starts anew)", on: withLab, do: turnKnob("data", +1), why: needsKnob("data")},
		{keys: []string{"c"}, word: "coupling", help: "next coupling of noise and data in training (starts anew)", on: withLab, do: turnKnob("coupling", +1), why: needsKnob("coupling")},
		{keys: []string{"w"}, word: "subject", help: "next subject of a scene that has its own: the place, the reading, the claim", on: withLab, do: (*App).turnSubject, why: (*App).whyNoSubject},
		{keys: []string{"v"}, word: "scenes", help: "choose the scene of the free lab; the knobs stay as they are", on: onLab, do: (*App).openScenes},
		{keys: []string{"x"}, word: "break it", help: "break the run on purpose: a list of pitfalls; again to heal it", on: withLab, do: (*App).openPitfalls, why: (*App).whyNoPitfall},
		{keys: []string{"+", "="}, label: "+-", word: "NFE", help: "more evaluations of the field", on: withLab, do: turnKnob("nfe", +1), why: needsKnob("nfe")},
		{keys: []string{"-"}, help: "fewer evaluations of the field", on: withLab, do: turnKnob("nfe", -1), why: needsKnob("nfe")},
		{keys: []string{"left"}, label: "←→", word: "t", help: "back in time", on: withLab, do: scrubBy(-0.05), why: (*App).whyNoTime},
		{keys: []string{"right"}, help: "on in time", on: withLab, do: scrubBy(+0.05), why: (*App).whyNoTime},
		{keys: []string{"D"}, word: "open data", help: "choose a data set, or open a CSV file of your own", on: withLab, do: (*App).pickData, why: needsKnob("data")},
		{keys: []string{"o"}, word: "knobs", help: "all knobs of this scene, both ways, or typed", on: withLab, do: (*App).openKnobs},
		{keys: []string{"enter"}, word: "", help: "all knobs of this scene", on: onPlay | onLab, do: (*App).openKnobs},
		{keys: []string{"z"}, word: "zoom", help: "one panel at a time, then all of them again", on: withLab, do: (*App).zoomPanel},
		{keys: []string{"f"}, word: "field", help: "show or hide the velocity field", on: withLab, do: (*App).toggleField, why: (*App).whyNoField},
		{keys: []string{"e"}, word: "exact", help: "swap the learned field, or the density by the flow, with the exact one", on: withLab, do: (*App).toggleExact, why: (*App).whyNoExact},
		{keys: []string{"t"}, word: "trips", help: "show or hide the trajectories", on: withLab, do: (*App).toggleTrails, why: (*App).whyNoTrails},
		{keys: []string{"m"}, word: "model", help: "the exact field, or a network trained now", on: withLab, do: turnKnob("model", +1), why: needsKnob("model")},
		{keys: []string{"n"}, word: "step", help: "one step of the engine, then stand", on: withLab, do: (*App).singleStep, why: (*App).whyNoStep},
		{keys: []string{",", "<"}, label: ", .", word: "past", help: "look back: the training as it was a while ago, with its samples and numbers", on: withLab, do: lookBack(-1), why: (*App).whyNoPast},
		{keys: []string{".", ">"}, help: "look on, and at last at the present again", on: withLab, do: lookBack(+1), why: (*App).whyNoPast},
		{keys: []string{"r"}, word: "restart", help: "start anew from the same seed", on: withLab, do: (*App).restartRun},
		{keys: []string{"R"}, word: "new seed", help: "start anew with the next seed", on: withLab, do: (*App).newSeed},
		{keys: []string{"u"}, word: "undo", help: "undo the last turn of a knob", on: withLab, do: (*App).undoKnob, why: (*App).whyNoUndo},
		{keys: []string{"A"}, word: "pin", help: "pin this picture: the next run is drawn beside it (again to unpin)", on: withLab, do: (*App).pinRun, why: (*App).whyNoPin},
		{keys: []string{"y"}, word: "copy card", help: "copy the command line that reproduces this screen", on: withLab, do: (*App).copyCard},

		// the way about
		{keys: []string{"l"}, word: "free lab", help: "the free lab", on: onMap, do: (*App).openLab},
		{keys: []string{"r"}, word: "review", help: "review: the quiz items that are due", on: onMap, do: (*App).openReview, why: (*App).whyNoReview},
		{keys: []string{"t"}, word: "test", help: "a placement test of this phase: who passes it may skip the phase", on: onMap, do: (*App).openPlacement},
		{keys: []string{"p"}, word: "progress", help: "what you have learnt: the five criteria with their evidence", on: onMap, do: (*App).openProgress},
		{keys: []string{"g"}, word: "glossary", help: "the glossary", on: everywhere, do: (*App).openGlossary},
		{keys: []string{"N"}, word: "", help: "notation: our letters and clock beside those of other texts", on: everywhere, do: (*App).openNotation},
		{keys: []string{"?"}, word: "keys", help: "all keys that work here", on: everywhere | inProgress | inKnobs | inPicker | inPad, do: (*App).openHelp},
		{keys: []string{"esc"}, word: "back", help: "back one level", on: everywhere | inEditor | onFormula | onAnswer | inHelp | inProgress | inKnobs | inPicker | inPad | inTyping | inConfirm, do: (*App).back, why: (*App).whyNoBack},
		{keys: []string{"q"}, word: "quit", help: "quit; your place is kept", on: everywhere | inHelp | inProgress | inKnobs | inPicker | inPad, do: (*App).quit},
		{keys: []string{"ctrl+c"}, help: "cancel what runs; with nothing running, quit", on: everywhere | inEditor | onFormula | onAnswer | inHelp | inProgress | inKnobs | inPicker | inPad | inTyping | inConfirm, do: (*App).interrupt},
	}
	for n := 1; n <= 9; n++ {
		b := binding{keys: []string{fmt.Sprint(n)}, help: fmt.Sprintf("put step %d, or take it out again", n), on: onSteps, do: putDigit(n), why: whyNoDigit(n)}
		if n == 1 {
			b.label, b.word = "1-9", "put"
		}
		bindings = append(bindings, b)
	}
}

// find returns the binding of a key in a situation.
func find(key string, at where) (binding, bool) {
	for _, b := range bindings {
		if b.on&at != 0 && slices.Contains(b.keys, key) {
			return b, true
		}
	}
	return binding{}, false
}

// show is how the binding's key is written.
func (b binding) show() string {
	if b.label != "" {
		return b.label
	}
	return b.keys[0]
}
