package lab

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// The safetensors format: 8 bytes N (little-endian), N bytes of JSON that map a
// name to {dtype, shape, data_offsets}, then the data without holes. The reader
// is stricter than encoding/json, which would take duplicate and misspelt keys.

// Caps on a model file: far above any network of the lab, far below harm.
const (
	maxHeader  = 1 << 20
	maxTensors = 256 << 20
)

type tensor struct {
	name   string
	shape  []int
	values []float64
}

type tensorInfo struct {
	name    string
	dtype   string
	shape   []int
	offsets [2]int
}

// writeTensors writes float32 tensors sorted by name, the header padded to 8.
func writeTensors(w io.Writer, tensors []tensor, meta map[string]string) error {
	slices.SortFunc(tensors, func(a, b tensor) int { return bytes.Compare([]byte(a.name), []byte(b.name)) })
	header := map[string]any{"__metadata__": meta}
	var data []byte
	for _, t := range tensors {
		start := len(data)
		for _, v := range t.values {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(float32(v)))
		}
		header[t.name] = map[string]any{"dtype": "F32", "shape": t.shape, "data_offsets": [2]int{start, len(data)}}
	}
	text, err := json.Marshal(header)
	if err != nil {
		return err
	}
	for len(text)%8 != 0 {
		text = append(text, ' ')
	}
	out := binary.LittleEndian.AppendUint64(nil, uint64(len(text)))
	_, err = w.Write(append(append(out, text...), data...))
	return err
}

// readTensors reads float32 and float64 tensors and the metadata.
func readTensors(r io.Reader) ([]tensor, map[string]string, error) {
	var size [8]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, nil, errors.New("not a safetensors file: shorter than 8 bytes")
	}
	n := binary.LittleEndian.Uint64(size[:])
	if n > maxHeader {
		return nil, nil, fmt.Errorf("not a safetensors file, or one with a header of %d bytes: want at most %d", n, maxHeader)
	}
	head := make([]byte, n)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, nil, fmt.Errorf("the header ends before its %d bytes", n)
	}
	infos, meta, err := readHeader(head)
	if err != nil {
		return nil, nil, fmt.Errorf("header: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(r, maxTensors+1))
	if err != nil {
		return nil, nil, err
	}
	if len(data) > maxTensors {
		return nil, nil, fmt.Errorf("more than %d bytes of tensors", maxTensors)
	}
	tensors, err := cutTensors(infos, data)
	return tensors, meta, err
}

// cutTensors checks that the tensors cover the data without hole or overlap.
func cutTensors(infos []tensorInfo, data []byte) ([]tensor, error) {
	slices.SortFunc(infos, func(a, b tensorInfo) int { return slices.Compare(a.offsets[:], b.offsets[:]) })
	end := 0
	var tensors []tensor
	for _, t := range infos {
		if t.offsets[0] != end || t.offsets[1] < end || t.offsets[1] > len(data) {
			return nil, fmt.Errorf("tensor %q lies at bytes %v of %d: want it to begin at %d", t.name, t.offsets, len(data), end)
		}
		end = t.offsets[1]
		values, err := decode(t, data[t.offsets[0]:t.offsets[1]])
		if err != nil {
			return nil, err
		}
		tensors = append(tensors, tensor{t.name, t.shape, values})
	}
	if end != len(data) {
		return nil, fmt.Errorf("%d bytes belong to no tensor", len(data)-end)
	}
	return tensors, nil
}

func decode(t tensorInfo, data []byte) ([]float64, error) {
	width := map[string]int{"F32": 4, "F64": 8}[t.dtype]
	if width == 0 {
		return nil, fmt.Errorf("tensor %q is %s: want F32 or F64", t.name, t.dtype)
	}
	count := 1
	for _, d := range t.shape {
		if d < 0 || d > maxTensors || count > maxTensors {
			return nil, fmt.Errorf("tensor %q has shape %v: want sizes up to %d", t.name, t.shape, maxTensors)
		}
		count *= d
	}
	if count*width != len(data) {
		return nil, fmt.Errorf("tensor %q of shape %v needs %d bytes, has %d", t.name, t.shape, count*width, len(data))
	}
	values := make([]float64, count)
	for i := range values {
		if width == 4 {
			values[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:])))
		} else {
			values[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:]))
		}
		if math.IsNaN(values[i]) || math.IsInf(values[i], 0) {
			return nil, fmt.Errorf("tensor %q holds %v at place %d: want finite numbers", t.name, values[i], i)
		}
	}
	return values, nil
}

// readHeader walks the JSON token by token, so that a key given twice is seen.
func readHeader(head []byte) (infos []tensorInfo, meta map[string]string, err error) {
	if len(head) == 0 || head[0] != '{' {
		return nil, nil, errors.New("does not begin with {")
	}
	meta = map[string]string{}
	seen := map[string]bool{}
	dec := json.NewDecoder(bytes.NewReader(head))
	err = eachKey(dec, func(key string) error {
		if seen[key] {
			return fmt.Errorf("%q is given twice", key)
		}
		seen[key] = true
		if key == "__metadata__" {
			return readMeta(dec, meta)
		}
		t := tensorInfo{name: key}
		if err := t.read(dec); err != nil {
			return fmt.Errorf("tensor %q: %w", key, err)
		}
		infos = append(infos, t)
		return nil
	})
	if err == nil && len(bytes.Trim(head[dec.InputOffset():], " ")) > 0 {
		err = errors.New("has more after the closing brace")
	}
	return infos, meta, err
}

func readMeta(dec *json.Decoder, meta map[string]string) error {
	return eachKey(dec, func(key string) error {
		if _, twice := meta[key]; twice {
			return fmt.Errorf("__metadata__ %q is given twice", key)
		}
		var v string
		if err := dec.Decode(&v); err != nil {
			return fmt.Errorf("__metadata__ %q: want a string", key)
		}
		meta[key] = v
		return nil
	})
}

func (t *tensorInfo) read(dec *json.Decoder) error {
	seen := map[string]bool{}
	err := eachKey(dec, func(key string) error {
		if seen[key] {
			return fmt.Errorf("%q is given twice", key)
		}
		seen[key] = true
		switch key {
		case "dtype":
			return dec.Decode(&t.dtype)
		case "shape":
			return dec.Decode(&t.shape)
		case "data_offsets":
			var o []int
			if err := dec.Decode(&o); err != nil {
				return err
			}
			if len(o) != 2 {
				return fmt.Errorf("data_offsets has %d numbers: want 2", len(o))
			}
			t.offsets = [2]int(o)
			return nil
		}
		return fmt.Errorf("unknown key %q: want dtype, shape, data_offsets", key)
	})
	if err == nil && (len(seen) != 3 || t.shape == nil) {
		err = errors.New("want dtype, shape and data_offsets")
	}
	return err
}

// eachKey calls f for each key of the object that comes next; f reads the value.
func eachKey(dec *json.Decoder, f func(key string) error) error {
	if tok, err := dec.Token(); err != nil || tok != json.Delim('{') {
		return errors.New("want an object")
	}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return err
		}
		if err := f(tok.(string)); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}
