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

// certificates: nodes' certificates run out soon. Those of one day are one finding, since they are renewed together.
func certificates(s Scene) []Finding {
	var ends []time.Time
	names := map[time.Time][]string{}
	for _, m := range s.Members {
		if m.Node == nil || m.Node.Certificate == nil || !m.Node.Health.Fresh() {
			continue
		}
		end := m.Node.Certificate.NotAfter
		if end.Sub(s.Now) >= certificateSoon {
			continue
		}
		day := end.Truncate(24 * time.Hour)
		if names[day] == nil {
			ends = append(ends, end)
		}
		names[day] = append(names[day], m.Name)
	}
	var out []Finding
	for _, end := range ends {
		out = append(out, expiring(end, s.Now, names[end.Truncate(24*time.Hour)]))
	}
	return out
}

func expiring(end, now time.Time, nodes []string) Finding {
	left := end.Sub(now)
	f := Finding{
		Rule: "tls-expiry", Severity: Degraded, What: fmt.Sprintf("TLS certificate of %s expires in %s", list(nodes), Span(left)),
		Follows: "from then on clients refuse to talk to it",
		Do:      "renew it before " + end.UTC().Format("2006-01-02 15:04 UTC") + ", then send the server a SIGHUP",
	}
	if left < 0 {
		f.What = fmt.Sprintf("TLS certificate of %s expired %s ago", list(nodes), Span(left))
		f.Follows, f.Do = "clients that verify it refuse to talk to it", "renew it, then send the server a SIGHUP"
	}
	if len(nodes) == 1 {
		f.Node = nodes[0]
	}
	return f
}

// token: our own token runs out soon.
func token(s Scene) []Finding {
	t, _ := s.Token()
	if vault.Is(t.Err, vault.Denied) {
		return []Finding{{
			Rule: "token-refused", Severity: Notice, What: "The server refuses the token",
			Follows: "what needs a token is not seen any more", Do: "log in again, then start warder anew",
		}}
	}
	left, ok := s.TokenLeft(s.Now)
	if !ok || left >= tokenSoon {
		return nil
	}
	return []Finding{{
		Rule: "token-expiry", Severity: Notice, What: "Our token expires in " + Span(left),
		Follows: "then Raft, autopilot and rewrap are not seen any more", Do: "renew it", Command: s.cli(s.Nodes[0], "token renew"),
	}}
}
