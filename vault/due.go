package vault

import (
	"slices"
	"time"
)

// Endpoints is a set of endpoints to ask of a node.
type Endpoints uint32

// The endpoints that are polled.
const (
	AskHealth Endpoints = 1 << iota
	AskSeal
	AskLeader
	AskBackends
	AskDoors
	AskHA
	AskRaft
	AskAutopilot
	AskAutopilotConfig
	AskRewrap
	AskKeys
	AskToken
	AskCapabilities
	AskCeremonies
	AskRotation
	AskReplication
	AskAudit
)

// The cadences. Reads with a token land in the servers' audit logs, so they are the rarer ones.
const (
	everyVital   = 2 * time.Second
	everySeal    = 30 * time.Second
	everyCluster = 10 * time.Second
	everyRewrap  = 2 * time.Second // while it runs
	everyIdle    = 30 * time.Second
	everyToken   = time.Minute
	everyAudit   = 5 * time.Minute
	everyRefused = time.Hour // what needs more than a token usually may
	maxBackoff   = 30 * time.Second
)

// Lane parts a node's requests in two that do not wait for each other: a slow Raft answer must not delay the node's state.
type Lane int

// The lanes.
const (
	Vital  Lane = iota // what the node is
	Detail             // all else
)

// Ask is what to ask one address now.
type Ask struct {
	Address string
	Learnt  bool
	Lane    Lane
	What    Endpoints
	Doors   Doors // as they were last found; the ceremonies are asked for behind them
	Active  bool  // the node led when it was last heard
}

// Due says what is to be asked now. busy tells which lanes of which addresses still wait for an answer; all asks for
// everything, whatever its age.
func (s Snapshot) Due(now time.Time, all bool, busy func(address string, lane Lane) bool) []Ask {
	speaker, vouched := s.speaker(), s.vouched()
	var out []Ask
	for _, n := range s.Nodes {
		ask := Ask{Address: n.Address, Learnt: n.Learnt, Doors: n.Doors.Value, Active: n.State() == Active}
		if !busy(n.Address, Vital) && (all || vouched[n] || due(n.Health.Tried, now, backoff(n.Failures))) {
			ask.Lane, ask.What = Vital, n.vital()
			out = append(out, ask)
		}
		if n.Health.Err != nil || n.Health.Tried.IsZero() || busy(n.Address, Detail) {
			continue // nothing is gained by asking more of a node that we do not hear
		}
		ask.Lane, ask.What = Detail, n.detail(now, all, n == speaker)
		if ask.What != 0 {
			out = append(out, ask)
		}
	}
	return out
}

// vouched are the silent nodes that autopilot has found healthy since they were last asked: they came back, and their pause has
// no reason any more.
func (s Snapshot) vouched() map[*Node]bool {
	a, _ := s.Autopilot()
	waits := func(n *Node) bool { return n.Failures > 1 && a.At.After(n.Health.Tried) }
	if !a.Fresh() || !slices.ContainsFunc(s.Nodes, waits) {
		return nil
	}
	out := map[*Node]bool{}
	for _, m := range s.Members() {
		if m.Node != nil && m.Autopilot != nil && m.Autopilot.Healthy && waits(m.Node) {
			out[m.Node] = true
		}
	}
	return out
}

// vital is what to ask of a node at once. A sealed node does not answer sys/leader, and one that was not heard is asked for its
// health only; what the answer then allows is asked after it.
func (n *Node) vital() Endpoints {
	switch {
	case n.Health.Err != nil || n.Health.Tried.IsZero():
		return AskHealth
	case n.State().Serving():
		return AskHealth | AskSeal | AskLeader
	}
	return AskHealth | AskSeal
}

// due says that an endpoint's time has come. A tenth of a round early is on time, so that what was asked together stays
// together although answers come at different moments.
func due(tried, now time.Time, every time.Duration) bool {
	return tried.IsZero() || now.Sub(tried) >= every-everyVital/10
}

// backoff doubles the pause after each round without an answer.
func backoff(failures int) time.Duration {
	d := everyVital
	for ; failures > 1 && d < maxBackoff; failures-- {
		d *= 2
	}
	return min(d, maxBackoff)
}

// detail is what to ask beside the vital endpoints. The speaker is asked for what is the cluster's.
func (n *Node) detail(now time.Time, all, speaker bool) Endpoints {
	var what Endpoints
	want := func(e Endpoints, tried time.Time, every time.Duration) {
		// What was said before the node became what it is now is asked again without waiting.
		if all || tried.Before(n.Since) || due(tried, now, every) {
			what |= e
		}
	}
	want(AskBackends, n.Backends.Tried, everySeal)
	if !speaker {
		return what
	}
	want(AskDoors, n.Doors.Tried, everyIdle)
	if what&AskDoors != 0 || n.Doors.Value.askable(n.State() == Active) {
		want(AskCeremonies, n.Ceremonies.Tried, everyIdle)
	}
	want(AskHA, n.HA.Tried, everyCluster)
	want(AskRaft, n.Raft.Tried, everyCluster)
	want(AskAutopilot, n.Autopilot.Tried, everyCluster)
	want(AskAutopilotConfig, n.AutopilotConfig.Tried, everyToken)
	want(AskKeys, n.Keys.Tried, everyToken)
	want(AskRotation, n.Rotation.Tried, everyToken)
	want(AskAudit, n.Audit.Tried, everyAuditOf(n))
	if n.Health.Value.Enterprise {
		want(AskReplication, n.Replication.Tried, everyIdle)
	}
	want(AskToken, n.Token.Tried, everyToken)
	want(AskCapabilities, n.Capabilities.Tried, everyToken)
	every := everyIdle
	if n.Rewrap.Fresh() && n.Rewrap.Value.Running {
		every = everyRewrap
	}
	want(AskRewrap, n.Rewrap.Tried, every)
	return what
}

// everyAuditOf is how often the audit devices are asked for: sudo is needed, and a refusal stands in the audit log, too.
func everyAuditOf(n *Node) time.Duration {
	if Is(n.Audit.Err, Denied) {
		return everyRefused
	}
	return everyAudit
}

// speaker is the node that is asked for what is the cluster's: the active one, else any that serves, so that what OpenBao
// still answers without a quorum is seen. One that may have the token comes first.
func (s Snapshot) speaker() *Node {
	var best *Node
	for _, n := range s.Nodes {
		if !n.State().Serving() {
			continue
		}
		if best == nil || rank(n) > rank(best) {
			best = n
		}
	}
	return best
}

func rank(n *Node) int {
	r := 0
	if n.State() == Active {
		r += 2
	}
	if !n.Withheld {
		r += 4
	}
	return r
}
