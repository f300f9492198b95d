package rules

import (
	"testing"
	"time"

	"warder/vault"
)

func TestSealedRules(t *testing.T) {
	t.Parallel()
	seal := func(s vault.SealStatus) with { return func(n *vault.Node) { n.Seal = had(s) } }
	unseen := func(n *vault.Node) { n.Seal = vault.Section[vault.SealStatus]{} }
	bao := func(n *vault.Node) {
		n.Health.Value.FromVault = false
		n.Seal.Value.FromOpenBao = true
	}
	since := func(n *vault.Node) { n.Since, n.Witnessed = now.Add(-90*time.Minute), true }
	active := node("a", vault.CodeActive)
	check(t, map[string]scenario{
		"one sealed": {
			nodes: []*vault.Node{active, node("b", vault.CodeSealed, seal(vault.SealStatus{Sealed: true, Threshold: 3, Progress: 2}), since)},
			want:  []string{"degraded sealed b:8200"},
			says:  []string{"b:8200 is sealed (1 h), 2 of 3 shares entered", "vault operator unseal -address=https://b:8200"},
		},
		"of OpenBao": {
			nodes: []*vault.Node{active, node("b", vault.CodeSealed, bao)},
			want:  []string{"degraded sealed b:8200"}, says: []string{"bao operator unseal"}, not: []string{"min)"},
		},
		"auto-unseal": {
			nodes: []*vault.Node{active, node("b", vault.CodeSealed, seal(vault.SealStatus{Type: "awskms", RecoverySeal: true}))},
			want:  []string{"degraded sealed b:8200"}, says: []string{"auto-unseal (awskms)"}, not: []string{"operator unseal", "shares"},
		},
		"migration": {
			nodes: []*vault.Node{active, node("b", vault.CodeSealed, seal(vault.SealStatus{Type: "awskms", RecoverySeal: true, Migration: true}))},
			want:  []string{"degraded sealed b:8200"}, says: []string{"operator unseal -migrate"},
		},
		"a seal that is not known": {
			nodes: []*vault.Node{active, node("b", vault.CodeSealed, unseen)},
			want:  []string{"degraded sealed b:8200"}, says: []string{"vault status -address=https://b:8200"}, not: []string{"operator unseal"},
		},
		"all sealed": {
			nodes: []*vault.Node{node("a", vault.CodeSealed), node("b", vault.CodeSealed), down("c")},
			want:  []string{"critical all-sealed -", "degraded unreachable c:8200"}, says: []string{"Every node that answers is sealed (2)"},
		},
		"a new cluster": {
			nodes: []*vault.Node{node("a", vault.CodeUninit)},
			want:  []string{"critical uninitialised -"}, says: []string{"vault operator init -address=https://a:8200", "if it is to be a new cluster"},
		},
		"a new node while the cluster is silent": {
			nodes: []*vault.Node{down("a"), down("b"), node("c", vault.CodeUninit)},
			want:  []string{"critical uninitialised -", "degraded unreachable a:8200", "degraded unreachable b:8200"},
			says:  []string{"do not initialise", "Only nodes that are not initialised answer: c:8200"}, not: []string{"operator init"},
		},
		"a node that has not joined": {
			nodes: []*vault.Node{active, node("b", vault.CodeUninit)},
			want:  []string{"degraded uninitialised-node b:8200"},
			says:  []string{"vault operator raft join -address=https://b:8200 https://a:8200"},
		},
		"an uninitialised node on other storage": {
			nodes: []*vault.Node{active, node("b", vault.CodeUninit, seal(vault.SealStatus{StorageType: "consul"}))},
			want:  []string{"degraded uninitialised-node b:8200"}, says: []string{"do not initialise it"}, not: []string{"raft join"},
		},
		"removed": {
			nodes: []*vault.Node{active, node("b", vault.CodeRemoved)}, want: []string{"degraded removed b:8200"},
		},
		"cut off": {
			nodes: []*vault.Node{active, node("b", vault.CodeCutOff)}, want: []string{"degraded cut-off b:8200"},
		},
	})
}

func TestAddressesAddNoCommand(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://a:8200":              "vault operator unseal -address=https://a:8200",
		"https://[::1]:8200":          "vault operator unseal -address='https://[::1]:8200'",
		"https://a:8200/;reboot":      "vault operator unseal -address='https://a:8200/;reboot'",
		"https://a:8200/$(reboot)":    "vault operator unseal -address='https://a:8200/$(reboot)'",
		"https://a:8200/'&reboot&'":   `vault operator unseal -address='https://a:8200/'\''&reboot&'\'''`,
		"unix:///run/my vault/v.sock": "vault operator unseal -address='unix:///run/my vault/v.sock'",
	} {
		n := node("x", vault.CodeSealed)
		n.Address = address
		if got := NewScene(vault.Snapshot{Nodes: []*vault.Node{n}}, now, Past{}).Judge()[0].Command; got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

func TestSpanIsInItsLargestUnit(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0 s", 59 * time.Second: "59 s", time.Minute: "1 min", 59*time.Minute + 59*time.Second: "59 min", time.Hour: "1 h",
		47 * time.Hour: "47 h", 48 * time.Hour: "2 days", -3 * time.Minute: "3 min", -1 << 63: "106751 days",
	} {
		if got := Span(d); got != want {
			t.Errorf("%d is %s, want %s", d, got, want)
		}
	}
}
