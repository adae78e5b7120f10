package main

import (
	"encoding/json"
	"io"
	"math"
)

// number is a float64 in JSON: infinities are the strings "inf" and "-inf", and
// what is not a number is null.
type number float64

// MarshalJSON implements json.Marshaler.
func (n number) MarshalJSON() ([]byte, error) {
	switch v := float64(n); {
	case math.IsNaN(v):
		return []byte("null"), nil
	case math.IsInf(v, 1):
		return []byte(`"inf"`), nil
	case math.IsInf(v, -1):
		return []byte(`"-inf"`), nil
	case v == 0: // not -0
		return []byte("0"), nil
	default:
		return json.Marshal(v)
	}
}

// writeJSON writes one object on a line.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return failed(enc.Encode(v))
}
