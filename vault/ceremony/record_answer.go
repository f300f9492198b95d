package ceremony

import (
	"fmt"
	"strconv"
	"strings"

	"warder/vault"
	"warder/vault/record"
)

// answer is what a record says of what came of an effect. No secret of an answer is read here but to count.
func answer(e Event) record.Line {
	text, nonce, facts := "", "", []record.Fact(nil)
	var err error
	switch e := e.(type) {
	case nil:
		text = "Not done: the ceremony was left before."
	case Unsealed:
		text, facts, err = sealSaid(e.Status), sealFacts(e.Status), e.Err
	case RekeyRead:
		text, err, nonce = rekeySaid(e), e.Err, e.State.Nonce
		facts = rekeyFacts(e.State, e.Verify)
	case FormerRead:
		text, err = formerSaid(e), e.Err
	case RekeyGiven:
		text, err, nonce = givenSaid(e.Update), e.Err, e.Update.Nonce
		facts = rekeyFacts(e.Update.Rekey, vault.RekeyVerify{})
	case VerifyGiven:
		text, err, nonce = verifySaid(e.Verify), e.Err, e.Verify.Nonce
	case RootRead:
		text, err, nonce, facts = rootSaid(e.Attempt), e.Err, e.Attempt.Nonce, rootFacts(e.Attempt)
	case RootGiven:
		text, err, nonce, facts = rootSaid(e.Attempt), e.Err, e.Attempt.Nonce, rootFacts(e.Attempt)
	case NotActive:
		text = "Not sent: the node is not the active one, or did not say that it is."
		facts = leaderFacts(e)
	case DoorsFound:
		text, err = "How it keeps the endpoints of ceremonies: "+e.Doors.String()+".", e.Err
	case PublicKeyRead:
		text, err = "A public key was read.", e.Err
		facts = []record.Fact{{Name: "PGP key", Value: strings.ToUpper(e.Key.Fingerprint)}}
		if len(e.Found) > 0 {
			text, facts = "Several public keys were read.", []record.Fact{{Name: "found", Value: strconv.Itoa(len(e.Found))}, {Name: "in", Value: e.Place}}
		}
	case RosterRead:
		text, err = fmt.Sprintf("The roster of last time names %d custodians.", len(e.Roster.Custodians)), e.Err
	case RosterKept:
		text, err = "The roster is kept.", e.Err
	case Stored:
		text, facts, err = "The file is written.", []record.Fact{{Name: "file", Value: e.Path}}, e.Err
	case TokenLooked:
		text, facts, err = "The server knows the new token.", tokenFacts(e.Info), e.Err
	case SteppedDown:
		text, err = "The node says that it steps down.", e.Err
	case TokenRevoked:
		text, err = revokeSaid(e.Gone), e.Err
	case TokenWrapped:
		text, err = "The token is wrapped.", e.Err
	case KeysMade:
		text, err = keysSaid(e.Result), e.Err
	case NodeJoined:
		text, err = "The node has joined.", e.Err
	case CertificatesRead:
		text, err = certificatesSaid(e.PEM), e.Err
	case RaftRead:
		text, facts = raftSaid(e.Servers)
		err = e.Err
	case RecordWritten, RecordLost:
		return record.Line{} // of the record itself
	default:
		text = undescribed(e)
	}
	if err != nil {
		return record.Line{Kind: record.Answer, Text: failure(err)}
	}
	return record.Line{Kind: record.Answer, Text: text, Nonce: nonce, Facts: facts}
}

// failure tells what is known of a call without a good answer.
func failure(err error) string {
	switch {
	case unsent(err):
		return "Not sent: " + vault.Reason(err) + "."
	case lost(err):
		return "No good answer, so that it is not known what became of it: " + vault.Reason(err) + "."
	}
	return "Refused: " + vault.Reason(err) + "."
}

func sealSaid(s vault.SealStatus) string {
	if !s.Sealed {
		return "The node is unsealed."
	}
	return fmt.Sprintf("The node is sealed and has %d of %d shares.", s.Progress, s.Threshold)
}

func sealFacts(s vault.SealStatus) []record.Fact {
	out := []record.Fact{{Name: "seal", Value: s.Type}, {Name: "in force", Value: fmt.Sprintf("any %d of %d", s.Threshold, s.Shares)}}
	if s.ClusterID != "" { // which a sealed node does not tell
		out = append(out, record.Fact{Name: "cluster", Value: s.ClusterName}, record.Fact{Name: "cluster id", Value: s.ClusterID})
	}
	return out
}

func rekeySaid(e RekeyRead) string {
	switch {
	case e.Op == "cancel":
		return "The server took the wish to end the rekey."
	case len(e.Made) > 0:
		return fmt.Sprintf("It took no old share. The answer holds %s.", count(len(e.Made), "new share"))
	case !e.State.Started:
		return "No rekey is under way."
	case e.State.VerificationNonce != "":
		return fmt.Sprintf("The rekey waits for its verification, with %d of %d new shares.", e.Verify.Progress, e.Verify.Threshold)
	}
	return fmt.Sprintf("A rekey is under way, with %d of %d old shares.", e.State.Progress, e.State.Required)
}

func rekeyFacts(k vault.Rekey, v vault.RekeyVerify) []record.Fact {
	if k.Shares == 0 {
		return nil
	}
	out := []record.Fact{
		{Name: "new shares", Value: fmt.Sprintf("any %d of %d", k.Threshold, k.Shares)},
		{Name: "verification", Value: strconv.FormatBool(k.VerificationRequired)},
	}
	for i, f := range k.PGPFingerprints {
		out = append(out, record.Fact{Name: fmt.Sprintf("PGP key %d", i+1), Value: strings.ToUpper(f)})
	}
	if v.Nonce != "" {
		out = append(out, record.Fact{Name: "nonce of the verification", Value: v.Nonce})
	}
	return out
}

func formerSaid(e FormerRead) string {
	switch {
	case e.Ended:
		return "The rekey is ended there."
	case e.There:
		return "The node still remembers the rekey."
	}
	return "The node knows nothing of the rekey."
}

func givenSaid(u vault.RekeyUpdate) string {
	if u.Complete || len(u.NewShares) > 0 {
		return fmt.Sprintf("The set of old shares is complete. The answer holds %s.", count(len(u.NewShares), "new share"))
	}
	return fmt.Sprintf("Taken. The server has %d of %d old shares.", u.Progress, u.Required)
}

func verifySaid(v vault.RekeyVerify) string {
	if v.Complete {
		return "The verification is complete: the new shares are in force."
	}
	return fmt.Sprintf("The verification has %d of %d new shares.", v.Progress, v.Threshold)
}

func rootSaid(a vault.RootAttempt) string {
	switch {
	case a.Complete || !a.EncodedToken.Empty():
		return "The attempt is complete. The answer holds the encoded token."
	case !a.Started:
		return "No attempt to generate a token is under way."
	}
	return fmt.Sprintf("The attempt has %d of %d shares.", a.Progress, a.Required)
}

func rootFacts(a vault.RootAttempt) []record.Fact {
	if a.PGPFingerprint == "" {
		return nil
	}
	return []record.Fact{{Name: "PGP key", Value: strings.ToUpper(a.PGPFingerprint)}}
}

func leaderFacts(e NotActive) []record.Fact {
	switch {
	case e.Err != nil:
		return []record.Fact{{Name: "why", Value: vault.Reason(e.Err)}}
	case e.Leader != "":
		return []record.Fact{{Name: "it names as the active one", Value: e.Leader}}
	}
	return nil
}

func tokenFacts(t vault.TokenInfo) []record.Fact {
	return []record.Fact{{Name: "accessor", Value: t.Accessor}, {Name: "policies", Value: list(t.Policies)}}
}

func revokeSaid(gone bool) string {
	if gone {
		return "The token is revoked: a look-up found it gone."
	}
	return "It is not proved that the token is gone."
}
