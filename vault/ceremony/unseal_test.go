package ceremony

import (
	"testing"

	"warder/vault"
)

// unsealOf is an unseal of one confirmed node with so many of three shares, of which given were given here.
func unsealOf(t *testing.T, at, given int) Machine {
	t.Helper()
	s := leading(0, sealedAt(0)).Snapshot
	m := after(NewUnseal([]Node{NodeOf(s.Nodes[0], "n1", false)}, s, newPrints(t)), Continue{}, Confirmed{}, Unsealed{Address: address, Status: sealedAt(at - given)})
	for i := range given {
		m = after(m, shareNumber(byte(i+1)), Unsealed{Address: address, Write: true, Status: sealedAt(at - given + i + 1)})
	}
	return m
}

func wrote(s vault.SealStatus, err error) Unsealed {
	return Unsealed{Address: address, Write: true, Status: s, Err: err}
}

func readIs(s vault.SealStatus, err error) Unsealed {
	return Unsealed{Address: address, Status: s, Err: err}
}

func TestUnsealTakesEachAnswerAsItIs(t *testing.T) {
	t.Parallel()
	opened := sealedAt(0)
	opened.Sealed = false
	other := sealedAt(1)
	other.Nonce = "round 2"
	removed := sealedAt(0)
	removed.Removed = true
	sent := func(at, given int) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return after(unsealOf(t, at, given), shareNumber(9)) }
	}
	lostAt := func(at, given int) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return after(sent(at, given)(t), wrote(vault.SealStatus{}, errCut)) }
	}
	refusedAt := func(at, given int) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return after(sent(at, given)(t), wrote(vault.SealStatus{}, errRefused)) }
	}
	idle := func(at, given int) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return unsealOf(t, at, given) }
	}
	for _, c := range []struct {
		state func(*testing.T) Machine
		row
	}{
		{idle(1, 1), row{"a share", shareNumber(9), "SendUnseal", "Wait", "", false}},
		{idle(1, 1), row{"the same share", shareNumber(1), "", "EnterShare", "has this one already", false}},
		{idle(1, 1), row{"no share", GaveShare{}, "", "EnterShare", "nothing was entered", false}},
		{idle(1, 1), row{"a reset", Cancelled{}, "ResetUnseal", "Wait", "", false}},
		{idle(0, 0), row{"a reset of nothing", Cancelled{}, "", "EnterShare", "does not belong here", false}},
		{sent(0, 0), row{"taken", wrote(sealedAt(1), nil), "", "EnterShare", "", false}},
		{sent(0, 0), row{"others too", wrote(sealedAt(2), nil), "", "EnterShare", "somebody else gives shares too", false}},
		{sent(1, 1), row{"somebody gave it before", wrote(sealedAt(1), nil), "", "EnterShare", "had this very share already", false}},
		{sent(1, 1), row{"reset between", wrote(other, nil), "", "EnterShare", "has dropped the 1 share", true}},
		{sent(2, 2), row{"opened", wrote(opened, nil), "", "End", "is unsealed", false}},
		{sent(2, 2), row{"joining", wrote(sealedAt(0), nil), "ReadSeal", "Wait", "", false}},
		{sent(1, 1), row{"not reached", wrote(vault.SealStatus{}, errDown), "", "End", "could not be reached", false}},
		{sent(1, 1), row{"lost", wrote(vault.SealStatus{}, errCut), "ReadSeal", "Wait", "", false}},
		{lostAt(1, 1), row{"and counted", readIs(sealedAt(2), nil), "", "EnterShare", "the share counted", false}},
		{lostAt(1, 1), row{"and not counted", readIs(sealedAt(1), nil), "", "EnterShare", "did not count", false}},
		{lostAt(2, 2), row{"and opened", readIs(opened, nil), "", "End", "it is unsealed", false}},
		{lostAt(2, 2), row{"and perhaps joining", readIs(sealedAt(0), nil), "ReadSeal", "Wait", "Either it unseals within seconds", false}},
		{lostAt(1, 1), row{"and unreadable", readIs(vault.SealStatus{}, errCut), "", "End", "does not answer now", true}},
		{refusedAt(2, 2), row{"a wrong set", readIs(sealedAt(0), nil), "", "EnterShare", "Given here: share 1 (", true}},
		{refusedAt(2, 0), row{"a wrong set of others", readIs(sealedAt(0), nil), "", "EnterShare", "All shares it was given are gone", true}},
		{refusedAt(1, 1), row{"refused by itself", readIs(sealedAt(1), nil), "", "EnterShare", "refused the share", false}},
		{refusedAt(1, 1), row{"removed meanwhile", readIs(removed, nil), "", "End", "refused the share", false}},
		{idle(1, 1), row{"a snapshot as known", leading(9, sealedAt(1)), "", "EnterShare", "", false}},
		{idle(1, 1), row{"a snapshot with more", leading(9, sealedAt(2)), "ReadSeal", "EnterShare", "", false}},
		{idle(1, 1), row{"an answer nobody asked for", wrote(opened, nil), "", "EnterShare", "", false}},
	} {
		t.Run(c.name, func(t *testing.T) { c.check(t, c.state(t)) })
	}
}

func TestAJoiningNodeIsAskedABoundedNumberOfTimes(t *testing.T) {
	t.Parallel()
	m := after(unsealOf(t, 2, 2), shareNumber(9), wrote(sealedAt(0), nil))
	reads := 0
	for effects := []Effect{nil}; len(effects) > 0; reads++ {
		m, effects = m.Apply(readIs(sealedAt(0), nil))
	}
	if reads != joinReads+1 {
		t.Errorf("asked %d times", reads)
	}
	row{event: Observed{}, prompt: "EnterShare", says: "is still sealed", alarms: true}.check(t, m)
}

func TestACompletingShareIsTriedOnOneNodeFirst(t *testing.T) {
	t.Parallel()
	nodes := []Node{{Name: "n1", Address: "unix:///1"}, {Name: "n2", Address: "unix:///2"}, {Name: "n3", Address: "unix:///3"}}
	begin := func() Machine {
		m := after(NewUnseal(nodes, vault.Snapshot{}, newPrints(t)), Continue{}, Confirmed{})
		for i, at := range []int{2, 2, 1} {
			m = after(m, Unsealed{Address: nodes[i].Address, Status: sealedAt(at)})
		}
		return m
	}
	row{event: shareNumber(1), effects: "SendUnseal SendUnseal", prompt: "Wait"}.check(t, begin())
	opened := Unsealed{Address: "unix:///1", Write: true}
	opened.Status.Initialised = true
	row{event: opened, effects: "SendUnseal", prompt: "Wait"}.check(t, after(begin(), shareNumber(1)))
	refused := after(begin(), shareNumber(1), Unsealed{Address: "unix:///1", Write: true, Err: errRefused})
	row{
		event: Unsealed{Address: "unix:///1", Status: sealedAt(0)}, prompt: "Wait", says: "The share was not sent to n2",
	}.check(t, refused)
}
