package rules

import (
	"testing"
	"time"

	"warder/vault"
)

// seals makes the node tell its backends; those whose names begin with an exclamation mark are unhealthy for so long.
func seals(ill time.Duration, names ...string) with {
	return func(n *vault.Node) {
		s := vault.SealBackendStatus{Healthy: true}
		for _, name := range names {
			b := vault.SealBackend{Name: name, Healthy: true}
			if name[0] == '!' {
				b = vault.SealBackend{Name: name[1:]}
				if s.Healthy = false; ill > 0 {
					b.UnhealthySince = now.Add(-ill)
				}
			}
			s.Backends = append(s.Backends, b)
		}
		n.Backends = had(s)
	}
}

func TestSealBackendRules(t *testing.T) {
	t.Parallel()
	check(t, map[string]scenario{
		"healthy": {nodes: []*vault.Node{node("a", vault.CodeActive, seals(0, "kms1", "kms2"))}},
		"one ill on two nodes, since the earlier time": {
			nodes: []*vault.Node{
				node("a", vault.CodeActive, seals(0, "!kms1", "kms2", "kms3")), node("b", vault.CodeStandby, seals(12*time.Minute, "!kms1", "kms2", "kms3")),
				node("c", vault.CodeStandby, seals(5*time.Minute, "!kms1", "kms2", "kms3")),
			},
			want: []string{"degraded seal-backend -"}, says: []string{"Seal backend kms1 is unhealthy on a:8200, b:8200, c:8200 (12 min)"},
			not: []string{"one more outage"},
		},
		"the last but one": {
			nodes: []*vault.Node{node("a", vault.CodeActive, seals(0, "!kms1", "kms2"))},
			want:  []string{"degraded seal-backend -"}, says: []string{"one more outage"}, not: []string{" min)", "2026"},
		},
		"the last": {
			nodes: []*vault.Node{node("a", vault.CodeActive, seals(time.Minute, "!kms1")), node("b", vault.CodeStandby, seals(0, "kms1"))},
			want:  []string{"critical seal-lost -"},
			says:  []string{"No healthy seal backend on a:8200: kms1 (1 min)", "do not restart it"}, not: []string{"one more outage"},
		},
		"two different ones": {
			nodes: []*vault.Node{node("a", vault.CodeActive, seals(0, "!kms1", "kms2")), node("b", vault.CodeStandby, seals(0, "kms1", "!kms2"))},
			want:  []string{"degraded seal-backend -", "degraded seal-backend -"},
		},
		"ill as a whole, but in no part": {
			nodes: []*vault.Node{node("a", vault.CodeActive, seals(0, "kms1"), func(n *vault.Node) { n.Backends.Value.Healthy = false })},
			want:  []string{"degraded seal-contradiction -"}, says: []string{"a:8200"},
		},
		"a dead node's last word": {
			nodes: []*vault.Node{node("a", vault.CodeActive, seals(0, "kms1")), down("b", seals(time.Hour, "!kms1"))},
			want:  []string{"degraded unreachable b:8200"},
		},
		"a sealed node's word counts": {
			nodes: []*vault.Node{node("a", vault.CodeActive), node("b", vault.CodeSealed, seals(0, "!kms1", "kms2"))},
			want:  []string{"degraded sealed b:8200", "degraded seal-backend -"},
		},
		"not supported": {
			nodes: []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) { n.Backends = missed[vault.SealBackendStatus](vault.Unsupported) })},
		},
	})
}
