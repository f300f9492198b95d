package rules

import (
	"cmp"

	"warder/vault"
)

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
			Evidence: each(s.Members, health),
			Follows:  "nothing is served, and what the others hold is not known",
			Do:       "do not initialise while others are silent: it would make a second cluster; look at the others first",
		}
	}
	return Finding{
		Rule: "uninitialised", Severity: Critical, What: "Not initialised: there are no keys yet", Follows: "nothing can be stored",
		Do:     "initialise it if it is to be a new cluster, or join it to the one it belongs to",
		Remedy: initialise, Command: s.cli(blank[0].Node, "operator init"), Evidence: each(blank, health, seal),
	}
}

// unjoined: the node has no keys although others of the cluster serve. Only Raft has a way to join.
func unjoined(s Scene, m vault.Member) Finding {
	f := Finding{
		Rule: "uninitialised-node", Severity: Degraded, Node: m.Name, What: m.Name + " is not initialised, while others serve",
		Follows: "it holds no data and serves nobody", Do: "compare its storage settings with the others'; do not initialise it",
		Evidence: append(health(m), seal(m)...),
	}
	if storage := m.Node.Seal.Value.StorageType; storage != "raft" && storage != "" {
		return f
	}
	f.What = m.Name + " has not joined the cluster"
	f.Do, f.Remedy = "join it to the active node, then unseal it", onNode
	for _, a := range s.Active() {
		f.Command = s.cli(m.Node, "operator raft join", cmp.Or(a.Leader.Value.Address, a.Address))
	}
	return f
}
