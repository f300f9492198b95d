package vault

import "context"

// Ceremonies is what a cluster says of the ceremonies under way. A recovery rekey is possible where the seal is automatic only;
// elsewhere it is never under way.
type Ceremonies struct {
	Rekey, Recovery, Root Underway
}

// Underway is how far one ceremony is. Servers do not tell when it began.
type Underway struct {
	Started   bool
	Nonce     string // that of the verification, once it is reached
	Progress  int    // shares given
	Required  int    // shares that it takes
	Verifying bool   // a rekey whose new shares are awaited; until then the old ones stay in force
	Shares    int    // of a rekey: how many new ones there are to be,
	Threshold int    // and how many of them will be needed
}

// Under says how a ceremony of this kind stands.
func (c Ceremonies) Under(kind KeyKind) Underway {
	if kind == RecoveryKey {
		return c.Recovery
	}
	return c.Rekey
}

// Ceremonies asks GET sys/rekey/init, sys/rekey-recovery-key/init and sys/generate-root/attempt, or what stands for them behind
// the doors, and sys/rekey/verify once a verification is reached. OpenBao keeps the state of a rekey on the node that was
// asked, so that the active one has to be asked there; elsewhere standbys hand the question on.
func (c *Client) Ceremonies(ctx context.Context, d Doors) (Ceremonies, error) {
	var out Ceremonies
	var err error
	if out.Rekey, err = c.rekeyUnderway(ctx, d, BarrierKey); err != nil {
		return Ceremonies{}, err
	}
	// Without an automatic seal there is no recovery key: Vault and OpenBao refuse the question then.
	if out.Recovery, err = c.rekeyUnderway(ctx, d, RecoveryKey); err != nil && !Is(err, Refused) && !Is(err, Unsupported) {
		return Ceremonies{}, err
	}
	a, err := c.RootAttempt(ctx, d)
	if err != nil {
		return Ceremonies{}, err
	}
	defer a.OTP.Wipe()
	defer a.EncodedToken.Wipe()
	out.Root = Underway{Started: a.Started, Nonce: a.Nonce, Progress: a.Progress, Required: a.Required}
	return out, nil
}

func (c *Client) rekeyUnderway(ctx context.Context, d Doors, kind KeyKind) (Underway, error) {
	k, err := c.Rekey(ctx, d, kind)
	if err != nil {
		return Underway{}, err
	}
	u := Underway{
		Started: k.Started, Nonce: k.Nonce, Progress: k.Progress, Required: k.Required, Shares: k.Shares, Threshold: k.Threshold,
	}
	if !k.Started || k.VerificationNonce == "" {
		return u, nil
	}
	v, err := c.RekeyVerification(ctx, d, kind)
	if err != nil {
		return Underway{}, err
	}
	u.Verifying, u.Nonce, u.Progress, u.Required = true, v.Nonce, v.Progress, v.Threshold
	return u, nil
}
