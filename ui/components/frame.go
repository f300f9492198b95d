package components

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"warder/theme"
)

// Frame is a border with a title at its left and a note at its right. The focused one has other lines, not only
// another colour.
type Frame struct {
	Mark        string // a word of warning before the title
	Title, Note string
	NoteTone    theme.Tone
	Focused     bool
}

// Render draws the frame as exactly w×h cells around content, which is cut and padded. With no room for both borders
// only the title is left.
func (f Frame) Render(t theme.Theme, w, h int, content string) string {
	if w < 2 || h < 2 {
		return Fit(t, bare(strings.TrimSpace(f.Mark+" "+f.Title)), w, h)
	}
	border, style := f.border(t), t.Border(f.Focused)
	left, right := style.Render(border.Left), style.Render(border.Right)
	bottom := style.Render(border.BottomLeft + strings.Repeat(border.Bottom, w-2) + border.BottomRight)
	lines := []string{f.top(t, w)}
	if w > 2 {
		for line := range strings.SplitSeq(Fit(t, content, w-2, h-2), "\n") {
			lines = append(lines, left+line+right)
		}
	}
	for len(lines) < h-1 {
		lines = append(lines, left+right)
	}
	return strings.Join(append(lines[:h-1], bottom), "\n")
}

func (f Frame) border(t theme.Theme) lipgloss.Border {
	if f.Focused {
		return t.Glyphs().FocusedBorder
	}
	return t.Glyphs().Border
}

// top is the line with title and note. The title has the first claim; a note that would lose most of itself is left out.
func (f Frame) top(t theme.Theme, w int) string {
	const leastNote = 6
	border, style := f.border(t), t.Border(f.Focused)
	mark, title, note := "", "", ""
	room := w - 2
	if f.Mark != "" && room > 2 {
		mark = t.Selected(theme.Bad, Cut(t, " "+bare(f.Mark)+" ", room))
		room -= ansi.StringWidth(mark)
	}
	if f.Title != "" && room > 4 {
		title = " " + Cut(t, bare(f.Title), room-2) + " "
		room -= ansi.StringWidth(title)
	}
	if f.Note != "" && room-4 >= leastNote {
		note = " " + Cut(t, bare(f.Note), room-4) + " "
		room -= ansi.StringWidth(note) + 1
	}
	line := style.Render(border.TopLeft) + mark + t.Text(f.titleTone(), title) + style.Render(strings.Repeat(border.Top, room))
	if note != "" {
		line += t.Text(f.NoteTone, note) + style.Render(border.Top)
	}
	return line + style.Render(border.TopRight)
}

func (f Frame) titleTone() theme.Tone {
	if f.Focused {
		return theme.Strong
	}
	return theme.Plain
}
