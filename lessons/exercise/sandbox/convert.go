package sandbox

import (
	"go.starlark.net/starlark"

	"fmlab/engine"
	"fmlab/lessons/exercise/vec"
)

// toStarlark makes a value of a program of one that came; functions call back.
func toStarlark(v any, call func(n funcRef, args []any) (any, error)) starlark.Value {
	switch v := v.(type) {
	case bool:
		return starlark.Bool(v)
	case int:
		return starlark.MakeInt(v)
	case float64:
		return starlark.Float(v)
	case string:
		return starlark.String(v)
	case *vec.Vec:
		return v
	case []any:
		t := make(starlark.Tuple, len(v))
		for i, x := range v {
			t[i] = toStarlark(x, call)
		}
		return t
	case Rng:
		return vec.NewRng(engine.NewRand(v.Seed, v.Stream))
	case funcRef:
		return starlark.NewBuiltin("v", func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
			out, err := call(v, fromAll(args))
			if err != nil {
				return nil, err
			}
			return toStarlark(out, call), nil
		})
	}
	return starlark.None
}

// fromStarlark makes of a value of a program one that can be sent.
func fromStarlark(v starlark.Value) any {
	switch v := v.(type) {
	case starlark.NoneType:
		return nil
	case starlark.Bool:
		return bool(v)
	case starlark.Int:
		if i, err := starlark.AsInt32(v); err == nil {
			return i
		}
	case starlark.Float:
		return float64(v)
	case starlark.String:
		return string(v)
	case *vec.Vec:
		if len(v.Dims()) == 0 {
			return v.Data()[0]
		}
		return v
	case starlark.Tuple:
		return fromAll(v)
	case *starlark.List:
		list := []any{}
		for x := range v.Elements() {
			list = append(list, fromStarlark(x))
		}
		return list
	}
	if f, ok := v.(starlark.Callable); ok {
		return Other{"function", f.Name()}
	}
	return Other{v.Type(), short(v.String())}
}

func short(s string) string {
	if len(s) > 200 {
		return s[:200] + "…"
	}
	return s
}

func fromAll(t starlark.Tuple) []any {
	list := []any{}
	for _, x := range t {
		list = append(list, fromStarlark(x))
	}
	return list
}
