//go:build slow

package libm

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The compiler fuses on these two. What it made must not hold a fused
// multiplication: then a product that is added to something lacks its conversion.
func TestNothingIsFused(t *testing.T) {
	for _, machine := range []struct{ env, fused string }{
		{"GOARCH=arm64", `FN?M(ADD|SUB)[SD]`},
		{"GOAMD64=v3", `VFN?M(ADD|SUB)`},
	} {
		arch := "GOARCH=amd64"
		build := exec.Command("go", "build", "-gcflags=fmlab/...=-S", "fmlab/engine/...", "fmlab/lab")
		build.Env = append(os.Environ(), "CGO_ENABLED=0", arch, machine.env)
		assembly, err := build.CombinedOutput()
		if err != nil {
			t.Fatalf("%s go build: %v\n%s", machine.env, err, tail(string(assembly)))
		}
		// 0x0034 00052 (/…/engine/ode/dpm.go:84)	FMADDD	F0, F3, F0, F3
		line := regexp.MustCompile(`(?m)^\s+0x\S+ \d+ \(.*/((?:engine|lab)/\S+\.go:\d+)\)\s+` + machine.fused)
		if !strings.Contains(string(assembly), "lab/") {
			t.Fatalf("%s go build: no assembly of the lab", machine.env)
		}
		var found []string
		for _, m := range line.FindAllStringSubmatch(string(assembly), -1) {
			found = append(found, m[1])
		}
		slices.Sort(found)
		for _, at := range slices.Compact(found) {
			t.Errorf("%s: %s: fused; write float64(x*y) + z", machine.env, at)
		}
	}
}

func tail(s string) string { return s[max(0, len(s)-2000):] }
