package views_test

import (
	"strings"
	"testing"
	"time"

	"warder/theme"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

// TestANodeInRecoveryModeIsCalledThat, and not an answer that is none of Vault's.
func TestANodeInRecoveryModeIsCalledThat(t *testing.T) {
	t.Parallel()
	for want, mode := range map[string]vault.RecoveryMode{
		"none yet; 3 shares make it":         {Required: 3},
		"is being made: 1 of 3 shares given": {Started: true, Progress: 1, Required: 3},
		"made; another takes a restart":      {Opened: true},
		"it was started with -recovery: it":  {},
	} {
		s := vault.NewSnapshot("http://a:8200")
		at := now.Add(-time.Second)
		s = s.Merge(&vault.Node{
			Address:  "http://a:8200",
			Health:   vault.Section[vault.Health]{Tried: at, Err: &vault.Error{Kind: vault.Malformed, Status: 404}},
			Recovery: vault.Section[vault.RecoveryMode]{Value: mode, At: at, Tried: at},
		})
		pane := panes()["health"]
		pane.SetPicture(views.NewPicture(rules.NewScene(s, now, rules.Past{}), theme.New(theme.Mono, true, false)))
		pane.SetSize(78, 20)
		sheet := views.NewDetail(pane)
		sheet.SetSize(76, 40)
		if got := trimmed(sheet.View(theme.New(theme.Mono, true, false))); !strings.Contains(got, want) || strings.Contains(got, "not a") {
			t.Errorf("does not say %q:\n%s", want, got)
		}
	}
}
