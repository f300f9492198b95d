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
	"warder/vault/keystore"
	"warder/vault/rules"
)

// storeReadings are what stores can say, and not say.
func storeReadings() []keystore.Reading {
	well := keystore.Status{
		Type: "KMS", Text: "KMS Available", Condition: keystore.Available, CACertEnds: now.Add(1100 * 24 * time.Hour),
		ClientEnds: now.Add(143 * 24 * time.Hour), LastRotation: now.Add(-80 * 24 * time.Hour), LastUpdate: now.Add(-4 * time.Minute),
	}
	cut, odd, local := well, well, keystore.Status{Type: "Local", Text: "Encrypted", Condition: keystore.KeptLocally, LastRotation: now.Add(-400 * 24 * time.Hour)}
	cut.Text, cut.Condition, cut.ClientEnds = "Cannot connect to KMS server.", keystore.CutOff, now.Add(20*24*time.Hour)
	odd.Text, odd.Condition, odd.Type, odd.CACertEnds, odd.ClientEnds = "KMS Sleeping", keystore.Unclear, "HSM", time.Time{}, time.Time{}
	odd.Unread = []keystore.Unread{{Field: "type", Text: "HSM"}, {Field: "ca_cert_expiry", Text: "in a while"}}
	lost := section(well, 5*time.Minute)
	lost.Tried, lost.Err = now, &vault.Error{Op: "/v2/x", Address: "https://e:8000", Kind: vault.Unreachable, Why: vault.Timeout}
	var out []keystore.Reading
	for i, s := range []vault.Section[keystore.Status]{section(well, 9*time.Second), section(cut, 9*time.Second), section(local, 3*time.Minute), section(odd, time.Second), lost, {}} {
		name := fmt.Sprintf("archive-%d", i+1)
		out = append(out, keystore.Reading{
			Name: name, Kind: "Qumulo", Address: "https://" + name + ".example:8000", Source: "/v2/encryption/key-store/status",
			Command: "qq --host " + name + ".example encryption_get_status", Section: s,
		})
	}
	return out
}

// TestKeyStoresBelowTheBackends draws them in several windows, and the detail of each.
func TestKeyStoresBelowTheBackends(t *testing.T) {
	t.Parallel()
	mono := theme.New(theme.Mono, true, false)
	var b strings.Builder
	for _, size := range [][2]int{{78, 12}, {58, 10}, {58, 4}, {118, 30}} {
		pane := views.NewSeal()
		pane.SetPicture(views.NewPicture(rules.NewScene(healthy(), now, rules.Past{Stores: storeReadings()}), mono))
		pane.SetSize(size[0], size[1])
		fmt.Fprintf(&b, "== %d columns, %d lines\nneeds %d, folded: %s\n%s\n", size[0], size[1], pane.Need(), pane.Line(), trimmed(pane.View(true)))
	}
	pane := views.NewSeal()
	pane.SetPicture(views.NewPicture(rules.NewScene(healthy(), now, rules.Past{Stores: storeReadings()}), mono))
	pane.SetSize(78, 12)
	for range storeReadings() {
		pane.Key(press("down"))
		sheet := views.NewDetail(pane)
		sheet.SetSize(76, 40)
		fmt.Fprintf(&b, "== %s\n%s\n", sheet.Title(), trimmed(sheet.View(mono)))
	}
	golden.RequireEqual(t, []byte(b.String()))
}

func TestTheSelectionGoesFromTheBackendsToTheStoresAndBack(t *testing.T) {
	t.Parallel()
	pane := views.NewSeal()
	pane.SetPicture(views.NewPicture(rules.NewScene(healthy(), now, rules.Past{Stores: storeReadings()}), theme.New(theme.Mono, true, false)))
	pane.SetSize(78, 12)
	for _, step := range []struct{ key, want string }{
		{"", "shamir"},
		{"down", "archive-1"},
		{"down", "archive-2"},
		{"up", "archive-1"},
		{"up", "shamir"},
		{"up", "shamir"},
		{"end", "archive-6"},
		{"home", "shamir"},
	} {
		if step.key != "" {
			pane.Key(press(step.key))
		}
		if d, ok := pane.Detail(); !ok || d.Title != step.want {
			t.Errorf("after %q: %q, want %q", step.key, d.Title, step.want)
		}
	}
	if said := pane.Filter("archive-3"); said != "1 of 7" {
		t.Errorf("filtered: %q", said)
	}
	if d, _ := pane.Detail(); d.Title != "archive-3" {
		t.Errorf("filtered: %q is selected", d.Title)
	}
}

func press(name string) tea.KeyPressMsg {
	named := map[string]tea.KeyPressMsg{
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
		"tab": {Code: tea.KeyTab}, "enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape},
	}
	if k, ok := named[name]; ok {
		return k
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}
