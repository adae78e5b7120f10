package lessons

import (
	"math/rand/v2"

	"fmlab/engine"
	"fmlab/engine/path"
)

// reading converts one coordinate of a reading on the linear path.
func reading(y, z, t float64, from, to path.Kind) float64 {
	dst := engine.NewPoints(1)
	mustPath("linear").At(t).Convert(dst, engine.Points{z, 0}, engine.Points{y, 0}, from, to)
	return dst[0]
}

func noiseFromVelocity(rng *rand.Rand) Problem {
	z, v := apart(rng, -2, 2)
	t := pick(rng, 0.2, 0.25, 0.5, 0.75, 0.8)
	return problem(reading(v, z, t, path.Velocity, path.Noise), map[string]any{"z": z, "v": v, "t": t})
}

func scoreFromVelocity(rng *rand.Rand) Problem {
	z, v := apart(rng, -2, 2)
	t := pick(rng, 0.2, 0.5, 0.75, 0.8)
	return problem(reading(v, z, t, path.Velocity, path.Score), map[string]any{"z": z, "v": v, "t": t,
		"noise": reading(v, z, t, path.Velocity, path.Noise), "sigma": mustPath("linear").At(t).Sigma})
}

// velocityFromNoise is what an ODE needs of a network that was trained as a
// diffusion model.
func velocityFromNoise(rng *rand.Rand) Problem {
	z, noise := apart(rng, -2, 2)
	t := pick(rng, 0.2, 0.25, 0.5, 0.8)
	return problem(reading(noise, z, t, path.Noise, path.Velocity), map[string]any{"z": z, "noise": noise, "t": t,
		"data": reading(noise, z, t, path.Noise, path.Data)})
}

// readingError asks what an error of the noise prediction becomes in the velocity.
func readingError(rng *rand.Rand) Problem {
	t, e := pick(rng, 0.1, 0.2, 0.5), pick(rng, 0.002, 0.004, 0.01)
	a, _, _ := mustPath("linear").At(t).Weights(path.Noise, path.Velocity)
	p := problem(a*a*e, map[string]any{"t": t, "e": e, "factor": a * a})
	p.Tolerance = 0.02 * p.Truth
	return p
}

// equalNoise asks for the time at which the linear path is as noisy as a variance
// preserving one.
func equalNoise(rng *rand.Rand) Problem {
	alpha := pick(rng, 0.28, 0.6, 0.8, 0.96)
	c := mustPath("linear-vp").At(alpha)
	return problem(mustPath("linear").AtLambda(c.Lambda()), map[string]any{"alpha": c.Alpha, "sigma": c.Sigma, "sum": c.Alpha + c.Sigma})
}
