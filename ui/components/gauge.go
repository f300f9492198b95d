package components

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
)

// Gauge draws progress as a bar and in words, "███░░ 3 of 5", as exactly w cells. The words have the first claim. Only
// what is done looks full, and only what was not begun looks empty.
func Gauge(t theme.Theme, done, total, w int) string {
	words := fmt.Sprintf("%d of %d", done, total)
	room := w - ansi.StringWidth(words) - 1
	if room < 1 {
		return Fit(t, words, w, 1)
	}
	full, g := filled(done, total, room), t.Glyphs()
	bar := t.Text(theme.Accent, strings.Repeat(g.Full, full)) + t.Text(theme.Muted, strings.Repeat(g.Empty, room-full))
	return Fit(t, bar+" "+words, w, 1)
}

func filled(done, total, room int) int {
	switch {
	case done <= 0 || total <= 0:
		return 0
	case done >= total:
		return room
	}
	share := int(float64(done) / float64(total) * float64(room))
	return max(min(1, room-1), min(share, room-1))
}
