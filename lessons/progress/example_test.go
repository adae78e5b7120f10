package progress_test

import (
	"fmt"
	"os"

	"fmlab/lessons/progress"
)

func Example() {
	dir, err := os.MkdirTemp("", "progress")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	log, err := progress.Open(dir)
	if err != nil {
		panic(err)
	}
	defer log.Close()
	if err := log.Append(progress.GoalMet, progress.Ref("2.5", "sixteen"), nil); err != nil {
		panic(err)
	}
	fmt.Println(log.State().Goals["2.5/sixteen"])
	// Output: true
}
