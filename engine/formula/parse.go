package formula

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

var constants = []*node{{op: 'c', name: "pi", value: math.Pi}, {op: 'c', name: "e", value: math.E}}

// parser goes through the tokens from left to right, one function for each rule
// of the grammar.
type parser struct {
	tokens  []token
	at      int
	depth   int
	opened  []token // the open parentheses
	symbols []string
}

// Parse reads a formula in the given symbols. A formula that is not right is an
// [*Error]. It panics when a symbol is not a name or already means something.
func Parse(text string, symbols ...string) (*Expr, error) {
	p := &parser{symbols: slices.Clone(symbols)}
	p.checkSymbols()
	if n := utf8.RuneCountInString(text); n > maxLength {
		return nil, &Error{maxLength + 1, fmt.Sprintf("found %d characters: want at most %d", n, maxLength)}
	}
	var err error
	if p.tokens, err = scan([]rune(text)); err != nil {
		return nil, err
	}
	root, err := p.sum()
	if err != nil {
		return nil, err
	}
	if p.next().kind != end {
		return nil, p.afterOperand()
	}
	return &Expr{root: root, symbols: p.symbols}, nil
}

func (p *parser) checkSymbols() {
	for i, s := range p.symbols {
		tokens, err := scan([]rune(s))
		if err != nil || len(tokens) != 2 || tokens[0].kind != name || tokens[0].text != s ||
			lookup(s) != nil || slices.Contains(p.symbols[:i], s) {
			panic(fmt.Sprintf("formula: symbol %q: want a name that is not taken", s))
		}
	}
}

// lookup returns the constant of a name, or the function without its arguments; nil
// is an unknown name.
func lookup(name string) *node {
	for _, c := range constants {
		if c.name == name {
			return c
		}
	}
	for i := range functions {
		if functions[i].name == name {
			return &node{op: 'f', fn: &functions[i]}
		}
	}
	if name == "pow" {
		return &node{op: '^'}
	}
	return nil
}

func (p *parser) next() token { return p.tokens[p.at] }

// found is an error about the next token.
func (p *parser) found(want string, a ...any) error {
	return &Error{p.next().column, fmt.Sprintf("found %s: ", p.next()) + fmt.Sprintf(want, a...)}
}

// binary reads operands joined by any of the operators, from left to right.
func (p *parser) binary(operators string, operand func() (*node, error)) (*node, error) {
	left, err := operand()
	for err == nil && p.next().kind != end && strings.ContainsRune(operators, p.next().kind) {
		op := p.next().kind
		p.at++
		var right *node
		right, err = operand()
		left = &node{op: op, a: left, b: right}
	}
	return left, err
}

func (p *parser) sum() (*node, error)     { return p.binary("+-", p.product) }
func (p *parser) product() (*node, error) { return p.binary("*/", p.signed) }

// signed is where every nesting passes, so it counts the depth.
func (p *parser) signed() (*node, error) {
	if p.depth++; p.depth > maxDepth+1 {
		return nil, p.found("want at most %d parentheses, signs and powers inside one another", maxDepth)
	}
	defer func() { p.depth-- }()
	switch p.next().kind {
	case '+':
		p.at++
		return p.signed()
	case '-':
		p.at++
		a, err := p.signed()
		return &node{op: '~', a: a}, err
	}
	base, err := p.atom()
	if err != nil || p.next().kind != '^' {
		return base, err
	}
	p.at++
	exponent, err := p.signed()
	return &node{op: '^', a: base, b: exponent}, err
}

func (p *parser) atom() (*node, error) {
	t := p.next()
	switch t.kind {
	case number:
		p.at++
		return &node{op: '#', value: t.value}, nil
	case name:
		return p.named()
	case '(':
		args, err := p.arguments(1, "( )")
		if err != nil {
			return nil, err
		}
		return args[0], nil
	}
	return nil, p.found("want a number, ( or a name: %s", p.names())
}

// named reads what starts with a name.
func (p *parser) named() (*node, error) {
	text := p.next().text
	if i := slices.Index(p.symbols, text); i >= 0 {
		p.at++
		return &node{op: 'x', name: text, index: i}, nil
	}
	n := lookup(text)
	if n == nil {
		return nil, p.found("want one of %s", p.names())
	}
	p.at++
	switch n.op {
	case 'f':
		args, err := p.arguments(1, text+"(…)")
		if err != nil {
			return nil, err
		}
		n.a = args[0]
	case '^':
		args, err := p.arguments(2, "pow(a, b)")
		if err != nil {
			return nil, err
		}
		n.a, n.b = args[0], args[1]
	}
	return n, nil
}

// arguments reads n formulas in parentheses; form is how they are written.
func (p *parser) arguments(n int, form string) (args []*node, err error) {
	open := p.next()
	if open.kind != '(' {
		return nil, p.found("want ( as in %s", form)
	}
	p.opened = append(p.opened, open)
	for separator := '('; p.next().kind == separator; separator = ',' {
		if len(args) == n {
			return nil, p.found("want ) as in %s; a decimal point is written 0.5", form)
		}
		p.at++
		arg, err := p.sum()
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	switch {
	case p.next().kind != ')':
		return nil, p.afterOperand()
	case len(args) < n:
		return nil, p.found("want a comma and one more argument, as in %s", form)
	}
	p.at++
	p.opened = p.opened[:len(p.opened)-1]
	return args, nil
}

// afterOperand is the error for a token that cannot follow an operand.
func (p *parser) afterOperand() error {
	t := p.next()
	if t.kind == name && lookup(t.text) == nil && !slices.Contains(p.symbols, t.text) {
		return p.found("want one of %s", p.names())
	}
	closing := "the end"
	if n := len(p.opened); n > 0 {
		closing = fmt.Sprintf(") for the ( of column %d", p.opened[n-1].column)
	}
	switch t.kind {
	case number, name, '(':
		before := p.tokens[p.at-1]
		return p.found("a product needs its sign, want %s*%s", before.short(), t.short())
	case ')':
		return p.found("no ( is open here")
	case ',':
		return p.found("a decimal point is written 0.5; want + - * / ^ or %s", closing)
	}
	return p.found("want + - * / ^ or %s", closing)
}

// names lists every name a formula may use.
func (p *parser) names() string {
	names := slices.Clone(p.symbols)
	for _, c := range constants {
		names = append(names, c.name)
	}
	for _, f := range functions {
		names = append(names, f.name)
	}
	return strings.Join(append(names, "pow"), ", ")
}
