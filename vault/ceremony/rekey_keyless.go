package ceremony

import (
	"fmt"

	"warder/vault"
)

// OpenBao can be initialised without recovery shares. Nobody can be asked for some then, so that it makes the first ones at
// once: the answer to the start is the one that holds them.

// shareless says that the seal is automatic, and there are no recovery shares.
func shareless(s vault.SealStatus) bool {
	return s.Initialised && s.RecoverySeal && s.Threshold == 0 && s.Shares == 0
}

// keyless says that the shares to be made are the first ones.
func (r Rekey) keyless() bool { return r.plan.kind == vault.RecoveryKey && shareless(r.old) }

// madeAtOnce takes the new shares from the answer to the start.
func (r *Rekey) madeAtOnce(e RekeyRead) []Effect {
	r.joined, r.home = false, r.seat.node
	return r.completed(vault.RekeyUpdate{Rekey: e.State, Complete: true, NewShares: e.Made})
}

// nameKnown takes the nonce of a rekey that was begun and made its shares with one call, which did not say it.
func (r *Rekey) nameKnown(now vault.Rekey) {
	if r.state.Nonce == "" && r.state.VerificationNonce != "" && now.VerificationNonce == r.state.VerificationNonce {
		r.state.Nonce = now.Nonce
	}
}

// lostAtOnce says what to do where the answer that was to hold the first shares did not come.
func (r Rekey) lostAtOnce() string {
	const text = "The answer to the start was lost, and with it the new shares that it may have held. "
	if r.plan.config.Verification {
		return text + "They open nothing before they are verified: if a rekey is there now that waits for its verification, end it and begin again."
	}
	return text + "If they were made, they are in force. " + r.fromBackup()
}

// firstInForce says of the first shares whether they are in force.
func (r Rekey) firstInForce() string {
	switch r.verdict {
	case newInForce:
		return fmt.Sprintf("The new shares (any %d of %d) are in force. There were none before.", r.state.Threshold, r.state.Shares)
	case otherInForce:
		return fmt.Sprintf("In force are others by now (%v): somebody has made or replaced them since this ceremony.", r.last)
	case notKnown:
		return "Whether the new recovery shares are in force is not known. There were none before."
	}
	return "No recovery shares are in force: none were ever made for this cluster, or they are not verified yet."
}
