package theme

import (
	"image/color"
	"math"
	"slices"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

func TestParseModeReadsEveryNameAndNoOther(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]Mode{"auto": Auto, "": Auto, "dark": Dark, "light": Light, "mono": Mono} {
		if got, err := ParseMode(name); err != nil || got != want {
			t.Errorf("ParseMode(%q) = %v, %v; want %v", name, got, err, want)
		}
	}
	for _, name := range []string{"Dark", "black", " mono"} {
		if _, err := ParseMode(name); err == nil {
			t.Errorf("ParseMode(%q) gave no error", name)
		}
	}
}

// palettes are the colours and the backgrounds that they have to be readable on.
var palettes = map[string]struct {
	palette
	backgrounds []string
}{
	"dark":  {dark, []string{"#000000", "#16161e", "#1e1e2e", "#282828"}},
	"light": {light, []string{"#ffffff", "#fafafa", "#f2f2f2"}},
}

func TestEveryToneIsReadable(t *testing.T) {
	t.Parallel()
	for name, p := range palettes {
		grounds := []color.Color{p.surface}
		for _, hex := range p.backgrounds {
			grounds = append(grounds, lipgloss.Color(hex))
		}
		for tone, c := range p.text {
			for _, ground := range grounds {
				if c == nil {
					continue
				}
				if got := contrast(c, ground); got < 4.5 {
					t.Errorf("%s: tone %d on %v: contrast %.2f, want 4.5", name, tone, ground, got)
				}
			}
		}
	}
}

// Where a terminal has sixteen colours only, the reader expects red, yellow, green and blue where they belong.
func TestTonesKeepTheirHueInSixteenColours(t *testing.T) {
	t.Parallel()
	hues := map[Tone][]ansi.BasicColor{
		Muted:  {ansi.White, ansi.BrightBlack},
		OK:     {ansi.Green, ansi.BrightGreen},
		Warn:   {ansi.Yellow, ansi.BrightYellow},
		Bad:    {ansi.Red, ansi.BrightRed},
		Accent: {ansi.Blue, ansi.BrightBlue},
	}
	grey := []ansi.BasicColor{ansi.Black, ansi.BrightBlack, ansi.White, ansi.BrightWhite}
	for name, p := range palettes {
		for tone, hue := range hues {
			if got := ansi.Convert16(p.text[tone]); !slices.Contains(hue, got) {
				t.Errorf("%s: tone %d becomes colour %d, want one of %v", name, tone, got, hue)
			}
		}
		if got := ansi.Convert16(p.border); got != ansi.BrightBlack {
			t.Errorf("%s: the border becomes colour %d, want grey", name, got)
		}
		if got := ansi.Convert16(p.surface); !slices.Contains(grey, got) {
			t.Errorf("%s: the surface becomes colour %d, want a grey", name, got)
		}
	}
}

// contrast is the ratio of WCAG 2, from 1 to 21.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(channel uint32) float64 {
	v := float64(channel) / 0xffff
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
