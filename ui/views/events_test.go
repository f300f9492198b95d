package views_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"warder/theme"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
	"warder/vault/timeline"
)

// incident is a cluster of which one node was sealed and another is silent, and the history of that.
func incident() (vault.Snapshot, *timeline.History) {
	h := &timeline.History{}
	was := healthy()
	h.Observe(vault.Snapshot{}, was, now)
	is := healthy()
	*is.Nodes[0] = *node(1, vault.CodeSealed)
	down(is.Nodes[2], vault.ConnRefused)
	is.Nodes[1].Backends.Value = vault.SealBackendStatus{
		Backends: []vault.SealBackend{{Name: "shamir", UnhealthySince: now.Add(-3 * time.Minute)}},
	}
	for _, n := range is.Nodes {
		n.Health.Tried = now.Add(time.Second)
		n.Backends.At = now.Add(time.Second)
	}
	h.Observe(was, is, now.Add(time.Second))
	return is, h
}

func pictured(s vault.Snapshot, h *timeline.History) *views.Picture {
	return views.NewPicture(rules.NewScene(s, now.Add(2*time.Second), rules.Past{History: h}), theme.New(theme.Mono, true, false))
}

// TestEventsStandBelowTheFindingsOrBesideThem draws the pane as large as in windows of 80x24, 120x36 and 200x60.
func TestEventsStandBelowTheFindingsOrBesideThem(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ w, h int }{{78, 16}, {118, 19}, {198, 36}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			well := healthy()
			s, h := incident()
			for _, p := range []*views.Picture{pictured(s, h), pictured(well, h), pictured(well, nil)} {
				pane := views.NewFindings()
				pane.SetPicture(p)
				pane.SetSize(size.w, size.h)
				fmt.Fprintf(&b, "== note: %s\n%s\n", pane.Note().Text, trimmed(pane.View(false)))
				pane.Key(tea.KeyPressMsg{Code: tea.KeyEnd})
				fmt.Fprintf(&b, "== at the end\n%s\n", trimmed(pane.View(true)))
				if d, ok := pane.Detail(); ok {
					fmt.Fprintf(&b, "== enter: %s\n", d.Title)
					for _, f := range d.Facts {
						fmt.Fprintf(&b, "%s: %s\n", f.Label, f.Value.Text)
					}
				}
			}
			golden.RequireEqual(t, []byte(b.String()))
		})
	}
}

func TestAFilterNarrowsFindingsAndEvents(t *testing.T) {
	t.Parallel()
	s, h := incident()
	pane := views.NewFindings()
	pane.SetPicture(pictured(s, h))
	pane.SetSize(78, 20)
	all := len(pictured(s, h).Findings) + len(h.Events())
	if got, want := pane.Filter("stopped answering"), fmt.Sprintf("1 of %d", all); got != want {
		t.Errorf("Filter says %q, want %q", got, want)
	}
	if got := pane.View(true); !strings.Contains(got, "stopped answering") || strings.Contains(got, "failed") {
		t.Errorf("the filter does not narrow:\n%s", trimmed(got))
	}
}

// TestASelectedEventStaysSelectedWhenAnotherComes: it is one further down then.
func TestASelectedEventStaysSelectedWhenAnotherComes(t *testing.T) {
	t.Parallel()
	s, h := incident()
	pane := views.NewFindings()
	pane.SetPicture(pictured(s, h))
	pane.SetSize(78, 20)
	pane.Key(tea.KeyPressMsg{Code: tea.KeyEnd})
	was, _ := pane.Detail()
	next := vault.Snapshot{Nodes: append([]*vault.Node{}, s.Nodes...)}
	back := *healthy().Nodes[2]
	back.Health.Tried, back.Health.At = now.Add(2*time.Second), now.Add(2*time.Second)
	next.Nodes[2] = &back
	if len(h.Observe(s, next, now.Add(2*time.Second))) == 0 {
		t.Fatal("nothing happened")
	}
	pane.SetPicture(pictured(s, h))
	if is, _ := pane.Detail(); fmt.Sprint(is) != fmt.Sprint(was) {
		t.Errorf("selected is %v, was %v", is, was)
	}
}
