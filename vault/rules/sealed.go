package rules

import (
	"fmt"
	"time"

	"warder/vault"
)

// everySealed: nobody who answers is unsealed.
func everySealed(s Scene) []Finding {
	shut := s.count(func(m vault.Member) bool { return is(m, vault.SealedState) })
	open := s.count(func(m vault.Member) bool { return m.Node != nil && m.Node.State().Serving() })
	blank := s.count(func(m vault.Member) bool { return is(m, vault.Uninitialised) })
	switch {
	case open > 0 || shut+blank == 0:
		return nil
	case shut == 0:
		return []Finding{{
			Rule: "uninitialised", Severity: Critical, What: "Not initialised: there are no keys yet",
			Follows: "nothing can be stored", Do: "initialise it", Command: s.cli(s.Nodes[0], "operator init"),
		}}
	}
	f := Finding{
		Rule: "all-sealed", Severity: Critical, What: fmt.Sprintf("Every node that answers is sealed (%d)", shut),
		Follows: "no client is served", Do: "unseal them",
	}
	for _, m := range s.Members {
		if is(m, vault.SealedState) {
			f.Do, f.Command = howToUnseal(s, m)
			break
		}
	}
	return []Finding{f}
}

// sealed: a node is sealed while others serve.
func sealed(s Scene) []Finding {
	if len(everySealed(s)) > 0 {
		return nil
	}
	var out []Finding
	for _, m := range s.Members {
		switch {
		case is(m, vault.SealedState):
			f := Finding{
				Rule: "sealed", Severity: Degraded, Node: m.Name, What: m.Name + " is sealed" + ago(s.Now, m.Node) + progress(m.Node),
				Follows: "it serves nobody and casts no vote",
			}
			f.Do, f.Command = howToUnseal(s, m)
			out = append(out, f)
		case is(m, vault.Uninitialised):
			out = append(out, Finding{
				Rule: "uninitialised-node", Severity: Degraded, Node: m.Name, What: m.Name + " has not joined the cluster",
				Follows: "it holds no data", Do: "join it to the leader, then unseal it",
				Command: s.cli(m.Node, "operator raft join"),
			})
		case is(m, vault.RemovedState):
			out = append(out, Finding{
				Rule: "removed", Severity: Degraded, Node: m.Name, What: m.Name + " was removed from the cluster",
				Follows: "it serves nobody and cannot come back with its data",
				Do:      "stop it; to bring it back, wipe its storage and join it anew",
			})
		case is(m, vault.CutOff):
			out = append(out, Finding{
				Rule: "cut-off", Severity: Degraded, Node: m.Name, What: m.Name + " cannot reach the active node",
				Follows: "requests sent to it fail", Do: "check the network between the cluster addresses",
			})
		}
	}
	return out
}

// howToUnseal differs by seal: where the seal is automatic, shares do nothing.
func howToUnseal(s Scene, m vault.Member) (do, command string) {
	seal := m.Node.Seal
	if seal.Known() && seal.Value.RecoverySeal {
		return fmt.Sprintf("auto-unseal (%s): restore its key service, then restart the node", seal.Value.Type), ""
	}
	return "enter unseal shares", s.cli(m.Node, "operator unseal")
}

// progress tells how many shares a sealed node has.
func progress(n *vault.Node) string {
	if s := n.Seal; s.Fresh() && s.Value.Sealed && s.Value.Progress > 0 && s.Value.Threshold > 0 {
		return fmt.Sprintf(", %d of %d shares entered", s.Value.Progress, s.Value.Threshold)
	}
	return ""
}

// ago is the state's age, where its beginning was seen.
func ago(now time.Time, n *vault.Node) string {
	if !n.Witnessed {
		return ""
	}
	return " (" + Span(now.Sub(n.Since)) + ")"
}
