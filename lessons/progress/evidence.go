package progress

// Passing is the data of an exercise that was passed.
type Passing struct {
	Hints    int    `json:"hints"`          // asked for on the way
	Solution bool   `json:"solution"`       // it had been shown
	Hash     string `json:"hash,omitempty"` // of the program
}

// Own is the data of a data set trained and sampled by the learner's own batch,
// pair, loss and sampler.
type Own struct {
	Distance float64 `json:"energy_distance2"`
	Floor    float64 `json:"floor"` // the median of perfect samplers
	OK       bool    `json:"ok"`
}

// Exam is the data of a placement test or an assessment.
type Exam struct {
	Right    int                `json:"right"`
	Asked    int                `json:"asked"`
	Passed   bool               `json:"passed"`
	Concepts map[string]Portion `json:"concepts,omitempty"`
}

// Portion is a part of an exam.
type Portion struct {
	Right int `json:"right"`
	Asked int `json:"asked"`
}

// Round is the data of a hole of budget golf that was played to its end.
type Round struct {
	NFE   int     `json:"nfe"`
	Value float64 `json:"value"`
	Card  string  `json:"card,omitempty"`
}

// Final is the data of a final run of the capstone.
type Final struct {
	Card     string  `json:"card"`
	Distance float64 `json:"energy_distance2"`
	Floor    float64 `json:"floor"`
	Q95      float64 `json:"q95"`
	NFE      int     `json:"nfe"`
	Beaten   bool    `json:"beaten"` // the target was reached
}

// Passes says how an exercise was passed.
type Passes struct {
	Times   int  // with hints or without
	Own     bool // once at least without the solution having been shown
	Unaided bool // once at least without that and without hints
}

func (p Passes) plus(d Passing) Passes {
	p.Times++
	p.Own = p.Own || !d.Solution
	p.Unaided = p.Unaided || d.Hints == 0 && !d.Solution
	return p
}

// Beats says which of two results stands: the one that reached its target, then
// the one nearer to its floor.
func (o Own) Beats(than Own) bool {
	if o.OK != than.OK {
		return o.OK
	}
	return o.Distance*than.Floor < than.Distance*o.Floor
}

// Beats says which of two exams stands: the one passed, then the one with more right.
func (x Exam) Beats(than Exam) bool {
	if x.Passed != than.Passed {
		return x.Passed
	}
	return x.Right*than.Asked > than.Right*x.Asked
}

// Beats says which of two rounds stands: the cheaper, then the nearer.
func (r Round) Beats(than Round) bool {
	if r.NFE != than.NFE {
		return r.NFE < than.NFE
	}
	return r.Value < than.Value
}

// Better says which of two final runs stands. The zero value is none.
func (f Final) Better(than Final) bool { return than == Final{} || f.Beats(than) }

// Beats says which of two final runs stands: the one that beat its target, then the
// one nearer to its floor.
func (f Final) Beats(than Final) bool {
	if f.Beaten != than.Beaten {
		return f.Beaten
	}
	return f.Distance*than.Floor < than.Distance*f.Floor
}
