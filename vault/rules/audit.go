package rules

import (
	"fmt"
	"time"

	"warder/vault"
)

const fromAudit = "sys/audit"

// auditOld is when what was told of audit devices is of now no more: they are asked for every five minutes.
const auditOld = 12 * time.Minute

// audit: nobody writes down what is asked of the cluster, or one device alone does. A server answers a request only when at least
// one device took it, so that a single one that blocks or is full stops everything.
func audit(s Scene) []Finding {
	a, by := s.Audit()
	if !s.served() || !a.Fresh() || s.seen.at.Sub(a.At) >= auditOld || by == nil || len(a.Value) > 1 {
		return nil
	}
	f := Finding{Rule: "audit-none", Severity: Notice}
	if len(a.Value) == 1 {
		one := a.Value[0]
		f.Rule, f.What = "audit-one", "One audit device only: "+one.Path
		f.Follows = "while it cannot be written to, the cluster answers nobody"
		f.Evidence = []Evidence{cite(s, a, by, fromAudit, fmt.Sprintf("%s, of type %s, alone", one.Path, one.Type))}
		f.Do = "add a second one, of another kind or on another disk"
	} else {
		f.What, f.Follows = "No audit device", "nothing of what is asked of this cluster is written down"
		f.Evidence = []Evidence{cite(s, a, by, fromAudit, "no device")}
		f.Do = "enable two, of different kinds"
	}
	if by.Product() == vault.OpenBao {
		f.Do += ", by audit stanzas in the servers' configuration"
		return []Finding{f}
	}
	f.Command = s.cli(by, "audit enable", "syslog")
	return []Finding{f}
}
