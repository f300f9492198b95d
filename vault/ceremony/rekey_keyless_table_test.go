package ceremony

import (
	"testing"

	"warder/keys"
	"warder/vault"
)

// first are shares in the answer to a start: often none.
func (c *chaos) first() []keys.Secret {
	if c.IntN(3) > 0 {
		return nil
	}
	return c.update().NewShares
}

// keylessAsked is at the point where the first recovery shares are about to be made.
func keylessAsked(t *testing.T) Machine {
	t.Helper()
	active := vault.SealStatus{Type: "transit", Initialised: true, RecoverySeal: true}
	m := after(NewRekey(leading(0, active).Snapshot, false, newPrints(t), nil), Continue{}, Picked{"recovery"}, Confirmed{}, DoorsFound{Doors: vault.DoorsClosed})
	return after(m, rekeySays(vault.Rekey{}, nil), Filled{map[string]string{"shares": "3", "threshold": "2"}}, Continue{}, Picked{"open"})
}

// madeAtOnce is OpenBao's answer to the start, which says no nonce but the verification's.
func madeAtOnce() RekeyRead {
	u := completedBy().Update
	u.Started, u.Nonce, u.Required, u.Progress = false, "", 0, 0
	return RekeyRead{Op: "start", State: u.Rekey, Made: u.NewShares}
}

func TestFirstRecoverySharesAreMadeAtOnce(t *testing.T) {
	t.Parallel()
	m := after(keylessAsked(t), Continue{})
	if p, ok := m.Prompt().(Wait); !ok || !p.Hold {
		t.Errorf("may be left while the one answer is awaited: %+v", m.Prompt())
	}
	made := madeAtOnce()
	row{event: made, prompt: "Fill"}.check(t, m)
	unverified := madeAtOnce()
	unverified.State.VerificationNonce, unverified.State.VerificationRequired = "", false
	row{event: unverified, prompt: "Fill"}.check(t, m)
	few := madeAtOnce()
	few.Made = few.Made[:2]
	row{event: few, prompt: "Pick", says: "holds 2 of the 3 new shares", alarms: true}.check(t, m)
	row{event: RekeyRead{Op: "start", Err: &vault.Error{Kind: vault.Unreachable}}, effects: "ReadRekey", prompt: "Wait", says: "They open nothing before they are verified", alarms: true}.check(t, m)
}

// TestTheNonceLearntLaterIsOfTheSameRekey: the first read after it said another nonce than none, and the shares were wiped.
func TestTheNonceLearntLaterIsOfTheSameRekey(t *testing.T) {
	t.Parallel()
	made := madeAtOnce()
	m := after(keylessAsked(t), Continue{}, made).(Rekey)
	m.awaits, m.reason = callRead, plainly
	m = after(m, pendingAt("v1", 0)).(Rekey)
	if made.Made[0].Empty() || m.state.Nonce != "n1" || m.stage != rekeyNaming {
		t.Errorf("nonce %q, stage %d, shares wiped %t", m.state.Nonce, m.stage, made.Made[0].Empty())
	}
	m.awaits = callRead
	m = after(m, pendingAt("v2", 0)).(Rekey)
	if m.state.Nonce != "n1" {
		t.Errorf("a later nonce: %q", m.state.Nonce)
	}
}

// TestSharesOfAStartThatNobodyAwaitsAreWiped: what came late stayed in memory.
func TestSharesOfAStartThatNobodyAwaitsAreWiped(t *testing.T) {
	t.Parallel()
	late := madeAtOnce()
	after(keylessAsked(t), late)
	for i, s := range late.Made {
		if !s.Empty() {
			t.Errorf("share %d is alive", i)
		}
	}
}

func TestTheBarrierKeyIsNotReplacedWithoutRecoveryShares(t *testing.T) {
	t.Parallel()
	active := vault.SealStatus{Type: "transit", Initialised: true, RecoverySeal: true}
	m := after(NewRekey(leading(0, active).Snapshot, false, newPrints(t), nil), Continue{})
	row{event: Picked{"barrier"}, prompt: "Pick", says: "does not belong here"}.check(t, m)
}
