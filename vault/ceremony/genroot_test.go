package ceremony

import (
	"strings"
	"testing"

	"warder/keys"
	"warder/vault"
)

func attemptAt(nonce string, at int) vault.RootAttempt {
	return vault.RootAttempt{Started: true, Nonce: nonce, Progress: at, Required: 3, OTPLength: 4}
}

func rootSays(a vault.RootAttempt, err error) RootRead {
	return RootRead{Op: "read", Attempt: a, Err: err}
}

// rootAsked is a generate-root whose node is about to say how far it is.
func rootAsked(t *testing.T) Machine {
	t.Helper()
	active := sealedAt(0)
	active.Sealed = false
	return after(NewGenerateRoot(leading(0, active).Snapshot, false, newPrints(t)), Continue{}, Confirmed{}, DoorsFound{Doors: vault.DoorsOpen})
}

// rootOf is an attempt begun here, with so many shares given here.
func rootOf(t *testing.T, given int) Machine {
	t.Helper()
	begun := attemptAt("n1", 0)
	begun.OTP = keys.NewSecret([]byte("abcd"))
	m := after(rootAsked(t), rootSays(vault.RootAttempt{}, nil), Picked{"otp"}, RootRead{Op: "start", Attempt: begun})
	for i := range given {
		m = after(m, shareNumber(byte(i+1)), RootGiven{Attempt: attemptAt("n1", i+1)})
	}
	return m
}

func TestGenerateRootTakesEachAnswerAsItIs(t *testing.T) {
	t.Parallel()
	idle := func(given int) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return rootOf(t, given) }
	}
	sent := func(given int) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return after(rootOf(t, given), shareNumber(9)) }
	}
	lostAt := func(given int) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return after(sent(given)(t), RootGiven{Err: errCut}) }
	}
	refusedAt := func(given int) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return after(sent(given)(t), RootGiven{Err: errRefused}) }
	}
	polled := func(given int) func(*testing.T) Machine {
		return func(t *testing.T) Machine { return after(rootOf(t, given), leading(60, sealedAt(0))) }
	}
	whole := func() RootGiven {
		a := attemptAt("n1", 3)
		a.Complete, a.EncodedToken = true, keys.NewSecret([]byte(keys.EncodeToken([]byte("hvs."), []byte("abcd"))))
		return RootGiven{Attempt: a}
	}
	for _, c := range []struct {
		state func(*testing.T) Machine
		row
	}{
		{rootAsked, row{"nothing under way", rootSays(vault.RootAttempt{}, nil), "", "Pick", "", false}},
		{rootAsked, row{"somebody's", rootSays(attemptAt("n9", 1), nil), "", "Pick", "", false}},
		{rootAsked, row{"the next doors", rootSays(vault.RootAttempt{}, errDenied), "ReadRoot", "Wait", "", false}},
		{rootAsked, row{"not active", NotActive{}, "", "Wait", "", false}},
		{idle(1), row{"a share", shareNumber(9), "GiveRootShare", "Wait", "", false}},
		{idle(1), row{"the same share", shareNumber(1), "", "EnterShare", "the same share was given before", false}},
		{idle(1), row{"a cancel", Cancelled{}, "CancelRoot", "Wait", "", false}},
		{idle(1), row{"a look", leading(60, sealedAt(0)), "ReadRoot", "EnterShare", "", false}},
		{idle(1), row{"an answer nobody asked for", whole(), "", "EnterShare", "", false}},
		{polled(1), row{"a share during a look", shareNumber(9), "", "Wait", "", false}},
		{polled(2), row{"progress fell", rootSays(attemptAt("n1", 0), nil), "", "EnterShare", "back at 0 of 3", true}},
		{polled(1), row{"others gave", rootSays(attemptAt("n1", 2), nil), "", "EnterShare", "somebody else gives shares too", false}},
		{polled(1), row{"replaced", rootSays(attemptAt("n2", 1), nil), "", "Pick", "its nonce is now n2", true}},
		{polled(1), row{"ended elsewhere", rootSays(vault.RootAttempt{}, nil), "", "EnterSecret", "completed or cancelled", true}},
		{sent(1), row{"not active", NotActive{Leader: "x"}, "", "Wait", "The share was not sent", true}},
		{sent(1), row{"not reached", RootGiven{Err: errDown}, "", "Wait", "The share was not sent", false}},
		{sent(1), row{"lost", RootGiven{Err: errCut}, "ReadRoot", "Wait", "", false}},
		{lostAt(1), row{"and the node is not to be asked", NotActive{Err: errDown}, "", "Wait", "what became of the share could not be read", true}},
		{lostAt(1), row{"and the node leads no more", NotActive{Leader: "x"}, "", "Wait", "what became of the share could not be read", true}},
		{lostAt(1), row{"and counted", rootSays(attemptAt("n1", 2), nil), "", "EnterShare", "the share counted", false}},
		{lostAt(1), row{"and not counted", rootSays(attemptAt("n1", 1), nil), "", "EnterShare", "did not count", false}},
		{lostAt(2), row{"and perhaps completed", rootSays(vault.RootAttempt{}, nil), "", "EnterSecret", "completed or cancelled", true}},
		{refusedAt(2), row{"a wrong set", rootSays(attemptAt("n1", 0), nil), "", "EnterShare", "together they are wrong", true}},
		{refusedAt(1), row{"refused by itself", rootSays(attemptAt("n1", 1), nil), "", "EnterShare", "was refused", false}},
		{sent(2), row{"complete", whole(), "LookupToken", "Wait", "", false}},
	} {
		t.Run(c.name, func(t *testing.T) { c.check(t, c.state(t)) })
	}
}

func TestClosedDoorsAreTriedAgain(t *testing.T) {
	t.Parallel()
	refused := rootSays(vault.RootAttempt{}, errDenied)
	m := after(rootAsked(t), refused, refused)
	row{event: refused, prompt: "Tell"}.check(t, m)
	m = after(m, refused)
	row{event: Continue{}, effects: "FindDoors", prompt: "Wait"}.check(t, m)
	m = after(m, Continue{})
	row{event: DoorsFound{Doors: vault.DoorsOpen}, effects: "ReadRoot", prompt: "Wait"}.check(t, m)
	m = after(m, DoorsFound{Doors: vault.DoorsOpen})
	row{event: rootSays(vault.RootAttempt{}, nil), prompt: "Pick"}.check(t, m)
}

func TestAShareTypedDuringALookIsSentAfterIt(t *testing.T) {
	t.Parallel()
	m := after(rootOf(t, 1), leading(60, sealedAt(0)), shareNumber(9))
	row{event: rootSays(attemptAt("n1", 1), nil), effects: "GiveRootShare", prompt: "Wait"}.check(t, m)
}

func TestTheOneTimePasswordIsWipedWhenItIsOfNoUse(t *testing.T) {
	t.Parallel()
	for name, events := range map[string][]Event{
		"replaced":  {leading(60, sealedAt(0)), rootSays(attemptAt("n2", 0), nil)},
		"cancelled": {Cancelled{}, RootRead{Op: "cancel"}, rootSays(vault.RootAttempt{}, nil)},
		"given up":  {leading(60, sealedAt(0)), rootSays(vault.RootAttempt{}, nil), Picked{"nothing"}},
	} {
		m := rootOf(t, 1)
		otp := m.(GenerateRoot).otp
		if otp.Empty() {
			t.Fatal("there is no one-time password")
		}
		if after(m, events...); !otp.Empty() {
			t.Errorf("%s: the one-time password is alive", name)
		}
	}
}

// TestTheTokenIsWrappedByNoNodeThatNobodyConfirmed: the leader changes while the life of the wrapping token is asked.
func TestTheTokenIsWrappedByNoNodeThatNobodyConfirmed(t *testing.T) {
	t.Parallel()
	made := attemptAt("n1", 3)
	made.Complete, made.EncodedToken = true, keys.NewSecret([]byte(keys.EncodeToken([]byte("hvs."), []byte("abcd"))))
	m := after(rootOf(t, 2), shareNumber(9), RootGiven{Attempt: made}, TokenLooked{}, Picked{"wrap"})
	life := Filled{map[string]string{"life": "30m"}}
	row{event: life, effects: "WrapToken", prompt: "Wait"}.check(t, m)
	stranger := leading(60, sealedAt(0))
	stranger.Snapshot.Nodes[0].Address = "https://n2:8200"
	m = after(m, life, NotActive{Leader: "https://n2:8200"}, stranger)
	row{event: life, prompt: "Pick", says: "has to be found again"}.check(t, m)
}

// TestATokenIsNotHeldUpByALeaderThatIsNotFound: what needs no server can still be done with it.
func TestATokenIsNotHeldUpByALeaderThatIsNotFound(t *testing.T) {
	t.Parallel()
	made := attemptAt("n1", 3)
	made.Complete, made.EncodedToken = true, keys.NewSecret([]byte(keys.EncodeToken([]byte("hvs."), []byte("abcd"))))
	m := after(rootOf(t, 2), shareNumber(9), RootGiven{Attempt: made}, TokenLooked{}, Picked{"look"}, NotActive{})
	leaderless := leading(60, sealedAt(0))
	leaderless.Snapshot.Nodes = nil
	row{event: Picked{"reach"}, prompt: "Wait"}.check(t, after(m, leaderless))
	m = after(m, leaderless, Picked{"reach"})
	if !m.(GenerateRoot).Backs() {
		t.Error("there is no way back")
	}
	row{event: Back{}, prompt: "Pick"}.check(t, m)
}

func TestAnAnswerGivenDuringALookIsForNoOtherAttempt(t *testing.T) {
	t.Parallel()
	m := after(rootAsked(t), rootSays(attemptAt("n8", 1), nil), leading(60, sealedAt(0)), Picked{"join"})
	row{event: rootSays(attemptAt("n9", 1), nil), prompt: "Pick", says: "is not what was on the screen", alarms: true}.check(t, m)
}

// TestAMistypedEncodedTokenDoesNotCostTheToken: any letters of the right number come out as something printable.
func TestAMistypedEncodedTokenDoesNotCostTheToken(t *testing.T) {
	t.Parallel()
	encoded := func(token string) GaveSecret {
		return GaveSecret{keys.NewSecret([]byte(keys.EncodeToken([]byte(token), []byte("abcd"))))}
	}
	m := after(rootOf(t, 1), leading(60, sealedAt(0)), rootSays(vault.RootAttempt{}, nil))
	row{event: encoded("hvt."), effects: "LookupToken", prompt: "Wait"}.check(t, m)
	m = after(m, encoded("hvt."))
	row{event: TokenLooked{Err: errDenied}, prompt: "EnterSecret", says: "type it again", alarms: true}.check(t, m)
	m = after(m, TokenLooked{Err: errDenied}, encoded("hvs."))
	row{event: TokenLooked{}, prompt: "Pick"}.check(t, m)
	if !after(m, TokenLooked{}).(GenerateRoot).otp.Empty() {
		t.Error("the one-time password outlives its use")
	}
}

// TestNothingIsSaidToBeShownBeforeItWas: whoever leaves before would take the token for seen.
func TestNothingIsSaidToBeShownBeforeItWas(t *testing.T) {
	t.Parallel()
	whole := func() RootGiven {
		a := attemptAt("n1", 3)
		a.Complete, a.EncodedToken = true, keys.NewSecret([]byte(keys.EncodeToken([]byte("hvs."), []byte("abcd"))))
		return RootGiven{Attempt: a}
	}
	held := func() Machine { return after(rootOf(t, 2), shareNumber(9), whole(), TokenLooked{}) }
	wrapping := TokenWrapped{Wrapping: keys.NewSecret([]byte("wrapping"))}
	for name, m := range map[string]Machine{
		"The root token":     after(held(), Picked{"show"}),
		"The wrapping token": after(held(), Picked{"wrap"}, Filled{map[string]string{"life": "30m"}}, wrapping),
		"The encoded token":  after(rootAsked(t), rootSays(attemptAt("n1", 2), nil), Picked{"join"}, shareNumber(9), whole()),
	} {
		says := func() bool { return strings.Contains(strings.Join(m.Account(), " "), name+" was shown here.") }
		if says() || strings.Contains(strings.Join(m.Account(), " "), "shown") {
			t.Errorf("%s: said to be shown before it was: %q", name, m.Account())
		}
		if m = after(m, Shown{}); !says() {
			t.Errorf("%s: not said to be shown: %q", name, m.Account())
		}
	}
}
