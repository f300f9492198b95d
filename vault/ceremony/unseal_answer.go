package ceremony

import (
	"fmt"
	"slices"

	"warder/keys"
	"warder/vault"
)

// answered takes the answer that a node was asked for, and no other.
func (u *Unseal) answered(e Unsealed) []Effect {
	n := u.node(e.Address)
	if n == nil || n.awaits == nothing || e.Write != (n.awaits != aRead) {
		return nil
	}
	was := n.awaits
	n.awaits = nothing
	switch was {
	case aShare:
		return u.shareAnswered(n, e)
	case aReset:
		return u.resetAnswered(n, e)
	}
	return u.readAnswered(n, e)
}

func (u *Unseal) shareAnswered(n *sealedNode, e Unsealed) []Effect {
	before := n.status
	switch {
	case vault.BetweenSeals(e.Err):
		n.mark(n.column, Taken)
		u.between(n)
		return nil
	case unsent(e.Err):
		n.trouble = e.Err
		n.mark(n.column, Unsent)
		u.unreached(n, e.Err)
		return nil
	case lost(e.Err):
		n.mark(n.column, Lost)
		return []Effect{n.read(afterLost, 0)}
	case e.Err != nil:
		n.refusal = e.Err
		n.mark(n.column, Refused)
		return []Effect{n.read(afterRefusal, 0)}
	}
	n.status, n.known, n.trouble = e.Status, true, nil
	n.mark(n.column, Taken)
	switch {
	case !e.Status.Sealed:
		u.right(n)
		u.notices.say("%s is unsealed.", n.Name)
		return nil
	case e.Status.Progress == 0:
		u.right(n)
		return []Effect{n.joins()}
	}
	u.counted(n, before)
	return nil
}

// between takes a node for unsealed that answers as one whose seal the leader has still to change.
func (u *Unseal) between(n *sealedNode) {
	if n.status.Sealed {
		u.right(n)
		u.notices.say("%s is unsealed, and answers with errors until the leader has changed the seal.", n.Name)
	}
	n.status.Sealed, n.status.Progress, n.known, n.trouble, n.unsettled = false, 0, true, nil, false
}

// right says that the share at hand completed a set that opens the node.
func (u *Unseal) right(n *sealedNode) {
	u.opens = u.opens || n.column == u.column && !u.hand.Secret().Empty()
	n.round = nil
}

// counted compares the progress with what one share makes of it, since others give shares at the same time.
func (u *Unseal) counted(n *sealedNode, before vault.SealStatus) {
	now := n.status
	switch {
	case before.Nonce != "" && now.Nonce != before.Nonce:
		u.dropped(n, before)
	case now.Progress == before.Progress:
		u.notices.say("%s had this very share already, from another terminal: %d of %d.", n.Name, now.Progress, now.Threshold)
	case now.Progress > before.Progress+1:
		u.notices.say("%s is at %d of %d: somebody else gives shares too, and they count.", n.Name, now.Progress, now.Threshold)
	}
	if !n.has(n.column) {
		n.round = append(slices.Clip(n.round), n.column)
	}
}

// dropped tells that the set of shares the node had is gone, by nothing done here.
func (u *Unseal) dropped(n *sealedNode, before vault.SealStatus) {
	u.notices.alarm("%s has dropped the %s it had: somebody else reset it, or it was restarted, or a share given elsewhere completed a wrong set. %s", n.Name, count(before.Progress, "share"), u.givenHere(n))
	n.round = nil
}

// givenHere names the shares given here that were in the node's set.
func (u *Unseal) givenHere(n *sealedNode) string {
	if len(n.round) == 0 {
		return "None of them was given here."
	}
	var names []string
	for _, c := range n.round {
		names = append(names, u.shareName(c))
	}
	return "Given here: " + list(names) + "."
}

func (u *Unseal) shareName(column int) string {
	return "share " + numbered(column+1, u.typed[column].Fingerprint)
}

func (u *Unseal) unreached(n *sealedNode, err error) {
	if vault.OtherCertificate(err) {
		u.agreed = u.agreed.without(n.Address)
		u.notices.alarm("%s shows another certificate than the one confirmed. Nothing was sent to it.", n.Name)
		return
	}
	u.notices.say("%s could not be reached (%s), so that nothing was sent to it. It is asked again when it answers.", n.Name, vault.Reason(err))
}

func (u *Unseal) resetAnswered(n *sealedNode, e Unsealed) []Effect {
	if e.Err != nil {
		u.notices.say("%s: the reset was not answered (%s). Its status is read.", n.Name, vault.Reason(e.Err))
		return []Effect{n.read(plainly, 0)}
	}
	n.status, n.known, n.trouble, n.round = e.Status, true, nil, nil
	u.notices.say("%s was reset: %d of %d.", n.Name, e.Status.Progress, e.Status.Threshold)
	return nil
}

// numbered is how a share is called on screen: its number here, and words by which it is recognised but not learnt.
func numbered(number int, f keys.Fingerprint) string { return fmt.Sprintf("%d (%v)", number, f) }
