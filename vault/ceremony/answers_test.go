package ceremony

import (
	"strings"
	"testing"

	"warder/keys"
	"warder/vault"
)

// wantEnd holds the end of a machine to its title and some words.
func wantEnd(t *testing.T, m Machine, words string) {
	t.Helper()
	if e, ok := m.Prompt().(End); !ok || e.Good || !strings.Contains(strings.Join(e.Text, " "), words) {
		t.Errorf("asked %+v, want an end that is not good and says %q", m.Prompt(), words)
	}
}

// TestAnEmptyAnswerToAStartIsNoStart: "0 of 0" would take any share as the last one.
func TestAnEmptyAnswerToAStartIsNoStart(t *testing.T) {
	t.Parallel()
	unnamed, endless, padless := attemptAt("", 0), attemptAt("n1", 0), attemptAt("n1", 0)
	endless.Required = 0
	unnamed.OTP, endless.OTP = keys.NewSecret([]byte("abcd")), keys.NewSecret([]byte("abcd"))
	for name, a := range map[string]vault.RootAttempt{"nothing": {}, "no nonce": unnamed, "no number": endless, "no password": padless} {
		t.Run("root, "+name, func(t *testing.T) {
			m := after(rootAsked(t), rootSays(vault.RootAttempt{}, nil), Picked{"otp"})
			started := RootRead{Op: "start", Attempt: a}
			row{event: started, effects: "ReadRoot", prompt: "Wait", says: "did not say what it began", alarms: true}.check(t, m)
			row{event: rootSays(attemptAt("n1", 0), nil), prompt: "Pick"}.check(t, after(m, started))
			if !a.OTP.Empty() {
				t.Error("the one-time password of no attempt is alive")
			}
		})
	}
	endlessRekey := rekeyAt("n1", 0)
	endlessRekey.Required = 0
	for name, k := range map[string]vault.Rekey{"nothing": {}, "no nonce": rekeyAt("", 0), "no number": endlessRekey} {
		t.Run("rekey, "+name, func(t *testing.T) {
			m := after(rekeyAsked(t), rekeySays(vault.Rekey{}, nil), Filled{map[string]string{"shares": "3", "threshold": "2"}}, Continue{}, Picked{"open"}, Continue{})
			started := RekeyRead{Op: "start", State: k}
			row{event: started, effects: "ReadRekey", prompt: "Wait", says: "did not say what it began", alarms: true}.check(t, m)
			row{event: rekeySays(rekeyAt("n1", 0), nil), prompt: "Pick"}.check(t, after(m, started))
		})
	}
}

// TestACompleteAttemptWithoutItsTokenIsAnEnd: the runner does nothing for an empty secret, so that it was waited for ever.
func TestACompleteAttemptWithoutItsTokenIsAnEnd(t *testing.T) {
	t.Parallel()
	made := attemptAt("n1", 3)
	made.Complete = true
	begun := rootOf(t, 2)
	for name, m := range map[string]Machine{
		"begun here": begun,
		"joined":     after(rootAsked(t), rootSays(attemptAt("n1", 2), nil), Picked{"join"}),
	} {
		t.Run(name, func(t *testing.T) {
			m := after(m, shareNumber(9))
			row{event: RootGiven{Attempt: made}, prompt: "End", says: "gave no encoded token", alarms: true}.check(t, m)
			wantEnd(t, after(m, RootGiven{Attempt: made}), "auth/token/lookup-accessor")
		})
	}
	if otp := begun.(GenerateRoot).otp; !otp.Empty() {
		t.Error("the one-time password is alive, and of no use")
	}
}

// TestACompleteRekeyWithoutItsSharesIsNoRekeyOfASeal: an empty share could neither be stored nor shown.
func TestACompleteRekeyWithoutItsSharesIsNoRekeyOfASeal(t *testing.T) {
	t.Parallel()
	for name, withhold := range map[string]func(*RekeyGiven){
		"none":     func(e *RekeyGiven) { e.Update.NewShares = nil },
		"an empty": func(e *RekeyGiven) { e.Update.NewShares[1] = keys.Secret{} },
		"too few":  func(e *RekeyGiven) { e.Update.NewShares = e.Update.NewShares[:1] },
	} {
		t.Run(name, func(t *testing.T) {
			m, done := after(rekeyOf(t, 2), shareNumber(9)), completedBy()
			withhold(&done)
			row{event: done, prompt: "Pick", says: "of the 3 new shares", alarms: true}.check(t, m)
			m = after(m, done)
			for _, s := range done.Update.NewShares {
				if !s.Empty() {
					t.Error("a share that cannot be used is alive")
				}
			}
			row{event: Picked{"end"}, effects: "CancelRekey", prompt: "Wait"}.check(t, m)
		})
	}
	m, done := after(rekeyOf(t, 2), shareNumber(9)), completedBy()
	done.Update.NewShares, done.Update.VerificationNonce, done.Update.Backup = nil, "", true
	row{event: done, effects: "ReadSeal", prompt: "Wait", says: "holds 0 of the 3 new shares", alarms: true}.check(t, m)
	replaced := sealedAt(0)
	replaced.Threshold, replaced.Shares = 2, 3
	wantEnd(t, after(m, done, Unsealed{Address: address, Status: replaced}), "vault operator rekey -backup-retrieve")
}
