package rules

import (
	"fmt"
	"time"

	"warder/vault"
)

// What findings name as a remedy in the console, by the names that its bindings have in the configuration file: which keys they
// are is the console's to say.
const (
	unseal       = "unseal"
	rekey        = "rekey"
	generateRoot = "generate_root"
	rewrapAgain  = "rewrap"
	migrate      = "migrate"
	initialise   = "initialise"
	onNode       = "node"
)

// Remedies are all that a finding may name.
var Remedies = []string{unseal, rekey, generateRoot, rewrapAgain, migrate, initialise, onNode}

// everySealed: nobody who answers is unsealed. While one is repaired in recovery mode, each is told of by itself.
func everySealed(s Scene) []Finding {
	shut := s.count(func(m vault.Member) bool { return is(m, vault.SealedState) })
	blank := s.count(func(m vault.Member) bool { return is(m, vault.Uninitialised) })
	switch {
	case s.served() || shut+blank == 0 || len(recoveryMode(s)) > 0:
		return nil
	case shut == 0:
		return []Finding{uninitialised(s)}
	}
	f := Finding{
		Rule: "all-sealed", Severity: Critical, What: fmt.Sprintf("Every node that answers is sealed (%d)", shut+blank),
		Follows: "no client is served",
	}
	closed := s.members(func(m vault.Member) bool { return is(m, vault.SealedState) })
	f.Do, f.Command, f.Remedy = howToUnseal(s, closed[0])
	f.Evidence = each(closed, health, seal)
	for _, m := range closed {
		if stalled := unsealStalled(s, m); stalled.Rule != "" {
			f.What += "; " + stalled.What
			break
		}
	}
	return []Finding{f}
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
			out = append(out, closed(s, m))
		case is(m, vault.Uninitialised):
			out = append(out, unjoined(s, m))
		case is(m, vault.RemovedState):
			out = append(out, Finding{
				Rule: "removed", Severity: Degraded, Node: m.Name, What: m.Name + " was removed from the cluster",
				Follows:  "it serves nobody and cannot come back with its data",
				Do:       "stop it; to bring it back, wipe its storage and join it anew",
				Evidence: append(health(m), s.voters()...),
			})
		case is(m, vault.CutOff):
			out = append(out, cutOff(m))
		}
	}
	return out
}

// closed: one node is sealed.
func closed(s Scene, m vault.Member) Finding {
	f := Finding{
		Rule: "sealed", Severity: Degraded, Node: m.Name, What: m.Name + " is sealed" + ago(s.Now, m.Node) + progress(m.Node),
		Follows: "it serves nobody and casts no vote", Evidence: append(health(m), seal(m)...),
	}
	f.Do, f.Command, f.Remedy = howToUnseal(s, m)
	if stalled := unsealStalled(s, m); stalled.Rule != "" {
		return stalled
	}
	return f
}

// stalledAfter is how long custodians may take from one share to the next before it looks as if they had left.
const stalledAfter = 10 * time.Minute

// unsealStalled: somebody began to unseal the node, and nobody goes on. Since when the count stands, servers do not tell.
func unsealStalled(s Scene, m vault.Member) Finding {
	entered := progress(m.Node)
	since, ok := s.History.ProgressSince(m.Node.Address)
	if entered == "" || !ok || s.Now.Sub(since) < stalledAfter {
		return Finding{}
	}
	v := m.Node.Seal.Value
	f := Finding{
		Rule: "unseal-stalled", Severity: Degraded, Node: m.Name,
		What:    m.Name + " is sealed" + entered + ", none for " + Span(s.Now.Sub(since)),
		Follows: "it serves nobody, and whoever began may take it for unsealed",
		Evidence: append(append(health(m), seal(m)...), Evidence{
			Node: m.Name, Source: fromSeal, Says: fmt.Sprintf("%d of %d shares since then", v.Progress, v.Threshold), At: since,
		}),
	}
	f.Do, f.Command, f.Remedy = howToUnseal(s, m)
	f.Do = fmt.Sprintf("enter the %d that are missing; shares of others than the present ones need a reset first", v.Threshold-v.Progress)
	return f
}

// cutOff: a standby lives and cannot do what it is there for.
func cutOff(m vault.Member) Finding {
	f := Finding{
		Rule: "cut-off", Severity: Degraded, Node: m.Name, What: m.Name + " cannot reach the active node",
		Follows: "what it would hand on to the active node fails", Do: "check the network between the cluster addresses",
		Evidence: append(health(m), leads(m)...),
	}
	h := m.Node.Health.Value
	if c := h.HAConnection; c != nil && !*c {
		f.Evidence = append(f.Evidence, Evidence{Node: m.Name, Source: fromHealth, Says: "ha_connection_healthy is false", At: m.Node.Health.At})
	}
	if h.PerformanceStandby {
		f.What = m.Name + ", a performance standby, cannot reach the active node"
		f.Follows = "it serves reads that grow old, and hands no write on"
	}
	return f
}

// howToUnseal differs by seal: where the seal is automatic, shares do nothing.
func howToUnseal(s Scene, m vault.Member) (do, command, remedy string) {
	switch seal := m.Node.Seal; {
	case !seal.Known():
		return "look at its seal: enter shares if it is Shamir's, check the key service if not", s.cli(m.Node, "status"), ""
	case seal.Value.Migration:
		return "a seal migration is under way: enter the shares of the old seal", s.cli(m.Node, "operator unseal -migrate"), migrate
	case seal.Value.RecoverySeal:
		return fmt.Sprintf("auto-unseal (%s): check its key service and the node's log, then restart the node", seal.Value.Type), "", ""
	}
	return "enter unseal shares", s.cli(m.Node, "operator unseal"), unseal
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
