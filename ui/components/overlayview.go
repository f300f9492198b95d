package components

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
)

// Around a dialog's content there is a border and a column of air, and around that, where there is room, the base.
const (
	frameW, frameH   = 4, 2
	marginW, marginH = 4, 2
	roomyW, roomyH   = 60, 16
)

// room is what a screen of w×h leaves for a dialog's content.
func room(w, h int) (int, int) {
	if w >= roomyW {
		w -= marginW
	}
	if h >= roomyH {
		h -= marginH
	}
	return max(0, w-frameW), max(0, h-frameH)
}

// Filler is a Dialog that takes the whole screen, so that nothing beside it distracts.
type Filler interface{ Fills() }

// roomFor is what a screen of w×h leaves for the content of d.
func roomFor(d Dialog, w, h int) (int, int) {
	if _, all := d.(Filler); all {
		return max(0, w-frameW), max(0, h-frameH)
	}
	return room(w, h)
}

// View draws the top dialog in the middle of base, which is dimmed, as exactly w×h cells.
func (o *Overlay) View(t theme.Theme, base string, w, h int) string {
	top := o.Top()
	if top == nil || w <= 0 || h <= 0 {
		return Fit(t, base, w, h)
	}
	title, content := top.Title(), strings.TrimSuffix(top.View(t), "\n")
	roomW, roomH := roomFor(top, w, h)
	inW := min(roomW, max(blockWidth(content), ansi.StringWidth(bare(o.Mark+" "+title))+frameW))
	inH := min(roomH, strings.Count(content, "\n")+1)
	box := Rect{W: min(w, inW+frameW), H: min(h, inH+frameH)}
	box.X, box.Y = (w-box.W)/2, (h-box.H)/2
	frame := Frame{Mark: o.Mark, Title: title, Focused: true}.Render(t, box.W, box.H, indent(Fit(t, content, inW, inH)))
	return place(t, base, frame, w, h, box)
}

func blockWidth(s string) int {
	width := 0
	for line := range strings.SplitSeq(s, "\n") {
		width = max(width, ansi.StringWidth(clean(line)))
	}
	return width
}

func indent(s string) string { return " " + strings.ReplaceAll(s, "\n", "\n ") }

// place lays block over a dimmed base of w×h cells.
func place(t theme.Theme, base, block string, w, h int, at Rect) string {
	lines := strings.Split(Fit(t, ansi.Strip(base), w, h), "\n")
	over := strings.Split(block, "\n")
	for y, line := range lines {
		if y < at.Y || y >= at.Y+at.H {
			lines[y] = t.Text(theme.Muted, line)
			continue
		}
		left, right := align(ansi.Truncate(line, at.X, ""), at.X, false), rightPart(line, at.X+at.W, w)
		lines[y] = t.Text(theme.Muted, left) + over[y-at.Y] + t.Text(theme.Muted, right)
	}
	return strings.Join(lines, "\n")
}

// rightPart is a line of w cells from x on. A wide character that x cuts in two becomes a space.
func rightPart(line string, x, w int) string {
	part := ansi.TruncateLeft(line, x, "")
	if ansi.StringWidth(part) > w-x {
		part = ansi.TruncateLeft(line, x+1, "")
	}
	return align(part, w-x, true)
}
