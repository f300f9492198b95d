package vault

import (
	"testing"
	"time"
)

func idle(string, Lane) bool { return false }

// asked is what a snapshot would ask an address for in a lane; 0 for nothing.
func asked(asks []Ask, address string, lane Lane) Endpoints {
	for _, a := range asks {
		if a.Address == address && a.Lane == lane {
			return a.What
		}
	}
	return 0
}

const (
	vitals  = AskHealth | AskSeal | AskLeader
	cluster = AskDoors | AskHA | AskRaft | AskAutopilot | AskAutopilotConfig | AskRewrap | AskKeys | AskToken | AskCapabilities |
		AskCeremonies | AskRotation
)

// full is a reading in which everything was told at the moment.
func full(address string, at time.Time, code int) *Node {
	n := healthy(address, at, code)
	n.Seal, n.Leader = known(at, SealStatus{}), known(at, Leader{})
	n.Backends, n.Doors, n.HA = known(at, SealBackendStatus{}), known(at, DoorsOpen), known(at, []HANode(nil))
	n.Raft, n.Autopilot, n.AutopilotConfig = known(at, []RaftServer(nil)), known(at, Autopilot{}), known(at, AutopilotConfig{})
	n.Rewrap, n.Keys = known(at, Rewrap{}), known(at, KeyStatus{})
	n.Ceremonies, n.Rotation, n.Replication = known(at, Ceremonies{}), known(at, RotateConfig{}), known(at, Replication{})
	n.Token, n.Capabilities, n.Audit = known(at, TokenInfo{}), known(at, Capabilities{}), known(at, []AuditDevice(nil))
	return n
}

func TestNewNodeIsAskedWhatItIsAndNoMore(t *testing.T) {
	t.Parallel()
	asks := NewSnapshot("http://a:1", "http://b:1").Due(noon, false, idle)
	if len(asks) != 2 || asks[0].Lane != Vital || asks[0].What != AskHealth || asks[1].Address != "http://b:1" {
		t.Errorf("%+v", asks)
	}
}

func TestEachEndpointHasItsCadence(t *testing.T) {
	t.Parallel()
	const a = "http://a:1"
	s := Snapshot{Nodes: []*Node{full(a, noon, CodeActive)}}
	running := full(a, noon, CodeActive)
	running.Rewrap.Value.Running = true
	narrow := full(a, noon, CodeActive)
	narrow.Audit.Err = &Error{Kind: Denied}
	for _, c := range []struct {
		after  time.Duration
		n      *Node
		vital  Endpoints
		detail Endpoints
	}{
		{time.Second, s.Nodes[0], 0, 0},
		{2 * time.Second, s.Nodes[0], vitals, 0},
		{1900 * time.Millisecond, s.Nodes[0], vitals, 0}, // a tenth early is on time
		{2 * time.Second, running, vitals, AskRewrap},
		{9 * time.Second, s.Nodes[0], vitals, 0},
		{10 * time.Second, s.Nodes[0], vitals, AskHA | AskRaft | AskAutopilot},
		{30 * time.Second, s.Nodes[0], vitals, AskHA | AskRaft | AskAutopilot | AskBackends | AskDoors | AskCeremonies | AskRewrap},
		{time.Minute, s.Nodes[0], vitals, cluster | AskBackends},
		{5 * time.Minute, s.Nodes[0], vitals, cluster | AskBackends | AskAudit},
		{5 * time.Minute, narrow, vitals, cluster | AskBackends},
		{time.Hour, narrow, vitals, cluster | AskBackends | AskAudit},
	} {
		asks := Snapshot{Nodes: []*Node{c.n}}.Due(noon.Add(c.after), false, idle)
		if v, d := asked(asks, a, Vital), asked(asks, a, Detail); v != c.vital || d != c.detail {
			t.Errorf("after %s: vital %b, detail %b, want %b and %b", c.after, v, d, c.vital, c.detail)
		}
	}
	if asks := s.Due(noon, true, idle); asked(asks, a, Vital) != vitals || asked(asks, a, Detail) != cluster|AskBackends|AskAudit {
		t.Errorf("all at once: %+v", asks)
	}
}

func TestLaneThatWaitsIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	const a = "http://a:1"
	s := Snapshot{Nodes: []*Node{full(a, noon, CodeActive)}}
	for _, lane := range []Lane{Vital, Detail} {
		asks := s.Due(noon.Add(time.Hour), true, func(_ string, l Lane) bool { return l == lane })
		if len(asks) != 1 || asks[0].Lane == lane {
			t.Errorf("lane %d is busy: %+v", lane, asks)
		}
	}
}

func TestSilentNodeIsAskedLessAndLess(t *testing.T) {
	t.Parallel()
	for failures, want := range map[int]time.Duration{
		0: 2 * time.Second, 1: 2 * time.Second, 2: 4 * time.Second, 3: 8 * time.Second, 4: 16 * time.Second,
		5: 30 * time.Second, 1 << 30: 30 * time.Second,
	} {
		if got := backoff(failures); got != want {
			t.Errorf("after %d failures: %s, want %s", failures, got, want)
		}
		n := silent("http://a:1", noon)
		n.Failures = failures
		s := Snapshot{Nodes: []*Node{n}}
		if early := s.Due(noon.Add(want-time.Second), false, idle); len(early) > 0 {
			t.Errorf("after %d failures asked too early: %+v", failures, early)
		}
		if due := s.Due(noon.Add(want), false, idle); asked(due, "http://a:1", Vital) != AskHealth || asked(due, "http://a:1", Detail) != 0 {
			t.Errorf("after %d failures: %+v", failures, due)
		}
	}
}

func TestASilentNodeThatAutopilotFoundHealthySinceIsAskedAtOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		healthy  bool
		told     time.Time
		failures int
		want     bool
	}{
		"healthy again":       {true, noon.Add(2 * time.Second), 5, true},
		"unhealthy":           {false, noon.Add(2 * time.Second), 5, false},
		"said before it died": {true, noon.Add(-time.Second), 5, false},
		"asked soon anyway":   {true, noon.Add(2 * time.Second), 1, false},
	} {
		lead := full("http://a:1", c.told, CodeActive)
		lead.Raft = known(c.told, []RaftServer{{ID: "b", Address: "b:2", Voter: true}})
		lead.Autopilot = known(c.told, Autopilot{Servers: []AutopilotServer{{ID: "b", Healthy: c.healthy}}})
		gone := silent("http://b:1", noon)
		gone.Failures, gone.RaftID = c.failures, "b"
		due := Snapshot{Nodes: []*Node{lead, gone}}.Due(noon.Add(1500*time.Millisecond), false, idle)
		if got := asked(due, "http://b:1", Vital) != 0; got != c.want {
			t.Errorf("%s: asked %v", name, got)
		}
	}
}

func TestBrokenNodeIsNotAskedForDetails(t *testing.T) {
	t.Parallel()
	n := &Node{Address: "http://a:1", Health: failed[Health](noon, &Error{Kind: Malformed})}
	asks := Snapshot{Nodes: []*Node{n}}.Due(noon.Add(time.Hour), true, idle)
	if asked(asks, "http://a:1", Vital) != AskHealth || asked(asks, "http://a:1", Detail) != 0 {
		t.Errorf("%+v", asks)
	}
}

func TestSpeakerIsAskedForWhatIsTheClusters(t *testing.T) {
	t.Parallel()
	given := func(code int) *Node { return healthy("http://given:1", noon, code) }
	learnt := func(code int, withheld bool) *Node {
		n := healthy("http://learnt:1", noon, code)
		n.Learnt, n.Withheld = true, withheld
		return n
	}
	for name, c := range map[string]struct {
		nodes []*Node
		want  string
	}{
		"the active node":             {[]*Node{given(CodeStandby), learnt(CodeActive, false)}, "http://learnt:1"},
		"one that may have the token": {[]*Node{given(CodeStandby), learnt(CodeActive, true)}, "http://given:1"},
		"a standby without a leader":  {[]*Node{given(CodeSealed), learnt(CodeStandby, false)}, "http://learnt:1"},
		"a node cut off":              {[]*Node{given(CodeCutOff)}, "http://given:1"},
		"nobody who is sealed":        {[]*Node{given(CodeSealed), learnt(CodeUninit, false)}, ""},
		"nobody who is silent":        {[]*Node{silent("http://given:1", noon)}, ""},
		"the first of two":            {[]*Node{given(CodeStandby), learnt(CodeStandby, false)}, "http://given:1"},
	} {
		s := Snapshot{Nodes: c.nodes}
		got := ""
		for _, a := range s.Due(noon.Add(time.Hour), false, idle) {
			if a.Lane == Detail && a.What&cluster != 0 {
				got += a.Address
			}
		}
		if got != c.want {
			t.Errorf("%s: asked of %q, want %q", name, got, c.want)
		}
	}
}

func TestSealedNodeIsAskedForItsSealBackends(t *testing.T) {
	t.Parallel()
	s := Snapshot{Nodes: []*Node{healthy("http://a:1", noon, CodeSealed)}}
	if got := asked(s.Due(noon, false, idle), "http://a:1", Detail); got != AskBackends {
		t.Errorf("%b", got)
	}
}
