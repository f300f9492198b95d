package ceremony

import (
	"context"

	"warder/keys"
	"warder/vault"
)

func (r Runner) doRekey(ctx context.Context, c *vault.Client, e Effect) Event {
	switch e := e.(type) {
	case FindDoors:
		doors, err := c.VariantDoors(ctx, e.Makes)
		return DoorsFound{Doors: doors, Err: err}
	case ReadRekey:
		return readRekey(ctx, c, e)
	case StartRekey:
		begun, err := c.StartRekey(ctx, e.Doors, e.Kind, e.Config)
		return RekeyRead{Op: "start", State: begun.Rekey, Made: begun.NewShares, Err: err}
	case CancelRekey:
		return RekeyRead{Op: "cancel", Err: c.CancelRekey(ctx, e.Doors, e.Kind, e.Nonce)}
	case GiveRekeyShare:
		update, err := c.GiveRekeyShare(ctx, e.Doors, e.Kind, e.Share, e.Nonce)
		return RekeyGiven{Update: update, Err: err}
	case GiveVerificationShare:
		verify, err := c.GiveVerificationShare(ctx, e.Doors, e.Kind, e.Share, e.Nonce)
		return VerifyGiven{Verify: verify, Err: err}
	case RestartVerification:
		verify, err := c.RestartVerification(ctx, e.Doors, e.Kind, e.Nonce)
		return VerifyGiven{Restart: true, Verify: verify, Err: err}
	}
	return nil
}

// readRekey reads the verification, too, once there is one.
func readRekey(ctx context.Context, c *vault.Client, e ReadRekey) Event {
	out := RekeyRead{Op: "read"}
	out.State, out.Err = c.Rekey(ctx, e.Doors, e.Kind)
	if out.Err == nil && out.State.VerificationNonce != "" {
		out.Verify, out.Err = c.RekeyVerification(ctx, e.Doors, e.Kind)
	}
	return out
}

func (r Runner) doRoot(ctx context.Context, c *vault.Client, e Effect) Event {
	switch e := e.(type) {
	case ReadRoot:
		attempt, err := c.VariantAttempt(ctx, e.Makes, e.Doors)
		return RootRead{Op: "read", Attempt: attempt, Err: err}
	case StartRoot:
		attempt, err := c.StartVariant(ctx, e.Makes, e.Doors, e.PGPKey)
		return RootRead{Op: "start", Attempt: attempt, Err: err}
	case CancelRoot:
		return RootRead{Op: "cancel", Err: c.CancelVariant(ctx, e.Makes, e.Doors, e.Nonce)}
	case GiveRootShare:
		attempt, err := c.GiveVariantShare(ctx, e.Makes, e.Doors, e.Share, e.Nonce)
		return RootGiven{Attempt: attempt, Err: err}
	case LookupToken:
		info, err := c.LookupToken(ctx, e.Token)
		return TokenLooked{Info: info, Err: err}
	case WrapToken:
		wrapping, err := c.WrapToken(ctx, e.Token, e.Life)
		return TokenWrapped{Wrapping: wrapping, Err: err}
	case RevokeToken:
		return revoke(ctx, c, e.Token)
	case ReadRaft:
		servers, err := c.RaftConfigurationFor(ctx, e.Token)
		return RaftRead{Servers: servers, Err: err}
	}
	return nil
}

// revoke looks afterwards whether the token is gone: a server that knows it no more denies it, whatever it answered before.
func revoke(ctx context.Context, c *vault.Client, token keys.Secret) Event {
	err := c.RevokeToken(ctx, token)
	_, looked := c.LookupToken(ctx, token)
	switch {
	case vault.Is(looked, vault.Denied):
		return TokenRevoked{Gone: true}
	case err == nil && looked != nil:
		err = looked
	}
	return TokenRevoked{Err: err}
}
