package rules

import (
	"testing"

	"warder/vault"
)

// audited are the devices that a node told of.
func audited(paths ...string) with {
	return func(n *vault.Node) {
		var all []vault.AuditDevice
		for _, p := range paths {
			all = append(all, vault.AuditDevice{Path: p, Type: "file"})
		}
		n.Audit = had(all)
	}
}

func TestAuditRules(t *testing.T) {
	t.Parallel()
	bao := func(n *vault.Node) { n.Seal.Value.FromOpenBao, n.Health.Value.FromVault = true, false }
	check(t, map[string]scenario{
		"nothing is written down": {
			nodes: []*vault.Node{node("a", vault.CodeActive, audited())}, want: []string{"notice audit-none -"},
			says: []string{"nothing of what is asked", "audit enable -address=https://a:8200 syslog"}, cites: []string{"a:8200 sys/audit: no device"},
		},
		"one device alone": {
			nodes: []*vault.Node{node("a", vault.CodeActive, audited("file/"))}, want: []string{"notice audit-one -"},
			says: []string{"file/", "the cluster answers nobody"}, cites: []string{"a:8200 sys/audit: file/, of type file, alone"},
		},
		"two": {nodes: []*vault.Node{node("a", vault.CodeActive, audited("file/", "syslog/"))}},
		"who may not know says nothing": {nodes: []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) {
			n.Audit = vault.Section[[]vault.AuditDevice]{Tried: now, Err: &vault.Error{Kind: vault.Denied}}
		})}},
		"OpenBao has them in its configuration": {
			nodes: []*vault.Node{node("a", vault.CodeActive, audited(), bao)}, want: []string{"notice audit-none -"},
			says: []string{"by audit stanzas"}, not: []string{"audit enable"},
		},
	})
}
