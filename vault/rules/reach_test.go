package rules

import (
	"crypto/x509"
	"errors"
	"testing"
	"time"

	"warder/vault"
)

// broken is a node that answers, but as no server would.
func broken(name string) *vault.Node {
	n := down(name)
	n.Health.Err = &vault.Error{Op: "sys/health", Address: n.Address, Kind: vault.Malformed, Cause: errors.New("it is HTML")}
	return n
}

// because is a node that cannot be reached for the reason.
func because(name string, why vault.Why, cause error) *vault.Node {
	n := down(name)
	n.Health.Err = &vault.Error{Op: "sys/health", Address: n.Address, Kind: vault.Unreachable, Why: why, Cause: cause}
	return n
}

func TestReachRules(t *testing.T) {
	t.Parallel()
	active := node("a", vault.CodeActive, raft("a", "b", "c"), autopilot(1, "a", "b", "c"))
	c := node("c", vault.CodeStandby)
	check(t, map[string]scenario{
		"nothing asked yet": {nodes: []*vault.Node{{Address: "https://a:8200"}}},
		"nobody answers": {
			nodes: []*vault.Node{down("a"), down("b")}, want: []string{"critical no-answer -"},
			says: []string{"No address answers: connection refused"}, not: []string{"connection refused, connection refused"},
		},
		"nobody answers as a server": {
			nodes: []*vault.Node{broken("a"), down("b")}, want: []string{"critical no-answer -"},
			says: []string{"No address answers as a server would: not an answer of Vault or OpenBao: it is HTML, connection refused"},
		},
		"nobody answered so far": {nodes: []*vault.Node{down("a"), {Address: "https://b:8200"}}, want: []string{"degraded unreachable a:8200"}},
		"one is broken": {
			nodes: []*vault.Node{active, c, broken("b")}, want: []string{"degraded unreachable b"},
			says: []string{"check what listens at https://b:8200"},
		},
		"one is silent, and autopilot contradicts": {
			nodes: []*vault.Node{active, c, down("b")}, want: []string{"degraded unreachable b"},
			says: []string{"b does not answer: connection refused", "autopilot finds it healthy"},
		},
		"one is out of reach from here": {
			nodes: []*vault.Node{active, c, down("b", learnt)}, want: []string{"notice unreachable b"},
			says: []string{"b is not reachable from here"},
		},
		"one has just died, which autopilot did not notice yet": {
			nodes: []*vault.Node{active, c, down("b", learnt, func(n *vault.Node) { n.Since, n.Witnessed = now.Add(-10*time.Second), true })},
			want:  []string{"degraded unreachable b"}, says: []string{"b does not answer"}, not: []string{"autopilot finds"},
		},
		"one has long been silent, and autopilot hears it": {
			nodes: []*vault.Node{active, c, down("b", learnt, func(n *vault.Node) { n.Since, n.Witnessed = now.Add(-time.Minute), true })},
			want:  []string{"notice unreachable b"},
		},
		"one is out of reach, and autopilot's word is old": {
			nodes: []*vault.Node{node("a", vault.CodeActive, raft("a", "b"), autopilot(1, "a", "b"), aged(time.Hour)), down("b", learnt)},
			want:  []string{"degraded unreachable b"}, not: []string{"autopilot finds"},
		},
		"an unknown authority": {
			nodes: []*vault.Node{active, c, because("b", vault.BadTLS, x509.UnknownAuthorityError{})},
			want:  []string{"degraded tls-authority b"}, says: []string{"VAULT_CACERT", "b cannot be verified", "not trusted here"},
			cites: []string{"b sys/health", "a sys/storage/raft/autopilot/state"},
		},
		"an unknown name": {nodes: []*vault.Node{because("b", vault.NoHost, nil)}, want: []string{"critical no-answer -"}, says: []string{"check the name in https://b:8200"}},
		"too slow":        {nodes: []*vault.Node{because("b", vault.Timeout, nil)}, want: []string{"critical no-answer -"}, says: []string{"network on the way"}},
		"a load balancer": {
			nodes: []*vault.Node{node("lb", vault.CodeActive, func(n *vault.Node) { n.Voices = 20 })},
			want:  []string{"notice load-balancer lb:8200"},
		},
		"one election is no load balancer": {
			nodes: []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) { n.Voices = 10 })},
		},
	})
}

func TestTokenRules(t *testing.T) {
	t.Parallel()
	lookup := func(s vault.Section[vault.TokenInfo]) with { return func(n *vault.Node) { n.Token = s } }
	ttl := func(d time.Duration, renewable bool) with {
		return lookup(had(vault.TokenInfo{Expires: true, TTL: d, Renewable: renewable}))
	}
	withheld := func(n *vault.Node) { n.Withheld = true }
	three, denied := raft("a", "b", "c"), lookup(missed[vault.TokenInfo](vault.Denied))
	blind := func(n *vault.Node) {
		n.Raft, n.HA = missed[[]vault.RaftServer](vault.Denied), missed[[]vault.HANode](vault.Denied)
		n.Autopilot = missed[vault.Autopilot](vault.Denied)
	}
	check(t, map[string]scenario{
		"good for hours":   {nodes: []*vault.Node{node("a", vault.CodeActive, ttl(time.Hour, true))}},
		"never expires":    {nodes: []*vault.Node{node("a", vault.CodeActive, lookup(had(vault.TokenInfo{Policies: []string{"watch"}})))}},
		"a root token":     {nodes: []*vault.Node{node("a", vault.CodeActive, lookup(had(vault.TokenInfo{Policies: []string{"root"}})))}, want: []string{"notice token-root -"}, cites: []string{"a:8200 auth/token/lookup-self: policies root"}},
		"expires soon":     {nodes: []*vault.Node{node("a", vault.CodeActive, ttl(10*time.Minute, true))}, want: []string{"notice token-expiry -"}, says: []string{"Our token expires in 10 min", "vault token renew -address=https://a:8200"}},
		"not renewable":    {nodes: []*vault.Node{node("a", vault.CodeActive, ttl(time.Minute, false))}, want: []string{"notice token-expiry -"}, says: []string{"cannot be renewed"}, not: []string{"token renew"}},
		"expired":          {nodes: []*vault.Node{node("a", vault.CodeActive, ttl(0, true))}, want: []string{"notice token-expiry -"}, says: []string{"Our token has expired"}},
		"expired since":    {nodes: []*vault.Node{node("a", vault.CodeActive, lookup(hadBefore(vault.TokenInfo{Expires: true, TTL: time.Minute}, time.Hour)))}, want: []string{"notice token-expiry -"}, says: []string{"has expired"}},
		"refused":          {nodes: []*vault.Node{node("a", vault.CodeActive, denied, blind)}, want: []string{"notice token-refused -"}, says: []string{"The server refuses the token"}},
		"may not look":     {nodes: []*vault.Node{node("a", vault.CodeActive, denied, three)}, want: []string{"notice token-unseen -", "notice no-address -"}, not: []string{"refuses"}},
		"narrow":           {nodes: []*vault.Node{node("a", vault.CodeActive, ttl(time.Hour, true), blind)}, want: []string{"notice token-narrow -"}, says: []string{"sys/storage/raft/configuration, sys/storage/raft/autopilot/state, sys/ha-status"}},
		"none":             {nodes: []*vault.Node{node("a", vault.CodeActive, lookup(missed[vault.TokenInfo](vault.NoToken)))}, want: []string{"notice no-token -"}, says: []string{"VAULT_TOKEN"}},
		"withheld":         {nodes: []*vault.Node{node("a", vault.CodeActive, withheld, lookup(missed[vault.TokenInfo](vault.NoToken)))}, want: []string{"notice no-token -"}, says: []string{"withheld"}, not: []string{"VAULT_TOKEN"}},
		"not asked so far": {nodes: []*vault.Node{node("a", vault.CodeActive)}},
	})
}

func TestCertificateRules(t *testing.T) {
	t.Parallel()
	until := func(d time.Duration) with {
		return func(n *vault.Node) { n.Certificate = &vault.Certificate{NotAfter: now.Add(d)} }
	}
	const day = 24 * time.Hour
	check(t, map[string]scenario{
		"two weeks": {nodes: []*vault.Node{node("a", vault.CodeActive, until(14*day))}},
		"less": {
			nodes: []*vault.Node{node("a", vault.CodeActive, until(14*day-time.Second))}, want: []string{"degraded tls-expiry a:8200"},
			says: []string{"TLS certificate of a:8200 expires in 13 days", "renew it before 2026-12-06 11:59 UTC"},
		},
		"expired": {
			nodes: []*vault.Node{node("a", vault.CodeActive, until(-3*day))}, want: []string{"degraded tls-expiry a:8200"},
			says: []string{"expired 3 days ago"}, not: []string{"renew it before"},
		},
		"of one day, the first counts": {
			nodes: []*vault.Node{node("a", vault.CodeActive, until(3*day+5*time.Hour)), node("b", vault.CodeStandby, until(3*day+time.Hour))},
			want:  []string{"degraded tls-expiry -"}, says: []string{"a:8200, b:8200 expires in 3 days", "renew it before 2026-11-25 13:00 UTC"},
		},
		"of two days": {
			nodes: []*vault.Node{node("a", vault.CodeActive, until(3*day)), node("b", vault.CodeStandby, until(5*day))},
			want:  []string{"degraded tls-expiry a:8200", "degraded tls-expiry b:8200"},
		},
		"of a node that does not answer": {
			nodes: []*vault.Node{node("a", vault.CodeActive), down("b", until(time.Hour))}, want: []string{"degraded unreachable b:8200"},
		},
	})
}
