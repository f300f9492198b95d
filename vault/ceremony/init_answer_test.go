package ceremony

import (
	"strings"
	"testing"

	"warder/keys"
	"warder/vault"
)

// sendingKeys is an initialisation, any 2 of 3, whose answer is awaited.
func sendingKeys(t *testing.T) Initialise {
	t.Helper()
	i := NewInitialise(vault.Snapshot{}, false, newPrints(t), &chaos{})
	i.plan = initPlan{shares: 3, threshold: 2}
	i.seat.node = Node{Name: "n1", Address: address}
	i.stage, i.awaits, i.reads = initSending, callInit, settleReads
	return i
}

func threeShares() (out []keys.Secret) {
	for x := range byte(3) {
		out = append(out, shareNumber(x+1).Share.Secret())
	}
	return out
}

func TestARootTokenThatNobodyHasKeepsTheInitialisationOpen(t *testing.T) {
	t.Parallel()
	i := sendingKeys(t)
	i.awaits, i.stage, i.token = callNone, initHub, keys.NewSecret([]byte("hvs.root"))
	i.safe.keep(i.token)
	m := after(i, Picked{"done"})
	if p, ok := m.Prompt().(Pick); !ok || p.Title != "The root token is here" || i.token.Empty() {
		t.Errorf("asked %+v", m.Prompt())
	}
	m = after(m, Picked{"show"}, Shown{}, Picked{"done"})
	if _, over := m.Prompt().(End); !over || !i.token.Empty() {
		t.Errorf("asked %+v; the token is gone: %v", m.Prompt(), i.token.Empty())
	}
}

func TestKeysOfOtherSizesAreSomebodyElses(t *testing.T) {
	t.Parallel()
	for says, status := range map[string]vault.SealStatus{
		"somebody else initialised it": {Initialised: true, Threshold: 3, Shares: 5},
		"this attempt did it":          {Initialised: true, Threshold: 2, Shares: 3},
	} {
		m := after(sendingKeys(t), KeysMade{Err: errCut}, Unsealed{Address: address, Status: status})
		wantEnd(t, m, says)
		if other := says != "this attempt did it"; other == strings.Contains(strings.Join(m.Account(), " "), "wipe its storage") {
			t.Errorf("%q: %q", says, m.Account())
		}
	}
	wantEnd(t, after(sendingKeys(t), KeysMade{Err: errRefused}, Unsealed{Address: address, Status: vault.SealStatus{Initialised: true, Threshold: 2, Shares: 3}}),
		"made keys that nobody has")
}

func TestSharesThatCameUnencryptedGoIntoNoFile(t *testing.T) {
	t.Parallel()
	i := sendingKeys(t)
	i.hand.path, i.plan.names, i.plan.keys = "shares.txt", []string{"a", "b", "c"}, make([]keys.PublicKey, 3)
	m, effects := i.Apply(KeysMade{Result: vault.InitResult{Shares: threeShares()}})
	if p, ok := m.Prompt().(Fill); !ok || len(effects) != 0 || !strings.Contains(p.Title, "Who gets") {
		t.Errorf("did %v, asked %+v", effects, m.Prompt())
	}
	if n := m.Notices(); len(n) == 0 || !n[0].Alarm || !strings.Contains(n[0].Text, "not encrypted") {
		t.Errorf("said %+v", n)
	}
}

func TestTooFewSharesAreALoss(t *testing.T) {
	t.Parallel()
	few := threeShares()[:1]
	wantEnd(t, after(sendingKeys(t), KeysMade{Result: vault.InitResult{Shares: few}}), "holds 1 of the 3 shares")
	if !few[0].Empty() {
		t.Error("a share that opens nothing is alive")
	}
}
