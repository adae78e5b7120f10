// Package path holds the interpolation paths z_t = α_t x1 + σ_t x0.
package path

// Coeffs are the numbers of a path at one time.
type Coeffs struct {
	T            float64
	Alpha, Sigma float64 // α_t, σ_t
	DAlpha       float64 // α̇_t
	DSigma       float64 // σ̇_t; -Inf at t = 1 on linear-vp and ddpm
	SigmaDSigma  float64 // σ_t σ̇_t in closed form, finite everywhere
}

// Path is a schedule with a name.
type Path struct {
	Name     string // as typed: linear, vp, ddpm, linear-vp, cubic, poly:2
	Title    string
	Formula  string
	TrainEnd float64
	at       func(t float64) Coeffs
}
