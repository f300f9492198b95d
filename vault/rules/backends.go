package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"warder/vault"
)

// outage is one seal backend that is not healthy somewhere.
type outage struct {
	name  string
	nodes []vault.Member
	since time.Time
	// left are the healthy backends that the nodes would have to unseal with, each named once; bare says that some have none.
	left []string
	bare bool
	last bool // some node has only one left
}

// backends: a seal backend is unhealthy on some nodes. Each node tests its own, so the nodes are named.
func backends(s Scene) []Finding {
	var outages []*outage
	var stranded, unclear []string
	var witnesses []vault.Member
	for _, m := range s.Members {
		if !heard(m) || !m.Node.Backends.Fresh() {
			continue
		}
		status := m.Node.Backends.Value
		if !status.AllHealthy() {
			witnesses = append(witnesses, m)
		}
		switch bad := status.Unhealthy(); {
		case len(bad) > 0 && len(bad) == len(status.InUse()):
			stranded = append(stranded, m.Name)
		case len(bad) == 0 && !status.Healthy:
			unclear = append(unclear, m.Name)
		}
		outages = noted(outages, m, status)
	}
	var out []Finding
	if len(stranded) > 0 {
		out = append(out, lost(s, stranded, outages, witnesses))
	}
	for _, o := range outages {
		// Where nobody has another backend, the loss of all says it already.
		if !o.onlyOn(stranded) {
			out = append(out, o.finding(s.Now))
		}
	}
	if len(unclear) > 0 {
		out = append(out, Finding{
			Rule: "seal-contradiction", Severity: Degraded,
			What:    fmt.Sprintf("%s: the seal is called unhealthy, but every backend healthy", list(unclear)),
			Follows: "one of the two is wrong, or a test is under way", Do: "look into the node's log; do not restart it meanwhile",
			Evidence: each(witnesses, backendsSay),
		})
	}
	return out
}

// lost: nodes have no healthy backend left. They run on, and none would come back from a restart.
func lost(s Scene, stranded []string, outages []*outage, witnesses []vault.Member) Finding {
	var which []string
	for _, o := range outages {
		if o.onlyOn(stranded) {
			which = append(which, o.name+o.age(s.Now))
		}
	}
	f := Finding{
		Rule: "seal-lost", Severity: Critical, What: "No healthy seal backend on " + list(stranded),
		Follows: "restarted now, " + it(len(stranded)) + " would not come back", Do: "do not restart " + them(len(stranded)) + "; restore a key service first",
		Evidence: each(witnesses, backendsSay),
	}
	if len(which) > 0 {
		f.What += ": " + list(which)
	}
	return f
}

// onlyOn says that the backend is unhealthy on none but these nodes.
func (o *outage) onlyOn(nodes []string) bool {
	return !slices.ContainsFunc(o.nodes, func(m vault.Member) bool { return !slices.Contains(nodes, m.Name) })
}

// age is for how long it is unhealthy, where a server says.
func (o *outage) age(now time.Time) string {
	if o.since.IsZero() {
		return ""
	}
	return " (" + Span(now.Sub(o.since)) + ")"
}

// noted adds what one node says of its backends.
func noted(outages []*outage, node vault.Member, status vault.SealBackendStatus) []*outage {
	bad := status.Unhealthy()
	for _, b := range bad {
		var o *outage
		for _, known := range outages {
			if known.name == b.Name {
				o = known
			}
		}
		if o == nil {
			o = &outage{name: b.Name}
			outages = append(outages, o)
		}
		o.nodes = append(o.nodes, node)
		o.last = o.last || len(status.InUse())-len(bad) == 1
		o.bare = o.bare || len(status.InUse()) == len(bad)
		for _, x := range status.InUse() {
			if x.Healthy && !slices.Contains(o.left, x.Name) {
				o.left = append(o.left, x.Name)
			}
		}
		if o.since.IsZero() || !b.UnhealthySince.IsZero() && b.UnhealthySince.Before(o.since) {
			o.since = b.UnhealthySince
		}
	}
	return outages
}

// noRotation is what Vault does while a backend of several is unhealthy.
const noRotation = "Vault 1.20.3 and later rotate no keys meanwhile"

func (o *outage) finding(now time.Time) Finding {
	n := len(o.nodes)
	f := Finding{
		Rule: "seal-backend", Severity: Degraded, What: fmt.Sprintf("Seal backend %s is unhealthy on %s", o.name, list(namesOf(o.nodes))) + o.age(now),
		Follows: noRotation,
		Do: fmt.Sprintf("see from %s that the key service answers and lets %s in; do not restart %s meanwhile. It is tested again every minute",
			them(n), them(n), them(n)),
		Evidence: each(o.nodes, backendsSay),
	}
	left := "restarted now, " + it(n) + " would unseal by " + list(o.left)
	switch {
	case o.last && len(o.left) == 1 && !o.bare:
		f.Follows = left + " alone: one more outage, and " + it(n) + " could not; " + noRotation
	case o.last:
		f.Follows = "one more outage, and a node that restarts stays sealed; " + noRotation
	case len(o.left) > 0:
		f.Follows = left + "; " + noRotation
	}
	return f
}

// it and them stand for one node or for several.
func it(nodes int) string {
	if nodes == 1 {
		return "it"
	}
	return "they"
}

func them(nodes int) string {
	if nodes == 1 {
		return "it"
	}
	return "them"
}

// backendsSay is what the node says of each of its backends.
func backendsSay(m vault.Member) []Evidence {
	var each []string
	for _, b := range m.Node.Backends.Value.InUse() {
		word := "unhealthy"
		if b.Healthy {
			word = "healthy"
		}
		each = append(each, b.Name+" "+word)
	}
	if len(each) == 0 {
		each = []string{"no backend in use"}
	}
	return []Evidence{{Node: m.Name, Source: fromBackends, Says: strings.Join(each, ", "), At: m.Node.Backends.At}}
}
