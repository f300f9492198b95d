package ceremony

import (
	"fmt"
	"strconv"
	"strings"

	"warder/keys"
	"warder/vault"
	"warder/vault/record"
)

// request is what a record says of an effect before it is sent. It is false for what only reads: that is told by what it
// brings. An effect that nobody describes here counts as a write, so that it is never left out.
func request(e Effect) (record.Line, bool) {
	text, nonce, facts := "", "", []record.Fact(nil)
	switch e := e.(type) {
	case ReadSeal, FindDoors, ReadPublicKey, ReadRoster, ReadRekey, ReadRoot, ReadFormer, LookupToken, ReadCertificates, ReadRaft, WriteRecord:
		return record.Line{}, false
	case MakeKeys:
		text, facts = "The cluster is to be initialised.", initFacts(e.Config)
	case JoinNode:
		text, facts = "The node is asked to join the cluster.", joinFacts(e.Config)
	case SendUnseal:
		text, facts = "A share is sent to unseal the node.", migrating(e.Migrate)
	case ResetUnseal:
		text = "The node is asked to drop the shares that it was given."
	case StartRekey:
		text, facts = "A rekey is begun.", append([]record.Fact{keyFact(e.Kind)}, configured(e.Config)...)
	case CancelRekey:
		text, nonce, facts = "The rekey is to be ended.", e.Nonce, []record.Fact{keyFact(e.Kind)}
	case EndFormer:
		text, nonce = "The node is asked to end a rekey that it still remembers.", e.Nonce
	case GiveRekeyShare:
		text, nonce = "One of the old shares is sent.", e.Nonce
	case GiveVerificationShare:
		text, nonce = "One of the new shares is given back.", e.Nonce
	case RestartVerification:
		text, nonce = "The verification is to begin anew.", e.Nonce
	case StartRoot:
		text, facts = fmt.Sprintf("An attempt to generate a %s is begun.", e.Makes), hiddenBy(e.PGPKey)
	case CancelRoot:
		text, nonce = "The attempt is to be ended.", e.Nonce
	case GiveRootShare:
		text, nonce = "A share is sent.", e.Nonce
	case StoreSecret:
		text = "A file is written, for its owner only."
		facts = []record.Fact{{Name: "file", Value: e.Path}, {Name: "secrets in it", Value: strconv.Itoa(len(e.Content))}}
	case KeepRoster:
		text = "The roster of the custodians is kept."
		for _, c := range e.Roster.Custodians {
			facts = append(facts, record.Fact{Name: c.Name, Value: strings.ToUpper(c.Fingerprint)})
		}
	case StepDown:
		text = "The leader is asked to step down."
	case RevokeToken:
		text = "The new token is to be revoked."
	case WrapToken:
		text, facts = "The new token is to be wrapped.", []record.Fact{{Name: "life", Value: e.Life.String()}}
	default:
		text = undescribed(e)
	}
	return record.Line{Kind: record.Request, Text: text, Nonce: nonce, Facts: facts}, true
}

// undescribed is what is said of a type that has no words here yet.
func undescribed(x any) string {
	return strings.TrimPrefix(fmt.Sprintf("%T", x), "ceremony.") + " (no words for it)"
}

func migrating(m bool) []record.Fact {
	if !m {
		return nil
	}
	return []record.Fact{{Name: "migrate", Value: "true: for a seal migration"}}
}

func keyFact(k vault.KeyKind) record.Fact {
	if k == vault.RecoveryKey {
		return record.Fact{Name: "key", Value: "recovery"}
	}
	return record.Fact{Name: "key", Value: "barrier"}
}

// configured are the parameters of a rekey.
func configured(c vault.RekeyConfig) []record.Fact {
	out := []record.Fact{
		{Name: "shares", Value: strconv.Itoa(c.Shares)},
		{Name: "threshold", Value: strconv.Itoa(c.Threshold)},
		{Name: "verification", Value: strconv.FormatBool(c.Verification)},
		{Name: "backup", Value: strconv.FormatBool(c.Backup)},
	}
	for i, k := range c.PGPKeys {
		out = append(out, record.Fact{Name: fmt.Sprintf("PGP key %d", i+1), Value: printOf(k)})
	}
	return out
}

func hiddenBy(pgpKey string) []record.Fact {
	if pgpKey == "" {
		return []record.Fact{{Name: "hidden by", Value: "a one-time password, which this console keeps"}}
	}
	return []record.Fact{{Name: "PGP key", Value: printOf(pgpKey)}}
}

// printOf is the fingerprint of a public key in the form that servers take.
func printOf(key string) string {
	k, err := keys.ParsePublicKey([]byte(key))
	if err != nil {
		return "not readable"
	}
	return strings.ToUpper(k.Fingerprint)
}
