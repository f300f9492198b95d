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
}

// Do does one effect and gives the event that answers it. It returns when the answer has come or ctx is done; what was sent
// by then is sent. The event is nil where nothing was done, since the machine was wiped before.
func (r Runner) Do(ctx context.Context, e Effect) Event {
	if slices.ContainsFunc(carried(e), keys.Secret.Empty) {
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
		key, err := readPublicKey(e.Path)
		return PublicKeyRead{Key: key, Err: err}
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
	}
	return r.doActive(ctx, e)
}

func (r Runner) client(n Node) *vault.Client {
	return r.Clients.Pinned(n.Address, n.Learnt, n.Certificate)
}

func (r Runner) readSeal(ctx context.Context, e ReadSeal) Event {
	wait := time.NewTimer(e.After)
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-ctx.Done():
		return Unsealed{Address: e.Node.Address, Err: ctx.Err()}
	}
	status, err := r.client(e.Node).SealStatus(ctx)
	return Unsealed{Address: e.Node.Address, Status: status, Err: err}
}

// doActive does what only the active node may be asked, if the node still is that.
func (r Runner) doActive(ctx context.Context, e Effect) Event {
	node, ok := addressee(e)
	if !ok {
		return nil
	}
	c := r.client(node)
	leader, err := c.Leader(ctx)
	switch {
	case err != nil:
		return NotActive{Err: err}
	case node.Forwards && leader.Address == "" && !leader.IsSelf, !node.Forwards && leader.HAEnabled && !leader.IsSelf:
		return NotActive{Leader: leader.Address}
	}
	if out := r.doRekey(ctx, c, e); out != nil {
		return out
	}
	return r.doRoot(ctx, c, e)
}

// carried are the secrets that an effect takes out.
func carried(e Effect) []keys.Secret {
	switch e := e.(type) {
	case SendUnseal:
		return []keys.Secret{e.Share}
	case GiveRekeyShare:
		return []keys.Secret{e.Share}
	case GiveVerificationShare:
		return []keys.Secret{e.Share}
	case GiveRootShare:
		return []keys.Secret{e.Share}
	case StoreSecret:
		return e.Content
	case LookupToken:
		return []keys.Secret{e.Token}
	case RevokeToken:
		return []keys.Secret{e.Token}
	case WrapToken:
		return []keys.Secret{e.Token}
	}
	return nil
}

// addressee is the node that an effect goes to.
func addressee(e Effect) (Node, bool) {
	switch e := e.(type) {
	case FindDoors:
		return e.Node, true
	case ReadRekey:
		return e.Node, true
	case StartRekey:
		return e.Node, true
	case CancelRekey:
		return e.Node, true
	case GiveRekeyShare:
		return e.Node, true
	case GiveVerificationShare:
		return e.Node, true
	case RestartVerification:
		return e.Node, true
	case ReadRoot:
		return e.Node, true
	case StartRoot:
		return e.Node, true
	case CancelRoot:
		return e.Node, true
	case GiveRootShare:
		return e.Node, true
	case LookupToken:
		return e.Node, true
	case RevokeToken:
		return e.Node, true
	case WrapToken:
		return e.Node, true
	case ReadSeal:
		return e.Node, true
	case SendUnseal:
		return e.Node, true
	case ResetUnseal:
		return e.Node, true
	}
	return Node{}, false
}

func readPublicKey(path string) (keys.PublicKey, error) {
	b, err := readBounded(path)
	if err != nil {
		return keys.PublicKey{}, err
	}
	key, err := keys.ParsePublicKey(b)
	if err != nil {
		return keys.PublicKey{}, fmt.Errorf("%s: %w", path, err)
	}
	return key, nil
}
