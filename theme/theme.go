package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Theme is a set of styles and signs. The zero Theme is monochrome.
type Theme struct {
	sheet *sheet
}

// sheet is what New computes once; nothing writes to it afterwards.
type sheet struct {
	tone     [tones]lipgloss.Style
	selected [tones]segment
	segment  [tones]segment
	border   [2]lipgloss.Style
	glyphs   *Glyphs
}

// segment is a style taken apart, so that the many short texts of a table cost a concatenation each.
type segment struct{ open, end string }

var plain = build(nil, &unicodeGlyphs)

// New makes a theme. In mode Auto dark says which colours to take; Mono has none, only bold, underline and reverse.
func New(mode Mode, dark, ascii bool) Theme {
	glyphs := &unicodeGlyphs
	if ascii {
		glyphs = &asciiGlyphs
	}
	return Theme{build(choose(mode, dark), glyphs)}
}

func choose(mode Mode, isDark bool) *palette {
	switch {
	case mode == Mono:
		return nil
	case mode == Light, mode == Auto && !isDark:
		return &light
	default:
		return &dark
	}
}

func build(p *palette, g *Glyphs) *sheet {
	s := &sheet{glyphs: g}
	for tone := range tones {
		s.tone[tone] = toneStyle(p, tone)
		s.segment[tone] = takeApart(s.tone[tone])
		s.selected[tone] = takeApart(selectedStyle(p, s.tone[tone]))
	}
	s.border[0] = lipgloss.NewStyle()
	s.border[1] = s.tone[Accent]
	if p != nil {
		s.border[0] = s.border[0].Foreground(p.border)
	}
	return s
}

func toneStyle(p *palette, tone Tone) lipgloss.Style {
	s := lipgloss.NewStyle().Bold(tone == Bad || tone == Strong)
	if p == nil {
		return s.Bold(tone >= Warn).Underline(tone == Bad)
	}
	if c := p.text[tone]; c != nil {
		s = s.Foreground(c)
	}
	return s
}

func selectedStyle(p *palette, s lipgloss.Style) lipgloss.Style {
	if p == nil {
		return s.Reverse(true)
	}
	return s.Background(p.surface).Bold(true)
}

func takeApart(s lipgloss.Style) segment {
	open, end, _ := strings.Cut(s.Render("x"), "x")
	return segment{open, end}
}

func (t Theme) sheetOrPlain() *sheet {
	if t.sheet == nil {
		return plain
	}
	return t.sheet
}

func (s segment) wrap(text string) string {
	if text == "" || s.open == "" {
		return text
	}
	return s.open + text + s.end
}

// Style is the style of a tone.
func (t Theme) Style(tone Tone) lipgloss.Style { return t.sheetOrPlain().tone[tone.valid()] }

// Text is s in a tone; every line of it is styled by itself.
func (t Theme) Text(tone Tone, s string) string {
	seg := t.sheetOrPlain().segment[tone.valid()]
	if !strings.Contains(s, "\n") {
		return seg.wrap(s)
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = seg.wrap(line)
	}
	return strings.Join(lines, "\n")
}

// Selected is one line of s in a tone, as part of the selected row.
func (t Theme) Selected(tone Tone, s string) string {
	return t.sheetOrPlain().selected[tone.valid()].wrap(s)
}

// Border is the style of a frame's lines.
func (t Theme) Border(focused bool) lipgloss.Style {
	if focused {
		return t.sheetOrPlain().border[1]
	}
	return t.sheetOrPlain().border[0]
}

// Glyphs are the theme's signs.
func (t Theme) Glyphs() Glyphs { return *t.sheetOrPlain().glyphs }

// valid maps a tone nobody defined to Plain, so that drawing stays total.
func (t Tone) valid() Tone {
	if t < 0 || t >= tones {
		return Plain
	}
	return t
}
