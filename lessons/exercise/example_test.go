package exercise_test

import (
	"context"
	"fmt"

	"fmlab/lessons/exercise"
	"fmlab/lessons/exercise/sandbox"
	"fmlab/lessons/exercise/vec"
)

func ExampleExercise_Check() {
	e, err := exercise.Get("1.2-euler")
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := e.Check(context.Background(), "def euler_step(v, z, t, h):\n    return z + v(z, t)")
	fmt.Println(res.Passed, err)
	for _, c := range res.Checks {
		fmt.Printf("%v %s: %.48s\n", c.Passed, c.Name, c.Message)
	}
	// Output:
	// false <nil>
	// true runs: defines euler_step
	// false one step: This is z + v(z, t): the step size h is missing.
	// false 1 evaluation: waits for: one step
	// false order 1: waits for: one step
}

// A learner's step, driven by a field of the host.
func ExampleOpen() {
	ctx := context.Background()
	r, err := exercise.Open(ctx, "def euler_step(v, z, t, h):\n    return z + h * v(z, t)")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer r.Close()
	field := sandbox.Func{Name: "v(z, t)", Call: func(args []any) (any, error) {
		return args[0], nil // v(z, t) = z
	}}
	z := any(vec.New([]float64{1, 2}, 1, 2))
	for i := range 2 {
		if z, err = r.Call(ctx, "euler_step", field, z, 0.5*float64(i), 0.5); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println(z)
	// Output: vec([[2.25, 4.5]])
}
