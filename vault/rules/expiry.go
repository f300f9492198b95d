package rules

import (
	"fmt"
	"time"

	"warder/vault"
)

// The moments from which an expiry is a finding.
const (
	certificateSoon = 14 * 24 * time.Hour
	tokenSoon       = 15 * time.Minute
)

// certificates: a node's certificate runs out soon.
func certificates(s Scene) []Finding {
	var out []Finding
	for _, m := range s.Members {
		if m.Node == nil || m.Node.Certificate == nil || !m.Node.Health.Fresh() {
			continue
		}
		left := m.Node.Certificate.NotAfter.Sub(s.Now)
		if left >= certificateSoon {
			continue
		}
		what := fmt.Sprintf("the TLS certificate of %s expires in %s", m.Name, Span(left))
		if left < 0 {
			what = fmt.Sprintf("the TLS certificate of %s expired %s ago", m.Name, Span(left))
		}
		out = append(out, Finding{
			Rule: "tls-expiry", Severity: Degraded, Node: m.Name, What: what,
			Follows: "from then on clients refuse to talk to it",
			Do:      "renew it before " + m.Node.Certificate.NotAfter.Format("2006-01-02 15:04 UTC") + ", then send the server a SIGHUP",
		})
	}
	return out
}

// token: our own token runs out soon.
func token(s Scene) []Finding {
	t, _ := s.Token()
	if vault.Is(t.Err, vault.Denied) {
		return []Finding{{
			Rule: "token-refused", Severity: Notice, What: "the server refuses the token",
			Follows: "what needs a token is not seen any more", Do: "log in again, then start warder anew",
		}}
	}
	left, ok := s.TokenLeft(s.Now)
	if !ok || left >= tokenSoon {
		return nil
	}
	return []Finding{{
		Rule: "token-expiry", Severity: Notice, What: "our token expires in " + Span(left),
		Follows: "then Raft, autopilot and rewrap are not seen any more", Do: "renew it", Command: s.cli(s.Nodes[0], "token renew"),
	}}
}
