// Package first keeps the terminal library from questioning the terminal.
//
// bubbletea v1 calls lipgloss.HasDarkBackground in a package init. That asks
// the terminal for its background colour and waits up to five seconds for the
// answer, before main runs, even for --version; a terminal that does not know
// the question never answers. A colour that was set is not asked for, so this
// package sets one, and the themes decide about light and dark themselves.
//
// It must be initialised before bubbletea. Go initialises packages in the order
// of their import paths as soon as everything they import is ready, and this
// package imports lipgloss only, as bubbletea does. So it comes first because
// "fmlab/…" sorts before "github.com/charmbracelet/bubbletea": a module path
// that sorts after it, such as "github.com/someone/fmlab", would bring the five
// seconds back. Tests of package term guard both the order and the time.
package first

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
