package rules

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"warder/vault"
)

// dice makes random snapshots.
type dice struct{ *rand.Rand }

func (d dice) maybe() bool { return d.IntN(2) == 0 }

func some[T any](d dice, list ...T) T { return list[d.IntN(len(list))] }

// section is random: never tried, failed, good, or good once and failed since; of now or old.
func section[T any](d dice, v T) vault.Section[T] {
	at := now.Add(-some(d, 0, time.Second, time.Hour))
	s := vault.Section[T]{Value: v, At: at, Tried: at}
	switch d.IntN(4) {
	case 0:
		return vault.Section[T]{}
	case 1:
		s = vault.Section[T]{Tried: at}
		fallthrough
	case 2:
		s.Err = &vault.Error{
			Op: "sys/x", Address: "https://x:8200", Status: 500, Kind: vault.Kind(d.IntN(int(vault.Unreachable) + 1)), Why: vault.Why(d.IntN(int(vault.Cancelled) + 1)),
		}
	}
	return s
}

func (d dice) name() string { return some(d, "a", "b", "c", "d") }

func (d dice) node(i int) *vault.Node {
	n := &vault.Node{Address: fmt.Sprintf("https://%s:%d", d.name(), 8200+i), Learnt: d.maybe(), Withheld: d.maybe(), Voices: d.IntN(31)}
	n.ClusterAddress, n.RaftID = some(d, "", "https://a:8201", "https://b:8201"), some(d, "", "", "a", "z")
	n.Since, n.Witnessed = now.Add(-time.Minute), d.maybe()
	n.Health = section(d, vault.Health{
		Code: some(d, 200, 429, 472, 473, 474, 501, 503, 530), Version: some(d, "", "1.20.0", "1.21.0"), ClusterID: some(d, "", "x", "y"),
		ServerTime: some(d, time.Time{}, now), Sealed: d.maybe(), Initialised: d.maybe(), ClockSkew: time.Duration(d.IntN(20)-10) * time.Second,
	})
	n.Seal = section(d, vault.SealStatus{
		Sealed: d.maybe(), Initialised: d.maybe(), Threshold: d.IntN(4), Progress: d.IntN(4), RecoverySeal: d.maybe(), Migration: d.maybe(), StorageType: some(d, "", "raft", "file"),
	})
	n.Leader = section(d, vault.Leader{HAEnabled: d.maybe(), IsSelf: d.maybe(), Address: some(d, "", "https://a:8200", "nonsense"), ClusterAddress: some(d, "", "https://a:8201")})
	n.RTT, n.Skew = time.Duration(d.IntN(3000))*time.Millisecond, time.Duration(d.IntN(30)-15)*time.Second
	n.Token = section(d, vault.TokenInfo{Policies: []string{some(d, "root", "watch")}, Expires: d.maybe(), TTL: time.Duration(d.IntN(3)) * time.Minute, Renewable: d.maybe()})
	n.Rewrap = section(d, vault.Rewrap{Running: d.maybe(), Failed: uint64(d.IntN(2))})
	n.RewrapMoved = some(d, time.Time{}, now, now.Add(-time.Hour))
	n.HA = section(d, []vault.HANode{{ClusterAddress: some(d, "", "https://a:8201")}})
	if d.maybe() {
		n.Certificate = &vault.Certificate{NotAfter: now.Add(time.Duration(d.IntN(60)-20) * 24 * time.Hour)}
	}
	d.cluster(n)
	return n
}

// cluster fills in what the node says of the cluster.
func (d dice) cluster(n *vault.Node) {
	var servers []vault.RaftServer
	a := vault.Autopilot{Healthy: d.maybe(), Tolerance: d.IntN(3) - 1, Leader: d.name()}
	for _, id := range []string{"a", "b", "c"}[:d.IntN(4)] {
		servers = append(servers, vault.RaftServer{ID: id, Address: some(d, "", id+":8201"), Voter: d.maybe()})
		a.Servers = append(a.Servers, vault.AutopilotServer{
			ID: id, Healthy: d.maybe(), LastIndex: uint64(d.IntN(9999)), LastContact: some(d, 0, 20*time.Second, 5*time.Hour),
			Status: some(d, "", "voter", "non-voter"), NodeType: some(d, "voter", "read-replica"), NodeStatus: some(d, "alive", "left"),
			StableSince: some(d, time.Time{}, now, now.Add(-48*time.Hour)),
		})
		if d.maybe() {
			a.Voters = append(a.Voters, id)
		}
	}
	n.Raft, n.Autopilot = section(d, servers), section(d, a)
	n.AutopilotConfig = section(d, vault.AutopilotConfig{MaxTrailing: uint64(d.IntN(2000))})
	var b vault.SealBackendStatus
	for i := range d.IntN(4) {
		b.Backends = append(b.Backends, vault.SealBackend{Name: fmt.Sprint("kms", i), Healthy: d.maybe(), UnhealthySince: some(d, time.Time{}, now)})
	}
	b.Healthy, b.FullyWrapped = d.maybe(), d.maybe()
	n.Backends = section(d, b)
	d.watched(n)
}

// watched fills in what is asked for rarely.
func (d dice) watched(n *vault.Node) {
	under := func() vault.Underway {
		return vault.Underway{Started: d.maybe(), Verifying: d.maybe(), Nonce: "n", Progress: d.IntN(3), Required: 3, Shares: 5, Threshold: 3}
	}
	n.Doors = section(d, some(d, vault.DoorsOpen, vault.DoorsToken, vault.DoorsClosed))
	n.Ceremonies = section(d, vault.Ceremonies{Rekey: under(), Recovery: under(), Root: under()})
	n.Rotation = section(d, vault.RotateConfig{Enabled: d.maybe(), Interval: some(d, 0, 48*time.Hour), MaxOperations: some(d, uint64(0), 100)})
	n.Keys = section(d, vault.KeyStatus{Term: 1, Installed: some(d, time.Time{}, now, now.Add(-400*24*time.Hour)), Encryptions: some(d, uint64(5), 1<<32)})
	side := func() vault.ReplicationSide {
		return vault.ReplicationSide{
			Mode: some(d, "disabled", "primary", "secondary"), State: some(d, "", "running", "idle"), Connection: some(d, "", "ready", "shutdown"),
			Corrupted: d.maybe(), Peers: []vault.ReplicationPeer{{Name: "x", Status: some(d, "", "connected", "disconnected"), Heartbeat: some(d, time.Time{}, now)}}[:d.IntN(2)],
		}
	}
	n.Replication = section(d, vault.Replication{DR: side(), Performance: side()})
}

func TestEveryJudgementIsWellFormed(t *testing.T) {
	t.Parallel()
	d := dice{rand.New(rand.NewPCG(5, 6))}
	seen := map[string]int{}
	for range 20_000 {
		var s vault.Snapshot
		for i := range d.IntN(5) {
			s.Nodes = append(s.Nodes, d.node(i))
		}
		findings := NewScene(s, now, Past{}).Judge()
		for _, f := range findings {
			seen[f.Rule]++
			wellFormed(t, f)
			inScene(t, s, f)
		}
		if again := NewScene(s, now, Past{}).Judge(); !reflect.DeepEqual(findings, again) {
			t.Fatalf("the same scene is judged in two ways:\n%+v\n%+v", findings, again)
		}
		if !slices.IsSortedFunc(findings, func(a, b Finding) int { return int(b.Severity - a.Severity) }) {
			t.Fatalf("not the worst first: %+v", findings)
		}
		consistent(t, s, findings)
		if t.Failed() {
			return
		}
	}
	t.Logf("%d rules spoke: %v", len(seen), seen)
	if len(seen) < 49 {
		t.Errorf("only %d rules ever spoke", len(seen))
	}
}

// wellFormed holds a finding to the form that every one has: three sentences for people, on one line each.
func wellFormed(t *testing.T, f Finding) {
	t.Helper()
	for _, text := range []string{f.What, f.Follows, f.Do} {
		if text == "" || strings.HasSuffix(text, ".") || strings.Contains(text, "  ") || strings.ContainsFunc(text, unicode.IsControl) {
			t.Errorf("%s: %q is no such sentence", f.Rule, text)
		}
	}
	if strings.ContainsFunc(f.Command+f.Node, unicode.IsControl) || strings.Contains(f.What, "%!") {
		t.Errorf("%s: %+v", f.Rule, f)
	}
	if len(f.Evidence) == 0 || len(f.Evidence) > maxEvidence {
		t.Errorf("%s rests on %d answers", f.Rule, len(f.Evidence))
	}
	for _, e := range f.Evidence {
		if e.Source == "" || e.Says == "" || e.At.IsZero() || strings.ContainsFunc(e.Says, unicode.IsControl) || strings.Contains(e.Says, "  ") {
			t.Errorf("%s: evidence %+v", f.Rule, e)
		}
	}
	if f.Rule != strings.ToLower(f.Rule) || strings.Contains(f.Rule, " ") {
		t.Errorf("%q is no name of a rule", f.Rule)
	}
}

// inScene holds a finding to name nobody who is not there.
func inScene(t *testing.T, s vault.Snapshot, f Finding) {
	t.Helper()
	there := map[string]bool{"": true}
	for _, m := range s.Members() {
		there[m.Name] = true
	}
	for _, n := range s.Nodes { // without sight of the Raft configuration autopilot's name is all there is
		for _, p := range n.Autopilot.Value.Servers {
			there[p.ID] = true
		}
	}
	for _, e := range append(f.Evidence, Evidence{Node: f.Node}) {
		if !there[e.Node] {
			t.Errorf("%s names %q, which is not in the scene", f.Rule, e.Node)
		}
	}
}

// consistent holds the verdict to the snapshot and the findings.
func consistent(t *testing.T, s vault.Snapshot, findings []Finding) {
	t.Helper()
	heard, awaited := false, false
	for _, n := range s.Nodes {
		heard = heard || n.Health.Known() && n.Health.Err == nil
		awaited = awaited || n.Health.Tried.IsZero() && !n.Learnt
	}
	active := len(s.Active())
	verdict := Verdict(s, findings)
	worst := Notice
	for _, f := range findings {
		worst = max(worst, f.Severity)
	}
	want := map[Severity]Health{Notice: Well, Degraded: Weak, Critical: Dire}[worst]
	if !heard || awaited && want == Well {
		want = Untold
	}
	if verdict != want {
		t.Errorf("%s, want %s: heard %v, awaited %v, worst finding %d", verdict, want, heard, awaited, worst)
	}
	for _, f := range findings {
		if active > 0 && slices.Contains([]string{"no-leader", "quorum-lost", "all-sealed", "uninitialised", "no-answer"}, f.Rule) {
			t.Errorf("%s although a node is active", f.Rule)
		}
	}
}

func TestVerdictWords(t *testing.T) {
	t.Parallel()
	for h, want := range map[Health]string{Untold: "UNKNOWN", Well: "HEALTHY", Weak: "DEGRADED", Dire: "CRITICAL"} {
		if h.String() != want {
			t.Errorf("%d is %s", h, h)
		}
	}
}
