package ceremony

import (
	"time"

	"warder/keys"
	"warder/vault"
)

// Effect is what is to be done outside. A Runner does it and gives the event that answers it. Secrets in an effect still
// belong to the machine, which wipes them when the answer has come.
type Effect interface{ effect() }

// The effects. Those that write do so once; those that go to the active node ask first whether it still is that.
type (
	// ReadSeal reads a node's seal status.
	ReadSeal struct {
		Node  Node
		After time.Duration // wait so long first: a joining node unseals some seconds after its last share
	}
	// SendUnseal gives a share to one node.
	SendUnseal struct {
		Node    Node
		Share   keys.Secret
		Migrate bool
	}
	// ResetUnseal drops what a node was given.
	ResetUnseal struct{ Node Node }

	// FindDoors asks how the cluster keeps its ceremony endpoints.
	FindDoors struct{ Node Node }
	// ReadPublicKey reads an OpenPGP key from a file.
	ReadPublicKey struct{ Path string }

	// ReadRekey reads how far a rekey is.
	ReadRekey struct {
		Node  Node
		Doors vault.Doors
		Kind  vault.KeyKind
	}
	// StartRekey begins one.
	StartRekey struct {
		Node   Node
		Doors  vault.Doors
		Kind   vault.KeyKind
		Config vault.RekeyConfig
	}
	// CancelRekey ends one.
	CancelRekey struct {
		Node  Node
		Doors vault.Doors
		Kind  vault.KeyKind
		Nonce string
	}
	// GiveRekeyShare gives one of the old shares.
	GiveRekeyShare struct {
		Node  Node
		Doors vault.Doors
		Kind  vault.KeyKind
		Nonce string
		Share keys.Secret
	}
	// GiveVerificationShare gives one of the new shares back.
	GiveVerificationShare struct {
		Node  Node
		Doors vault.Doors
		Kind  vault.KeyKind
		Nonce string
		Share keys.Secret
	}
	// RestartVerification drops the new shares given so far.
	RestartVerification struct {
		Node  Node
		Doors vault.Doors
		Kind  vault.KeyKind
		Nonce string
	}

	// ReadRoot reads how far a generate-root is.
	ReadRoot struct {
		Node  Node
		Doors vault.Doors
	}
	// StartRoot begins one; without a PGP key the server makes an OTP.
	StartRoot struct {
		Node   Node
		Doors  vault.Doors
		PGPKey string
	}
	// CancelRoot ends one.
	CancelRoot struct {
		Node  Node
		Doors vault.Doors
		Nonce string
	}
	// GiveRootShare gives one share.
	GiveRootShare struct {
		Node  Node
		Doors vault.Doors
		Nonce string
		Share keys.Secret
	}

	// StoreSecret writes a secret to a new file of mode 0600; an existing file or a link is refused.
	StoreSecret struct {
		Path    string
		Content []keys.Secret // written one after the other, each as base64 on a line of its own unless Text
		Text    bool          // the secrets are text and written as they are
	}
	// LookupToken asks what the new token is.
	LookupToken struct {
		Node  Node
		Token keys.Secret
	}
	// RevokeToken revokes the new token with itself and looks whether it is gone.
	RevokeToken struct {
		Node  Node
		Token keys.Secret
	}
	// WrapToken puts the token into a response-wrapping token of the given life.
	WrapToken struct {
		Node  Node
		Token keys.Secret
		Life  time.Duration
	}
)

func (ReadSeal) effect()              {}
func (SendUnseal) effect()            {}
func (ResetUnseal) effect()           {}
func (FindDoors) effect()             {}
func (ReadPublicKey) effect()         {}
func (ReadRekey) effect()             {}
func (StartRekey) effect()            {}
func (CancelRekey) effect()           {}
func (GiveRekeyShare) effect()        {}
func (GiveVerificationShare) effect() {}
func (RestartVerification) effect()   {}
func (ReadRoot) effect()              {}
func (StartRoot) effect()             {}
func (CancelRoot) effect()            {}
func (GiveRootShare) effect()         {}
func (StoreSecret) effect()           {}
func (LookupToken) effect()           {}
func (RevokeToken) effect()           {}
func (WrapToken) effect()             {}
