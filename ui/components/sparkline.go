package components

import (
	"math"
	"strings"

	"warder/theme"
)

// Sparkline draws values as bars between zero and the greatest in sight, the newest at the right, as exactly w cells.
// What is no finite positive number is drawn as zero.
func Sparkline(t theme.Theme, values []float64, w int) string {
	if w <= 0 {
		return ""
	}
	values = values[max(0, len(values)-w):]
	return strings.Repeat(" ", w-len(values)) + t.Text(theme.Accent, Bars(t, values))
}

// Bars are the bars alone, a cell for each value and without a colour.
func Bars(t theme.Theme, values []float64) string {
	greatest := 0.0
	for _, v := range values {
		greatest = max(greatest, finite(v))
	}
	bars := t.Glyphs().Spark
	var b strings.Builder
	for _, v := range values {
		b.WriteString(bars[level(finite(v), greatest, len(bars))])
	}
	return b.String()
}

func finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
		return 0
	}
	return v
}

// level is the index of the bar for v. The lowest is for zero alone, so that little never looks like nothing.
func level(v, greatest float64, bars int) int {
	if v == 0 {
		return 0
	}
	return max(1, int(math.Round(v/greatest*float64(bars-1))))
}
