package dataset_test

import (
	"fmt"
	"strings"

	"fmlab/engine/dataset"
)

// A point set of one's own: any of three separators, labels if there are any, and
// errors that say where to look.
func ExampleReadCSV() {
	cloud, err := dataset.ReadCSV(strings.NewReader("x;y;label\n0;1.5;0\n2;-1;0\n"), "mine.csv")
	fmt.Println(cloud.Points, cloud.Labels, err)
	_, err = dataset.ReadCSV(strings.NewReader("x,y\n0,1.5\n2,one\n"), "mine.csv")
	fmt.Println(err)
	// Output:
	// [0 1.5 2 -1] [0 0] <nil>
	// mine.csv:3:3: found "one": want a number
}
