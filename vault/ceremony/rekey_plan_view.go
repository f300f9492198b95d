package ceremony

import (
	"fmt"
	"strconv"
	"strings"

	"warder/vault"
)

// askPlan is what is asked before the rekey runs.
func (r Rekey) askPlan() Prompt {
	c := r.plan.config
	switch r.stage {
	case rekeyTold:
		return r.told()
	case rekeyKind:
		return r.askKind()
	case rekeyJoining:
		return r.join()
	case rekeyEnding:
		return TypeOut{Title: "End the rekey of somebody else", Want: "cancel", Text: append(describeRekey(r.state), "Whoever takes part loses it. The old shares stay in force; new ones that were handed out are void.")}
	case rekeySizing:
		return Fill{Title: "How many shares", Problem: r.problem, Text: []string{
			r.sizeNow(),
			"As many custodians as the threshold can open everything together; as many shares as exceed it can be lost.",
		}, Fields: []Field{
			{Key: "shares", Label: "Shares", Default: strconv.Itoa(max(1, r.old.Shares))},
			{Key: "threshold", Label: "Threshold", Default: strconv.Itoa(max(1, r.old.Threshold))},
		}}
	case rekeySized:
		return Tell{Title: fmt.Sprintf("Any %d of %d", c.Threshold, c.Shares), Text: meaning(c), Go: "Go on"}
	case rekeyKeying:
		return r.askKey()
	case rekeyKeysShown:
		return r.plan.show(r.seat.snapshot.At())
	case rekeyComparing:
		return r.plan.compare()
	case rekeyChallenging:
		return r.check.prompt(r.desk)
	case rekeyFiling:
		return planSharesFile(newShare, r.problem)
	case rekeyReady:
		return Tell{Title: "Ready to begin", Text: r.summary(), Go: "Start the rekey"}
	}
	return r.protect()
}

// protect asks what keeps the new shares from being read and from being lost.
func (r Rekey) protect() Pick {
	switch r.stage {
	case rekeyHiding:
		return Pick{Title: "How are the new shares handed out?", Options: []Option{
			{Key: "open", Label: "At this screen", Hint: "one custodian at a time, with verification"},
			{Key: "pgp", Label: "Encrypted with PGP", Hint: "one public key for each custodian"},
		}}
	case rekeyBacking:
		return Pick{Title: "A backup on the server?", Text: []string{"The server can keep the encrypted shares until the backup is deleted. Whoever has a token for it can read the ciphertexts."}, Options: []Option{
			{Key: "none", Label: "No backup", Hint: "verification stays on"},
			{Key: "backup", Label: "Keep a backup", Hint: "the shares can be fetched again if their answer is lost"},
		}}
	}
	p := Pick{Title: "Verification?", Text: []string{
		"With verification the old shares stay in force until as many custodians as the threshold have decrypted theirs and given them back.",
		"Without it the old shares are void with the last one given, and a custodian who cannot decrypt is found out too late.",
	}, Options: []Option{
		{Key: "verify", Label: "With verification", Hint: "the old shares hold until the new ones are proved"},
		{Key: "trust", Label: "Without", Hint: "the backup is all that is left if the answer is lost"},
	}}
	if len(r.check.excepted) > 0 {
		p.Text = append(p.Text, "It cannot be left out here: "+list(r.check.excepted)+" did not prove that the share can be decrypted.")
		p.Options = p.Options[:1]
	}
	return p
}

// askKind asks which key. The barrier's takes recovery shares, where there are some.
func (r Rekey) askKind() Pick {
	p := Pick{Title: "Which key?", Text: []string{"The seal is automatic (" + r.old.Type + "): it keeps the barrier's key, and the shares are of the recovery key."}, Options: []Option{
		{Key: "recovery", Label: "Recovery key", Hint: "new recovery shares for new custodians"},
		{Key: "barrier", Label: "Barrier key", Hint: "a new root key behind the seal; nobody gets a share of it"},
	}}
	if shareless(r.old) {
		p.Text = append(p.Text, "There are no recovery shares. The barrier's key is replaced with recovery shares only: make some first.")
		p.Options = p.Options[:1]
	}
	return p
}

func (r Rekey) sizeNow() string {
	if r.keyless() {
		return "Now there are none."
	}
	return fmt.Sprintf("Now it is any %d of %d.", r.old.Threshold, r.old.Shares)
}

func (r Rekey) summary() []string {
	c := r.plan.config
	if r.fixed() {
		return []string{
			"The root key behind the " + r.old.Type + " seal is replaced. It takes recovery shares, and hands out none.",
			"It is 1 share of 1, and there is nothing to choose: the whole key goes to the seal, which keeps it, and to nobody else.",
			"So there is no share to encrypt (PGP), to keep (backup) or to give back (verification): the server refuses all three.",
			"With the last recovery share the new key is in force. The recovery shares stay as they are.",
		}
	}
	text := append([]string{fmt.Sprintf("The new shares: any %d of %d.", c.Threshold, c.Shares)}, meaning(c)...)
	if r.keyless() {
		text = append(text, "Nobody is asked for a share: there are none. The answer to the start holds the new ones, for this console only, once.")
	}
	switch {
	case len(c.PGPKeys) == 0:
		text = append(text, "They are shown at this screen, one custodian at a time.")
	default:
		text = append(text, "They are encrypted for "+list(r.plan.names)+" and written to "+r.plan.path+".")
	}
	if len(r.check.excepted) > 0 {
		text = append(text, "Attention: "+list(r.check.excepted)+" did not decrypt the message, so that a share may be lost from the first day.")
	}
	if c.Backup {
		text = append(text, "The server keeps a backup of the ciphertexts.")
	}
	switch {
	case c.Verification && r.keyless():
		return append(text, "They are in force once they are proved.")
	case r.keyless():
		return append(text, "There is NO verification: they are in force as soon as they are made.")
	case c.Verification:
		return append(text, "The old shares stay in force until the new ones are proved.")
	}
	return append(text, "There is NO verification: the old shares are void as soon as the last of them was given.")
}

func (r Rekey) join() Pick {
	options := []Option{{Key: "join", Label: "Join it", Hint: "give shares here"}, {Key: "end", Label: "End it", Hint: "cancels it for everybody, after a confirmation"}}
	if r.state.VerificationNonce == "" {
		options[0].Hint = "give shares here; if the last one is given here, the new shares come to this console"
	}
	return Pick{Title: "Somebody began a rekey", Options: options, Text: append(describeRekey(r.state),
		"Did you start this? Ask who did, and compare the nonce and the fingerprints: whoever owns the PGP keys, or sits at the console where the last share is given, gets the new shares.",
		"The server does not say since when it runs.")}
}

// describeRekey says what is under way.
func describeRekey(k vault.Rekey) []string {
	text := []string{fmt.Sprintf("A rekey to any %d of %d is under way with %d of %d old shares; nonce %s.", k.Threshold, k.Shares, k.Progress, k.Required, k.Nonce)}
	if k.VerificationNonce != "" {
		text[0] = fmt.Sprintf("A rekey to any %d of %d waits for its verification: the new shares are handed out elsewhere; nonce %s.", k.Threshold, k.Shares, k.Nonce)
	}
	for i, f := range k.PGPFingerprints {
		text = append(text, fmt.Sprintf("PGP key %d: %s", i+1, strings.ToUpper(f)))
	}
	if k.Backup {
		text = append(text, "The server keeps a backup of the ciphertexts.")
	}
	if !k.VerificationRequired {
		text = append(text, "It has no verification: with the last old share the old ones are void.")
	}
	return text
}
