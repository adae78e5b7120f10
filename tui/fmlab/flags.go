package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"fmlab/lab"
)

// knobs are the flags of a command that turn knobs of the lab: one table makes
// the screen's keys and these.
type knobs struct {
	setup lab.Setup
	given []string
}

// knobFlag is one knob as a pflag.Value.
type knobFlag struct {
	all  *knobs
	knob *lab.Knob
}

func (f knobFlag) String() string {
	if f.knob == nil {
		return ""
	}
	return f.knob.Get(&f.all.setup)
}

func (f knobFlag) Type() string { return "value" }

func (f knobFlag) Set(v string) error {
	if err := f.knob.Set(&f.all.setup, v); err != nil {
		return err
	}
	f.all.given = append(f.all.given, f.knob.Key)
	return nil
}

// addKnobs gives a command the flags of the knobs named. The defaults shown are
// the recipe of the lab.
func addKnobs(cmd *cobra.Command, keys ...string) *knobs {
	k := &knobs{setup: lab.Default()}
	for _, key := range keys {
		knob, err := lab.FindKnob(key)
		if err != nil {
			panic("fmlab: " + err.Error())
		}
		name, short := key, ""
		if key == "n" {
			short = "n"
		}
		cmd.Flags().VarP(knobFlag{k, knob}, name, short, knob.Help+values(knob))
	}
	cmd.Flags().Var(kernelFlag{}, "kernel", "arithmetic of the engine (go)")
	cmd.PreRunE = func(*cobra.Command, []string) error { return k.useFormulas() }
	return k
}

// useFormulas makes the path of formulas that were given the custom one; none is
// left aside without a word.
func (k *knobs) useFormulas() error {
	for _, key := range []string{"alpha", "sigma"} {
		if !slices.Contains(k.given, key) || k.setup.Path == "custom" {
			continue
		}
		if slices.Contains(k.given, "path") {
			return fmt.Errorf("--%s %s is a formula of --path custom, and --path is %s: want one of them", key, k.setup.Get(key), k.setup.Path)
		}
		k.setup.Path = "custom"
		k.given = append(k.given, "path")
	}
	return nil
}

// values lists the names a choice knob takes.
func values(k *lab.Knob) string {
	menu := k.Menu()
	if _, err := strconv.ParseFloat(menu[0], 64); err == nil {
		return ""
	}
	return " (" + strings.Join(menu, ", ") + ")"
}

// kernelFlag accepts the one kernel there is: cards name it.
type kernelFlag struct{}

func (kernelFlag) String() string { return lab.Kernel }
func (kernelFlag) Type() string   { return "value" }
func (kernelFlag) Set(v string) error {
	if v != lab.Kernel && v != "auto" {
		return fmt.Errorf("want auto or %s", lab.Kernel)
	}
	return nil
}

// field is where a velocity comes from: --exact --data, or --model FILE.
type field struct {
	exact bool
	model string
}

func addField(cmd *cobra.Command) *field {
	f := &field{}
	cmd.Flags().BoolVar(&f.exact, "exact", false, "use the exact field of --data, in its own units")
	cmd.Flags().StringVar(&f.model, "model", "", "use a trained model, FILE.safetensors")
	return f
}

// check wants one of the two, and only that.
func (f *field) check() error {
	switch {
	case f.exact && f.model != "":
		return fmt.Errorf("--exact and --model %s: want one of them", f.model)
	case !f.exact && f.model == "":
		return fmt.Errorf("no field: want --exact with --data, or --model FILE.safetensors")
	}
	return nil
}

// list splits a flag at its commas and reads each part.
func list[T any](flag, text string, parse func(string) (T, error)) ([]T, error) {
	var all []T
	for _, part := range strings.Split(text, ",") {
		v, err := parse(strings.TrimSpace(part))
		if err != nil {
			return nil, fmt.Errorf("--%s %s: %w", flag, text, err)
		}
		all = append(all, v)
	}
	return all, nil
}
