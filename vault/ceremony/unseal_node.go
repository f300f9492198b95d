package ceremony

import (
	"slices"
	"time"

	"warder/vault"
)

// A node that joins Raft unseals some seconds after its last share. It is looked at so often, so far apart.
const (
	joinReads = 30
	joinPause = time.Second
)

// awaited is the one call to a node whose answer has not come.
type awaited int

const (
	nothing awaited = iota
	aRead
	aShare
	aReset
)

// reason is why a status is read.
type reason int

const (
	plainly      reason = iota // to see how things are
	afterLost                  // the answer to a share was lost
	afterRefusal               // a share was refused
	whileJoining               // its last share came, and it will unseal soon
	afterCancel                // the operation was to be ended
	arriving                   // whether there is one is not known
)

// sealedNode is one node of an unseal.
type sealedNode struct {
	Node
	status    vault.SealStatus // its own word; until known, that of the snapshot
	known     bool
	trouble   error // why the last read or write failed; nil once one worked
	awaits    awaited
	reason    reason
	refusal   error
	left      int   // reads left while it joins
	column    int   // of the share sent to it last
	unsettled bool  // whether that one counted is still to be read
	due       bool  // the share at hand is to be sent to it
	round     []int // the columns of the shares given here that count in its present set
	cells     []Cell
}

// read asks for the node's status.
func (n *sealedNode) read(why reason, after time.Duration) Effect {
	n.awaits, n.reason = aRead, why
	return ReadSeal{Node: n.Node, After: after}
}

// look reads the status for what is still open, or plainly.
func (n *sealedNode) look() Effect {
	if n.unsettled {
		return n.read(afterLost, 0)
	}
	return n.read(plainly, 0)
}

// joins waits for the node to unseal by itself.
func (n *sealedNode) joins() Effect {
	n.left = joinReads
	return n.read(whileJoining, joinPause)
}

func (n sealedNode) joining() bool { return n.awaits == aRead && n.reason == whileJoining }

// automatic says that its shares are recovery shares, which do not unseal.
func (n sealedNode) automatic() bool { return n.status.RecoverySeal && !n.status.Migration }

// explained says that no share can help it, whoever gives it.
func (n sealedNode) explained() bool { return n.automatic() || n.status.Removed }

// needs says that it waits for shares.
func (n sealedNode) needs() bool {
	return n.known && n.trouble == nil && n.status.Initialised && n.status.Sealed && !n.explained() && !n.joining()
}

// completes says that one more share makes a set.
func (n sealedNode) completes() bool { return n.status.Progress+1 >= n.status.Threshold }

// differs says that a snapshot shows the node otherwise than it last answered here.
func (n sealedNode) differs(seen *vault.Node) bool {
	s := seen.Seal.Value
	switch {
	case !seen.Seal.Fresh():
		return n.trouble == nil && n.known && vault.Is(seen.Health.Err, vault.Unreachable)
	case n.trouble != nil || !n.known:
		return true
	}
	return s.Sealed != n.status.Sealed || s.Progress != n.status.Progress || s.Nonce != n.status.Nonce ||
		s.Initialised != n.status.Initialised || s.Removed != n.status.Removed
}

func (n sealedNode) has(column int) bool { return slices.Contains(n.round, column) }

// mark notes what became of a share.
func (n *sealedNode) mark(column int, c Cell) {
	for len(n.cells) <= column {
		n.cells = append(n.cells, NotNeeded)
	}
	n.cells[column] = c
}

// state says in words how the node is.
func (n sealedNode) state() string {
	s := n.status
	switch {
	case n.automatic() && s.Sealed:
		return "sealed; its " + s.Type + " seal unseals it, shares do not"
	case s.Removed:
		return "removed from the cluster"
	case n.trouble != nil:
		return vault.Reason(n.trouble)
	case !n.known:
		return "not asked yet"
	case !s.Initialised:
		return "not initialised"
	case !s.Sealed:
		return "unsealed"
	case n.joining():
		return "has all shares and is joining"
	case n.awaits == aShare:
		return "a share is on its way"
	case s.Migration:
		return "sealed, seal migration under way"
	}
	return "sealed"
}
