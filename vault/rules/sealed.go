package rules

import (
	"cmp"
	"fmt"
	"time"

	"warder/vault"
)

// everySealed: nobody who answers is unsealed.
func everySealed(s Scene) []Finding {
	shut := s.count(func(m vault.Member) bool { return is(m, vault.SealedState) })
	blank := s.count(func(m vault.Member) bool { return is(m, vault.Uninitialised) })
	switch {
	case s.served() || shut+blank == 0:
		return nil
	case shut == 0:
		return []Finding{uninitialised(s)}
	}
	f := Finding{
		Rule: "all-sealed", Severity: Critical, What: fmt.Sprintf("Every node that answers is sealed (%d)", shut+blank),
		Follows: "no client is served",
	}
	for _, m := range s.Members {
		if is(m, vault.SealedState) {
			f.Do, f.Command = howToUnseal(s, m)
			break
		}
	}
	return []Finding{f}
}

// uninitialised: no node that answers has any keys. To initialise one is right for a new cluster only; where others are
// silent it would make a second cluster beside the one that holds the data.
func uninitialised(s Scene) Finding {
	var blank []vault.Member
	for _, m := range s.Members {
		if is(m, vault.Uninitialised) {
			blank = append(blank, m)
		}
	}
	if len(blank) < len(s.Members) {
		return Finding{
			Rule: "uninitialised", Severity: Critical, What: "Only nodes that are not initialised answer: " + list(namesOf(blank)),
			Follows: "nothing is served, and what the others hold is not known",
			Do:      "do not initialise while others are silent: it would make a second cluster; look at the others first",
		}
	}
	return Finding{
		Rule: "uninitialised", Severity: Critical, What: "Not initialised: there are no keys yet", Follows: "nothing can be stored",
		Do:      "initialise it if it is to be a new cluster, or join it to the one it belongs to",
		Command: s.cli(blank[0].Node, "operator init"),
	}
}

func namesOf(members []vault.Member) []string {
	var out []string
	for _, m := range members {
		out = append(out, m.Name)
	}
	return out
}

// sealed: a node is sealed, or shut out in another way, while others serve.
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
			out = append(out, unjoined(s, m))
		case is(m, vault.RemovedState):
			out = append(out, Finding{
				Rule: "removed", Severity: Degraded, Node: m.Name, What: m.Name + " was removed from the cluster",
				Follows: "it serves nobody and cannot come back with its data",
				Do:      "stop it; to bring it back, wipe its storage and join it anew",
			})
		case is(m, vault.CutOff):
			out = append(out, Finding{
				Rule: "cut-off", Severity: Degraded, Node: m.Name, What: m.Name + " cannot reach the active node",
				Follows: "what it would hand on to the active node fails", Do: "check the network between the cluster addresses",
			})
		}
	}
	return out
}

// unjoined: the node has no keys although others of the cluster serve. Only Raft has a way to join.
func unjoined(s Scene, m vault.Member) Finding {
	f := Finding{
		Rule: "uninitialised-node", Severity: Degraded, Node: m.Name, What: m.Name + " is not initialised, while others serve",
		Follows: "it holds no data and serves nobody", Do: "compare its storage settings with the others'; do not initialise it",
	}
	if storage := m.Node.Seal.Value.StorageType; storage != "raft" && storage != "" {
		return f
	}
	f.What = m.Name + " has not joined the cluster"
	f.Do = "join it to the active node, then unseal it"
	for _, a := range s.Active() {
		f.Command = s.cli(m.Node, "operator raft join", cmp.Or(a.Leader.Value.Address, a.Address))
	}
	return f
}

// howToUnseal differs by seal: where the seal is automatic, shares do nothing.
func howToUnseal(s Scene, m vault.Member) (do, command string) {
	switch seal := m.Node.Seal; {
	case !seal.Known():
		return "look at its seal: enter shares if it is Shamir's, check the key service if not", s.cli(m.Node, "status")
	case seal.Value.Migration:
		return "a seal migration is under way: enter the shares of the old seal", s.cli(m.Node, "operator unseal -migrate")
	case seal.Value.RecoverySeal:
		return fmt.Sprintf("auto-unseal (%s): check its key service and the node's log, then restart the node", seal.Value.Type), ""
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
