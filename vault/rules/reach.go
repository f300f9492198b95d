package rules

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"warder/vault"
)

// noAnswer: none of the addresses answers as a server would.
func noAnswer(s Scene) []Finding {
	var reasons []string
	var last *vault.Node
	what := "No address answers: "
	for _, n := range s.Nodes {
		switch n.State() {
		case vault.Down, vault.Broken:
			if why := vault.Reason(n.Health.Err); !slices.Contains(reasons, why) {
				reasons = append(reasons, why)
			}
			last = n
			if n.State() == vault.Broken {
				what = "No address answers as a server would: "
			}
		default:
			return nil
		}
	}
	if last == nil {
		return nil
	}
	return []Finding{{
		Rule: "no-answer", Severity: Critical, What: what + list(reasons),
		Follows: "nothing can be said of the cluster from here", Do: remedy(last), Evidence: each(s.Members, health),
	}}
}

// remedy is what to look at first when an address does not answer as it should.
func remedy(n *vault.Node) string {
	var e *vault.Error
	if !errors.As(n.Health.Err, &e) {
		return "check " + n.Address
	}
	switch {
	case e.Kind != vault.Unreachable:
		return "check what listens at " + n.Address + ", and whether a proxy stands in between"
	case e.Why == vault.BadTLS:
		_, do := distrust(e)
		return do
	case e.Why == vault.NoHost:
		return "check the name in " + n.Address
	case e.Why == vault.ConnRefused:
		return "check that the server's process runs and listens at " + n.Address
	}
	return "check the server's process and the network on the way to " + n.Address
}

// unreachable: a node does not answer, or not as a server would. One whose address only a server told us may well be alive
// and out of reach from here.
func unreachable(s Scene) []Finding {
	if len(noAnswer(s)) > 0 {
		return nil
	}
	var out []Finding
	for _, m := range s.Members {
		if !is(m, vault.Down, vault.Broken) || unverified(m) != nil || goneForLong(s, m) || betweenSeals(m) {
			continue
		}
		f := Finding{
			Rule: "unreachable", Severity: Degraded, Node: m.Name,
			What:    fmt.Sprintf("%s does not answer: %s", m.Name, vault.Reason(m.Node.Health.Err)),
			Follows: "its state is not known", Do: remedy(m.Node), Evidence: append(health(m), s.judged(m)...),
		}
		if m.Node.State() == vault.Broken {
			f.What = fmt.Sprintf("%s: %s", m.Name, vault.Reason(m.Node.Health.Err))
		}
		if vouched(s, m) {
			f.Follows = "autopilot finds it healthy: it may only be out of reach from here"
			if m.Node.Learnt {
				f.Severity, f.What = Notice, fmt.Sprintf("%s is not reachable from here: %s", m.Name, vault.Reason(m.Node.Health.Err))
			}
		}
		out = append(out, f)
	}
	return out
}

// noticing is how long autopilot may go on calling a node healthy after its death: its threshold of contact, and some more.
const noticing = 30 * time.Second

// vouched says that autopilot finds the silent node healthy, and has had the time to notice if it were not.
func vouched(s Scene, m vault.Member) bool {
	a, _ := s.Autopilot()
	if !told(s, a) || m.Autopilot == nil || !m.Autopilot.Healthy {
		return false
	}
	return !m.Node.Witnessed || a.At.Sub(m.Node.Since) > noticing
}

// balanced: one address speaks with several voices.
func balanced(s Scene) []Finding {
	var out []Finding
	for _, m := range s.Members {
		if m.Node == nil || !m.Node.Balanced() || m.Node.Health.Tried.IsZero() {
			continue
		}
		out = append(out, Finding{
			Rule: "load-balancer", Severity: Notice, Node: m.Name,
			What:    m.Node.Address + " is answered by different nodes in turn",
			Follows: "its row is of whichever answered last", Do: "give the nodes' own addresses with --address",
			Evidence: append(health(m), leads(m)...),
		})
	}
	return out
}
