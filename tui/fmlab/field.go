package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"fmlab/engine"
	"fmlab/engine/exact"
	"fmlab/engine/path"
	"fmlab/lab"
)

// fieldKnobs decide the field that is read.
var fieldKnobs = []string{"data", "path", "alpha", "sigma", "label", "guidance", "route"}

// reading is all that a flow says at one place; what does not exist is nil.
type reading struct {
	X          number     `json:"x"`
	Y          number     `json:"y"`
	T          number     `json:"t"`
	Velocity   *[2]number `json:"velocity"`
	X1         *[2]number `json:"x1"`
	Score      *[2]number `json:"score"`
	Divergence *number    `json:"divergence"`
	LogP       *number    `json:"logp,omitempty"` // of exact fields only
}

func newField() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "field",
		Short: "Velocity, data prediction, score and divergence at given points",
		Long: `Reads a field at points z and times t, from 0 (noise) to 1 (data):
the velocity v, the data prediction x1 = E[x1 | z_t = z], the score, which is
the gradient of log p_t, the divergence of v, and log p_t where it is exact.

The file of --at has rows x,y,t; a header x,y,t and lines that begin with # are
skipped. Points are in the units of the data, at every t.

What does not exist is null (- in the table): the score of a model where sigma
is 0, or when its noise was not paired independently with its data, or under
guidance; and the velocity where it is infinite or 0/0, at t = 1 of models on
linear-vp and ddpm, of models that predict the data, and of routes. The exact
field of a set of points has none at t = 1: ask for t below 1.`,
		Example: `  fmlab field --exact --data mix.json --path linear --at points.csv --json
  echo 0.5,0.5,0.9 | fmlab field --model m.safetensors --at -`,
		Args: noArgs,
	}
	k := addKnobs(cmd, fieldKnobs...)
	f := addField(cmd)
	at := cmd.Flags().String("at", "", "where to look: FILE.csv of rows x,y,t, - is standard input")
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		src, flow, err := openFlow(cmd, f, k.setup, *at, "x,y,t")
		if err != nil {
			return err
		}
		places, err := openPlaces(*at)
		if err != nil {
			return err
		}
		rows, err := src.readings(flow, places, *at)
		if err != nil {
			return err
		}
		if *asJSON {
			return writeJSON(out(cmd), struct {
				Schema int       `json:"schema"`
				Rows   []reading `json:"rows"`
			}{1, rows})
		}
		return failed(printReadings(out(cmd), rows))
	}
	return cmd
}

// openFlow opens the flow that is to be looked at in the places of a file, which
// must be named and not be the data.
func openFlow(cmd *cobra.Command, f *field, s lab.Setup, at, columns string) (src source, flow lab.Flow, err error) {
	if err := f.check(); err != nil {
		return src, flow, err
	}
	switch {
	case at == "":
		return src, flow, fmt.Errorf("no points: want --at FILE.csv with rows %s, or --at - for standard input", columns)
	case at == "-" && f.exact && s.Data == "-":
		return src, flow, errors.New("--at - and --data -: standard input can be read once")
	}
	if src, err = openSource(cmd, f, s); err != nil {
		return src, flow, err
	}
	flow, err = src.flow(s)
	return src, flow, err
}

// readings reads the flow at every place, those in a row at one time together.
func (s source) readings(f lab.Flow, places []place, file string) (rows []reading, err error) {
	bare := s.model == nil && s.target.Mixture.Singular() >= 0
	for len(places) > 0 {
		n, t := 1, places[0].t
		for n < len(places) && places[n].t == t {
			n++
		}
		if bare && f.Path.At(t).Sigma == 0 {
			return nil, fmt.Errorf("%s:%d: t = %g: a set of points has neither velocity, score nor density there: want t below 1", file, places[0].line, t)
		}
		rows = append(rows, s.at(f, places[:n], t)...)
		places = places[n:]
	}
	return rows, nil
}

// at reads the flow at one time. It works in the units of the lab and answers in
// those of the data: for file = shift + scale·lab velocities grow with the scale,
// scores shrink with it, and divergences stay.
func (s source) at(f lab.Flow, places []place, t float64) []reading {
	n, c := len(places), f.Path.At(t)
	rows, z := make([]reading, n), engine.NewPoints(n)
	for i, p := range places {
		rows[i].X, rows[i].Y, rows[i].T = number(p.x), number(p.y), number(t)
		z.Set(i, p.x, p.y)
	}
	s.toLab(z)
	dst, nums := engine.NewPoints(n), make([]float64, n)
	truth, _ := f.Flow.(*exact.Marginal)

	if c.Sigma > 0 || f.End == 1 { // else the velocity is infinite, or 0/0
		f.Velocity(dst, z, t)
		for i, v := range pairs(scaled(dst, s.target.Scale)) {
			rows[i].Velocity = &v
		}
		f.Divergence(nums, z, t)
		for i, v := range nums {
			rows[i].Divergence = pointer(v)
		}
	}
	if f.Data(dst, z, t); truth != nil || f.Scoreless == "" && c.Sigma > 0 {
		score := engine.NewPoints(n)
		if truth != nil { // finite at sigma = 0, too
			truth.Score(score, z, t)
		} else {
			c.Convert(score, z, dst, path.Data, path.Score)
		}
		for i, v := range pairs(scaled(score, 1/s.target.Scale)) {
			rows[i].Score = &v
		}
	}
	s.target.ToFile(dst, dst)
	for i, v := range pairs(dst) {
		rows[i].X1 = &v
	}
	if truth != nil { // of data that are never rescaled
		truth.LogDensity(nums, z, t)
		for i, v := range nums {
			rows[i].LogP = pointer(v)
		}
	}
	return rows
}

// toLab takes points from the units of the data to those of the lab.
func (s source) toLab(z engine.Points) {
	for i := range z {
		z[i] = (z[i] - s.target.Shift[i%2]) / s.target.Scale
	}
}

func scaled(p engine.Points, by float64) engine.Points {
	for i := range p {
		p[i] *= by
	}
	return p
}

func pointer(v float64) *number {
	n := number(v)
	return &n
}

func printReadings(w io.Writer, rows []reading) error {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "x\ty\tt\tvelocity\t\tx1\t\tscore\t\tdivergence\tlog p\t")
	for _, r := range rows {
		fmt.Fprintf(tw, "%s\t%s\t%v\t%s\t%s\t%s\t%s\t%s\t\n", num(r.X), num(r.Y), float64(r.T),
			numPair(r.Velocity), numPair(r.X1), numPair(r.Score), numOr(r.Divergence), numOr(r.LogP))
	}
	return tw.Flush()
}

// numOr is a number in a table, or a dash for none.
func numOr(v *number) string {
	if v == nil || math.IsNaN(float64(*v)) {
		return "-"
	}
	return num(*v)
}

func numPair(p *[2]number) string {
	if p == nil {
		return "-\t-"
	}
	return numOr(&p[0]) + "\t" + numOr(&p[1])
}

// place is a point and a time to look at, and the line of the file where it stands.
type place struct {
	x, y, t float64
	line    int
}

// Limits of a file of places, those of a file of points.
const (
	maxPlaces     = 1_000_000
	maxPlaceBytes = 64 << 20
)

func openPlaces(file string) ([]place, error) {
	r, err := lab.OpenFile(file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readPlaces(r, file)
}

// readPlaces reads rows x,y,t. Errors begin with name:line:column.
func readPlaces(r io.Reader, name string) (all []place, err error) {
	limited := &io.LimitedReader{R: r, N: maxPlaceBytes + 1}
	in := csv.NewReader(limited)
	in.FieldsPerRecord, in.Comment, in.TrimLeadingSpace, in.ReuseRecord = -1, '#', true, true
	for first := true; ; first = false {
		row, err := in.Read()
		var bad *csv.ParseError
		switch {
		case limited.N == 0:
			return nil, fmt.Errorf("%s: found more than %d MiB: want at most that", name, maxPlaceBytes>>20)
		case err == io.EOF && len(all) == 0:
			return nil, fmt.Errorf("%s: found no points: want rows of x,y,t", name)
		case err == io.EOF:
			return all, nil
		case errors.As(err, &bad):
			return nil, fmt.Errorf("%s:%d:%d: %w", name, bad.Line, bad.Column, bad.Err)
		case err != nil:
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if first {
			row[0] = strings.TrimPrefix(row[0], "\ufeff")
			if strings.EqualFold(strings.Join(row, ","), "x,y,t") {
				continue
			}
		}
		p, column, err := parsePlace(row)
		p.line, _ = in.FieldPos(0)
		if err == nil && len(all) == maxPlaces {
			err = fmt.Errorf("found more than %d rows: want at most that", maxPlaces)
		}
		if err != nil {
			_, at := in.FieldPos(column)
			return nil, fmt.Errorf("%s:%d:%d: %w", name, p.line, at, err)
		}
		all = append(all, p)
	}
}

// parsePlace reads one row. An error comes with the field it is about.
func parsePlace(row []string) (p place, field int, err error) {
	if len(row) != 3 {
		return p, 0, fmt.Errorf("found %d columns: want x,y,t with commas between", len(row))
	}
	for i, v := range []*float64{&p.x, &p.y, &p.t} {
		text := strings.TrimSpace(row[i])
		*v, err = strconv.ParseFloat(text, 64)
		// Only digits: strconv takes nan, inf and hexadecimal, too.
		if err != nil || strings.Trim(text, "+-.0123456789eE") != "" {
			return p, i, fmt.Errorf("found %.40q: want a finite number", text)
		}
	}
	if !(p.t >= 0 && p.t <= 1) {
		return p, 2, fmt.Errorf("t = %g: want 0 (noise) to 1 (data)", p.t)
	}
	return p, 0, nil
}
