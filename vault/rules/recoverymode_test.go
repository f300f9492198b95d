package rules

import (
	"testing"

	"warder/vault"
)

// inRecovery is a node that was started with -recovery.
func inRecovery(name string, r vault.RecoveryMode) *vault.Node {
	n := node(name, 0)
	n.Health = vault.Section[vault.Health]{Tried: now, Err: &vault.Error{Kind: vault.Malformed, Status: 404}}
	n.Seal, n.Recovery = vault.Section[vault.SealStatus]{}, had(r)
	return n
}

func TestRecoveryModeRules(t *testing.T) {
	t.Parallel()
	waiting := vault.RecoveryMode{Required: 3}
	check(t, map[string]scenario{
		"alone": {
			nodes: []*vault.Node{inRecovery("a", waiting)}, want: []string{"critical recovery-mode a:8200"},
			says:  []string{"a:8200 is in recovery mode", "no client is served", "generate-root -recovery-token -init -address=https://a:8200"},
			cites: []string{"a:8200 sys/health: 404, it has no such path", "a:8200 sys/generate-recovery-token/attempt: no token is being made; it would take 3 shares"},
		},
		"a token is being made": {
			nodes: []*vault.Node{inRecovery("a", vault.RecoveryMode{Started: true, Progress: 1, Required: 3})},
			want:  []string{"critical recovery-mode a:8200"}, cites: []string{"a:8200 sys/generate-recovery-token/attempt: a token is being made: 1 of 3 shares given"},
		},
		"the token was made": {
			nodes: []*vault.Node{inRecovery("a", vault.RecoveryMode{Opened: true})}, want: []string{"critical recovery-mode a:8200"},
			says: []string{"and its recovery token was made", "to whoever has that token", "which ends the token"}, not: []string{"-init"},
		},
		"beside nodes that serve": {
			nodes: []*vault.Node{node("a", vault.CodeActive), inRecovery("b", waiting)}, want: []string{"degraded recovery-mode b:8200"},
			says: []string{"casts no vote"}, not: []string{"no client is served"},
		},
		"beside a sealed one": { // that every node which answers is sealed would not be true
			nodes: []*vault.Node{node("a", vault.CodeSealed), inRecovery("b", waiting)},
			want:  []string{"critical recovery-mode b:8200", "degraded sealed a:8200"},
		},
	})
}
