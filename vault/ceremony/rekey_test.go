package ceremony

import (
	"crypto/rand"
	"strings"
	"testing"

	"warder/vault"
)

func rekeyAt(nonce string, at int) vault.Rekey {
	return vault.Rekey{Started: true, Nonce: nonce, Threshold: 2, Shares: 3, Progress: at, Required: 3, VerificationRequired: true}
}

func pendingAt(nonce string, at int) RekeyRead {
	k := rekeyAt("n1", 0)
	k.VerificationNonce = nonce
	return RekeyRead{Op: "read", State: k, Verify: vault.RekeyVerify{Started: true, Nonce: nonce, Threshold: 2, Shares: 3, Progress: at}}
}

func rekeySays(k vault.Rekey, err error) RekeyRead { return RekeyRead{Op: "read", State: k, Err: err} }

// rekeyAsked is a rekey whose node is about to say how far it is.
func rekeyAsked(t *testing.T) Machine {
	t.Helper()
	active := sealedAt(0)
	active.Sealed = false
	return after(NewRekey(leading(0, active).Snapshot, false, newPrints(t), rand.Reader), Continue{}, Confirmed{}, DoorsFound{Doors: vault.DoorsOpen})
}

// rekeyOf is a rekey begun here, with so many shares given here.
func rekeyOf(t *testing.T, given int) Machine {
	t.Helper()
	m := after(rekeyAsked(t), rekeySays(vault.Rekey{}, nil), Filled{map[string]string{"shares": "3", "threshold": "2"}}, Continue{},
		Picked{"open"}, Continue{}, RekeyRead{Op: "start", State: rekeyAt("n1", 0)})
	for i := range given {
		m = after(m, shareNumber(byte(i+1)), RekeyGiven{Update: vault.RekeyUpdate{Rekey: rekeyAt("n1", i+1)}})
	}
	return m
}

// completedBy is the answer with three new shares.
func completedBy() RekeyGiven {
	u := vault.RekeyUpdate{Rekey: rekeyAt("n1", 3), Complete: true}
	u.VerificationNonce = "v1"
	for x := byte(101); x < 104; x++ {
		u.NewShares = append(u.NewShares, shareNumber(x).Share.Secret())
	}
	return RekeyGiven{Update: u}
}

// provingOf is a rekey at its verification, all shares handed out here and one given back.
func provingOf(t *testing.T) Machine {
	t.Helper()
	m := after(rekeyOf(t, 2), shareNumber(9), completedBy())
	for _, name := range []string{"Anna", "Ben", "Cleo"} {
		m = after(m, Filled{map[string]string{"name": name}}, Shown{})
		m = after(m, GaveSecret{typedBackOf(m, m.Prompt().(TypeBack))})
	}
	return after(m, Confirmed{}, shareNumber(101), VerifyGiven{Verify: vault.RekeyVerify{Nonce: "v1", Threshold: 2, Shares: 3, Progress: 1}})
}

func TestRekeyTakesEachAnswerAsItIs(t *testing.T) {
	t.Parallel()
	idle := func(given int) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return rekeyOf(t, given) }
	}
	through := func(m func(*testing.T) Machine, e ...Event) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return after(m(t), e...) }
	}
	last := func(e ...Event) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return after(after(rekeyOf(t, 2), shareNumber(9)), e...) }
	}
	proving := func(e ...Event) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return after(after(provingOf(t), shareNumber(102)), e...) }
	}
	look := leading(60, sealedAt(0))
	for _, c := range []struct {
		state func(*testing.T) Machine
		row
	}{
		{rekeyAsked, row{"somebody's", rekeySays(rekeyAt("n9", 1), nil), "", "Pick", "", false}},
		{rekeyAsked, row{"nothing under way", rekeySays(vault.Rekey{}, nil), "", "Fill", "", false}},
		{rekeyAsked, row{"not supported", rekeySays(vault.Rekey{}, errRefused), "", "End", "", false}},
		{idle(1), row{"a share", shareNumber(9), "GiveRekeyShare", "Wait", "", false}},
		{idle(1), row{"the same share", shareNumber(1), "", "EnterShare", "the same share was given before", false}},
		{idle(1), row{"a cancel", Cancelled{}, "CancelRekey", "Wait", "", false}},
		{through(idle(2), look), row{"progress fell", rekeySays(rekeyAt("n1", 0), nil), "", "EnterShare", "back at 0 of 3", true}},
		{through(idle(1), look), row{"replaced", rekeySays(rekeyAt("n2", 1), nil), "", "Pick", "its nonce is now n2", true}},
		{through(idle(1), look), row{"ended elsewhere", rekeySays(vault.Rekey{}, nil), "ReadSeal", "Wait", "completed or cancelled", true}},
		{through(idle(1), look), row{"completed elsewhere", pendingAt("v1", 0), "", "Pick", "the new shares are at that console", false}},
		{last(), row{"complete", completedBy(), "", "Fill", "", false}},
		{last(RekeyGiven{Err: errCut}), row{"the new shares are lost", pendingAt("v1", 0), "", "Pick", "The old shares are in force", true}},
		{last(RekeyGiven{Err: errRefused}), row{"a wrong set", rekeySays(rekeyAt("n1", 0), nil), "", "EnterShare", "together they are wrong", true}},
		{last(), row{"not active", NotActive{Leader: "x"}, "", "Wait", "The share was not sent", true}},
		{provingOf, row{"a new share", shareNumber(102), "GiveVerificationShare", "Wait", "", false}},
		{provingOf, row{"an old share", shareNumber(1), "", "EnterShare", "none of the new shares", false}},
		{provingOf, row{"given back before", shareNumber(101), "", "EnterShare", "the same share was given before", false}},
		{proving(), row{"proved", VerifyGiven{Verify: vault.RekeyVerify{Complete: true}}, "", "EnterShare", "", false}},
		{proving(VerifyGiven{Err: errRefused}), row{"begun anew", pendingAt("v2", 0), "", "EnterShare", "begun anew", true}},
		{proving(VerifyGiven{Err: errCut}), row{"lost and not to be asked", NotActive{Err: errDown}, "", "Wait", "what became of the share could not be read", true}},
		{proving(VerifyGiven{Err: errCut}), row{"lost and ended", rekeySays(vault.Rekey{}, nil), "ReadSeal", "Wait", "completed or cancelled", true}},
		{proving(VerifyGiven{Verify: vault.RekeyVerify{Complete: true}}), row{"the rest", shareNumber(103), "ReadSeal", "Wait", "The share of Cleo is proved", false}},
	} {
		t.Run(c.name, func(t *testing.T) { c.check(t, c.state(t)) })
	}
}

func TestWhatNAndTMeanIsChecked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ shares, threshold, problem, meaning string }{
		{"5", "3", "", "You can lose 2 shares"},
		{" 3 ", "3", "", "If one share is lost, the cluster is lost"},
		{"1", "1", "", "One share is the whole key"},
		{"5", "1", "every share is the whole key", ""},
		{"3", "4", "between 1 and the number of shares", ""},
		{"0", "0", "1 to 255", ""},
		{"256", "2", "1 to 255", ""},
		{"five", "3", "have to be numbers", ""},
		{"3", "-1", "between 1 and", ""},
	} {
		n, threshold, err := sizes(c.shares, c.threshold)
		if (err == nil) != (c.problem == "") || err != nil && !strings.Contains(err.Error(), c.problem) {
			t.Errorf("%s, %s: %v, want %q", c.shares, c.threshold, err, c.problem)
		}
		if err == nil && !strings.Contains(strings.Join(meaning(vault.RekeyConfig{Shares: n, Threshold: threshold}), " "), c.meaning) {
			t.Errorf("%s, %s: want %q", c.shares, c.threshold, c.meaning)
		}
	}
}

func TestSharesThatAreVoidAreWiped(t *testing.T) {
	t.Parallel()
	done := completedBy()
	m := after(rekeyOf(t, 2), shareNumber(9), done, Filled{map[string]string{"name": "Anna"}}, leading(60, sealedAt(0)), rekeySays(vault.Rekey{}, nil),
		Unsealed{Address: address, Status: sealedAt(0)})
	for i, s := range done.Update.NewShares {
		if !s.Empty() {
			t.Errorf("share %d is alive after the rekey was discarded", i+1)
		}
	}
	row{event: Observed{}, prompt: "End"}.check(t, m)
}

// TestAnAnswerGivenDuringALookIsForNoOtherRekey: the one that was on the screen is replaced before the look is answered.
func TestAnAnswerGivenDuringALookIsForNoOtherRekey(t *testing.T) {
	t.Parallel()
	joining := after(rekeyAsked(t), rekeySays(rekeyAt("n8", 1), nil))
	for name, m := range map[string]Machine{
		"joined": after(joining, leading(60, sealedAt(0)), Picked{"join"}),
		"ended":  after(joining, Picked{"end"}, leading(60, sealedAt(0)), Confirmed{}),
	} {
		t.Run(name, func(t *testing.T) {
			want := "Pick"
			if name == "ended" {
				want = "TypeOut"
			}
			row{event: rekeySays(rekeyAt("n9", 1), nil), prompt: want, says: "is not what was on the screen", alarms: true}.check(t, m)
		})
	}
}

// TestSharesThatNobodyGotDoNotOutliveTheEnd: the rekey ended elsewhere, and the active node does not say how.
func TestSharesThatNobodyGotDoNotOutliveTheEnd(t *testing.T) {
	t.Parallel()
	done := completedBy()
	m := after(rekeyOf(t, 2), shareNumber(9), done, Filled{map[string]string{"name": "Anna"}}, leading(60, sealedAt(0)), rekeySays(vault.Rekey{}, nil),
		Unsealed{Address: address, Err: errCut})
	wantEnd(t, m, "3 new shares were not handed out, and wiped")
	for i, s := range done.Update.NewShares {
		if !s.Empty() {
			t.Errorf("share %d is alive, and no way leads to it", i+1)
		}
	}
}

// TestAShareGivenForANameWasDrawn: the machine refuses it whatever the form did, and does not repeat it.
func TestAShareGivenForANameWasDrawn(t *testing.T) {
	t.Parallel()
	const share = "y9xBswYgXeN+IRAHcWvrN2lsnbMRXkZVhQgBxxUQeY2O"
	m := after(rekeyOf(t, 2), shareNumber(9), completedBy(), Filled{map[string]string{"name": share}})
	if p, ok := m.Prompt().(Fill); !ok || !strings.Contains(p.Problem, "looks like a share") || strings.Contains(p.Problem, share) || p.Fields[0].Refuse(share) == "" {
		t.Errorf("asked %+v", m.Prompt())
	}
	keying := after(rekeyAsked(t), rekeySays(vault.Rekey{}, nil), Filled{map[string]string{"shares": "3", "threshold": "2"}}, Continue{}, Picked{"pgp"},
		RosterRead{}, Filled{map[string]string{"name": share, "key": "x"}})
	if p, ok := keying.Prompt().(Fill); !ok || !strings.Contains(p.Problem, "looks like a share") || p.Fields[0].Refuse(share) == "" {
		t.Errorf("asked %+v", keying.Prompt())
	}
}
