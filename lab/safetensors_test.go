package lab

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"fmlab/engine"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// model makes a small untrained model.
func model(t testing.TB, act string, hidden ...int) *Model {
	t.Helper()
	net, err := nn.New(nn.Config{Hidden: hidden, Act: act}, engine.NewRand(3, 1))
	if err != nil {
		t.Fatal(err)
	}
	vp, err := path.Parse("vp")
	if err != nil {
		t.Fatal(err)
	}
	return &Model{Net: net, Predict: path.Velocity, Path: vp, Coupling: "independent", Means: [][2]float64{}, Shift: [2]float64{3, -0.5}, Scale: 12.5, Card: "fmlab train --data 'my <data>.csv'"}
}

func written(t testing.TB, m *Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Write(&b, "v1.2.3"); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// file makes a safetensors file of a header and some bytes of data.
func file(header string, data int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), make([]byte, data)...)
}

// TestModelRoundTrip: what is written is read, and writing that again gives the
// same bytes. Weights are kept as float32.
func TestModelRoundTrip(t *testing.T) {
	for _, act := range nn.Activations {
		m := model(t, act.Name, 8, 5)
		b := written(t, m)
		got, err := ReadModel(bytes.NewReader(b), "m")
		if err != nil {
			t.Fatal(err)
		}
		if got.Path.Name != "vp" || got.Shift != m.Shift || got.Scale != m.Scale || got.Card != m.Card || got.Net.Config().Act != act.Name {
			t.Errorf("%s: got %+v, want %+v", act.Name, got, m)
		}
		if again := written(t, got); !bytes.Equal(again, b) {
			t.Errorf("%s: written twice, got other bytes", act.Name)
		}
	}
}

// TestIndependentReader reads a file by the words of the format alone, evaluates
// the network by hand, and finds the same velocity.
func TestIndependentReader(t *testing.T) {
	m := model(t, "tanh", 7, 4)
	b := written(t, m)
	n := binary.LittleEndian.Uint64(b)
	if n%8 != 0 {
		t.Errorf("got a header of %d bytes, want data that begin at a multiple of 8", n)
	}
	var header map[string]json.RawMessage
	if err := json.Unmarshal(b[8:8+n], &header); err != nil {
		t.Fatal(err)
	}
	var meta map[string]string
	if err := json.Unmarshal(header["__metadata__"], &meta); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"predict": "velocity", "path": "vp", "alpha": "sin(pi*t/2)", "sigma": "cos(pi*t/2)", "act": "tanh", "shift": "[3,-0.5]", "scale": "[12.5,12.5]",
		"coupling": "independent", "labels": "0", "kernel": Kernel, "fmlab": "v1.2.3", "card": m.Card,
	} {
		if meta[key] != want {
			t.Errorf("metadata %s: got %q, want %q", key, meta[key], want)
		}
	}
	values := func(name string, shape ...int) []float64 {
		var info struct {
			Dtype   string
			Shape   []int
			Offsets [2]int `json:"data_offsets"`
		}
		if err := json.Unmarshal(header[name], &info); err != nil || info.Dtype != "F32" || fmt.Sprint(info.Shape) != fmt.Sprint(shape) {
			t.Fatalf("%s: got %s (%v), want F32 of shape %v", name, header[name], err, shape)
		}
		var v []float64
		for data := b[8+n:][info.Offsets[0]:info.Offsets[1]]; len(data) > 0; data = data[4:] {
			v = append(v, float64(math.Float32frombits(binary.LittleEndian.Uint32(data))))
		}
		return v
	}
	h, dims := []float64{0.3, -0.7, 0.25}, []int{3, 7, 4, 2}
	for l := range 3 {
		in, out := dims[l], dims[l+1]
		w, next := values(fmt.Sprintf("net.%d.weight", 2*l), out, in), values(fmt.Sprintf("net.%d.bias", 2*l), out)
		for o := range out {
			for i, x := range h {
				next[o] += w[o*in+i] * x
			}
			if l < 2 {
				next[o] = math.Tanh(next[o])
			}
		}
		h = next
	}
	read, err := ReadModel(bytes.NewReader(b), "m")
	if err != nil {
		t.Fatal(err)
	}
	v := engine.NewPoints(1)
	read.Net.Predict(v, engine.Points{0.3, -0.7}, 0.25)
	if math.Hypot(v[0]-h[0], v[1]-h[1]) > 1e-12 {
		t.Errorf("got velocity %v, want %v", v, h)
	}
}

// TestForeignModel: a file of another program, without metadata and in float64,
// is a velocity network on the linear path.
func TestForeignModel(t *testing.T) {
	header := `{"net.0.weight":{"dtype":"F64","shape":[1,3],"data_offsets":[0,24]},"net.0.bias":{"dtype":"F64","shape":[1],"data_offsets":[24,32]},` +
		`"net.2.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[32,40]},"net.2.bias":{"dtype":"F32","shape":[2],"data_offsets":[40,48]}}  `
	m, err := ReadModel(bytes.NewReader(file(header, 48)), "m")
	if err != nil || m.Path.Name != "linear" || m.Scale != 1 || m.Net.Config().Act != "silu" {
		t.Errorf("got %+v (%v), want a network with silu on the linear path", m, err)
	}
}

// TestHostileFiles: none is read, none panics, and the error says what is wrong.
func TestHostileFiles(t *testing.T) {
	const nan = "\x00\x00\xc0\x7f"
	a := func(shape, offsets string) string {
		return `"a":{"dtype":"F32","shape":` + shape + `,"data_offsets":` + offsets + `}`
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"empty":                  {nil, "shorter than 8 bytes"},
		"seven bytes":            {[]byte("1234567"), "shorter than 8 bytes"},
		"a CSV":                  {[]byte("x,y\n1,2\n3,4\n"), "not a safetensors file"},
		"header too long":        {binary.LittleEndian.AppendUint64(nil, 1<<20+1), "at most 1048576"},
		"header of 2^64-1":       {binary.LittleEndian.AppendUint64(nil, math.MaxUint64), "at most 1048576"},
		"header cut short":       {file(`{}`, 0)[:9], "ends before its 2 bytes"},
		"no header":              {file("", 0), "begin with {"},
		"blank before header":    {file(" {}", 0), "begin with {"},
		"header a list":          {file("[]", 0), "begin with {"},
		"header not closed":      {file(`{"a":`, 0), ""},
		"after the header":       {file(`{} {}`, 0), "after the closing brace"},
		"deep nesting":           {file(`{"a":`+strings.Repeat("[", 20000), 0), ""},
		"key not a string":       {file(`{1:2}`, 0), ""},
		"tensor a number":        {file(`{"a":1}`, 0), "object"},
		"tensor twice":           {file(`{`+a("[1]", "[0,4]")+`,`+a("[1]", "[4,8]")+`}`, 8), "twice"},
		"metadata twice":         {file(`{"__metadata__":{},"__metadata__":{}}`, 0), "twice"},
		"metadata key twice":     {file(`{"__metadata__":{"x":"1","x":"2"}}`, 0), "twice"},
		"metadata not text":      {file(`{"__metadata__":{"x":1}}`, 0), "string"},
		"metadata a list":        {file(`{"__metadata__":[]}`, 0), "object"},
		"shape twice":            {file(`{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}`, 4), "twice"},
		"no shape":               {file(`{"a":{"dtype":"F32","data_offsets":[0,4]}}`, 4), "want dtype, shape"},
		"shape null":             {file(`{`+a("null", "[0,4]")+`}`, 4), "want dtype, shape"},
		"shape misspelt":         {file(`{"a":{"dtype":"F32","Shape":[1],"data_offsets":[0,4]}}`, 4), "Shape"},
		"unknown key":            {file(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}`, 4), "unknown key"},
		"half precision":         {file(`{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}`, 4), "F32 or F64"},
		"negative size":          {file(`{`+a("[-1]", "[0,4]")+`}`, 4), "sizes"},
		"fractional size":        {file(`{`+a("[1.5]", "[0,4]")+`}`, 4), ""},
		"size beyond int":        {file(`{`+a("[99999999999999999999]", "[0,4]")+`}`, 4), ""},
		"product overflows to 1": {file(`{`+a("[4294967296,4294967296,1]", "[0,4]")+`}`, 4), "sizes"},
		"product of many":        {file(`{`+a("["+strings.Repeat("65536,", 9)+"1]", "[0,4]")+`}`, 4), "sizes"},
		"more than it holds":     {file(`{`+a("[3]", "[0,4]")+`}`, 4), "needs 12 bytes"},
		"three offsets":          {file(`{`+a("[1]", "[0,4,8]")+`}`, 8), "want 2"},
		"negative offset":        {file(`{`+a("[1]", "[-4,0]")+`}`, 4), "begin at 0"},
		"offsets swapped":        {file(`{`+a("[1]", "[4,0]")+`}`, 4), "begin at 0"},
		"beyond the end":         {file(`{`+a("[2]", "[0,8]")+`}`, 4), "lies at"},
		"hole at the start":      {file(`{`+a("[1]", "[4,8]")+`}`, 8), "begin at 0"},
		"hole at the end":        {file(`{`+a("[1]", "[0,4]")+`}`, 8), "4 bytes belong to no tensor"},
		"overlap":                {file(`{`+a("[2]", "[0,8]")+`,"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 8), "begin at 8"},
		"NaN":                    {append(file(`{`+a("[1]", "[0,4]")+`}`, 0), nan...), "finite"},
		"infinity":               {append(file(`{`+a("[1]", "[0,4]")+`}`, 0), "\x00\x00\x80\x7f"...), "finite"},
	} {
		tensors, _, err := readTensors(bytes.NewReader(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v and error %v, want one that says %q", name, tensors, err, c.want)
		}
	}
}

// TestFilesThatAreNoModel: sound safetensors that are no network of ours.
func TestFilesThatAreNoModel(t *testing.T) {
	b := written(t, model(t, "silu", 4))
	change := func(old, with string) []byte {
		if len(old) != len(with) || bytes.Count(b, []byte(old)) != 1 {
			t.Fatalf("%s: found %d times, want once, and as long as %s", old, bytes.Count(b, []byte(old)), with)
		}
		return bytes.Replace(b, []byte(old), []byte(with), 1)
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"no tensors":    {file(`{}`, 0), "network"},
		"other names":   {change(`"net.0.weight"`, `"fc1.0.weight"`), "net.0.weight"},
		"a gap":         {change(`"net.2.bias"`, `"net.4.bias"`), "net.2.bias"},
		"transposed":    {change(`"shape":[4,3]`, `"shape":[3,4]`), "[out in]"},
		"wrong input":   {change(`"shape":[2,4]`, `"shape":[8,1]`), "[out in]"},
		"path":          {change(`"path":"vp"`, `"path":"vq"`), "linear"},
		"prediction":    {change(`"predict":"velocity"`, `"predict":"velocitx"`), "velocity"},
		"activation":    {change(`"act":"silu"`, `"act":"siln"`), "silu"},
		"scale":         {change(`"scale":"[12.5,12.5]"`, `"scale":"[12.5,13.5]"`), "positive"},
		"zero scale":    {change(`"scale":"[12.5,12.5]"`, `"scale":"[00.0,00.0]"`), "positive"},
		"infinite":      {change(`"scale":"[12.5,12.5]"`, `"scale":"[1e9,1e999]"`), "positive"},
		"shift":         {change(`"shift":"[3,-0.5]"`, `"shift":"[3,-0,5]"`), "two numbers"},
		"shift in part": {change(`"shift":"[3,-0.5]"`, `"shift":"[3]     "`), "two numbers"},
	} {
		if m, err := ReadModel(bytes.NewReader(c.file), "the file"); err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "the file: ") {
			t.Errorf("%s: got %v and error %v, want one that names the file and says %q", name, m, err, c.want)
		}
	}
}

// FuzzReadModel: no bytes make the reader panic, and what it takes as a model it
// can write and read again.
func FuzzReadModel(f *testing.F) {
	good := written(f, model(f, "relu", 2))
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Add(file(`{"net.0.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"net.0.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}`, 32))
	f.Add(file(`{"a":{"dtype":"F64","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}`, 4))
	f.Add(file(`{"__metadata__":{"path":"poly:2","scale":"[2,2]"}}`, 0))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := ReadModel(bytes.NewReader(b), "fuzz")
		if err != nil {
			return
		}
		again := written(t, m)
		if _, err := ReadModel(bytes.NewReader(again), "again"); err != nil && !strings.Contains(err.Error(), "finite") {
			t.Errorf("written again: %v", err) // float64 may not fit into float32, and that is said
		}
	})
}
