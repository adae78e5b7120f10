package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"fmlab/lab"
	"fmlab/lessons"
	"fmlab/lessons/progress"
	"fmlab/tui"
	"fmlab/tui/canvas"
	"fmlab/tui/term"
	"fmlab/tui/theme"
)

// appFlags are the knobs preset from the command line and the looks.
type appFlags struct {
	*knobs
	theme, glyphs, colors string
	experiment            string
	trip                  float64
	review                bool // open the items that are due
}

// newAppFlags gives a command the flags of the app; keys are the knobs it takes.
func newAppFlags(cmd *cobra.Command, keys []string) *appFlags {
	f := &appFlags{knobs: addKnobs(cmd, keys...)}
	cmd.Flags().StringVar(&f.theme, "theme", "auto", "auto, dark or light")
	cmd.Flags().StringVar(&f.glyphs, "glyphs", "auto", "auto, braille, block or ascii")
	cmd.Flags().StringVar(&f.colors, "colors", "auto", "auto, 24bit, 256, 16 or none")
	return f
}

func newLesson() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "lesson ID",
		Short:   "Open one lesson",
		Example: "  fmlab lesson 2.5\n  fmlab lesson 2.2 --data points.csv",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("lesson takes one id, as in fmlab lesson 2.5; fmlab lessons lists them")
			}
			return nil
		},
	}
	f := newAppFlags(cmd, lab.KnobKeys())
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return f.open(cmd, args[0], "") }
	return cmd
}

func newPlay() *cobra.Command {
	var names []string
	for _, e := range lab.Experiments {
		names = append(names, e.Name)
	}
	cmd := &cobra.Command{
		Use:     "play",
		Short:   "Open the free lab; a card copied with y is such a line",
		Example: "  fmlab play --data circles --model learned\n  fmlab play --experiment solvers --data moons --solver rk4 --nfe 16 --t 0.6",
		Args:    noArgs,
	}
	f := newAppFlags(cmd, lab.KnobKeys())
	cmd.Flags().StringVar(&f.experiment, "experiment", "free", "what to look at ("+strings.Join(names, ", ")+")")
	cmd.Flags().Float64Var(&f.trip, "t", 1, "how far along the trip, 0 (start) to 1 (end)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return f.open(cmd, "", f.experiment) }
	return cmd
}

// open starts the app, on a lesson, on an experiment of the free lab, or where
// the learner left off.
func (f *appFlags) open(cmd *cobra.Command, lesson, experiment string) error {
	curriculum, err := lessons.Load()
	if err != nil {
		return coded{err, exitInternal}
	}
	if err := f.check(curriculum, lesson, experiment); err != nil {
		return err
	}
	caps := term.Detect(os.Getenv, term.IsTerminal(os.Stdout))
	if wantsPlain(cmd) || !caps.TTY || caps.Dumb || !term.IsTerminal(os.Stdin) {
		return f.openPlain(cmd, curriculum, caps, lesson, experiment)
	}
	th, glyphs, err := f.looks(caps)
	if err != nil {
		return err
	}
	log, err := progress.Open(progress.Dir())
	if err != nil {
		return err
	}
	output := term.NewOutput(os.Stdout)
	app := tui.New(tui.Options{
		Curriculum: curriculum, Log: log, Data: dataDir(), Theme: th, Glyphs: glyphs, Clipboard: output, Interval: output.Interval,
		Review: f.review, Lesson: lesson, Setup: &f.setup, Given: f.given, Experiment: experiment, Trip: f.trip,
	})
	err = term.Run(app, term.Options{Out: output, OnExit: app.Save, CrashDir: crashDir(), Version: version(), Describe: app.Describe})
	return failed(err)
}

// check refuses what cannot be opened before the screen is taken.
func (f *appFlags) check(c *lessons.Curriculum, lesson, experiment string) error {
	if lesson != "" {
		if _, err := c.Find(lesson); err != nil {
			return err
		}
	}
	if experiment != "" {
		if _, err := lab.FindExperiment(experiment); err != nil {
			return err
		}
		if !(f.trip >= 0 && f.trip <= 1) {
			return fmt.Errorf("--t %g: want 0 to 1", f.trip)
		}
	}
	return lab.Check(f.setup)
}

func (f *appFlags) looks(caps term.Caps) (*theme.Theme, canvas.Glyphs, error) {
	dark := map[string]bool{"auto": darkBackground(os.Getenv("COLORFGBG")), "dark": true, "light": false}
	profile := map[string]theme.Profile{"auto": caps.Profile, "24bit": theme.TrueColor, "256": theme.ANSI256, "16": theme.ANSI16, "none": theme.Mono}
	glyphs := map[string]canvas.Glyphs{"auto": caps.Glyphs, "braille": canvas.Braille, "block": canvas.Block, "ascii": canvas.ASCII}
	d, ok1 := dark[f.theme]
	p, ok2 := profile[f.colors]
	g, ok3 := glyphs[f.glyphs]
	switch {
	case !ok1:
		return nil, 0, fmt.Errorf("--theme %s: want auto, dark or light", f.theme)
	case !ok2:
		return nil, 0, fmt.Errorf("--colors %s: want auto, 24bit, 256, 16 or none", f.colors)
	case !ok3:
		return nil, 0, fmt.Errorf("--glyphs %s: want auto, braille, block or ascii", f.glyphs)
	}
	return theme.New(d, p), g, nil
}

// darkBackground reads COLORFGBG ("foreground;background"), which some terminals
// set; dark when it says nothing. The terminal itself is never asked.
func darkBackground(colorfgbg string) bool {
	i := strings.LastIndexByte(colorfgbg, ';')
	bg, err := strconv.Atoi(colorfgbg[i+1:])
	return err != nil || bg < 7 || bg == 8
}

// dataDir is where the learner's own point sets are kept, "" where there is no home.
func dataDir() string {
	if dir := progress.Dir(); dir != "" {
		return filepath.Join(dir, "data")
	}
	return ""
}

// crashDir is where crash reports go.
func crashDir() string {
	if home := os.Getenv("FMLAB_HOME"); home != "" {
		return filepath.Join(home, "crashes")
	}
	return filepath.Join(xdg.StateHome, "fmlab")
}
