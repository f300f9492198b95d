package rules

import (
	"fmt"
	"slices"

	"warder/vault"
)

// tolerance: autopilot says how many voters may still be lost.
func tolerance(s Scene) []Finding {
	a, _ := s.Autopilot()
	if !told(s, a) || a.Value.Tolerance > 0 || len(a.Value.Voters) == 0 {
		return nil
	}
	voters, bad := len(a.Value.Voters), failing(s, a.Value)
	switch {
	case voters == 1 && len(a.Value.Servers) > 1:
		return []Finding{{
			Rule: "single-voter", Severity: Degraded, What: "Only one Raft peer votes",
			Follows: "when it stops, nothing is served", Do: "wait: autopilot lets a new peer vote once it has been stable for some 10 s",
		}}
	case voters == 1:
		return []Finding{{
			Rule: "single-node", Severity: Notice, What: "One voter only",
			Follows: "when it stops, nothing is served", Do: "join two more nodes",
		}}
	case len(bad) == 0:
		return []Finding{{
			Rule: "tolerance-zero", Severity: Degraded, What: fmt.Sprintf("Tolerance 0: %d voters can lose none", voters),
			Follows: "one voter lost stops all reads and writes", Do: "join another voter",
		}}
	}
	return []Finding{{
		Rule: "tolerance-zero", Severity: Critical, What: "Tolerance 0: " + list(bad),
		Follows: "one more voter lost stops all reads and writes", Do: "bring the failing voter back first",
	}}
}

// failing names the voters that autopilot finds unhealthy, with what we know of them.
func failing(s Scene, a vault.Autopilot) []string {
	var out []string
	for _, p := range a.Servers {
		if p.Healthy || !slices.Contains(a.Voters, p.ID) {
			continue
		}
		switch m := s.peer(p); {
		case is(m, vault.SealedState):
			out = append(out, m.Name+" is sealed"+ago(s.Now, m.Node))
		case is(m, vault.Down):
			out = append(out, m.Name+" does not answer")
		default:
			out = append(out, m.Name+" is unhealthy")
		}
	}
	return out
}

// peer is the member that autopilot judges. Without sight of the Raft configuration it is only a name.
func (s Scene) peer(p vault.AutopilotServer) vault.Member {
	var out vault.Member
	for _, m := range s.Members {
		// Of several addresses of one peer, one that answers speaks for it.
		if m.Autopilot != nil && m.Autopilot.ID == p.ID && (out.Name == "" || heard(m)) {
			out = m
		}
	}
	if out.Name == "" {
		out = vault.Member{Name: p.ID, Autopilot: &p}
	}
	return out
}

// peers: autopilot finds a peer unhealthy that looks well to us, or that we cannot ask.
func peers(s Scene) []Finding {
	a, _ := s.Autopilot()
	if !told(s, a) {
		return nil
	}
	var out []Finding
	for _, p := range a.Value.Servers {
		m := s.peer(p)
		if p.Healthy || is(m, vault.SealedState, vault.Down, vault.Broken, vault.RemovedState) {
			continue
		}
		f := Finding{
			Rule: "peer-unhealthy", Severity: Degraded, Node: m.Name,
			What:    fmt.Sprintf("Autopilot finds %s unhealthy: last contact %s ago", m.Name, Span(p.LastContact)) + behind(s, a.Value, p),
			Follows: "it may not take over, and does not count for the tolerance",
			Do:      "check its process, its disk and the network between the cluster addresses",
		}
		if !slices.Contains(a.Value.Voters, p.ID) {
			f.Follows = "it is not made a voter meanwhile"
		}
		out = append(out, f)
	}
	return out
}

// behind is how far the peer lags, where that is more than the server's own threshold.
func behind(s Scene, a vault.Autopilot, p vault.AutopilotServer) string {
	c, _ := s.AutopilotConfig()
	i := slices.IndexFunc(a.Servers, func(x vault.AutopilotServer) bool { return x.ID == a.Leader })
	if i < 0 || !c.Known() || a.Servers[i].LastIndex <= p.LastIndex+c.Value.MaxTrailing {
		return ""
	}
	return fmt.Sprintf(", %d entries behind", a.Servers[i].LastIndex-p.LastIndex)
}
