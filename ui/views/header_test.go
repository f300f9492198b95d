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

func TestAVerdictThatWaitsForANodeIsNotExplainedByANotice(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 2, 26, 0, 0, time.UTC)
	heard := &vault.Node{Address: "https://a:8200"}
	heard.Health = vault.Section[vault.Health]{At: now, Tried: now, Value: vault.Health{Code: vault.CodeActive, Initialised: true}}
	s := vault.Snapshot{Nodes: []*vault.Node{heard, {Address: "https://b:8200"}}}
	own := rules.Finding{Rule: "x", What: "Our token is a root token"}
	p := views.NewPicture(rules.NewScene(s, now, rules.Past{}), theme.New(theme.Mono, true, false), own)
	header := views.Header(p, "", false, 80)
	if !strings.Contains(header, "UNKNOWN  waiting for 1 of 2 nodes") || strings.Contains(header, "token") {
		t.Error(header)
	}
}
