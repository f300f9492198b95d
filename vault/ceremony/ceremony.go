// Package ceremony holds the brains of the key ceremonies, without a screen and without I/O.
//
// Its rules: a machine is a value, and Apply is total: an event that does not fit the state changes nothing but may leave a
// notice. Machines do not count shares: progress, nonce and threshold are the server's word, since others act at the same time.
// A share goes to the network once. A lost answer leads to a read of the status and then to a person, never to a second try.
// Every secret that a machine holds is wiped when its step is left, and all of them by Wipe.
package ceremony

import (
	"warder/keys"
	"warder/vault"
)

// Machine is a ceremony at one moment.
type Machine interface {
	// Apply gives the ceremony after the event, and what is to be done outside. The receiver is not to be used afterwards.
	Apply(Event) (Machine, []Effect)
	// Prompt is what is asked of the person now.
	Prompt() Prompt
	// Steps name the way, for the stepper, and where on it the ceremony is.
	Steps() (names []string, at int)
	// Account is what is true on the servers, as they last said it: which shares are in force, how far it is, what leaving means.
	Account() []string
	// Notices are what went wrong or deserves a word since the last event of the person, the newest last.
	Notices() []Notice
	// Wipe zeroes every secret. The machine is over then.
	Wipe()
}

// Canceller is a machine that knows what Cancelled would do now. There is nothing to cancel where ok is false.
type Canceller interface {
	Cancel() (act Option, ok bool)
}

// Backer is a machine that knows whether Back leads anywhere now.
type Backer interface{ Backs() bool }

// Keeper is a machine that may hold what is nowhere else: Keeps names what leaving now would lose, "" for nothing.
type Keeper interface{ Keeps() string }

// Notice is one remark.
type Notice struct {
	Alarm bool // somebody else changed what we were at, or keys may be lost
	Text  string
}

// Node is whom requests go to, as a person confirmed it.
type Node struct {
	Name        string
	Address     string
	Learnt      bool
	Certificate string            // SHA-256 fingerprint; "" without TLS
	Forwards    bool              // not the active node, but one of Vault's that hands requests on to it, which cannot be reached itself
	Makes       vault.RootVariant // which token generate-root makes there
	Unverified  bool              // TLS is not verified, or there is none and the address is not loopback: needs a confirmation of its own
}

// Event is what happened: something the person did, or an answer of a server.
type Event interface{ event() }

// What a person does.
type (
	// Continue goes on from what was told.
	Continue struct{}
	// Back returns to the step before, where that undoes nothing.
	Back struct{}
	// Picked chooses one of the options.
	Picked struct{ Key string }
	// Filled gives the values of a form, by the fields' keys.
	Filled struct{ Values map[string]string }
	// Confirmed says that what was to be typed was typed.
	Confirmed struct{}
	// GaveShare gives one share. The machine owns it from then on, and examines it whatever the field did.
	GaveShare struct{ Share keys.Share }
	// GaveSecret gives another secret: an OTP-encoded token carried over from another console, or characters typed back.
	GaveSecret struct{ Secret keys.Secret }
	// Shown says that the revealed secret was hidden again by the person. Blanking the screen is no such event.
	Shown struct{}
	// Cancelled is the confirmed wish to end the operation on the server.
	Cancelled struct{}
)

// Answers of servers. Each carries the error of its call; one of kind Unreachable after a write means a lost answer.
type (
	// Observed is a new snapshot of the cluster.
	Observed struct{ Snapshot vault.Snapshot }
	// Unsealed answers SendUnseal and ReadSeal.
	Unsealed struct {
		Address string
		Write   bool // it answers a share or a reset, and not a read
		Status  vault.SealStatus
		Err     error
	}
	// RekeyRead answers ReadRekey, StartRekey and CancelRekey.
	RekeyRead struct {
		Op     string // "read", "start" or "cancel"
		State  vault.Rekey
		Verify vault.RekeyVerify // read too when a verification nonce is there
		Made   []keys.Secret     // the new shares, of a start that took no old ones
		Err    error
	}
	// RekeyGiven answers GiveRekeyShare.
	RekeyGiven struct {
		Update vault.RekeyUpdate
		Err    error
	}
	// VerifyGiven answers GiveVerificationShare and RestartVerification.
	VerifyGiven struct {
		Restart bool
		Verify  vault.RekeyVerify
		Err     error
	}
	// RootRead answers ReadRoot, StartRoot and CancelRoot.
	RootRead struct {
		Op      string
		Attempt vault.RootAttempt
		Err     error
	}
	// RootGiven answers GiveRootShare.
	RootGiven struct {
		Attempt vault.RootAttempt
		Err     error
	}
	// NotActive says that the node is not the active one any more, or did not say so, so that nothing was sent; Leader is
	// whom it names.
	NotActive struct {
		Leader string
		Err    error
	}
	// DoorsFound answers FindDoors.
	DoorsFound struct {
		Doors vault.Doors
		Err   error
	}
	// PublicKeyRead answers ReadPublicKey.
	PublicKeyRead struct {
		Key   keys.PublicKey
		Place string           // where it was read
		Found []keys.Candidate // what was found there where it is not one key alone
		Err   error
	}
	// Stored answers StoreSecret.
	Stored struct {
		Path      string
		Elsewhere []string // where else it may be tried after an error
		Err       error
	}
	// TokenLooked answers LookupToken: what the new token is.
	TokenLooked struct {
		Info vault.TokenInfo
		Err  error
	}
	// TokenRevoked answers RevokeToken; Gone says that a look-up afterwards proved it.
	TokenRevoked struct {
		Gone bool
		Err  error
	}
	// TokenWrapped answers WrapToken.
	TokenWrapped struct {
		Wrapping keys.Secret
		Err      error
	}
)

func (Continue) event()      {}
func (Back) event()          {}
func (Picked) event()        {}
func (Filled) event()        {}
func (Confirmed) event()     {}
func (GaveShare) event()     {}
func (GaveSecret) event()    {}
func (Shown) event()         {}
func (Cancelled) event()     {}
func (Observed) event()      {}
func (Unsealed) event()      {}
func (RekeyRead) event()     {}
func (RekeyGiven) event()    {}
func (VerifyGiven) event()   {}
func (RootRead) event()      {}
func (RootGiven) event()     {}
func (NotActive) event()     {}
func (DoorsFound) event()    {}
func (PublicKeyRead) event() {}
func (Stored) event()        {}
func (TokenLooked) event()   {}
func (TokenRevoked) event()  {}
func (TokenWrapped) event()  {}
