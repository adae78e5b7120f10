package progress

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strconv"
	"time"
)

// version is written into every event; newer ones are kept but not read.
const version = 1

// Kind says what happened.
type Kind string

// The kinds of events. Others, from newer programs, are kept as they are.
const (
	PageRead   Kind = "page"       // ref lesson/page
	GoalMet    Kind = "goal"       // ref lesson/goal
	Prediction Kind = "prediction" // ref lesson/question, data Guess
	Answered   Kind = "answer"     // ref lesson/item, data Answer
	Solved     Kind = "derivation" // ref lesson/derivation, data Derivation
	Passed     Kind = "exercise"   // ref lesson/exercise, data Passing
	OwnFlow    Kind = "ownflow"    // ref data set, data Own
	Placed     Kind = "placement"  // ref phase, data Exam
	Assessed   Kind = "assessment" // ref lesson/slug, data Exam
	Golf       Kind = "golf"       // ref lesson/hole, data Round
	Capstone   Kind = "capstone"   // ref lesson, data Final
	Moved      Kind = "place"      // ref lesson, data Place
)

// durable kinds are forced to the disk before Append returns.
var durable = map[Kind]bool{
	GoalMet: true, Prediction: true, Answered: true, Solved: true, Passed: true,
	OwnFlow: true, Placed: true, Assessed: true, Golf: true, Capstone: true,
}

// Event is one line of the log.
type Event struct {
	V    int             `json:"v"`
	ID   string          `json:"id"` // 128 random bits
	Kind Kind            `json:"kind"`
	Ref  string          `json:"ref"`
	Time time.Time       `json:"t"`
	Data json.RawMessage `json:"data,omitempty"`
}

// Answer is the data of an answered quiz item.
type Answer struct {
	Concept string `json:"concept"`
	Right   bool   `json:"right"`
	Seed    uint64 `json:"seed,omitempty"` // of the instance that was asked
	Sure    string `json:"sure,omitempty"` // sure, think or guess: said before the answer was judged
}

// Guess is the data of a prediction.
type Guess struct {
	Option string `json:"option"` // the words of the option chosen
	Right  bool   `json:"right"`
}

// Derivation is the data of a derivation that was solved.
type Derivation struct {
	Hints int `json:"hints"` // asked for on the way
}

// Place is where the learner is.
type Place struct {
	Lesson string `json:"-"`
	Tab    string `json:"tab"`            // read, play, predict, quiz, do
	Page   string `json:"page,omitempty"` // slug of the page, question or item
	Card   string `json:"card,omitempty"` // the lab's setting, as a command line
	Part   int    `json:"part,omitempty"` // of the derivation under way, from 0
	Hints  int    `json:"hints,omitempty"`
}

// Ref names a page, goal, question, item or derivation of a lesson.
func Ref(lesson, slug string) string { return lesson + "/" + slug }

func newEvent(kind Kind, ref string, data any, now time.Time) (Event, error) {
	e := Event{V: version, Kind: kind, Ref: ref, Time: now.UTC()}
	var id [16]byte
	rand.Read(id[:]) // never fails: see crypto/rand
	e.ID = hex.EncodeToString(id[:])
	if data != nil {
		raw, err := json.Marshal(data)
		if err != nil {
			return e, fmt.Errorf("progress: %w", err)
		}
		e.Data = raw
	}
	return e, nil
}

// seal writes an event as a line: eight hex digits of the CRC-32 (IEEE) of the
// JSON, a space, the JSON, a newline.
func seal(e Event) ([]byte, error) {
	raw, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("progress: %w", err)
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.ChecksumIEEE(raw), raw), nil
}

// open reads a line without its newline; ok is false if it is damaged.
func open(line []byte) (e Event, ok bool) {
	sum, raw, found := bytes.Cut(line, []byte(" "))
	want, err := strconv.ParseUint(string(sum), 16, 32)
	if !found || len(sum) != 8 || err != nil || uint32(want) != crc32.ChecksumIEEE(raw) {
		return e, false
	}
	return e, json.Unmarshal(raw, &e) == nil && e.ID != ""
}
