package script

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"fmlab/lessons/exercise/vec"
)

// Starlark's comparisons give one truth value, whatever an operand's type wants. So
// that z > 0 can be a mask, every comparison in the syntax tree is replaced by a call
// of a function that asks [vec.Compare].

// comparisons are those functions, by names that no program can write.
var comparisons = map[syntax.Token]string{
	syntax.LT: "<", syntax.LE: "<=", syntax.GT: ">", syntax.GE: ">=", syntax.EQL: "==", syntax.NEQ: "!=",
}

// comparers adds the functions to what is predeclared.
func comparers(to starlark.StringDict) {
	for op, name := range comparisons {
		to[name] = starlark.NewBuiltin(name, func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
			return vec.Compare(op, args[0], args[1])
		})
	}
}

// compare replaces the comparisons below a node.
func compare(n syntax.Node) {
	syntax.Walk(n, func(n syntax.Node) bool {
		for _, e := range operands(n) {
			b, ok := (*e).(*syntax.BinaryExpr)
			if !ok {
				continue
			}
			if name, ok := comparisons[b.Op]; ok {
				*e = &syntax.CallExpr{
					Fn:     &syntax.Ident{NamePos: b.OpPos, Name: name},
					Lparen: b.OpPos, Args: []syntax.Expr{b.X, b.Y}, Rparen: b.OpPos,
				}
			}
		}
		return true
	})
}

// operands are the places of a node that hold an expression to be evaluated.
func operands(n syntax.Node) (at []*syntax.Expr) {
	switch n := n.(type) {
	case *syntax.ExprStmt:
		at = append(at, &n.X)
	case *syntax.IfStmt:
		at = append(at, &n.Cond)
	case *syntax.AssignStmt:
		at = append(at, &n.RHS)
	case *syntax.DefStmt:
		at = each(at, n.Params)
	case *syntax.ForStmt:
		at = append(at, &n.X)
	case *syntax.WhileStmt:
		at = append(at, &n.Cond)
	case *syntax.ReturnStmt:
		at = append(at, &n.Result)
	case *syntax.ListExpr:
		at = each(at, n.List)
	case *syntax.ParenExpr:
		at = append(at, &n.X)
	case *syntax.CondExpr:
		at = append(at, &n.Cond, &n.True, &n.False)
	case *syntax.IndexExpr:
		at = append(at, &n.X, &n.Y)
	case *syntax.DictEntry:
		at = append(at, &n.Key, &n.Value)
	case *syntax.SliceExpr:
		at = append(at, &n.X, &n.Lo, &n.Hi, &n.Step)
	case *syntax.Comprehension:
		at = append(at, &n.Body)
	case *syntax.IfClause:
		at = append(at, &n.Cond)
	case *syntax.ForClause:
		at = append(at, &n.X)
	case *syntax.TupleExpr:
		at = each(at, n.List)
	case *syntax.UnaryExpr:
		at = append(at, &n.X)
	case *syntax.BinaryExpr:
		at = append(at, &n.X, &n.Y)
	case *syntax.CallExpr:
		at = each(at, n.Args)
	case *syntax.LambdaExpr:
		at = append(at, &n.Body)
		at = each(at, n.Params)
	}
	return at
}

func each(at []*syntax.Expr, list []syntax.Expr) []*syntax.Expr {
	for i := range list {
		at = append(at, &list[i])
	}
	return at
}
