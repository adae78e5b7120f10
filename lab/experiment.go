package lab

// Look says from where a photograph is taken: what the screen decides and the
// engine need not know.
type Look struct {
	T float64 // the time to show, 0 (noise) to 1 (data)
}

// Sim is a running experiment. Advance it, then look.
type Sim interface {
	// Step does a few milliseconds of work at most and reports whether it did any.
	Step() bool
	// Frame photographs the present state.
	Frame(Look) *Frame
	// Retune changes knobs that keep the trained model (solver, budget, points).
	Retune(Setup) error
	// Close stops the workers. The Sim is not used afterwards.
	Close()
}

// Experiment is a way to look at the engine: a name, the knobs that matter in
// it, and how to start it.
type Experiment struct {
	Name  string // as in lesson files: particles, paths, train, solvers, free
	Title string
	Knobs []string // keys of the knobs on show, in order
	Start func(Setup) (Sim, error)
}
