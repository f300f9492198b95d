package vault

import (
	"context"
	"net/http"

	"warder/keys"
)

// OpenBao gives a namespace a seal of its own, where it was made with one: it is sealed and unsealed by its own shares while the
// rest of the cluster goes on.

const pathNamespaces = "sys/namespaces"

// NamespaceSeal asks GET sys/namespaces/{path}/seal-status. It needs a token with read. A namespace without a seal of its own is
// an error.
func (c *Client) NamespaceSeal(ctx context.Context, namespace string) (SealStatus, error) {
	path, err := Path(pathNamespaces, namespace)
	if err != nil {
		return SealStatus{}, err
	}
	return ask(ctx, c, call{path: path + "/seal-status", token: true, inNS: true}, decodeNamespaceSeal)
}

// SealNamespace sends PUT sys/namespaces/{path}/seal, once: what is in it, and below it, answers nobody until it is unsealed. It
// needs a token with update. OpenBao 2.6.2 takes it of a namespace without a seal of its own, too, and nothing opens that again: ask
// NamespaceSeal before.
func (c *Client) SealNamespace(ctx context.Context, namespace string) error {
	path, err := Path(pathNamespaces, namespace)
	if err != nil {
		return err
	}
	k := call{method: http.MethodPut, path: path + "/seal", token: true, inNS: true}
	r, err := c.do(ctx, k)
	if err == nil && r.status != http.StatusNoContent && r.status != http.StatusOK {
		err = refusal(k.path, c.address, r)
	}
	return err
}

// UnsealNamespace gives one share of the namespace's own, with PUT sys/namespaces/{path}/unseal, once. It needs a token with
// update, unlike the unseal of a node.
func (c *Client) UnsealNamespace(ctx context.Context, namespace string, share keys.Secret) (SealStatus, error) {
	return c.putNamespaceUnseal(ctx, namespace, shareBody(share, "", ""))
}

// ResetNamespaceUnseal drops the shares that the namespace was given so far.
func (c *Client) ResetNamespaceUnseal(ctx context.Context, namespace string) (SealStatus, error) {
	return c.putNamespaceUnseal(ctx, namespace, []byte(`{"reset":true}`))
}

func (c *Client) putNamespaceUnseal(ctx context.Context, namespace string, body []byte) (SealStatus, error) {
	defer clear(body)
	path, err := Path(pathNamespaces, namespace)
	if err != nil {
		return SealStatus{}, err
	}
	k := call{method: http.MethodPut, path: path + "/unseal", body: body, token: true, inNS: true, secret: true}
	r, err := c.sealed(ctx, k)
	return taken(c, k.path, r, err, decodeNamespaceSeal)
}

// decodeNamespaceSeal reads the fields of a seal status, which stand under data here.
func decodeNamespaceSeal(body []byte) (SealStatus, error) {
	w, err := decodeData[wireSealStatus](body)
	if err != nil {
		return SealStatus{}, err
	}
	return w.status()
}
