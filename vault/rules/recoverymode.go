package rules

import (
	"fmt"

	"warder/vault"
)

const fromRecovery = "sys/generate-recovery-token/attempt"

// othersEmpty is what keeps the repair: the node is a cluster of one once its token was made, which the others do not know. A real
// OpenBao's others elected one of themselves within half a minute, and the repaired node stepped down.
const othersEmpty = "; on Raft storage start the others with empty storage only"

// recoveryMode: a node was started with -recovery. It is there for a repair of its storage, and gone from the cluster meanwhile.
func recoveryMode(s Scene) []Finding {
	var out []Finding
	for _, m := range s.Members {
		if !is(m, vault.Recovering) {
			continue
		}
		serves := "it serves sys/raw to whoever makes a recovery token, and nothing else"
		if m.Node.Recovery.Value.Opened {
			serves = "it serves sys/raw to whoever has that token, and nothing else"
		}
		f := Finding{
			Rule: "recovery-mode", Severity: Critical, Node: m.Name, What: m.Name + " is in recovery mode: it was started with -recovery",
			Follows:  serves + "; no client is served",
			Do:       "make the token with the custodians' shares, repair what is to be repaired, then start it without -recovery" + othersEmpty,
			Evidence: recovery(m), Remedy: generateRoot, Command: s.cli(m.Node, "operator generate-root -recovery-token -init"),
		}
		if m.Node.Recovery.Value.Opened {
			f.What += ", and its recovery token was made"
			f.Do = "whoever has the token repairs what is to be repaired; then start the node without -recovery, which ends the token" + othersEmpty
			f.Remedy, f.Command = "", ""
		}
		if s.served() {
			f.Severity, f.Follows = Degraded, serves+", and casts no vote"
		}
		out = append(out, f)
	}
	return out
}

// recovery is what a node in recovery mode says.
func recovery(m vault.Member) []Evidence {
	sec := m.Node.Recovery
	v, says := sec.Value, ""
	switch {
	case v.Opened:
		says = "its token was made already"
	case v.Started:
		says = fmt.Sprintf("a token is being made: %d of %d shares given", v.Progress, v.Required)
	default:
		says = fmt.Sprintf("no token is being made; it would take %d shares", v.Required)
	}
	return []Evidence{
		{Node: m.Name, Source: fromHealth, Says: "404, it has no such path", At: m.Node.Health.Tried},
		{Node: m.Name, Source: fromRecovery, Says: says, At: sec.At},
	}
}
