package components

import (
	"math"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
)

func TestGauge(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		done, total, w int
		want           string
	}{
		{3, 5, 17, "██████░░░░ 3 of 5"},
		{0, 5, 12, "░░░░░ 0 of 5"},
		{5, 5, 12, "█████ 5 of 5"},
		{7, 5, 12, "█████ 7 of 5"},
		{-1, 5, 12, "░░░░ -1 of 5"},
		{0, 0, 12, "░░░░░ 0 of 0"},
		{1, 1000, 15, "█░░░░ 1 of 1000"},
		{999, 1000, 17, "████░ 999 of 1000"},
		{3, 5, 7, "3 of 5 "},
		{3, 5, 4, "3 o…"},
		{3, 5, 0, ""},
		{3, 5, -2, ""},
	} {
		if got := ansi.Strip(Gauge(mono, c.done, c.total, c.w)); got != c.want {
			t.Errorf("Gauge(%d, %d, %d) = %q, want %q", c.done, c.total, c.w, got, c.want)
		}
	}
}

func TestSparkline(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		values []float64
		w      int
		want   string
	}{
		{"newest at the right", []float64{0, 7}, 4, "  ▁█"},
		{"only the newest fit", []float64{100, 1, 2, 4}, 3, "▃▅█"},
		{"little is more than nothing", []float64{0, 0.001, 1000}, 3, "▁▂█"},
		{"all zero", []float64{0, 0}, 2, "▁▁"},
		{"not numbers", []float64{math.NaN(), math.Inf(1), -5, 1}, 4, "▁▁▁█"},
		{"the greatest number there is", []float64{math.MaxFloat64, math.SmallestNonzeroFloat64}, 2, "█▂"},
		{"no values", nil, 3, "   "},
		{"no room", []float64{1}, 0, ""},
		{"negative room", []float64{1}, -1, ""},
	} {
		if got := ansi.Strip(Sparkline(mono, c.values, c.w)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestToastLivesAsLongAsItWasGiven(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 1, 2, 0, 0, 0, time.UTC)
	var toast Toast
	if got := toast.View(mono, now, 20); got != "" {
		t.Errorf("an empty toast drew %q", got)
	}
	toast.Show(now, theme.OK, "rewrap started", 2*time.Second)
	if got := ansi.Strip(toast.View(mono, now.Add(1999*time.Millisecond), 20)); got != "● rewrap started    " {
		t.Errorf("got %q", got)
	}
	if got := toast.View(mono, now.Add(2*time.Second), 20); got != "" {
		t.Errorf("still there after its time: %q", got)
	}
	toast.Show(now, theme.Bad, "no\x1b[2J leader", 0)
	if got := ansi.Strip(toast.View(mono, now.Add(time.Hour), 20)); got != "▲ no leader         " {
		t.Errorf("a toast without an end: %q", got)
	}
	toast.Clear()
	if got := toast.View(mono, now, 20); got != "" {
		t.Errorf("cleared, and still %q", got)
	}
}

func TestSmallPartsNeverExceedTheirWidth(t *testing.T) {
	t.Parallel()
	now := time.Time{}
	var toast Toast
	toast.Show(now, theme.Warn, awkward, 0)
	for w := range upTo(200) {
		for _, th := range []theme.Theme{mono, ascii} {
			checkBlock(t, Gauge(th, 3, 12, w), w, 1)
			checkBlock(t, Sparkline(th, []float64{1, 2, 3}, w), w, 1)
			checkBlock(t, toast.View(th, now, w), w, 1)
		}
	}
}
