package libm

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// exact is what package math does to the last bit everywhere, and its constants.
var exact = strings.Fields(`Sqrt Abs Floor Ceil Trunc Round RoundToEven Modf Copysign Signbit Max Min Ldexp Frexp
	Inf IsInf NaN IsNaN Float64bits Float64frombits Float32bits Float32frombits
	Pi E Ln2 Ln10 Sqrt2 MaxFloat64 MaxFloat32 SmallestNonzeroFloat64 MaxInt MinInt MaxInt32 MaxInt64 MaxUint32 MaxUint64`)

// The sources of the engine and the lab take from packages math and rand only what
// has the same bits on every machine.
func TestOnlyExactFunctionsAreUsed(t *testing.T) {
	for _, top := range []string{"../../engine", "../../lab"} {
		err := fs.WalkDir(os.DirFS(top), ".", func(name string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, filepath.Join(top, name), nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				pkg, ok := s.X.(*ast.Ident)
				used := ok && pkg.Name == "math" && !slices.Contains(exact, s.Sel.Name) && !(name == "libm/pow.go" && s.Sel.Name == "Pow")
				if used || s.Sel.Name == "NormFloat64" || s.Sel.Name == "ExpFloat64" {
					t.Errorf("%s: %s differs between machines: take it from engine/libm, normal draws from engine.Normal", files.Position(s.Pos()), s.Sel.Name)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
