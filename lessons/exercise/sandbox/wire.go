package sandbox

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"fmlab/lessons/exercise/vec"
)

// What parent and child say to each other is a sequence of frames: a length of four
// bytes, a kind of one, and values one after the other, each with a tag of one byte
// in front. Numbers are little-endian.

// kind says what a frame is.
type kind byte

const (
	// From the parent.
	askLoad     kind = 'L' // source, milliseconds, seconds of the processor in all or 0
	askCall     kind = 'C' // function, milliseconds, arguments …
	askGradient kind = 'G' // function, milliseconds, place, arguments …
	askEach     kind = 'M' // function, milliseconds, vec of numbers
	// From either: the answer to a question.
	answer kind = 'A' // value
	failed kind = 'E' // line, column, message; only the message of a parent
	// From the child.
	overran  kind = 'X' // limit, line
	printed  kind = 'P' // text
	callBack kind = 'F' // number of the function, arguments …
)

// maxFrame bounds what a program can make its parent hold.
const maxFrame = 64 << 20

// Func is a function of the host that a program may call. Its arguments and its
// result are values as in [Runner.Call].
type Func struct {
	Name string
	Call func(args []any) (any, error)
}

// Rng stands, as an argument, for a generator that the program draws from: the
// stream of a seed, as engine.NewRand has it.
type Rng struct{ Seed, Stream uint64 }

// Other is a value that has no counterpart here: a dict, a function, a large int.
type Other struct{ Type, Text string }

func (o Other) String() string { return o.Type + " " + o.Text }

// funcRef is a Func on its way: its number among the arguments.
type funcRef int64

// Tags of values.
const (
	tagNone   = 'n'
	tagFalse  = '0'
	tagTrue   = '1'
	tagInt    = 'i'
	tagFloat  = 'f'
	tagString = 's'
	tagVec    = 'v'
	tagTuple  = 't'
	tagFunc   = 'c'
	tagRng    = 'r'
	tagOther  = 'o'
)

// put appends a value to a frame. It panics if the value is of no known kind.
func put(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, tagNone)
	case bool:
		if v {
			return append(b, tagTrue)
		}
		return append(b, tagFalse)
	case int:
		return putWord(append(b, tagInt), uint64(int64(v)))
	case float64:
		return putWord(append(b, tagFloat), math.Float64bits(v))
	case string:
		b = putWord(append(b, tagString), uint64(len(v)))
		return append(b, v...)
	case *vec.Vec:
		dims := v.Dims()
		b = append(b, tagVec, byte(len(dims)))
		for _, d := range dims {
			b = putWord(b, uint64(d))
		}
		for _, x := range v.Data() {
			b = putWord(b, math.Float64bits(x))
		}
		return b
	case []any:
		b = putWord(append(b, tagTuple), uint64(len(v)))
		for _, x := range v {
			b = put(b, x)
		}
		return b
	case funcRef:
		return putWord(append(b, tagFunc), uint64(v))
	case Rng:
		return putWord(putWord(append(b, tagRng), v.Seed), v.Stream)
	case Other:
		return put(put(append(b, tagOther), v.Type), v.Text)
	}
	panic(fmt.Sprintf("sandbox: a value of type %T cannot be sent", v))
}

// size is about how many bytes a value takes in a frame.
func size(v any) (n int) {
	switch v := v.(type) {
	case string:
		return len(v) + 9
	case *vec.Vec:
		return 8*len(v.Data()) + 18
	case Other:
		return len(v.Type) + len(v.Text) + 19
	case []any:
		for _, x := range v {
			n += size(x)
		}
	}
	return n + 17
}

func putWord(b []byte, w uint64) []byte { return binary.LittleEndian.AppendUint64(b, w) }

// errFrame is a frame that does not hold what it should.
var errFrame = errors.New("sandbox: malformed frame")

// frame is read from the front.
type frame struct {
	kind kind
	rest []byte
	err  error
}

func (f *frame) bytes(n uint64) []byte {
	if f.err != nil || n > uint64(len(f.rest)) {
		f.err = errFrame
		return nil
	}
	b := f.rest[:n]
	f.rest = f.rest[n:]
	return b
}

func (f *frame) word() uint64 {
	if b := f.bytes(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// value reads one value.
func (f *frame) value() any {
	tag := f.bytes(1)
	if tag == nil {
		return nil
	}
	switch tag[0] {
	case tagNone:
		return nil
	case tagFalse, tagTrue:
		return tag[0] == tagTrue
	case tagInt:
		return int(int64(f.word()))
	case tagFloat:
		return math.Float64frombits(f.word())
	case tagString:
		return string(f.bytes(f.word()))
	case tagVec:
		return f.vec()
	case tagTuple:
		return f.tuple(f.word())
	case tagFunc:
		return funcRef(f.word())
	case tagRng:
		return Rng{f.word(), f.word()}
	case tagOther:
		return Other{f.text(), f.text()}
	}
	f.err = errFrame
	return nil
}

func (f *frame) tuple(n uint64) []any {
	if n > uint64(len(f.rest)) { // every value has at least its tag
		f.err = errFrame
		return nil
	}
	list := make([]any, n)
	for i := range list {
		list[i] = f.value()
	}
	return list
}

// vec reads the array after its tag: a number of axes, their sizes, the entries.
func (f *frame) vec() *vec.Vec {
	axes := f.bytes(1)
	if axes == nil || axes[0] < 1 || axes[0] > 2 {
		f.err = errFrame
		return vec.New(nil, 0)
	}
	dims, n := make([]int, axes[0]), uint64(1)
	for i := range dims {
		d := f.word()
		if d > vec.MaxLen {
			f.err = errFrame
		}
		dims[i], n = int(d), n*d
	}
	raw := f.bytes(8 * n)
	if f.err != nil {
		return vec.New(nil, 0)
	}
	data := make([]float64, n)
	for i := range data {
		data[i] = math.Float64frombits(binary.LittleEndian.Uint64(raw[8*i:]))
	}
	return vec.New(data, dims...)
}

// values reads all that is left.
func (f *frame) values() (all []any) {
	for len(f.rest) > 0 && f.err == nil {
		all = append(all, f.value())
	}
	return all
}

// text and whole read a value of a type that is known.
func (f *frame) text() string {
	s, ok := f.value().(string)
	if !ok {
		f.err = errFrame
	}
	return s
}

func (f *frame) whole() int {
	i, ok := f.value().(int)
	if !ok {
		f.err = errFrame
	}
	return i
}

// message makes a frame, ready to be written.
func message(k kind, values ...any) []byte {
	b := make([]byte, 4, 5+size(values))
	b = append(b, byte(k))
	for _, v := range values {
		b = put(b, v)
	}
	binary.LittleEndian.PutUint32(b, uint32(len(b)-4))
	return b
}

// read reads the next frame.
func read(r *bufio.Reader) (*frame, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.LittleEndian.Uint32(head[:])
	if n < 1 || n > maxFrame {
		return nil, errFrame
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, err
	}
	return &frame{kind: kind(b[0]), rest: b[1:]}, nil
}
