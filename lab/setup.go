package lab

// Setup is the value of every knob: all that decides the bits of an experiment.
// It is plain data; [Setup.Set] is the only way in for text, [Setup.Card] the
// way out. Zero is not useful: start from [Default].
type Setup struct {
	Data      string  // name in dataset.All, or a .csv or .json file
	Path      string  // name in path.All, or poly:N
	Model     string  // "exact" (closed form), "learned", or a .safetensors file
	Predict   string  // what the network predicts: velocity
	Net       string  // hidden layers: 64x3
	Act       string  // silu, relu, selu, gelu, tanh
	Batch     int     // pairs per training iteration
	Iters     int     // training iterations
	LR        float64 // peak learning rate
	Decay     string  // cosine, none
	EMA       float64 // decay of the averaged weights, 0 is off
	Optimizer string  // adam, adamw
	Seed      uint64
	Threads   int // workers, 0 for all cores; changes no bit
	Coupling  string
	Solver    string  // name in ode.All
	NFE       int     // evaluations a fixed-step solver may spend
	Rtol      float64 // relative tolerance of adaptive solvers
	Atol      float64 // absolute tolerance of adaptive solvers
	N         int     // points sampled
}
