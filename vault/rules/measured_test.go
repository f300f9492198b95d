package rules

import (
	"crypto/x509"
	"testing"
	"time"

	"warder/vault"
)

func TestClockRules(t *testing.T) {
	t.Parallel()
	off := func(d time.Duration) with {
		return func(n *vault.Node) { n.Skew, n.Health.Value.ServerTime = d, now.Add(d) }
	}
	own := func(d time.Duration) with {
		return func(n *vault.Node) { n.Health.Value.ClockSkew = d; off(0)(n) }
	}
	at := func(name string, d time.Duration) *vault.Node { return node(name, vault.CodeStandby, off(d)) }
	led := node("a", vault.CodeActive, off(0))
	check(t, map[string]scenario{
		"together":      {nodes: []*vault.Node{led, at("b", 0), at("c", 2*time.Second)}},
		"some seconds":  {nodes: []*vault.Node{led, at("b", 0), at("c", 4*time.Second)}, want: []string{"notice clock-skew c:8200"}, says: []string{"The clock of c:8200 is 4 s ahead of the others"}},
		"minutes":       {nodes: []*vault.Node{led, at("b", 0), at("c", -4*time.Minute)}, want: []string{"degraded clock-skew c:8200"}, says: []string{"4 min behind the others"}, cites: []string{"c:8200 sys/health: server_time_utc less our time: -240 s"}},
		"the leader's":  {nodes: []*vault.Node{node("a", vault.CodeActive, off(time.Minute)), at("b", 0), at("c", 0)}, want: []string{"degraded clock-skew a:8200"}},
		"ours":          {nodes: []*vault.Node{node("a", vault.CodeActive, off(time.Minute)), at("b", time.Minute), at("c", time.Minute)}, want: []string{"notice clock-ours -"}, says: []string{"this machine is 1 min behind all nodes'"}},
		"two differ":    {nodes: []*vault.Node{led, at("b", time.Minute)}, want: []string{"degraded clock-skew b:8200"}, says: []string{"1 min ahead of ours"}},
		"its own word":  {nodes: []*vault.Node{led, node("b", vault.CodeStandby, own(-12*time.Second))}, want: []string{"degraded clock-skew b:8200"}, says: []string{"12 s off the active node's"}, cites: []string{"b:8200 sys/health: clock_skew_ms -12000, to the active node"}},
		"no time told":  {nodes: []*vault.Node{led, node("b", vault.CodeStandby, off(time.Minute), func(n *vault.Node) { n.Health.Value.ServerTime = time.Time{} })}},
		"a silent node": {nodes: []*vault.Node{led, down("b", off(time.Minute))}, want: []string{"degraded unreachable b:8200"}},
	})
}

func TestLatencyWithoutAPast(t *testing.T) {
	t.Parallel()
	after := func(d time.Duration) with { return func(n *vault.Node) { n.RTT = d } }
	check(t, map[string]scenario{
		"fast":          {nodes: []*vault.Node{node("a", vault.CodeActive, after(300*time.Millisecond))}},
		"one is slow":   {nodes: []*vault.Node{node("a", vault.CodeActive), node("b", vault.CodeStandby, after(1500*time.Millisecond))}, want: []string{"degraded slow b:8200"}, says: []string{"b:8200 answers slowly: it takes more than 1 s"}, cites: []string{"b:8200 sys/health: answered after 1500 ms"}},
		"all are":       {nodes: []*vault.Node{node("a", vault.CodeActive, after(3*time.Second)), node("b", vault.CodeStandby, after(2*time.Second))}, want: []string{"notice all-slow -"}, says: []string{"measure the line first"}},
		"a silent one":  {nodes: []*vault.Node{node("a", vault.CodeActive), down("b", after(9*time.Second))}, want: []string{"degraded unreachable b:8200"}},
		"not asked yet": {nodes: []*vault.Node{{Address: "https://a:8200", RTT: 9 * time.Second}}},
	})
}

func TestVersionRules(t *testing.T) {
	t.Parallel()
	version := func(v string) with { return func(n *vault.Node) { n.Health.Value.Version = v } }
	stable := func(age time.Duration) with {
		return func(n *vault.Node) {
			for i := range n.Autopilot.Value.Servers {
				n.Autopilot.Value.Servers[i].StableSince = now.Add(-age)
			}
		}
	}
	trio := func(led, third string, more ...with) []*vault.Node {
		first := append([]with{raft("a", "b", "c"), autopilot(1, "a", "b", "c"), version(led)}, more...)
		return []*vault.Node{node("a", vault.CodeActive, first...), node("b", vault.CodeStandby), node("c", vault.CodeStandby, version(third))}
	}
	check(t, map[string]scenario{
		"one":                {nodes: trio("1.21.0", "1.21.0")},
		"the leader is last": {nodes: trio("1.20.4", "1.21.0"), want: []string{"notice version-mix -"}, says: []string{"normal during an upgrade", "the active node last"}},
		"the leader first":   {nodes: trio("1.21.0", "1.20.4"), want: []string{"notice version-mix -"}, says: []string{"if c came to lead", "upgrade c next"}, cites: []string{"c sys/health: version 1.20.4"}},
		"restarted today":    {nodes: trio("1.20.4", "1.21.0", stable(time.Hour)), want: []string{"notice version-mix -"}, not: []string{"never finished"}},
		"left so for days":   {nodes: trio("1.20.4", "1.21.0", stable(72*time.Hour)), want: []string{"notice version-leftover -"}, says: []string{"no node restarted for 3 days", "never finished"}},
		"two editions":       {nodes: trio("1.21.0+ent", "1.21.0"), want: []string{"notice version-mix -"}, not: []string{"came to lead"}},
		"hidden":             {nodes: trio("1.21.0", "")},
	})
}

func TestVersionsAreOrderedAsPeopleCount(t *testing.T) {
	t.Parallel()
	order := []string{"0.9", "1.2.9", "1.2.10", "1.9.0", "1.10.0-beta1", "1.10.0-rc1", "1.10.0", "1.10.0.1", "2.0.0"}
	for i, a := range order {
		for j, b := range order {
			if got := compareVersions(a, b); got != sign(i-j) {
				t.Errorf("%s against %s: %d", a, b, got)
			}
		}
	}
	if compareVersions("1.21.0+ent", "1.21.0") != 0 || compareVersions("v1.2", "1.2.0") != 0 {
		t.Error("an edition or a v makes a difference")
	}
}

func sign(i int) int {
	return min(1, max(-1, i))
}

func TestUntrustedRules(t *testing.T) {
	t.Parallel()
	led := node("a", vault.CodeActive)
	bad := func(cause error) []*vault.Node { return []*vault.Node{led, because("b", vault.BadTLS, cause)} }
	alone := func(cause error) []*vault.Node { return bad(cause)[1:] }
	name := x509.HostnameError{Host: "b", Certificate: &x509.Certificate{DNSNames: []string{"vault.example"}}}
	old := x509.CertificateInvalidError{Reason: x509.Expired, Cert: &x509.Certificate{NotAfter: now.Add(-time.Hour)}}
	check(t, map[string]scenario{
		"another name": {
			nodes: bad(name), want: []string{"degraded tls-name b:8200"},
			says: []string{"certificate is for vault.example, not for b", "VAULT_TLS_SERVER_NAME"}, not: []string{"autopilot finds"}, cites: []string{"b:8200 sys/health: TLS: certificate is for vault.example, not for b"},
		},
		"an unknown authority": {nodes: bad(x509.UnknownAuthorityError{}), want: []string{"degraded tls-authority b:8200"}, says: []string{"VAULT_CACERT"}},
		"expired":              {nodes: bad(old), want: []string{"degraded tls-expired b:8200"}, says: []string{"renew its certificate"}},
		"no TLS at all":        {nodes: bad(nil), want: []string{"degraded tls-handshake b:8200"}},
		"everybody's":          {nodes: alone(name), want: []string{"critical no-answer -"}, says: []string{"VAULT_TLS_SERVER_NAME"}, not: []string{"VAULT_CACERT"}},
		"not about TLS":        {nodes: []*vault.Node{led, because("b", vault.Timeout, nil)}, want: []string{"degraded unreachable b:8200"}},
	})
}
