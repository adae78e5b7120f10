package path

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"fmlab/engine/libm"
)

// nearlyOne ends training where the velocity target grows without bound.
const nearlyOne = 1 - 1e-3

// All holds the paths in menu order. poly:2 stands for poly:N, see [Parse].
var All = []Path{
	{Name: "linear", Title: "linear (conditional optimal transport)", Alpha: "t", Sigma: "1 - t", TrainEnd: 1, at: linear},
	{Name: "vp", Title: "trigonometric, variance preserving", Alpha: "sin(pi*t/2)", Sigma: "cos(pi*t/2)", TrainEnd: 1, at: vp},
	{Name: "cubic", Title: "cubic (smoothstep)", Alpha: "3*t^2 - 2*t^3", Sigma: "1 - 3*t^2 + 2*t^3", TrainEnd: 1, at: cubic},
	{Name: "linear-vp", Title: "linear signal, variance preserving", Alpha: "t", Sigma: "sqrt(1 - t^2)", TrainEnd: nearlyOne, at: linearVP},
	{Name: "ddpm", Title: "DDPM, linear β, variance preserving", Alpha: "exp(-(0.1*(1-t) + 9.95*(1-t)^2)/2)", Sigma: "sqrt(1 - exp(-(0.1*(1-t) + 9.95*(1-t)^2)))", TrainEnd: nearlyOne, at: ddpm},
	poly(2),
}

// Parse returns the path of that name: one of [All], or poly:N for any real
// N ≥ 1. The name of the result is canonical: poly:2.50 becomes poly:2.5.
func Parse(name string) (Path, error) {
	for _, p := range All {
		if p.Name == name {
			return p, nil
		}
	}
	power, ok := strings.CutPrefix(name, "poly:")
	if !ok {
		return Path{}, fmt.Errorf("path %q: want one of %s", name, known())
	}
	n, err := strconv.ParseFloat(power, 64)
	if err != nil || !(n >= 1) || math.IsInf(n, 1) {
		return Path{}, fmt.Errorf("path %q: want poly:N with a number N of at least 1, as in poly:2 or poly:1.5", name)
	}
	return poly(n), nil
}

func known() string {
	var b strings.Builder
	for _, p := range All[:len(All)-1] {
		b.WriteString(p.Name + ", ")
	}
	return b.String() + "poly:N (N ≥ 1)"
}

// linear is the conditional optimal transport path (Lipman et al. 2023, arXiv
// 2210.02747, eq. 20 with σ_min = 0).
func linear(t float64) Coeffs {
	return Coeffs{Alpha: t, Sigma: 1 - t, DAlpha: 1, DSigma: -1, SigmaDSigma: t - 1}
}

// vp is the trigonometric interpolant (Albergo & Vanden-Eijnden 2023, arXiv
// 2209.15571). σ is written sin(π(1−t)/2) because cos(π/2) is 6e-17, not 0.
func vp(t float64) Coeffs {
	const w = math.Pi / 2
	alpha, sigma := libm.Sin(w*t), libm.Sin(w*(1-t))
	return Coeffs{Alpha: alpha, Sigma: sigma, DAlpha: w * sigma, DSigma: -w * alpha, SigmaDSigma: -w * alpha * sigma}
}

// cubic is the smoothstep path. σ = (1−t)²(1+2t) has no cancellation near t = 1.
func cubic(t float64) Coeffs {
	s := 1 - t
	alpha, sigma, d := t*t*(3-2*t), s*s*(1+2*t), 6*t*s
	return Coeffs{Alpha: alpha, Sigma: sigma, DAlpha: d, DSigma: -d, SigmaDSigma: -sigma * d}
}

// linearVP has σ = √(1−t²) and σσ̇ = −t.
func linearVP(t float64) Coeffs {
	sigma := math.Sqrt((1 - t) * (1 + t))
	return Coeffs{Alpha: t, Sigma: sigma, DAlpha: 1, DSigma: -t / sigma, SigmaDSigma: -t}
}

// ddpm is the variance-preserving diffusion with β linear from 0.1 to 20 (Song
// et al. 2021, arXiv 2011.13456, appendix C, in our time t = 1 − s); σσ̇ = −αα̇.
func ddpm(t float64) Coeffs {
	const betaMin, betaMax = 0.1, 20
	s := 1 - t
	b := float64(s*betaMin) + float64(s*s*(betaMax-betaMin)/2)
	alpha, sigma := libm.Exp(-b/2), math.Sqrt(-libm.Expm1(-b))
	dalpha := alpha * (betaMin + float64(s*(betaMax-betaMin))) / 2
	return Coeffs{Alpha: alpha, Sigma: sigma, DAlpha: dalpha, DSigma: -alpha * dalpha / sigma, SigmaDSigma: -alpha * dalpha}
}

// poly returns the path α = tⁿ, σ = 1 − tⁿ, for n ≥ 1. σ goes through expm1 to
// keep its digits near t = 1.
func poly(n float64) Path {
	power := strconv.FormatFloat(n, 'g', -1, 64)
	return Path{
		Name: "poly:" + power, Title: "polynomial of power " + power,
		Alpha: "t^" + power, Sigma: "1 - t^" + power, TrainEnd: 1,
		at: func(t float64) Coeffs {
			sigma := -libm.Expm1(n * libm.Log(t))
			d := n * libm.Pow(t, n-1)
			return Coeffs{Alpha: libm.Pow(t, n), Sigma: sigma, DAlpha: d, DSigma: -d, SigmaDSigma: -sigma * d}
		},
	}
}
