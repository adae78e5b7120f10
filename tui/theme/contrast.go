package theme

import "math"

// transfer undoes the sRGB transfer function, for each value of a channel.
var transfer = func() (l [256]float64) {
	for i := range l {
		s := float64(i) / 255
		if l[i] = s / 12.92; s > 0.04045 {
			l[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return l
}()

// linear returns the channels of c in proportion to light.
func (c rgb) linear() [3]float64 {
	return [3]float64{transfer[c[0]], transfer[c[1]], transfer[c[2]]}
}

// luminance and contrast as WCAG 2.1 defines them.
func (c rgb) luminance() float64 {
	l := c.linear()
	return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]
}

func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
