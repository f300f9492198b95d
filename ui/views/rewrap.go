package views

import (
	"fmt"
	"math"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
)

// Rewrap is the pane of the seal rewrap. The server tells no total, so there is a rate and never a share of the whole.
type Rewrap struct {
	p       *Picture
	w, h    int
	section vault.Section[vault.Rewrap]
	rates   []float64 // entries per second, between readings, the newest last
	start   key.Binding
}

// NewRewrap makes the pane; start is the key that starts one.
func NewRewrap(start key.Binding) *Rewrap { return &Rewrap{p: &Picture{}, start: start} }

// Title names the pane.
func (r *Rewrap) Title() string { return "Rewrap" }

// SetSize takes the room within the frame.
func (r *Rewrap) SetSize(w, h int) { r.w, r.h = w, h }

// SetPicture takes what is to be drawn.
func (r *Rewrap) SetPicture(p *Picture) {
	r.p = p
	r.section, _ = p.Rewrap()
	r.rates = p.History.RewrapSeries()
}

// Note says whether one runs.
func (r *Rewrap) Note() components.Cell {
	if c, old := note(r.p, r.section, 30*time.Second); old {
		return c
	}
	switch {
	case !r.section.Known() || r.section.Err != nil:
		return components.Cell{}
	case r.section.Value.Running:
		return cell("running", theme.Accent)
	}
	return cell("not running", theme.Muted)
}

func (r *Rewrap) trouble() ([]string, bool) {
	return trouble(r.p, r.section, "sys/sealwrap/rewrap")
}

// Line folds the pane.
func (r *Rewrap) Line() string {
	if lines, ok := r.trouble(); !ok {
		return lines[0]
	}
	return strings.TrimSpace(r.Note().Text + ", " + r.counts())
}

func (r *Rewrap) counts() string {
	v := r.section.Value
	s := fmt.Sprintf("processed %s, failed %s", grouped(v.Processed), grouped(v.Failed))
	if rate, ok := r.rate(); ok {
		s += ", " + rate
	}
	return s
}

// rate is the latest rate, rounded to two figures so that it does not flicker.
func (r *Rewrap) rate() (string, bool) {
	if len(r.rates) == 0 || !r.section.Value.Running {
		return "", false
	}
	v := r.rates[len(r.rates)-1]
	if v >= 100 {
		unit := math.Pow(10, math.Floor(math.Log10(v))-1)
		v = math.Round(v/unit) * unit
	}
	return fmt.Sprintf("%s/s", grouped(uint64(math.Round(v)))), true
}

// Need is three lines, or the sentences.
func (r *Rewrap) Need() int {
	if lines, ok := r.trouble(); !ok {
		return len(r.sentences().wrapped(lines))
	}
	return 3
}

// View draws the counts and the history of the rate.
func (r *Rewrap) View(bool) string {
	t := r.p.Theme
	if lines, ok := r.trouble(); !ok {
		return r.sentences().message(lines)
	}
	v := r.section.Value
	failed := theme.Plain
	if v.Failed > 0 {
		failed = theme.Warn
	}
	first := " processed " + t.Text(theme.Strong, grouped(v.Processed)) +
		"   succeeded " + t.Text(theme.OK, grouped(v.Succeeded)) +
		"   failed " + t.Text(failed, grouped(v.Failed))
	rate, _ := r.rate()
	pace := " " + rate
	// Bars say something once they can be compared.
	if len(r.rates) > 2 {
		pace += "  " + components.Sparkline(t, r.rates, min(r.w-14, len(r.rates)))
	}
	lines := []string{first, pace, " " + t.Text(theme.Muted, r.hint())}
	return components.Fit(t, strings.Join(lines, "\n"), r.w, r.h)
}

// sentences is the room of the pane without its counts.
func (r *Rewrap) sentences() *grid { return &grid{p: r.p, w: r.w, h: r.h} }

func (r *Rewrap) hint() string {
	if r.section.Value.Running {
		return "The server tells no total."
	}
	return r.start.Help().Key + " starts one on the active node."
}

// Key has no use for any.
func (r *Rewrap) Key(tea.KeyPressMsg) bool { return false }

// Filter has no rows to narrow.
func (r *Rewrap) Filter(string) string { return "" }

// Detail tells the counts and where they come from.
func (r *Rewrap) Detail() (Detail, bool) {
	if !r.section.Known() {
		return Detail{}, false
	}
	return rewrapDetail(r.p, r.section), true
}

// Bindings is the start.
func (r *Rewrap) Bindings() []key.Binding { return []key.Binding{r.start} }
