package demo

import (
	"errors"
	"time"

	"warder/keys"
)

// rekey is one replacement of shares under way, the same on every product; what they say about it is not.
type rekey struct {
	kind   ceremonyKind
	nonce  string
	shape  shape
	pgp    []keys.PublicKey
	backup bool
	verify bool
	began  time.Time
	given  []keys.Secret

	next        *custody // the new shares, until they are verified
	verifyNonce string
	verified    []keys.Secret
}

// What can be wrong with a step of a rekey. The products word these themselves.
var (
	errNoRekey        = errors.New("no rekey in progress")
	errNoVerification = errors.New("no rekey verification in progress")
	errVerifyFirst    = errors.New("verification must be performed")
	errNonce          = errors.New("incorrect nonce")
	errGiven          = errors.New("given before")
	errNotVerified    = errors.New("incorrect key shares supplied")
)

// newShares is the outcome of a rekey whose threshold was reached.
type newShares struct {
	handedOut
	rekey *rekey
}

// update takes one of the present shares. At the threshold it hands out the new ones, and they are in force unless
// they are to be verified first; before it the outcome is nil.
func (c *Cluster) update(held **rekey, share keys.Secret, nonce string) (*newShares, error) {
	r := *held
	switch {
	case r == nil:
		return nil, errNoRekey
	case r.next != nil:
		return nil, errVerifyFirst
	case nonce != r.nonce:
		return nil, errNonce
	case has(r.given, share):
		return nil, errGiven
	}
	r.given = append(r.given, share)
	if len(r.given) < c.seal.custody.threshold {
		return nil, nil
	}
	given := r.given
	r.given = nil
	if err := c.seal.custody.opens(given); err != nil {
		return nil, err
	}
	return c.handOutNew(held)
}

// handOutNew makes the new shares. On auto-unseal a rekey of the barrier makes none: the seal holds the key.
func (c *Cluster) handOutNew(held **rekey) (*newShares, error) {
	r := *held
	if r.kind == barrierRekey && c.seal.auto() {
		*held = nil
		return &newShares{handedOut: handedOut{hex: []string{}, base64: []string{}}, rekey: r}, nil
	}
	next, err := c.entrust(r.shape)
	if err != nil {
		return nil, err
	}
	out := &newShares{rekey: r}
	if out.handedOut, err = c.handOut(next.shares, r.pgp); err != nil {
		return nil, err
	}
	if r.backup && len(r.pgp) > 0 {
		c.ceremonies.backups[r.kind] = newBackup(r.nonce, out.handedOut)
	}
	if r.verify {
		r.next, r.verifyNonce = &next, c.dice.uuid()
		return out, nil
	}
	c.replaceShares(next)
	*held = nil
	return out, nil
}

// verifyShare takes one of the new shares. It is true when they all are proved, which puts them in force. Shares that
// do not prove themselves are all to be given again, under a new nonce.
func (c *Cluster) verifyShare(held **rekey, share keys.Secret, nonce string) (bool, error) {
	r := *held
	switch {
	case r == nil:
		return false, errNoRekey
	case r.next == nil:
		return false, errNoVerification
	case nonce != r.verifyNonce:
		return false, errNonce
	case has(r.verified, share) && !c.product.bao():
		// OpenBao looks for it among the wrong shares and takes it twice.
		return false, errGiven
	}
	r.verified = append(r.verified, share)
	if len(r.verified) < r.shape.threshold {
		return false, nil
	}
	given := r.verified
	err := r.next.opens(given)
	if err != nil {
		c.restartVerification(r)
		if errors.Is(err, errWrongShares) {
			err = errNotVerified
		}
		return false, err
	}
	c.replaceShares(*r.next)
	*held = nil
	return true, nil
}

func (c *Cluster) restartVerification(r *rekey) {
	r.verified, r.verifyNonce = nil, c.dice.uuid()
}

// replaceShares puts new shares in force. Standbys go on saying the old threshold until they lead or are unsealed.
func (c *Cluster) replaceShares(next custody) {
	c.former = append(c.former, c.seal.custody)
	c.seal.custody = next
	if c.raft.leader != nil {
		c.raft.leader.shown = next.shape
	}
	c.raft.log.add(2)
}
