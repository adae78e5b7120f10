package lab

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// confidence of every interval of a claim, each on its own.
const confidence = 0.95

// Interval is a mean over seeds and where the true one lies in 95 of 100 trials.
type Interval struct {
	Mean, Low, High float64
}

// intervalOf is Student's interval of the mean of independent numbers,
//
//	mean ± t s/√n,  s² = Σ (x − mean)²/(n − 1)
//
// with t the 97.5 % quantile of Student's law of n − 1 degrees of freedom. It
// supposes that the numbers are about normal, as differences between two arms that
// share their seeds tend to be. With an infinity among the numbers there is no
// such law: then it is the whole range of them. Of one number it is not known.
func intervalOf(x []float64) Interval {
	n := float64(len(x))
	sum, low, high := 0.0, math.Inf(1), math.Inf(-1)
	for _, v := range x {
		sum, low, high = sum+v, min(low, v), max(high, v)
	}
	mean := sum / n
	switch {
	case len(x) < 2:
		return Interval{mean, math.NaN(), math.NaN()}
	case math.IsInf(low, 0) || math.IsInf(high, 0):
		return Interval{mean, low, high}
	case low == high: // to the last bit
		return Interval{low, low, high}
	}
	squares := 0.0
	for _, v := range x {
		squares += float64((v - mean) * (v - mean))
	}
	half := float64(student(n-1) * math.Sqrt(squares/(n-1)/n))
	return Interval{mean, mean - half, mean + half}
}

// student is the quantile of Student's law, to nine decimals: the last digits of
// what gonum finds depend on whether the machine fuses multiplications.
func student(freedom float64) float64 {
	t := distuv.StudentsT{Sigma: 1, Nu: freedom}.Quantile((1 + confidence) / 2)
	return math.Round(t*1e9) / 1e9
}
