package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/renameio/v2/maybe"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"fmlab/engine/path"
	"fmlab/engine/train"
	"fmlab/lab"
	"fmlab/tui/term"
)

// trainKnobs decide the bits of a trained model and of what is measured on it.
var trainKnobs = []string{"data", "path", "net", "act", "batch", "iters", "lr", "decay", "ema", "optimizer", "seed", "threads",
	"solver", "nfe", "rtol", "atol", "n"}

func newTrain() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Train a flow, print what was measured, write a model",
		Example: `  fmlab train --data moons --path linear --iters 3000 --seed 7 --out m.safetensors
  fmlab train --data points.csv --out m.safetensors --json`,
		Args: noArgs,
	}
	k := addKnobs(cmd, trainKnobs...)
	file := cmd.Flags().String("out", "", "write the model to this file (safetensors)")
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return runTrain(cmd, k.setup, *file, *asJSON)
	}
	return cmd
}

// trained is the answer of fmlab train.
type trained struct {
	Schema     int                `json:"schema"`
	Status     string             `json:"status"`
	Card       string             `json:"card"`
	Iters      int                `json:"iters"`
	Seconds    number             `json:"seconds"`
	Rate       number             `json:"iters_per_second"`
	FinalLoss  *number            `json:"final_loss"`
	LossFloor  number             `json:"loss_floor"`
	FieldError *number            `json:"field_error"`
	Metrics    map[string]*number `json:"metrics"`
	Model      *string            `json:"model"`
	Message    string             `json:"message,omitempty"`
}

func runTrain(cmd *cobra.Command, s lab.Setup, file string, asJSON bool) error {
	target, err := lab.OpenTarget(s.Data, false, s.Seed)
	if err != nil {
		return err
	}
	p, err := path.Parse(s.Path)
	if err != nil {
		return err
	}
	if err := canWrite(file); err != nil { // before the work, not after it
		return err
	}
	trainer, err := lab.NewTrainer(s, target)
	if err != nil {
		return err
	}
	defer trainer.Close()
	began := time.Now()
	if err := runIterations(cmd, trainer); err != nil {
		return err
	}
	answer := trained{Schema: 1, Status: "ok", Card: s.Card("train", trainKnobs) + " --kernel " + lab.Kernel, Iters: trainer.Iter()}
	answer.Seconds = number(time.Since(began).Seconds())
	answer.Rate = number(float64(trainer.Iter())) / answer.Seconds
	if err := trainer.Err(); err != nil {
		answer.Status, answer.Message = "diverged", err.Error()
		if asJSON {
			if err := writeJSON(out(cmd), answer); err != nil {
				return err
			}
		}
		return err
	}
	net := trainer.Net()
	if file != "" {
		m := &lab.Model{Net: net, Path: p, Shift: target.Shift, Scale: target.Scale, Card: answer.Card}
		if err := writeModel(m, file); err != nil {
			return failed(err)
		}
		answer.Model = &file
	}
	report, err := lab.Judge(cmd.Context(), s, target, p, net)
	if err != nil {
		return err
	}
	report.Loss = trainer.Smoothed()
	if asJSON {
		return writeJSON(out(cmd), answer.with(report))
	}
	return printTrained(cmd, answer, report)
}

// runIterations trains to the end, with a bar where someone sees it.
func runIterations(cmd *cobra.Command, t *train.Trainer) error {
	var bar *progressbar.ProgressBar
	if term.IsTerminal(os.Stderr) {
		bar = progressbar.NewOptions(t.Iters(), progressbar.OptionSetWriter(os.Stderr), progressbar.OptionSetDescription("training"),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString("it"), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	for t.Step() {
		if cmd.Context().Err() != nil {
			return failed(fmt.Errorf("stopped at iteration %d of %d: no model was written", t.Iter(), t.Iters()))
		}
		if bar != nil {
			_ = bar.Add(1) // a bar that cannot be drawn is no reason to stop
		}
	}
	return nil
}

func (a trained) with(r lab.Report) trained {
	ptr := func(v float64) *number { n := number(v); return &n }
	a.FinalLoss, a.FieldError, a.LossFloor = ptr(r.Loss), ptr(r.FieldError), number(r.LossFloor)
	a.Metrics = map[string]*number{}
	for _, st := range r.Scores {
		a.Metrics[st.Key] = ptr(st.Value)
		a.Metrics[st.Key+"_floor"] = ptr(st.Floor)
		a.Metrics[st.Key+"_floor_q95"] = ptr(st.Q95)
	}
	return a
}

func printTrained(cmd *cobra.Command, a trained, r lab.Report) error {
	w := out(cmd)
	fmt.Fprintf(w, "%d iterations in %.1f s (%.0f a second)\n", a.Iters, float64(a.Seconds), float64(a.Rate))
	fmt.Fprintf(w, "loss              %s  floor %s (the loss of the exact field)\n", lab.Num(r.Loss), lab.Num(r.LossFloor))
	fmt.Fprintf(w, "field error       %s  mean square, learned against exact\n", lab.Num(r.FieldError))
	for _, st := range r.Scores {
		fmt.Fprintf(w, "%-17s %s  floor %s, 95 %% %s (%s)\n", st.Title, lab.Num(st.Value), lab.Num(st.Floor), lab.Num(st.Q95), st.Note)
	}
	if a.Model != nil {
		fmt.Fprintf(w, "model             %s\n", *a.Model)
	}
	_, err := fmt.Fprintf(w, "card              %s\n", a.Card)
	return failed(err)
}

// canWrite says early what would otherwise fail after minutes of work.
func canWrite(file string) error {
	if file == "" {
		return nil
	}
	if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("--out %s: not a regular file", file)
	}
	dir := filepath.Dir(file)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("--out %s: there is no directory %s", file, dir)
	}
	return nil
}

// writeModel replaces the file as a whole: the old one stays until the new one
// is complete.
func writeModel(m *lab.Model, file string) error {
	var b bytes.Buffer
	if err := m.Write(&b, version()); err != nil {
		return err
	}
	if err := maybe.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return errors.Join(fmt.Errorf("--out %s", file), err)
	}
	return nil
}
