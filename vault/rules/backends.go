package rules

import (
	"fmt"
	"time"
)

// backends: a seal backend is unhealthy on some nodes. Each node tests its own, so the nodes are named.
func backends(s Scene) []Finding {
	type outage struct {
		nodes []string
		since time.Time
		last  bool // on some node only one healthy backend is left
	}
	outages := map[string]*outage{}
	var order, stranded []string
	for _, m := range s.Members {
		if m.Node == nil || !m.Node.Backends.Fresh() {
			continue
		}
		status := m.Node.Backends.Value
		bad := status.Unhealthy()
		for _, b := range bad {
			o := outages[b.Name]
			if o == nil {
				o = &outage{}
				outages[b.Name], order = o, append(order, b.Name)
			}
			o.nodes = append(o.nodes, m.Name)
			o.last = o.last || len(status.Backends)-len(bad) == 1
			if o.since.IsZero() || !b.UnhealthySince.IsZero() && b.UnhealthySince.Before(o.since) {
				o.since = b.UnhealthySince
			}
		}
		if len(bad) > 0 && len(bad) == len(status.Backends) {
			stranded = append(stranded, m.Name)
		}
	}
	var out []Finding
	if len(stranded) > 0 {
		out = append(out, Finding{
			Rule: "seal-lost", Severity: Critical, What: "No healthy seal backend on " + list(stranded),
			Follows: "restarted now, it would not come back", Do: "do not restart it; restore a key service first",
		})
	}
	for _, name := range order {
		o := outages[name]
		f := Finding{
			Rule: "seal-backend", Severity: Degraded, What: fmt.Sprintf("Seal backend %s is unhealthy on %s", name, list(o.nodes)),
			Follows: "keys cannot be rotated meanwhile",
			Do:      "restore the key service; the servers look again within 10 min",
		}
		if o.last {
			f.Follows = "one more outage, and a node that restarts stays sealed; keys cannot be rotated meanwhile"
		}
		if !o.since.IsZero() {
			f.What += " (" + Span(s.Now.Sub(o.since)) + ")"
		}
		out = append(out, f)
	}
	return out
}
