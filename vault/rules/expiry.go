package rules

import (
	"fmt"
	"slices"
	"time"

	"warder/vault"
)

// certificateSoon is when the end of a certificate becomes a finding.
const certificateSoon = 14 * 24 * time.Hour

// certificates: nodes' certificates run out soon. Those of one day are one finding, since they are renewed together.
func certificates(s Scene) []Finding {
	var days []time.Time
	first, of := map[time.Time]time.Time{}, map[time.Time][]vault.Member{}
	for _, m := range s.Members {
		if m.Node == nil || m.Node.Certificate == nil || !m.Node.Health.Fresh() {
			continue
		}
		end := m.Node.Certificate.NotAfter
		if end.Sub(s.Now) >= certificateSoon {
			continue
		}
		day := end.Truncate(24 * time.Hour)
		if of[day] == nil {
			days = append(days, day)
		}
		if first[day].IsZero() || end.Before(first[day]) {
			first[day] = end
		}
		of[day] = append(of[day], m)
	}
	var out []Finding
	slices.SortFunc(days, time.Time.Compare)
	for _, day := range days {
		f := expiring(first[day], s.Now, namesOf(of[day]))
		f.Evidence = each(of[day], shownCertificate)
		out = append(out, f)
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

// shownCertificate is what the node showed when it was last connected to.
func shownCertificate(m vault.Member) []Evidence {
	if m.Node == nil || m.Node.Certificate == nil {
		return nil
	}
	c := m.Node.Certificate
	says := "certificate"
	if c.Names != "" {
		says += " for " + c.Names
	}
	if c.Issuer != "" {
		says += ", issued by " + c.Issuer
	}
	says += ", until " + c.NotAfter.UTC().Format("2006-01-02 15:04 UTC")
	return []Evidence{{Node: m.Name, Source: fromTLS, Says: says, At: m.Node.Health.Tried}}
}
