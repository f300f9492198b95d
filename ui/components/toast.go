package components

import (
	"time"

	"warder/theme"
)

// Toast is one line of status with a severity and a lifetime. The zero Toast is empty.
type Toast struct {
	tone  theme.Tone
	text  string
	until time.Time // zero: until cleared
}

// Show replaces the text. A life of 0 lasts until the next Show or Clear.
func (t *Toast) Show(now time.Time, tone theme.Tone, text string, life time.Duration) {
	*t = Toast{tone: tone, text: text}
	if life > 0 {
		t.until = now.Add(life)
	}
}

// Clear empties it.
func (t *Toast) Clear() { *t = Toast{} }

// Over says that nothing is shown, or not any more.
func (t *Toast) Over(now time.Time) bool {
	return t.text == "" || !t.until.IsZero() && !now.Before(t.until)
}

// View draws the line as exactly w cells, or as nothing when its time is over.
func (t *Toast) View(th theme.Theme, now time.Time, w int) string {
	if t.Over(now) {
		return ""
	}
	text := bare(t.text)
	if sign := severity(th.Glyphs(), t.tone); sign != "" {
		text = sign + " " + text
	}
	return Fit(th, th.Text(t.tone, text), w, 1)
}

func severity(g theme.Glyphs, tone theme.Tone) string {
	switch tone {
	case theme.Bad:
		return g.Bad
	case theme.Warn:
		return g.Warn
	case theme.OK:
		return g.OK
	default:
		return ""
	}
}
