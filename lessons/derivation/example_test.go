package derivation_test

import (
	"fmt"

	"fmlab/lessons/derivation"
)

func Example() {
	b := &derivation.Blank{Left: "u"}
	b.Symbols, _ = derivation.ParseSymbols("x0, x1 in -3..3")
	b.Answer, _ = b.Parse("x1 - x0")
	slip, _ := b.Parse("x0 - x1")
	b.Wrong = []derivation.Wrong{{Formula: slip, Hint: "Time runs from noise to data."}}
	d := &derivation.Derivation{Parts: []derivation.Part{{Title: "The target", Blank: b, After: "It does not depend on t."}}}

	s := derivation.Start(d, 1)
	s, f := s.Type("x0 - x1")
	fmt.Println(f.Words)
	s, f = s.Type("2*(x1/2 - x0/2)")
	fmt.Println(f.Words)
	fmt.Println(s.Done())
	// Output:
	// **no – not yet.** At x0 = −1.57, x1 = 0.01 yours gives −1.58, and it should be 1.58.
	//
	// Time runs from noise to data.
	// **ok – right.**
	//
	// It does not depend on t.
	// true
}
