package ceremony

import (
	"time"

	"warder/keys"
	"warder/vault"
)

// Effect is what is to be done outside. A Runner does it and gives the event that answers it. Secrets in an effect still
// belong to the machine, which wipes them when the answer has come.
type Effect interface {
	addressee() (Node, bool)
	carried() []keys.Secret
}

// The effects. Those that write do so once; those that go to the active node ask first whether it still is that.
type (
	// ReadSeal reads a node's seal status.
	ReadSeal struct {
		Node
		After time.Duration // wait so long first: a joining node unseals some seconds after its last share
	}
	// SendUnseal gives a share to one node.
	SendUnseal struct {
		Node
		Share   keys.Secret
		Migrate bool
	}
	// ResetUnseal drops what a node was given.
	ResetUnseal struct{ Node }

	// FindDoors asks how the cluster keeps its ceremony endpoints.
	FindDoors struct{ Node }
	// ReadPublicKey reads an OpenPGP key from a file.
	ReadPublicKey struct {
		here
		Path string
	}

	// ReadRekey reads how far a rekey is.
	ReadRekey struct {
		Node
		Doors vault.Doors
		Kind  vault.KeyKind
	}
	// StartRekey begins one.
	StartRekey struct {
		Node
		Doors  vault.Doors
		Kind   vault.KeyKind
		Config vault.RekeyConfig
	}
	// CancelRekey ends one.
	CancelRekey struct {
		Node
		Doors vault.Doors
		Kind  vault.KeyKind
		Nonce string
	}
	// GiveRekeyShare gives one of the old shares.
	GiveRekeyShare struct {
		Node
		Doors vault.Doors
		Kind  vault.KeyKind
		Nonce string
		Share keys.Secret
	}
	// GiveVerificationShare gives one of the new shares back.
	GiveVerificationShare struct {
		Node
		Doors vault.Doors
		Kind  vault.KeyKind
		Nonce string
		Share keys.Secret
	}
	// RestartVerification drops the new shares given so far.
	RestartVerification struct {
		Node
		Doors vault.Doors
		Kind  vault.KeyKind
		Nonce string
	}

	// ReadRoot reads how far a generate-root is.
	ReadRoot struct {
		Node
		Doors vault.Doors
	}
	// StartRoot begins one; without a PGP key the server makes an OTP.
	StartRoot struct {
		Node
		Doors  vault.Doors
		PGPKey string
	}
	// CancelRoot ends one.
	CancelRoot struct {
		Node
		Doors vault.Doors
		Nonce string
	}
	// GiveRootShare gives one share.
	GiveRootShare struct {
		Node
		Doors vault.Doors
		Nonce string
		Share keys.Secret
	}

	// StoreSecret writes a secret to a new file of mode 0600; an existing file or a link is refused.
	StoreSecret struct {
		here
		Path    string
		Content []keys.Secret // written one after the other, each as base64 on a line of its own unless Text
		Notes   []string      // one for each of Content or none: a line before it, for its reader, behind a "#"
		Text    bool          // the secrets are text and written as they are
	}
	// LookupToken asks what the new token is.
	LookupToken struct {
		Node
		Token keys.Secret
	}
	// RevokeToken revokes the new token with itself and looks whether it is gone.
	RevokeToken struct {
		Node
		Token keys.Secret
	}
	// WrapToken puts the token into a response-wrapping token of the given life.
	WrapToken struct {
		Node
		Token keys.Secret
		Life  time.Duration
	}
)

// addressee is the node that an effect goes to: the one it holds.
func (n Node) addressee() (Node, bool) { return n, true }

// carried are the secrets that an effect takes out: none, where it does not say otherwise.
func (Node) carried() []keys.Secret { return nil }

// here is what an effect holds that goes to no node.
type here struct{}

func (here) addressee() (Node, bool) { return Node{}, false }
func (here) carried() []keys.Secret  { return nil }

func (e SendUnseal) carried() []keys.Secret            { return []keys.Secret{e.Share} }
func (e GiveRekeyShare) carried() []keys.Secret        { return []keys.Secret{e.Share} }
func (e GiveVerificationShare) carried() []keys.Secret { return []keys.Secret{e.Share} }
func (e GiveRootShare) carried() []keys.Secret         { return []keys.Secret{e.Share} }
func (e StoreSecret) carried() []keys.Secret           { return e.Content }
func (e LookupToken) carried() []keys.Secret           { return []keys.Secret{e.Token} }
func (e RevokeToken) carried() []keys.Secret           { return []keys.Secret{e.Token} }
func (e WrapToken) carried() []keys.Secret             { return []keys.Secret{e.Token} }
