package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/google/renameio/v2/maybe"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"fmlab/lab"
)

// trainKnobs decide the bits of a trained model and of what is measured on it.
var trainKnobs = []string{"data", "path", "alpha", "sigma", "net", "act", "batch", "iters", "lr", "decay", "ema", "optimizer",
	"predict", "coupling", "reflow", "label-drop", "seed",
	"solver", "nfe", "grid", "eta", "rtol", "atol", "label", "guidance", "route", "n", "pitfall", "code"}

func newTrain() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Train a flow, print what was measured, write a model",
		Example: `  fmlab train --data moons --path linear --iters 3000 --seed 7 --out m.safetensors
  fmlab train --data points.csv --out m.safetensors --json`,
		Args: noArgs,
	}
	k := addKnobs(cmd, append([]string{"threads"}, trainKnobs...)...)
	file := cmd.Flags().String("out", "", "write the model to this file (safetensors; - is stdout, and the report goes to stderr)")
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
	LossFloor  *number            `json:"loss_floor"`
	FloorError *number            `json:"loss_floor_stderr"`
	FieldError *number            `json:"field_error"`
	Metrics    map[string]*number `json:"metrics"`
	Model      *string            `json:"model"`
	Message    string             `json:"message,omitempty"`
	Pitfall    string             `json:"pitfall,omitempty"` // what is wrong on purpose
	Own        string             `json:"own,omitempty"`     // what of one's own code was at work
}

// scoreKeys are the metrics of trained.
func scoreKeys() (keys []string) {
	for _, m := range lab.Measures {
		keys = append(keys, m.Key)
	}
	return append(keys, lab.NLLKey)
}

func runTrain(cmd *cobra.Command, s lab.Setup, file string, asJSON bool) error {
	// What can fail is tried before the work, not after it.
	if err := canWrite(file, s.Data); err != nil {
		return err
	}
	end, err := s.Open()
	if err != nil {
		return err
	}
	defer end()
	target, err := lab.OpenTarget(s.Data, false, s.Seed)
	if err != nil {
		return err
	}
	trainer, err := lab.NewTraining(s, target)
	if err != nil {
		return err
	}
	defer trainer.Close()
	if err := trainer.CheckSampling(); err != nil {
		return err
	}
	if err := trainer.Model().CheckWriting(); file != "" && err != nil {
		return err
	}
	ctx, stop := interruptible(cmd)
	defer stop()
	pitfall, err := lab.FindPitfall(s.Pitfall)
	if err != nil {
		return err
	}
	answer := trained{Schema: 1, Status: "ok", Pitfall: pitfall.Says(), Own: s.OwnSays(true), Card: s.Card("train", trainKnobs) + " --kernel " + lab.Kernel}
	if err := answer.run(ctx, trainer, showsBars(cmd)); err != nil {
		return err
	}
	report, err := judge(ctx, s, target, trainer)
	if ctx.Err() != nil {
		return fmt.Errorf("%w while measuring: no model was written", errStopped)
	}
	w := out(cmd)
	if file == "-" {
		w = cmd.ErrOrStderr()
	}
	if err != nil {
		return answer.diverged(w, asJSON, err)
	}
	if file != "" {
		m := trainer.Model()
		m.Card = answer.Card
		if err := writeModel(cmd, m, file); err != nil {
			return failed(err)
		}
		answer.Model = &file
	}
	if asJSON {
		return writeJSON(w, answer.with(report))
	}
	return answer.print(w, report)
}

// judge measures what was trained, if it did not diverge.
func judge(ctx context.Context, s lab.Setup, target *lab.Target, t *lab.Training) (lab.Report, error) {
	if t.Err() != nil {
		return lab.Report{}, t.Err()
	}
	r, err := lab.Judge(ctx, s, target, t.Model())
	if err != nil {
		return r, fmt.Errorf("samples of the trained model: %w", err)
	}
	r.Loss = t.Smoothed()
	return r, nil
}

// run trains to the end, with a bar where someone sees it.
func (a *trained) run(ctx context.Context, t *lab.Training, shows bool) error {
	began := time.Now()
	var bar *progressbar.ProgressBar
	if shows {
		bar = progressbar.NewOptions(t.Iters(), progressbar.OptionSetWriter(os.Stderr), progressbar.OptionSetDescription("training"),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString("it"), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	for t.Step() {
		if bar != nil {
			_ = bar.Set(t.Iter()) // a bar that cannot be drawn is no reason to stop
		}
		if ctx.Err() != nil {
			if bar != nil {
				_ = bar.Clear()
			}
			return fmt.Errorf("%w at iteration %d of %d: no model was written", errStopped, t.Iter(), t.Iters())
		}
	}
	a.Iters, a.Seconds = t.Iter(), number(time.Since(began).Seconds())
	a.Rate = number(a.Iters) / a.Seconds
	a.Metrics = map[string]*number{} // null for what a diverged run cannot know
	for _, key := range scoreKeys() {
		a.Metrics[key], a.Metrics[key+"_floor"], a.Metrics[key+"_floor_q95"] = nil, nil, nil
	}
	return nil
}

// diverged says that there is nothing to measure, and why.
func (a trained) diverged(w io.Writer, asJSON bool, why error) error {
	if !asJSON {
		return why
	}
	if a.Status, a.Message = "diverged", why.Error(); exitCode(why) != exitDiverged { // a program of the learner's
		a.Status = "failed"
	}
	return errors.Join(writeJSON(w, a), why)
}

func (a trained) with(r lab.Report) trained {
	ptr := func(v float64) *number { n := number(v); return &n }
	a.FinalLoss, a.FieldError, a.LossFloor, a.FloorError = ptr(r.Loss), ptr(r.FieldError), ptr(r.LossFloor), ptr(r.FloorError)
	for _, st := range r.Scores {
		a.Metrics[st.Key] = ptr(st.Value)
		a.Metrics[st.Key+"_floor"] = ptr(st.Floor)
		a.Metrics[st.Key+"_floor_q95"] = ptr(st.Q95)
	}
	return a
}

func (a trained) print(w io.Writer, r lab.Report) error {
	fmt.Fprintf(w, "%d iterations in %.1f s (%.0f a second)\n", a.Iters, float64(a.Seconds), float64(a.Rate))
	if a.Pitfall != "" {
		fmt.Fprintf(w, "broken on purpose %s\n", a.Pitfall)
	}
	switch {
	case !math.IsNaN(r.LossFloor):
		fmt.Fprintf(w, "loss              %s  floor %s ± %s (the loss of the exact field, by draws)\n", lab.Num(r.Loss), lab.Num(r.LossFloor), lab.Num(r.FloorError))
	case !math.IsNaN(r.FieldError):
		fmt.Fprintf(w, "loss              %s  no floor: the target is not that of the exact field\n", lab.Num(r.Loss))
	default:
		fmt.Fprintf(w, "loss              %s  no floor in closed form: the pairs are not independent\n", lab.Num(r.Loss))
	}
	if !math.IsNaN(r.FieldError) {
		fmt.Fprintf(w, "field error       %s  mean square, learned against exact\n", lab.Num(r.FieldError))
	}
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
func canWrite(file, data string) error {
	if file == "" || file == "-" {
		return nil
	}
	if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("--out %s: not a regular file", file)
	} else if source, err2 := os.Stat(data); err == nil && err2 == nil && os.SameFile(info, source) {
		return fmt.Errorf("--out %s: that is the data", file)
	}
	dir := filepath.Dir(file)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("--out %s: there is no directory %s", file, dir)
	}
	trial, err := os.CreateTemp(dir, ".fmlab-*")
	if err != nil {
		return fmt.Errorf("--out %s: %w", file, err)
	}
	return errors.Join(trial.Close(), os.Remove(trial.Name()))
}

// writeModel replaces the file as a whole: the old one stays until the new one
// is complete.
func writeModel(cmd *cobra.Command, m *lab.Model, file string) error {
	if file == "-" {
		return m.Write(out(cmd), version())
	}
	var b bytes.Buffer
	if err := m.Write(&b, version()); err != nil {
		return err
	}
	if err := maybe.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("--out %s: %w", file, err)
	}
	return nil
}
