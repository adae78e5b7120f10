package lab_test

import (
	"context"
	"fmt"
	"time"

	"fmlab/lab"
)

// An experiment is started with a setup, advanced, and looked at.
func Example() {
	setup := lab.Default()
	for _, knob := range [][2]string{{"data", "2gaussians"}, {"path", "vp"}, {"solver", "heun"}, {"nfe", "17"}, {"n", "300"}} {
		if err := setup.Set(knob[0], knob[1]); err != nil {
			panic(err)
		}
	}
	particles, err := lab.FindExperiment("particles")
	if err != nil {
		panic(err)
	}
	sim, err := particles.Start(setup)
	if err != nil {
		panic(err)
	}
	defer sim.Close()
	for lab.Advance(context.Background(), sim, time.Second) {
	}
	frame := sim.Frame(lab.Look{Trip: 1})
	nfe, _ := frame.Stat("nfe")
	energy, _ := frame.Stat("energy_distance2")
	fmt.Println("t =", frame.T)
	fmt.Println("evaluations spent:", nfe.Value)
	fmt.Println("within three times the floor:", energy.Value < 3*energy.Floor)
	// Output:
	// t = 1
	// evaluations spent: 16
	// within three times the floor: true
}
