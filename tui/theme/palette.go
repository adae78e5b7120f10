package theme

// ink is the colour of one token: 24 bits and one of the terminal's sixteen, on
// a dark and on a light background.
type ink struct {
	dark, light     uint32
	dark16, light16 uint8
}

// inks is the palette, in the order of the tokens.
var inks = [firstRamp]ink{
	Text:     {0xE6E6E6, 0x1F2328, 15, 0},
	Dim:      {0x9AA0A6, 0x5F6770, 7, 8},
	Accent:   {0x8AB4F8, 0x0B57D0, 12, 4},
	Border:   {0x50565F, 0xBFC5CC, 8, 7},
	Good:     {0x3CC8A0, 0x00704F, 10, 2},
	Bad:      {0xF2784B, 0xB3400A, 9, 1},
	Selected: {0xFFFFFF, 0x000000, 15, 0},

	Noise:  {0xA3ABB8, 0x68707C, 7, 8},
	Sample: {0xE69F00, 0xA36200, 11, 3},
	Data:   {0x56B4E9, 0x0068A8, 14, 4},
	Exact:  {0x1DB58A, 0x00724F, 10, 2},
	Trail:  {0x9C7A35, 0xA88446, 3, 3},
	Field:  {0x7D8590, 0x858D97, 8, 8},
	Floor:  {0xC3C8CF, 0x4F565F, 7, 8},

	SeriesA: {0xE69F00, 0xA36200, 11, 3},
	SeriesB: {0x56B4E9, 0x0072B2, 14, 4},
	SeriesC: {0x1DB58A, 0x007A58, 10, 2},
	SeriesD: {0xD98CB8, 0xA03F78, 13, 5},
	SeriesE: {0xF0E442, 0x24292F, 15, 0}, // yellow cannot be read on white: the black of the same palette
	SeriesF: {0xE8692A, 0x8A2400, 9, 1},
}

// rampStops run from least to most visible on their background.
var (
	darkStops  = []uint32{0x46598A, 0x5F6C8E, 0x77808A, 0x8F9080, 0xA9A176, 0xC6B568, 0xE2CE58, 0xFFEA46}
	lightStops = []uint32{0xB0A56C, 0x9A9573, 0x7F8077, 0x686B72, 0x4F5A70, 0x2F4A72, 0x00336F, 0x00204D}
)

// toneMix is how far each tone but the plain one moves from its token: towards
// the background (negative) or away from it.
var toneMix = [3]float64{-0.55, -0.28, 0.40}

// lookUp returns the colour of any token.
func lookUp(t Token, dark bool) (rgb, uint8) {
	switch {
	case t >= firstHeat:
		return heatAt(t, dark)
	case t >= firstTone:
		k := t - firstTone
		base, ansi := lookUp(Noise+k/3, dark)
		return base.tone(toneMix[k%3], dark), ansi
	case t >= firstRamp:
		return rampAt(float64(t-firstRamp)/(RampSteps-1), dark)
	case dark:
		return hex(inks[t].dark), inks[t].dark16
	}
	return hex(inks[t].light), inks[t].light16
}

// rampAt interpolates the ramp at s in [0, 1]. Sixteen colours have no ramp by
// hue, only faint and plain.
func rampAt(s float64, dark bool) (rgb, uint8) {
	stops, plain := darkStops, uint8(15)
	if !dark {
		stops, plain = lightStops, 0
	}
	if s < 0.5 {
		plain = 8
	}
	x := s * float64(len(stops)-1)
	i := min(int(x), len(stops)-2)
	return hex(stops[i]).mix(hex(stops[i+1]), x-float64(i)), plain
}

// rgb is a colour in sRGB, 8 bits a channel.
type rgb [3]uint8

func hex(v uint32) rgb { return rgb{uint8(v >> 16), uint8(v >> 8), uint8(v)} }

// mix returns the colour a fraction s of the way to o.
func (c rgb) mix(o rgb, s float64) rgb {
	for i := range c {
		c[i] = uint8(float64(c[i])*(1-s) + float64(o[i])*s + 0.5)
	}
	return c
}

// tone moves c towards the background for m < 0, away from it for m > 0.
func (c rgb) tone(m float64, dark bool) rgb {
	if dark == (m > 0) {
		return c.mix(rgb{255, 255, 255}, max(m, -m))
	}
	return c.mix(rgb{}, max(m, -m))
}

// levels are the values of a channel in xterm's 6×6×6 cube.
var levels = [6]int{0, 95, 135, 175, 215, 255}

// cube returns the nearest of xterm's 6×6×6 cube (16–231) and grey scale
// (232–255). The first sixteen are the user's own and not ours to guess.
func (c rgb) cube() int {
	at, far := 16, 0
	for i, scale := range [3]int{36, 6, 1} {
		k := nearest(levels[:], int(c[i]))
		at, far = at+k*scale, far+square(levels[k]-int(c[i]))
	}
	grey := min(max((int(c[0])+int(c[1])+int(c[2])-10)/30, 0), 23) // near the mean, 8 + 10 k
	if v := 8 + 10*grey; square(v-int(c[0]))+square(v-int(c[1]))+square(v-int(c[2])) < far {
		return 232 + grey
	}
	return at
}

// indexed returns the colour of an index of the cube or of the grey scale.
func indexed(i int) rgb {
	if i >= 232 {
		v := uint8(8 + 10*(i-232))
		return rgb{v, v, v}
	}
	i -= 16
	return rgb{uint8(levels[i/36]), uint8(levels[i/6%6]), uint8(levels[i%6])}
}

// nearest returns the index of the value of vs nearest to v, the first of equals.
func nearest(vs []int, v int) int {
	at := 0
	for i := range vs {
		if square(vs[i]-v) < square(vs[at]-v) {
			at = i
		}
	}
	return at
}

func square(v int) int { return v * v }
