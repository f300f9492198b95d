package ceremony

import (
	"context"
	"fmt"
	"slices"
	"time"

	"warder/keys"
	"warder/vault"
)

// Runner does effects. Each goes only to the node that was confirmed, and over TLS only to the certificate that was
// confirmed. It keeps nothing and wipes nothing: secrets in an effect are the machine's.
type Runner struct {
	Clients *vault.Clients
	State   string // the directory below which the roster is kept; "" to keep none
}

// Do does one effect and gives the event that answers it. It returns when the answer has come or ctx is done; what was sent
// by then is sent. The event is nil where nothing was done, since the machine was wiped before.
func (r Runner) Do(ctx context.Context, e Effect) Event {
	if slices.ContainsFunc(e.carried(), keys.Secret.Empty) {
		return nil
	}
	switch e := e.(type) {
	case ReadSeal:
		return r.readSeal(ctx, e)
	case SendUnseal:
		status, err := r.client(e.Node).Unseal(ctx, e.Share, e.Migrate)
		return Unsealed{Address: e.Node.Address, Write: true, Status: status, Err: err}
	case ResetUnseal:
		status, err := r.client(e.Node).ResetUnseal(ctx)
		return Unsealed{Address: e.Node.Address, Write: true, Status: status, Err: err}
	case ReadPublicKey:
		return readPublicKeys(e.Path)
	case ReadRoster:
		return doRoster(r.State, e)
	case KeepRoster:
		return doRoster(r.State, e)
	case StoreSecret:
		text, whole := e.text()
		if !whole {
			return nil
		}
		defer clear(text)
		if err := store(e.Path, text); err != nil {
			return Stored{Path: e.Path, Elsewhere: elsewhere(e.Path), Err: err}
		}
		return Stored{Path: e.Path}
	case ReadFormer:
		return doFormer(ctx, r.client(e.Node), e)
	case EndFormer:
		return doFormer(ctx, r.client(e.Node), e)
	}
	if out := r.doInit(ctx, e); out != nil {
		return out
	}
	return r.doActive(ctx, e)
}

func (r Runner) client(n Node) *vault.Client {
	return r.Clients.Pinned(n.Address, n.Learnt, n.Certificate)
}

func (r Runner) readSeal(ctx context.Context, e ReadSeal) Event {
	if err := waited(ctx, e.After); err != nil {
		return Unsealed{Address: e.Node.Address, Err: err}
	}
	status, err := r.client(e.Node).SealStatus(ctx)
	return Unsealed{Address: e.Node.Address, Status: status, Err: err}
}

// waited is how a wait ended. Where there is none, no timer is made: one that has run out when it is looked at crashes the race
// detector of Go 1.26 now and then, in tests whose time is false.
func waited(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	wait := time.NewTimer(d)
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// doActive does what only the active node may be asked, if the node still is that.
func (r Runner) doActive(ctx context.Context, e Effect) Event {
	node, ok := e.addressee()
	if !ok {
		return nil
	}
	c := r.client(node)
	if node.Makes == vault.RecoveryToken { // it stands alone, and has no such endpoint
		return r.doRecovering(ctx, c, e)
	}
	leader, err := c.Leader(ctx)
	switch {
	case err != nil:
		return NotActive{Err: err}
	case node.Forwards && leader.Address == "" && !leader.IsSelf, !node.Forwards && leader.HAEnabled && !leader.IsSelf:
		return NotActive{Leader: leader.Address}
	}
	if out := doStepDown(ctx, c, e); out != nil {
		return out
	}
	if out := r.doRekey(ctx, c, e); out != nil {
		return out
	}
	return r.doRoot(ctx, c, e)
}

// readPublicKeys reads one key, or all that a keyring or a directory holds.
func readPublicKeys(path string) PublicKeyRead {
	found, err := keys.ReadPublicKeys(path)
	switch {
	case err != nil:
		return PublicKeyRead{Place: path, Err: err}
	case len(found) == 1 && found[0].Err != nil:
		return PublicKeyRead{Place: path, Err: fmt.Errorf("%s: %w", path, found[0].Err)}
	case len(found) == 1:
		return PublicKeyRead{Place: path, Key: found[0].Key}
	case len(found) == 0:
		return PublicKeyRead{Place: path, Err: fmt.Errorf("%s holds nothing", path)}
	}
	return PublicKeyRead{Place: path, Found: found}
}
