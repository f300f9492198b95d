package ceremony

import (
	"slices"

	"warder/keys"
)

// fromPerson says that somebody did it, so that what was said before has been seen.
func fromPerson(e Event) bool {
	switch e.(type) {
	case Continue, Back, Picked, Filled, Confirmed, GaveShare, GaveSecret, Shown, Cancelled:
		return true
	}
	return false
}

// discard wipes the secrets of an event that no state takes.
func discard(e Event) {
	for _, s := range secretsOf(e) {
		s.Wipe()
	}
}

func secretsOf(e Event) []keys.Secret {
	switch e := e.(type) {
	case GaveShare:
		return []keys.Secret{e.Share.Secret()}
	case GaveSecret:
		return []keys.Secret{e.Secret}
	case KeysMade:
		return slices.Concat(e.Result.Shares, e.Result.RecoveryShares, []keys.Secret{e.Result.RootToken})
	case RekeyRead:
		return e.Made
	case RekeyGiven:
		return e.Update.NewShares
	case RootRead:
		return []keys.Secret{e.Attempt.OTP, e.Attempt.EncodedToken}
	case RootGiven:
		return []keys.Secret{e.Attempt.OTP, e.Attempt.EncodedToken}
	case TokenWrapped:
		return []keys.Secret{e.Wrapping}
	}
	return nil
}
