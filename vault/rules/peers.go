package rules

import (
	"fmt"
	"slices"
	"time"

	"warder/vault"
)

// peer is the member that autopilot judges. Without sight of the Raft configuration it is only a name.
func (s Scene) peer(p vault.AutopilotServer) vault.Member {
	if i, known := s.seen.peers[p.ID]; known {
		return s.Members[i]
	}
	return vault.Member{Name: p.ID, Autopilot: &p}
}

// peers: autopilot finds a peer unhealthy that looks well to us, or that we cannot ask.
func peers(s Scene) []Finding {
	a, _ := s.Autopilot()
	if !told(s, a) {
		return nil
	}
	var out []Finding
	for _, p := range a.Value.Servers {
		if p.Healthy {
			continue
		}
		m := s.peer(p)
		if is(m, vault.SealedState, vault.Down, vault.Broken, vault.RemovedState, vault.Recovering) || goneForLong(s, m) || unproven(s, m) {
			continue
		}
		late, far := stale(s, p), behind(s, a.Value, p)
		f := Finding{
			Rule: "peer-unhealthy", Severity: Degraded, Node: m.Name,
			What:     fmt.Sprintf("Autopilot finds %s unhealthy: last contact %s ago", m.Name, Span(p.LastContact)) + late + far,
			Follows:  "it may not take over, and does not count for the tolerance",
			Do:       "check its process, its disk and the network between the cluster addresses",
			Evidence: append(s.judged(m), health(m)...),
		}
		if late == "" && far != "" {
			f.Do = "wait if the lag shrinks; if not, check its disk and the network between the cluster addresses"
		}
		if m.Node == nil {
			f.Do = "give its address with --address, to see what it says itself; check its process"
		}
		if !slices.Contains(a.Value.Voters, p.ID) {
			f.Follows = "it is not made a voter meanwhile"
		}
		out = append(out, f)
	}
	return out
}

// judged is what autopilot says of the member, with the thresholds by which it judges.
func (s Scene) judged(m vault.Member) []Evidence {
	a, by := s.Autopilot()
	if m.Autopilot == nil || !told(s, a) {
		return nil
	}
	p := m.Autopilot
	word := "unhealthy"
	if p.Healthy {
		word = "healthy"
	}
	says := fmt.Sprintf("%s is %s, last contact %s ago, index %d", p.ID, word, Span(p.LastContact), p.LastIndex)
	if p.Status != "" {
		says += ", " + p.Status
	}
	if p.NodeStatus != "" && p.NodeStatus != "alive" {
		says += ", node status " + p.NodeStatus
	}
	out := []Evidence{cite(s, a, by, fromAutopilot, says)}
	if c, from := s.AutopilotConfig(); c.Known() && !p.Healthy {
		out = append(out, cite(s, c, from, fromLimits, fmt.Sprintf(
			"last_contact_threshold %s, max_trailing_logs %d", c.Value.ContactThreshold, c.Value.MaxTrailing)))
	}
	return out
}

// stale says that the peer was silent for longer than the server's own threshold allows.
func stale(s Scene, p vault.AutopilotServer) string {
	c, _ := s.AutopilotConfig()
	if limit := c.Value.ContactThreshold; c.Known() && limit > 0 && p.LastContact > limit {
		return fmt.Sprintf(" (%s allowed)", Span(limit))
	}
	return ""
}

// behind is how far the peer lags, where that is more than the server's own threshold.
func behind(s Scene, a vault.Autopilot, p vault.AutopilotServer) string {
	c, _ := s.AutopilotConfig()
	i := slices.IndexFunc(a.Servers, func(x vault.AutopilotServer) bool { return x.ID == a.Leader })
	if i < 0 || !c.Known() || a.Servers[i].LastIndex <= p.LastIndex+c.Value.MaxTrailing {
		return ""
	}
	return fmt.Sprintf(", %d entries behind (%d allowed)", a.Servers[i].LastIndex-p.LastIndex, c.Value.MaxTrailing)
}

// unpromoted is how much longer than the server's own time of proving a peer may go without a vote.
const unpromoted = time.Minute

// stuck: a peer is healthy for long enough to vote, and does not. Those that are never to vote autopilot knows by their type.
func stuck(s Scene) []Finding {
	a, _ := s.Autopilot()
	c, _ := s.AutopilotConfig()
	if !told(s, a) || !c.Known() {
		return nil
	}
	var out []Finding
	for _, p := range a.Value.Servers {
		if !p.Healthy || p.Status != "non-voter" || p.NodeType != "voter" || p.StableSince.IsZero() {
			continue
		}
		stable := a.At.Sub(p.StableSince)
		if stable < c.Value.StabilizationTime+unpromoted {
			continue
		}
		m := s.peer(p)
		out = append(out, Finding{
			Rule: "non-voter-stuck", Severity: Degraded, Node: m.Name,
			What:    fmt.Sprintf("%s is healthy for %s and still has no vote", m.Name, Span(stable)),
			Follows: "it counts for no quorum, and cannot take over",
			Do:      "look into the active node's log for autopilot; let the node leave and join it anew",
			Evidence: append(s.judged(m), append(s.voters(), Evidence{
				Node: s.seen.names[s.seen.limits.by], Source: fromLimits, At: c.At,
				Says: "server_stabilization_time " + c.Value.StabilizationTime.String(),
			})...),
		})
	}
	return out
}
