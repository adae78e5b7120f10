package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// floors from the bottom up. What stands on one may import its own floor and
// those below, never one above.
var floors = []string{"engine", "lab", "lessons", "tui"}

// engineMay are the modules outside the standard library that the engine may use.
var engineMay = []string{"gonum.org/v1/gonum", "golang.org/x/sys/cpu"}

// engineMustNot are parts of the standard library that the engine must do without:
// it knows no terminal, no file system, no clock, no network, no other process.
var engineMustNot = []string{"os", "time", "net", "syscall", "log"}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"README.md", "engine", "go.mod", "go.sum", "lab", "lessons", "tui"}
	for _, e := range entries {
		if name := e.Name(); !strings.HasPrefix(name, ".") && name != "fmlab" && !slices.Contains(want, name) {
			t.Errorf("%s: want only %v at the top, and names with a dot", name, want)
		}
	}
	for _, name := range want {
		if _, err := os.Stat(filepath.Join(root, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestImportsOnlyGoDown(t *testing.T) {
	for level, floor := range floors {
		err := filepath.WalkDir(filepath.Join(root, floor), func(file string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(file, ".go") {
				return err
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			for _, imp := range parsed.Imports {
				checkImport(t, file, level, strings.Trim(imp.Path.Value, `"`))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func checkImport(t *testing.T, file string, level int, path string) {
	t.Helper()
	if rest, ours := strings.CutPrefix(path, "fmlab/"); ours {
		floor, _, _ := strings.Cut(rest, "/")
		if up := slices.Index(floors, floor); up > level {
			t.Errorf("%s imports %s: %s stands below it", file, path, floors[level])
		}
		return
	}
	if floors[level] != "engine" || strings.HasSuffix(file, "_test.go") {
		return
	}
	outside := strings.Contains(strings.Split(path, "/")[0], ".")
	allowed := slices.ContainsFunc(engineMay, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") })
	if outside && !allowed {
		t.Errorf("%s imports %s: the engine may use the standard library and %v", file, path, engineMay)
	}
	if slices.Contains(engineMustNot, strings.Split(path, "/")[0]) {
		t.Errorf("%s imports %s: the engine knows no terminal, file system, clock or network", file, path)
	}
}

// TestStartUpOrder guards what keeps bubbletea from asking the terminal for its
// colours, and waiting, before main: package first must be initialised before it.
// Go initialises packages that are ready in the order of their paths.
func TestStartUpOrder(t *testing.T) {
	if first := "fmlab/tui/term/first"; first >= "github.com/charmbracelet/bubbletea" {
		t.Errorf("%s sorts after bubbletea", first)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(mod), "module fmlab\n") {
		t.Error("the module is not called fmlab")
	}
}
