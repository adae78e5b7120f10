package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"fmlab/engine/couple"
	"fmlab/engine/nn"
	"fmlab/engine/path"
)

// Model is a trained network as kept in a file: the weights, what it predicts, how
// it was trained, and the way back to the units of its data.
type Model struct {
	Net      *nn.Net
	Predict  path.Kind
	Path     path.Path
	Coupling string       // a name in couple.All
	Reflow   int          // times it was trained anew on pairs of its own
	Means    [][2]float64 // of the classes it knows, in the lab's units; nil without labels
	Shift    [2]float64
	Scale    float64
	Card     string // the command line that made it
}

// Truthful says whether the closed form is what the training tends to: pairs of
// noise and data drawn independently.
func (m *Model) Truthful() bool { return m.Reflow == 0 && m.Coupling == independent }

// Classes is the number of classes a model knows, 0 without labels.
func (m *Model) Classes() int { return m.Net.Config().Labels }

// modelKeys are the metadata a reader may rely on; all are strings.
func (m *Model) metadata(version string) map[string]string {
	shift, _ := json.Marshal(m.Shift)
	scale, _ := json.Marshal([2]float64{m.Scale, m.Scale})
	means, _ := json.Marshal(m.Means)
	meta := map[string]string{
		"format": "pt", "fmlab": version, "card": m.Card, "kernel": Kernel,
		"predict": m.Predict.Name, "path": m.Path.Name, "alpha": m.Path.Alpha, "sigma": m.Path.Sigma,
		"act": m.Net.Config().Act, "coupling": m.Coupling, "reflow": strconv.Itoa(m.Reflow), "labels": strconv.Itoa(m.Classes()),
		"shift": string(shift), "scale": string(scale),
	}
	if m.Means != nil {
		meta["means"] = string(means)
	}
	return meta
}

// CheckWriting says why a model cannot be kept in a file: it must say its path there.
func (m *Model) CheckWriting() error {
	if m.Path.Alpha == ownSchedule {
		return errors.New("a model on a schedule that is a program cannot be written to a file: type the schedule as formulas, --path custom --alpha … --sigma …")
	}
	return nil
}

// Write stores the model as safetensors: float32 tensors named as PyTorch's
// nn.Sequential(Linear, act, Linear, …) inside a module attribute net
// (net.0.weight of shape out × in, net.0.bias, net.2.weight, …), input x, y, t and
// then one input a class.
func (m *Model) Write(w io.Writer, version string) error {
	var tensors []tensor
	for i, l := range m.Net.Layers() {
		tensors = append(tensors,
			tensor{fmt.Sprintf("net.%d.bias", 2*i), []int{l.Out}, l.Bias},
			tensor{fmt.Sprintf("net.%d.weight", 2*i), []int{l.Out, l.In}, l.Weight})
	}
	return writeTensors(w, tensors, m.metadata(version))
}

// ReadModel reads what Write wrote, or a file of another program with the same
// names and shapes; without metadata it is taken as a velocity network on the
// linear path with SiLU in the units of its data.
func ReadModel(r io.Reader, name string) (*Model, error) {
	tensors, meta, err := readTensors(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	m := &Model{Card: meta["card"], Coupling: independent, Scale: 1}
	if err := m.readMetadata(meta); err != nil {
		return nil, fmt.Errorf("%s: __metadata__: %w", name, err)
	}
	layers, err := linearLayers(tensors)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	act := meta["act"]
	if act == "" {
		act = "silu"
	}
	if m.Net, err = nn.FromLayers(act, layers); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := m.readClasses(meta); err != nil {
		return nil, fmt.Errorf("%s: __metadata__: %w", name, err)
	}
	return m, nil
}

// readClasses checks what is said of the classes against the network's inputs. A
// file that does not say their means has classes of mean zero.
func (m *Model) readClasses(meta map[string]string) error {
	if l := meta["labels"]; l != "" && l != strconv.Itoa(m.Classes()) {
		return fmt.Errorf("labels = %q: the network has inputs for %d classes", l, m.Classes())
	}
	m.Means = make([][2]float64, m.Classes())
	if s := meta["means"]; s != "" {
		var means [][2]float64
		if err := json.Unmarshal([]byte(s), &means); err != nil || len(means) != m.Classes() {
			return fmt.Errorf("means = %q: want [x,y] for each of %d classes", s, m.Classes())
		}
		m.Means = means
	}
	return nil
}

func (m *Model) readMetadata(meta map[string]string) (err error) {
	m.Predict = path.Velocity
	if p := meta["predict"]; p != "" {
		if m.Predict, err = path.ParseKind(p, path.Trainable); err != nil {
			return err
		}
	}
	if c := meta["coupling"]; c != "" {
		if _, err := couple.Get(c); err != nil {
			return err
		}
		m.Coupling = c
	}
	if r := meta["reflow"]; r != "" {
		if m.Reflow, err = strconv.Atoi(r); err != nil || m.Reflow < 0 {
			return fmt.Errorf("reflow = %q: want a whole number, 0 or more", r)
		}
	}
	name := meta["path"]
	if name == "" {
		name = "linear"
	}
	if m.Path, err = pathOf(name, meta["alpha"], meta["sigma"]); err != nil {
		return err
	}
	var scale []float64
	if s := meta["scale"]; s != "" {
		if err := json.Unmarshal([]byte(s), &scale); err != nil || len(scale) != 2 || scale[0] != scale[1] || !(scale[0] > 0) || math.IsInf(scale[0], 0) {
			return fmt.Errorf("scale = %q: want two equal positive numbers as [s,s]", s)
		}
		m.Scale = scale[0]
	}
	if s := meta["shift"]; s != "" {
		var shift []float64
		if err := json.Unmarshal([]byte(s), &shift); err != nil || len(shift) != 2 {
			return fmt.Errorf("shift = %q: want two numbers as [x,y]", s)
		}
		m.Shift = [2]float64(shift)
	}
	return nil
}

// linearLayers collects net.0, net.2, … in order.
func linearLayers(tensors []tensor) ([]nn.Layer, error) {
	byName := map[string]tensor{}
	for _, t := range tensors {
		byName[t.name] = t
	}
	var layers []nn.Layer
	for i := 0; len(byName) > 0; i++ {
		base := "net." + strconv.Itoa(2*i) + "."
		w, okW := byName[base+"weight"]
		b, okB := byName[base+"bias"]
		if !okW || !okB {
			return nil, fmt.Errorf("tensors %s: want net.0.weight, net.0.bias, net.2.weight, … without gaps (missing %sweight or %sbias)", names(tensors), base, base)
		}
		if len(w.shape) != 2 || len(b.shape) != 1 || w.shape[0] != b.shape[0] {
			return nil, fmt.Errorf("%sweight has shape %v and %sbias %v: want [out in] and [out]", base, w.shape, base, b.shape)
		}
		layers = append(layers, nn.Layer{Out: w.shape[0], In: w.shape[1], Weight: w.values, Bias: b.values})
		delete(byName, base+"weight")
		delete(byName, base+"bias")
	}
	return layers, nil
}

func names(tensors []tensor) string {
	var all []string
	for _, t := range tensors {
		all = append(all, t.name)
	}
	return strings.Join(all, ", ")
}

// OpenModel reads a model file.
func OpenModel(name string) (*Model, error) {
	r, err := OpenFile(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return ReadModel(r, name)
}
