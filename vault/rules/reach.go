package rules

import (
	"fmt"

	"warder/vault"
)

// noAnswer: none of the addresses answers as a server would.
func noAnswer(s Scene) []Finding {
	asked, silent := 0, 0
	var why string
	for _, n := range s.Nodes {
		switch n.State() {
		case vault.Unknown:
			return nil
		case vault.Down, vault.Broken:
			silent++
			why = vault.Reason(n.Health.Err)
		}
		asked++
	}
	if asked == 0 || silent < asked {
		return nil
	}
	return []Finding{{
		Rule: "no-answer", Severity: Critical, What: "no address answers: " + why,
		Follows: "nothing can be said of the cluster from here",
		Do:      "check the address, the network and the servers' processes",
	}}
}

// unreachable: a node does not answer, or not as a server would. One whose address only a server told us may well be alive
// and out of reach from here.
func unreachable(s Scene) []Finding {
	if len(noAnswer(s)) > 0 {
		return nil
	}
	var out []Finding
	for _, m := range s.Members {
		if !is(m, vault.Down, vault.Broken) {
			continue
		}
		f := Finding{
			Rule: "unreachable", Severity: Degraded, Node: m.Name,
			What:    fmt.Sprintf("%s does not answer: %s", m.Name, vault.Reason(m.Node.Health.Err)),
			Follows: "its state is not known", Do: "check the process and the network of " + m.Node.Address,
		}
		if m.Node.State() == vault.Broken {
			f.What = fmt.Sprintf("%s: %s", m.Name, vault.Reason(m.Node.Health.Err))
			f.Do = "check what listens at " + m.Node.Address
		}
		if m.Node.Learnt && m.Autopilot != nil && m.Autopilot.Healthy {
			f.Severity = Notice
			f.What = fmt.Sprintf("%s is not reachable from here: %s", m.Name, vault.Reason(m.Node.Health.Err))
			f.Follows = "the cluster itself sees it well"
		}
		out = append(out, f)
	}
	return out
}

// noToken: without a token half of the picture is missing, and the verdict rests on the other half.
func noToken(s Scene) []Finding {
	t, _ := s.Token()
	if t.Tried.IsZero() || !vault.Is(t.Err, vault.NoToken) {
		return nil
	}
	return []Finding{{
		Rule: "no-token", Severity: Notice, What: "no token: Raft, autopilot, rewrap and keys are not seen",
		Follows: "the verdict rests on what needs none", Do: "set VAULT_TOKEN or BAO_TOKEN, or log in with the vendor's CLI",
	}}
}
