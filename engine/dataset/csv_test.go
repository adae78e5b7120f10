package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"fmlab/engine"
)

var soundFiles = map[string]struct {
	text   string
	points engine.Points
	labels []int
}{
	"plain":              {"1,2\n3,4\n", engine.Points{1, 2, 3, 4}, nil},
	"no last newline":    {"1,2\n3,4", engine.Points{1, 2, 3, 4}, nil},
	"header":             {"x,y\n1,2\n3,4\n", engine.Points{1, 2, 3, 4}, nil},
	"any header":         {"length [mm],Gewicht\n1,2\n3,4\n", engine.Points{1, 2, 3, 4}, nil},
	"quoted header":      {"\"x\",\"y\"\n\"1\",\"2\"\n3,4\n", engine.Points{1, 2, 3, 4}, nil},
	"title line":         {"my points\n1;2\n3;4\n", engine.Points{1, 2, 3, 4}, nil},
	"header of its own":  {"x,y\n1\t2\n3\t4\n", engine.Points{1, 2, 3, 4}, nil},
	"labels":             {"x,y,label\n1,2,0\n3,4,1\n5,6,1\n7,8,0\n", engine.Points{1, 2, 3, 4, 5, 6, 7, 8}, []int{0, 1, 1, 0}},
	"labels, no header":  {"1,2,0\n3,4,0\n", engine.Points{1, 2, 3, 4}, []int{0, 0}},
	"semicolons":         {"1;2\n3;4\n", engine.Points{1, 2, 3, 4}, nil},
	"tabs":               {"1\t2\n3\t4\n", engine.Points{1, 2, 3, 4}, nil},
	"CRLF":               {"x,y\r\n1,2\r\n3,4\r\n", engine.Points{1, 2, 3, 4}, nil},
	"lone CR":            {"1,2\r3,4\r", engine.Points{1, 2, 3, 4}, nil},
	"byte order mark":    {"\ufeffx,y\n1,2\n3,4\n", engine.Points{1, 2, 3, 4}, nil},
	"mark, no header":    {"\ufeff1,2\n3,4\n", engine.Points{1, 2, 3, 4}, nil},
	"comments, blanks":   {"# made by hand\n\n1,2\n   \n  # more\n3,4\n\n", engine.Points{1, 2, 3, 4}, nil},
	"spaces around":      {"  1 ,  2 \n 3, 4\u00a0\n", engine.Points{1, 2, 3, 4}, nil},
	"ways to write":      {"+1.5,-2e3\n.5,5.\n1E-2,0\n", engine.Points{1.5, -2000, .5, 5, .01, 0}, nil},
	"too small is zero":  {"1e-999,1\n2,2\n", engine.Points{0, 1, 2, 2}, nil},
	"largest":            {"1.7976931348623157e308,1\n2,2\n", engine.Points{math.MaxFloat64, 1, 2, 2}, nil},
	"comment of columns": {"#x,y\n1,2\n3,4\n", engine.Points{1, 2, 3, 4}, nil},
}

func TestReadCSV(t *testing.T) {
	for name, c := range soundFiles {
		for how, r := range map[string]io.Reader{
			"whole": strings.NewReader(c.text), "byte by byte": iotest.OneByteReader(strings.NewReader(c.text)),
		} {
			got, err := ReadCSV(r, "f.csv")
			if err != nil {
				t.Errorf("%s, %s: got %v", name, how, err)
				continue
			}
			if fmt.Sprint(got.Points) != fmt.Sprint(c.points) || fmt.Sprint(got.Labels) != fmt.Sprint(c.labels) {
				t.Errorf("%s, %s: got %v %v want %v %v", name, how, got.Points, got.Labels, c.points, c.labels)
			}
		}
	}
}

// hostileFiles are refused with the message given.
var hostileFiles = []struct{ text, want string }{
	{"", "f.csv: found no points: want rows of x,y"},
	{"\n\n# nothing\n", "f.csv: found no points"},
	{"x,y\n", "f.csv: found no points"},
	{"\ufeff", "f.csv: found no points"},
	{"1,2\n", "f.csv: found 1 point: want at least 2 points that differ"},
	{"1,2\n1,2\n1.0,2\n", "f.csv: found 3 times the same point"},
	{"1,2\n3,abc\n", `f.csv:2:3: found "abc": want a number`},
	{"1,2\n3,4\n\n# c\n5, six\n", `f.csv:5:4: found "six": want a number`},
	{"\ufeff1,2\n3,4x\n", `f.csv:2:3: found "4x": want a number`},
	{"é,ü\nü,1\n", `f.csv:2:1: found "ü": want a number`},
	{"1,2\n3,4\nx,y\n5,6\n", `f.csv:3:1: found "x": want a number`},
	{"x,2\n3,4\n", `f.csv:1:1: found "x": want a number`},
	{"1,2\nNaN,4\n", `f.csv:2:1: found "NaN": want a number`},
	{"nan,nan\n1,2\n3,4\n", `f.csv:1:1: found "nan": want a number`},
	{"1,2\n3,Inf\n", `f.csv:2:3: found "Inf": want a number`},
	{"1,2\n3,-infinity\n", `f.csv:2:3: found "-infinity"`},
	{"1,2\n0x1p-2,4\n", `f.csv:2:1: found "0x1p-2": want a number`},
	{"1,2\n1_000,4\n", `f.csv:2:1: found "1_000": want a number`},
	{"1,2\n1e999,4\n", `f.csv:2:1: found "1e999": want a number below 1.8e308`},
	{"1,2\n-1e309,4\n", `f.csv:2:1: found "-1e309": want a number below`},
	{"1,2\n\u22121,4\n", `f.csv:2:1: found "−1": want a number`},
	{"\u22121,\u22122\n1,2\n3,4", `f.csv:1:1: found "−1": want a number`},
	{"1,2\n$3,4\n", `f.csv:2:1: found "$3": want a number`},
	{"1,2\n3,\n", "f.csv:2:3: found an empty cell: want a number"},
	{"1,2\n,4\n", "f.csv:2:1: found an empty cell"},
	{"1,2\n3\n", `f.csv:2:1: found "3": want x and y, maybe a label, separated by commas, semicolons or tabs`},
	{"1 2\n3 4\n", `f.csv:1:1: found "1 2": want x and y, maybe a label, separated by commas, semicolons or tabs`},
	{"1;2\n3,4\n", `f.csv:2:1: found "3,4": want x and y`},
	{"1,5;2,5\n3,5;4,5\n", `f.csv:1:1: found "1,5" with a decimal comma: want a point, as in 1.5`},
	{"x\ty\n1\t-2,5\n", `f.csv:2:3: found "-2,5" with a decimal comma: want a point, as in -2.5`},
	{"1,5,2,5\n", "f.csv:1:5: found 4 columns: want x,y or x,y,label; if these are decimal commas write points"},
	{"1;2;3;4;5\n", "f.csv:1:7: found 5 columns: want x,y or x,y,label"},
	{strings.Repeat(",", 1000) + "\n", "f.csv:1:4: found 1001 columns"},
	{"1,2\n3,4,1\n", "f.csv:2:5: found 3 columns: want 2 as in the first row"},
	{"1,2,0\n3,4\n", "f.csv:2:3: found 2 columns: want 3 as in the first row"},
	{"1,2,0\n3,4,-1\n", `f.csv:2:5: found "-1": want a label, a whole number from 0`},
	{"1,2,0\n3,4,1.5\n", `f.csv:2:5: found "1.5": want a label`},
	{"1,2,0\n3,4,\n", `f.csv:2:5: found "": want a label`},
	{"1,2,0\n3,4,99999999999\n", `f.csv:2:5: found "99999999999": want a label`},
	{"1,2,0\n3,4,64\n", `f.csv:2:5: found "64": want a label, a whole number from 0 to 63`},
	{"1,2,1\n3,4,2\n5,6,1\n7,8,2\n", "f.csv: found labels up to 2 but none that is 0: want 0, 1, … without a gap"},
	{"1,2,0\n3,4,0\n5,6,1\n", "f.csv: found the label 1 in one row only: want at least 2 rows of every label, or no labels"},
	{"1,2,0\n3,4,+1\n", `f.csv:2:5: found "+1": want a label`},
	{",x,y\n0,1,2\n1,3,4\n", `f.csv:1:2: found "x" as the name of column 2: want x in column 1 and y in column 2`},
	{"y,x\n1,2\n3,4\n", `f.csv:1:1: found "y" as the name of column 1`},
	{"\xff\xfe1\x00,\x002\x00\n\x00", "f.csv:1:4: found a zero byte: want plain text in UTF-8, not UTF-16"},
	{"PK\x03\x04\x00\x00", "f.csv:1:5: found a zero byte"},
	{"1,2\n\x1b[31m,4\n", `f.csv:2:1: found "\x1b[31m": want a number`},
	{"1,2\n\xff\xff,4\n", `f.csv:2:1: found "\xff\xff": want a number`},
	{"1,2\n\"3,4\"\n", `f.csv:2:1: found "\"3": want a number`},
	{"1,2\n" + strings.Repeat("9", 300) + "x,4\n", "f.csv:2:1: found \"" + strings.Repeat("9", 40) + "\"…: want a number"},
	{"1,2\n" + strings.Repeat("1", 70000) + ",3\n", "f.csv:2:1: found a line of more than 64 KiB"},
	{"  1 ,\t 2 \n 3, 4\n", `f.csv:1:3: found "1 ,"`},
}

func TestReadCSVRefuses(t *testing.T) {
	for _, c := range hostileFiles {
		got, err := ReadCSV(strings.NewReader(c.text), "f.csv")
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%.40q: got %v, %v want %s", c.text, got, err, c.want)
		}
	}
}

// endless repeats one line for as long as it is read.
type endless struct {
	line string
	at   int
}

func (e *endless) Read(p []byte) (n int, err error) {
	for n < len(p) {
		k := copy(p[n:], e.line[e.at:])
		n, e.at = n+k, (e.at+k)%len(e.line)
	}
	return n, nil
}

func TestReadCSVCaps(t *testing.T) {
	_, err := ReadCSV(&endless{line: "1,2\n"}, "f.csv")
	if want := "f.csv:1000001:1: found more than 1000000 rows"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("rows: got %v want %s", err, want)
	}
	_, err = ReadCSV(&endless{line: "#" + strings.Repeat(".", 1000) + "\n"}, "f.csv")
	if want := "f.csv: found more than 64 MiB"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("bytes: got %v want %s", err, want)
	}
	million := io.LimitReader(&endless{line: "1,2\n3,4\n"}, 4*maxRows)
	if got, err := ReadCSV(million, "f.csv"); err != nil || got.Points.Len() != maxRows {
		t.Errorf("a million rows: got %v", err)
	}
}

func TestReadCSVPassesReadErrors(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, err := ReadCSV(io.MultiReader(strings.NewReader("1,2\n3,4\n"), iotest.ErrReader(broken)), "f.csv")
	if !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "f.csv: ") {
		t.Errorf("got %v want %v with the name", err, broken)
	}
}

func TestReadPoints(t *testing.T) {
	for text, want := range map[string]engine.Points{"1,2\n": {1, 2}, "x,y,label\n1,2,5\n1,2,5\n": {1, 2, 1, 2}} {
		got, err := ReadPoints(strings.NewReader(text), "z0.csv")
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q: got %v, %v want %v", text, got, err, want)
		}
	}
	if _, err := ReadPoints(strings.NewReader("x,y\n"), "z0.csv"); err == nil || err.Error() != "z0.csv: found no points: want rows of x,y" {
		t.Errorf("empty: got %v", err)
	}
}

// Whatever is read holds finite numbers and comes back the same when written out.
func FuzzReadCSV(f *testing.F) {
	for _, c := range soundFiles {
		f.Add([]byte(c.text))
	}
	for _, c := range hostileFiles {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := ReadCSV(bytes.NewReader(text), "f.csv")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.csv:") {
				t.Fatalf("got %v want the name first", err)
			}
			return
		}
		var out strings.Builder
		for i := range got.Points.Len() {
			x, y := got.Points.At(i)
			if math.IsNaN(x-x) || math.IsNaN(y-y) {
				t.Fatalf("row %d: got %g, %g want finite numbers", i, x, y)
			}
			fmt.Fprintf(&out, "%v,%v", x, y)
			if got.Labels != nil {
				fmt.Fprintf(&out, ",%d", got.Labels[i])
			}
			out.WriteByte('\n')
		}
		again, err := ReadCSV(strings.NewReader(out.String()), "again.csv")
		if err != nil || fmt.Sprint(again) != fmt.Sprint(got) {
			t.Fatalf("got %v, %v want %v", again, err, got)
		}
	})
}

func BenchmarkReadCSV(b *testing.B) {
	text := strings.Repeat("-1.2345678901234567,0.9876543210987654\n1,2\n", 50_000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ReadCSV(strings.NewReader(text), "f.csv"); err != nil {
			b.Fatal(err)
		}
	}
}
