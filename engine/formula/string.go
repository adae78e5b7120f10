package formula

import "strconv"

// Binding strengths, weakest first.
const (
	bindSum = iota + 1
	bindProduct
	bindSign
	bindPower
	bindAtom
)

// String writes the formula with no more parentheses than it needs; [Parse] reads
// the same formula back. pow(a, b) is written a^b.
func (e *Expr) String() string { return string(e.root.append(nil, bindSum)) }

// append writes n, in parentheses if it binds weaker than the place it stands in.
func (n *node) append(b []byte, place int) []byte {
	own, left, right, sign := n.shape()
	if own < place {
		return append(n.append(append(b, '('), bindSum), ')')
	}
	switch n.op {
	case '#':
		return strconv.AppendFloat(b, n.value, 'g', -1, 64)
	case 'c', 'x':
		return append(b, n.name...)
	case 'f':
		return append(n.a.append(append(append(b, n.fn.name...), '('), bindSum), ')')
	case '~':
		return n.a.append(append(b, '-'), bindSign)
	}
	return n.b.append(append(n.a.append(b, left), sign...), right)
}

// shape returns how strongly n binds, how strongly its operands must, and its sign.
func (n *node) shape() (own, left, right int, sign string) {
	switch n.op {
	case '+', '-':
		return bindSum, bindSum, bindProduct, " " + string(n.op) + " "
	case '*', '/':
		return bindProduct, bindProduct, bindSign, string(n.op)
	case '^':
		return bindPower, bindAtom, bindSign, "^"
	case '~':
		return bindSign, 0, 0, ""
	}
	return bindAtom, 0, 0, ""
}
