package ceremony

import (
	"slices"
	"strings"
	"testing"

	"warder/vault"
)

// three are nodes that each have so many of three shares.
func three(t *testing.T, at int) (Machine, []Node) {
	t.Helper()
	nodes := []Node{{Name: "n1", Address: "unix:///1"}, {Name: "n2", Address: "unix:///2"}, {Name: "n3", Address: "unix:///3"}}
	m := after(NewUnseal(nodes, vault.Snapshot{}, newPrints(t)), Continue{}, Confirmed{})
	for _, n := range nodes {
		m = after(m, Unsealed{Address: n.Address, Status: sealedAt(at)})
	}
	return m, nodes
}

// seen is a snapshot in which the node answers again.
func seen(n Node, status vault.SealStatus) Observed {
	o := leading(60, status)
	o.Snapshot.Nodes[0].Address, o.Snapshot.Nodes[0].Certificate = n.Address, nil
	return o
}

// lostAtFirst is one share whose answer was lost at the first node, which does not answer since; the next share is tried at the
// second, and the first is just read.
func lostAtFirst(t *testing.T) (Machine, []Node) {
	t.Helper()
	m, nodes := three(t, 2)
	m = after(m, shareNumber(1), Unsealed{Address: nodes[0].Address, Write: true, Err: errCut}, Unsealed{Address: nodes[0].Address, Err: errCut})
	row{event: shareNumber(2), effects: "SendUnseal", prompt: "Wait"}.check(t, m)
	return after(m, shareNumber(2), seen(nodes[0], sealedAt(2))), nodes
}

// TestAnOldShareIsNoProofForTheNextOne: the first node was opened by the share whose answer was lost, and not by the one at hand.
func TestAnOldShareIsNoProofForTheNextOne(t *testing.T) {
	t.Parallel()
	m, nodes := lostAtFirst(t)
	opened := Unsealed{Address: nodes[0].Address}
	opened.Status.Initialised = true
	row{event: opened, prompt: "Wait", says: "but it is unsealed"}.check(t, m)
}

// TestAnOldShareHoldsTheNextOneNotBack: it was the old one that made a wrong set, perhaps.
func TestAnOldShareHoldsTheNextOneNotBack(t *testing.T) {
	t.Parallel()
	m, nodes := lostAtFirst(t)
	m = after(m, Unsealed{Address: nodes[0].Address, Status: sealedAt(0)})
	opened := Unsealed{Address: nodes[1].Address, Write: true}
	opened.Status.Initialised = true
	row{event: opened, effects: "SendUnseal", prompt: "Wait"}.check(t, m)
}

// TestALostShareIsSettledOnce: what others give afterwards is not taken for it.
func TestALostShareIsSettledOnce(t *testing.T) {
	t.Parallel()
	m := unsealOf(t, 1, 1)
	m = after(m, shareNumber(9), Unsealed{Address: address, Write: true, Err: errCut}, Unsealed{Address: address, Err: errCut},
		leading(9, sealedAt(1)), Unsealed{Address: address, Status: sealedAt(1)})
	m = after(m, leading(19, sealedAt(2)))
	others := Unsealed{Address: address, Status: sealedAt(2)}
	row{event: others, prompt: "EnterShare", says: "somebody else gives shares too"}.check(t, m)
	row{event: shareNumber(9), effects: "SendUnseal", prompt: "Wait"}.check(t, after(m, others))
}

// led is the ceremony after the leader became another one, which was confirmed and opens its doors.
func led(m Machine) Machine {
	other := leading(90, sealedAt(0))
	other.Snapshot.Nodes[0].Address = "https://n2:8200"
	return after(m, other, Confirmed{}, DoorsFound{Doors: vault.DoorsOpen})
}

// TestALostShareOfARootIsSettledOnce: nor is it, where the next read is of another leader.
func TestALostShareOfARootIsSettledOnce(t *testing.T) {
	t.Parallel()
	m := after(rootOf(t, 1), shareNumber(9), RootGiven{Err: errCut}, rootSays(attemptAt("n1", 1), nil))
	row{event: rootSays(attemptAt("n1", 2), nil), prompt: "EnterShare", says: "somebody else gives shares too"}.check(t, led(m))
	row{event: shareNumber(9), effects: "GiveRootShare", prompt: "Wait"}.check(t, after(led(m), rootSays(attemptAt("n1", 2), nil)))
}

// TestANewShareIsProvedByItsOwnAnswer: one whose answer was lost, and which did not count, is not proved by what others give.
func TestANewShareIsProvedByItsOwnAnswer(t *testing.T) {
	t.Parallel()
	proved := func(m Machine) []bool { return m.(Rekey).made.proved }
	lost := after(provingOf(t), shareNumber(102), VerifyGiven{Err: errCut})
	if m := after(lost, pendingAt("v1", 1)); proved(m)[1] {
		t.Error("proved, and it did not count")
	}
	if m := after(lost, pendingAt("v1", 2)); !proved(m)[1] {
		t.Error("not proved, and it counted")
	}
	others := pendingAt("v1", 2)
	others.Verify.Threshold = 3
	if m := after(led(after(lost, pendingAt("v1", 1))), others); proved(m)[1] {
		t.Error("proved by what others gave")
	}
}

// TestAShareGoesToNoNodeWhoseConfirmationWasDropped: also where it was marked for it before.
func TestAShareGoesToNoNodeWhoseConfirmationWasDropped(t *testing.T) {
	t.Parallel()
	m, nodes := three(t, 1)
	u := m.(Unseal)
	u.hand = shareNumber(9).Share
	for i := range u.nodes {
		u.nodes[i].due = true
	}
	u.agreed = u.agreed.without(nodes[1].Address)
	var to []string
	for _, e := range u.send() {
		to = append(to, e.(SendUnseal).Node.Name)
	}
	if !slices.Equal(to, []string{"n1", "n3"}) {
		t.Errorf("sent to %v", to)
	}
}

// TestTheEndAsksNoNodeThatNobodyConfirmed: of a new leader the snapshot's word is taken.
func TestTheEndAsksNoNodeThatNobodyConfirmed(t *testing.T) {
	t.Parallel()
	now := sealedAt(0)
	now.Sealed, now.Threshold, now.Shares = false, 2, 3
	m := after(provingOf(t), shareNumber(102), VerifyGiven{Verify: vault.RekeyVerify{Complete: true}}, shareNumber(103), Unsealed{Address: address, Status: now})
	if _, over := m.Prompt().(End); !over {
		t.Fatalf("asked %+v", m.Prompt())
	}
	now.Shares = 7
	same, other := leading(90, now), leading(90, now)
	other.Snapshot.Nodes[0].Address = "https://n2:8200"
	row{event: same, effects: "ReadSeal", prompt: "End"}.check(t, m)
	row{event: other, prompt: "End", says: "any 2 of 7 shares now", alarms: true}.check(t, m)
	if e := after(m, other).Prompt().(End); !strings.Contains(strings.Join(e.Text, " "), "In force are others by now") {
		t.Errorf("ended %q", e.Text)
	}
}
