package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"warder/vault"
	"warder/vault/timeline"
)

// lived feeds a history with one node at moments before now, and judges the last of them.
func lived(every time.Duration, steps ...*vault.Node) []Finding {
	h := &timeline.History{}
	start := now.Add(-time.Duration(len(steps)-1) * every)
	was := vault.NewSnapshot(steps[0].Address)
	for i, n := range steps {
		at := start.Add(time.Duration(i) * every)
		is := was.Merge(redated(n, at))
		h.Observe(was, is, at)
		was = is
	}
	return NewScene(was, now, Past{History: h}).Judge()
}

// redated is the node as if it had answered at the moment.
func redated(n *vault.Node, at time.Time) *vault.Node {
	c := *n
	c.Health.At, c.Health.Tried = at, at
	c.Seal.At, c.Seal.Tried = at, at
	if c.Leader.Known() {
		c.Leader.At, c.Leader.Tried = at, at
	}
	if c.Ceremonies.Known() {
		c.Ceremonies.At, c.Ceremonies.Tried = at, at
	}
	return &c
}

// rule finds the finding of a rule.
func rule(findings []Finding, name string) (Finding, bool) {
	i := slices.IndexFunc(findings, func(f Finding) bool { return f.Rule == name })
	if i < 0 {
		return Finding{}, false
	}
	return findings[i], true
}

func repeated(n *vault.Node, times int) []*vault.Node { return slices.Repeat([]*vault.Node{n}, times) }

func TestUnsealThatNobodyGoesOnWith(t *testing.T) {
	t.Parallel()
	entered := func(shares int) *vault.Node {
		return node("a", vault.CodeSealed, func(n *vault.Node) {
			n.Seal.Value.Initialised, n.Seal.Value.Sealed, n.Seal.Value.Progress = true, true, shares
		})
	}
	for name, c := range map[string]struct {
		steps []*vault.Node
		want  bool
	}{
		"one share for a quarter of an hour": {repeated(entered(1), 16), true},
		"one share for five minutes":         {repeated(entered(1), 6), false},
		"no share at all":                    {repeated(entered(0), 16), false},
		"another came just now":              {append(repeated(entered(1), 15), entered(2)), false},
	} {
		findings := lived(time.Minute, c.steps...)
		all, _ := sentences(findings)
		if got := strings.Contains(all, "none for "); got != c.want || findings[0].Rule != "all-sealed" {
			t.Errorf("%s: %v, want %v:\n%s", name, got, c.want, all)
		}
	}
}

func TestOneNodeThatNobodyGoesOnToUnseal(t *testing.T) {
	t.Parallel()
	half := node("b", vault.CodeSealed, func(n *vault.Node) {
		n.Seal.Value.Initialised, n.Seal.Value.Sealed, n.Seal.Value.Progress = true, true, 1
	})
	h := &timeline.History{}
	was := vault.NewSnapshot("https://a:8200", "https://b:8200")
	for i := range 16 {
		at := now.Add(time.Duration(i-15) * time.Minute)
		is := was.Merge(redated(node("a", vault.CodeActive), at), redated(half, at))
		h.Observe(was, is, at)
		was = is
	}
	findings := NewScene(was, now, Past{History: h}).Judge()
	f, ok := rule(findings, "unseal-stalled")
	if !ok || f.Node != "b:8200" || f.Remedy != "unseal" || !strings.Contains(f.What, "1 of 3 shares entered, none for 15 min") {
		t.Errorf("%+v", findings)
	}
	if _, twice := rule(findings, "sealed"); twice {
		t.Error("told twice")
	}
}

func TestCeremonyThatIsForgotten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		steps int
		bao   bool
		want  Severity
		says  string
	}{
		"an hour":               {61, false, Degraded, "vault operator rekey -cancel -address=https://a:8200"},
		"an hour, on OpenBao":   {61, true, Degraded, "bao operator rotate-keys -cancel -address=https://a:8200"},
		"a quarter of an hour":  {16, false, Notice, ""},
		"only just seen at all": {1, false, Notice, ""},
	} {
		n := node("a", vault.CodeActive, func(n *vault.Node) {
			n.Ceremonies = had(vault.Ceremonies{Rekey: vault.Underway{Started: true, Nonce: "n", Progress: 1, Required: 3}})
			if c.bao {
				n.Health.Value.FromVault, n.Seal.Value.FromOpenBao, n.Doors = false, true, had(vault.DoorsClosed)
			}
		})
		findings := lived(time.Minute, repeated(n, c.steps)...)
		if f := findings[0]; f.Severity != c.want || f.Command != c.says || strings.HasSuffix(f.Rule, "-forgotten") != (c.want == Degraded) {
			t.Errorf("%s: %+v", name, findings)
		}
	}
}

func TestLeaderThatChangesOften(t *testing.T) {
	t.Parallel()
	led := func(since time.Duration) *vault.Node {
		return node("a", vault.CodeActive, func(n *vault.Node) { n.Leader.Value.ActiveSince = now.Add(-since) })
	}
	for name, c := range map[string]struct {
		steps []*vault.Node
		want  string
	}{
		"three times":        {[]*vault.Node{led(9 * time.Minute), led(7 * time.Minute), led(5 * time.Minute), led(2 * time.Minute)}, "leader-flapping"},
		"twice":              {[]*vault.Node{led(7 * time.Minute), led(5 * time.Minute), led(2 * time.Minute)}, ""},
		"once, just now":     {[]*vault.Node{led(9 * time.Minute), led(20 * time.Second)}, "leader-new"},
		"never":              {repeated(led(9*time.Minute), 5), ""},
		"nobody tells since": {repeated(node("a", vault.CodeActive), 5), ""},
	} {
		findings := lived(time.Minute, c.steps...)
		got := ""
		for _, f := range findings {
			got += f.Rule
			wellFormed(t, f)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestLatencyAgainstTheNodesOwnPast(t *testing.T) {
	t.Parallel()
	after := func(ms, times int) []*vault.Node {
		return repeated(node("a", vault.CodeActive, func(n *vault.Node) { n.RTT = time.Duration(ms) * time.Millisecond }), times)
	}
	for name, c := range map[string]struct {
		steps []*vault.Node
		want  bool
	}{
		"as ever":                       {after(300, 40), false},
		"ten times as slow":             {append(after(30, 40), after(300, 5)...), true},
		"ten times as slow, yet fast":   {append(after(3, 40), after(30, 5)...), false},
		"twice as slow":                 {append(after(300, 40), after(600, 5)...), false},
		"one slow answer among many":    {append(after(30, 40), after(3000, 1)...), false},
		"too little past to compare to": {append(after(30, 4), after(300, 5)...), false},
	} {
		findings := lived(2*time.Second, c.steps...)
		if _, got := rule(findings, "slow"); got != c.want {
			t.Errorf("%s: %v, want %v: %+v", name, got, c.want, findings)
		}
	}
}

func TestWhatAnElectionDoesToCeremoniesDependsOnTheProduct(t *testing.T) {
	t.Parallel()
	for bao, want := range map[bool]string{false: "are lost", true: "in the memory of the node that led"} {
		findings := judge(node("a", vault.CodeActive, func(n *vault.Node) {
			n.Health.Value.FromVault, n.Seal.Value.FromOpenBao = !bao, bao
			n.Leader.Value.ActiveSince = now.Add(-20 * time.Second)
		}))
		said := ""
		for _, f := range findings {
			if f.Rule == "leader-new" {
				said = f.Follows
			}
		}
		if !strings.Contains(said, want) {
			t.Errorf("OpenBao %v: %q", bao, said)
		}
	}
}
