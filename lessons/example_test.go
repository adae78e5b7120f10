package lessons_test

import (
	"fmt"

	"fmlab/lab"
	"fmlab/lessons"
)

func ExampleCondition_Holds() {
	c, err := lessons.ParseCondition("rms_error < 0.01 and nfe <= 16")
	if err != nil {
		panic(err)
	}
	frame := &lab.Frame{Stats: []lab.Stat{
		{Key: "rms_error", Title: "RMS error", Value: 0.0076},
		{Key: "nfe", Title: "NFE", Value: 16},
	}}
	fmt.Println(c.Holds(frame, nil))
	// Output: true RMS error 0.0076, NFE 16
}
