package theme

// HeatSteps is the number of steps of the heat ramp above its zero.
const HeatSteps = 13

// DivergeSteps is the number of steps of the diverging ramp on each side of its
// zero.
const DivergeSteps = 7

// Heat returns the i-th step of the ramp for backgrounds, 1 (least) to HeatSteps
// (most). Step 0 is the terminal's own background; what lies outside is clamped.
func Heat(i int) Token {
	if i <= 0 {
		return Text
	}
	return firstHeat + Token(min(i, HeatSteps)-1)
}

// Diverge returns a step of the ramp for backgrounds with a sign: -DivergeSteps
// (blue) to DivergeSteps (orange). Step 0 is the terminal's own background.
func Diverge(i int) Token {
	switch i = min(max(i, -DivergeSteps), DivergeSteps); {
	case i < 0:
		return firstBelow + Token(-i-1)
	case i > 0:
		return firstAbove + Token(i-1)
	}
	return Text
}

// heats are the ramps for backgrounds, least to most, the steps of each at about
// the same distance in CIE L*a*b* and its lightness running one way: away from
// the background. The first follows cividis, backwards from a cream on a light
// background; blue and orange are those of Okabe and Ito, darker and lighter.
var heats = map[bool][]uint32{
	true: {
		0x00204D, 0x01346F, 0x25416C, 0x434F6C, 0x5D616E, 0x767674, 0x8F8B78, 0xA49C75, 0xB8AB70, 0xCBBB68, 0xDDCA5E, 0xEED953, 0xFFEA46,
		0x0A2A42, 0x0E4268, 0x195F90, 0x2A80BA, 0x47A3D9, 0x72C2EF, 0xA5DBFA,
		0x3F2600, 0x5E3B00, 0x845600, 0xAC7300, 0xD59200, 0xF0B231, 0xFBC766,
	},
	false: {
		0xFAF3CE, 0xF1E7AB, 0xE5D889, 0xC8BA6D, 0xB4A972, 0xA19976, 0x8C8879, 0x737474, 0x5A5F6E, 0x414E6C, 0x23406D, 0x00336F, 0x00204D,
		0xD3EAF8, 0xA1D2F1, 0x6DB5E2, 0x3793CD, 0x096FAE, 0x005083, 0x003357,
		0xFBE6C4, 0xF6D18D, 0xEDB855, 0xD38F09, 0xA66600, 0x774200, 0x4D2600,
	},
}

// cubes are the same ramps in xterm's 256 colours. Nearest colours would do badly:
// the cube is coarse and has no dark blue but pure ones. Lightness still runs one
// way.
var cubes = map[bool][]uint8{
	true: {
		17, 18, 238, 240, 60, 243, 101, 137, 143, 179, 185, 221, 227,
		17, 18, 24, 31, 74, 117, 159,
		52, 94, 130, 136, 172, 214, 222,
	},
	false: {
		230, 229, 186, 179, 144, 137, 102, 243, 60, 239, 238, 18, 17,
		189, 153, 74, 32, 25, 19, 18,
		223, 222, 215, 172, 130, 94, 52,
	},
}

// heatAt returns the colour of a step of the heat ramps. Sixteen colours have
// one for each side, and greys for a ramp without sides: two on a dark
// background, on a light one the only grey that shows.
func heatAt(t Token, dark bool) (c rgb, ansi uint8) {
	switch {
	case t >= firstAbove:
		ansi = 3
	case t >= firstBelow && dark:
		ansi = 12
	case t >= firstBelow:
		ansi = 4
	case t >= firstHeat+HeatSteps/2 && dark:
		ansi = 7
	default:
		ansi = 8
	}
	return hex(heats[dark][t-firstHeat]), ansi
}

// readable is the least contrast of a mark on heat, as WCAG 2.1 asks of graphics.
const readable = 3

// inks finds what every token looks like on every step of heat.
func (th *Theme) inks() {
	for b := range th.on {
		back := th.shown(firstHeat + Token(b))
		for t := range th.on[b] {
			th.on[b][t] = sequence(foreground, Accent, th.ink(th.rgb[t], back), 0, th.Profile)
		}
	}
}

// ink returns c readable on a background: itself if it is, otherwise lightened
// or darkened by as little as will do. Black or white always does.
func (th *Theme) ink(c, back rgb) rgb {
	black, white := rgb{}, rgb{255, 255, 255}
	for s := 0.0; s < 1; s += 0.2 {
		for _, end := range [2]rgb{white, black} {
			m := c.mix(end, s)
			if th.Profile == ANSI256 {
				m = indexed(m.cube())
			}
			if contrast(m, back) >= readable {
				return m
			}
		}
	}
	if contrast(black, back) >= readable {
		return black
	}
	return white
}

// shown returns the colour the terminal shows for a step of heat, and the colour
// of any other token.
func (th *Theme) shown(t Token) rgb {
	if t >= firstHeat && th.Profile == ANSI256 {
		return indexed(int(cubes[th.Dark][t-firstHeat]))
	}
	return th.rgb[t]
}
