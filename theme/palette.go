// Package theme holds every colour and every drawn sign of the console, and nothing else does.
//
// Its rules: colours are named by what they mean, never by how they look; whatever a colour says is also said by a word
// or a sign, so that a monochrome screen loses nothing; a Theme never changes after New and is passed by value.
package theme

import (
	"fmt"
	"image/color"

	"charm.land/lipgloss/v2"
)

// Mode is how colours are chosen.
type Mode int

// The modes. Auto, the zero Mode, follows the terminal's background.
const (
	Auto Mode = iota
	Dark
	Light
	Mono
)

// ParseMode reads a mode from its name in flags and settings.
func ParseMode(s string) (Mode, error) {
	switch s {
	case "auto", "":
		return Auto, nil
	case "dark":
		return Dark, nil
	case "light":
		return Light, nil
	case "mono":
		return Mono, nil
	}
	return Auto, fmt.Errorf("unknown theme %q: want auto, dark, light or mono", s)
}

// Tone says what a text means. A tone is never the only signal.
type Tone int

// The tones. Plain, the zero Tone, is the terminal's own foreground.
const (
	Plain Tone = iota
	Muted
	OK
	Warn
	Bad
	Accent
	Strong
	tones
)

// palette gives each meaning a colour; nil is the terminal's own.
type palette struct {
	text    [tones]color.Color
	border  color.Color
	surface color.Color
}

// The colours keep a contrast of 4.5:1 on common backgrounds and on the surface behind a selected row, and their hue
// where a terminal has sixteen colours only; tinted greys would turn blue there.
var (
	dark = palette{
		text: [tones]color.Color{
			Muted:  lipgloss.Color("#a0a2a8"),
			OK:     lipgloss.Color("#8cc48c"),
			Warn:   lipgloss.Color("#d8c46a"),
			Bad:    lipgloss.Color("#f0857d"),
			Accent: lipgloss.Color("#82aee8"),
		},
		border:  lipgloss.Color("#6e6e6e"),
		surface: lipgloss.Color("#34363e"),
	}
	light = palette{
		text: [tones]color.Color{
			Muted:  lipgloss.Color("#5c6270"),
			OK:     lipgloss.Color("#226b22"),
			Warn:   lipgloss.Color("#705800"),
			Bad:    lipgloss.Color("#b02318"),
			Accent: lipgloss.Color("#1f52a3"),
		},
		border:  lipgloss.Color("#767676"),
		surface: lipgloss.Color("#e6e7ea"),
	}
)
