package ceremony

import (
	"io"

	"warder/keys"
	"warder/vault"
)

// Initialise makes the keys of a new cluster at one node, hands them out, and brings the other nodes in. It is done once in
// the life of a cluster, and one answer holds all: when that is lost, so is the cluster, which has no data yet.
type Initialise struct {
	desk
	madeToken
	stage   initStage
	then    initStage // where it goes on after a confirmation in between, or once what is shown was hidden
	excused []string  // addresses of silent nodes of which a person says that they hold no data
	status  vault.SealStatus
	bao     bool // the node is OpenBao's
	plan    initPlan
	reads   int // left, of whether there are keys
	hand    handing
	check   challenge
	kept    bool // the roster of the custodians
	given   bool // the root token is handed over
	joins   []Node
	joining JoinNode // as it goes to each of them
	unseal  Unseal
	raft    []vault.RaftServer
	checked bool
}

// initPlan is what is to be made.
type initPlan struct {
	shares, threshold int
	owners
	root keys.PublicKey // whose the root token is; zero: in the open
}

// NewInitialise begins. skipVerify says that TLS is not verified.
func NewInitialise(snapshot vault.Snapshot, skipVerify bool, prints *keys.Fingerprinter, random io.Reader) Initialise {
	i := Initialise{
		desk: desk{safe: &safe{}, prints: prints, seat: seat{snapshot: snapshot, skip: skipVerify}},
		hand: handing{random: random, what: "share"},
	}
	i.bar()
	return i
}

// Apply implements Machine.
func (i Initialise) Apply(e Event) (Machine, []Effect) {
	out := i.take(&i, e)
	return i, out
}

func (i *Initialise) nonce() string { return "" }

// local is always so: nothing is read but what is waited for.
func (i *Initialise) local() bool { return true }

// answer takes what servers and files say.
func (i *Initialise) answer(e Event) []Effect {
	switch e := e.(type) {
	case Observed:
		return i.observed(e)
	case Unsealed:
		if i.awaits != callSeal {
			return i.toUnseal(e)
		}
		if !e.Write {
			return i.sealRead(e)
		}
	case KeysMade:
		return i.keysMade(e)
	case Stored:
		i.stored(e)
	case TokenLooked:
		i.tokenLooked(e)
	case TokenWrapped:
		i.tokenWrapped(e)
	case TokenRevoked:
		i.tokenRevoked(e)
	case CertificatesRead:
		i.certificatesRead(e)
	case NodeJoined:
		return i.nodeJoined(e)
	case RaftRead:
		return i.raftRead(e)
	case RosterKept:
		if e.Err != nil {
			i.notices.say("%v.", e.Err)
		}
	default:
		discard(e)
	}
	return nil
}

// observed follows the nodes.
func (i *Initialise) observed(e Observed) []Effect {
	i.seat.snapshot = e.Snapshot
	switch {
	case i.awaits != callNone:
		return nil
	case i.stage <= initRisking:
		i.bar()
	case i.stage == initSettling, i.stage == initUnmade && i.keyed():
		return i.settle()
	case i.stage == initUnsealing:
		return i.toUnseal(e)
	case i.stage == initHub:
		return i.remember()
	}
	return nil
}

// keyed says that the node is said to have keys by now.
func (i *Initialise) keyed() bool {
	n := i.seat.snapshot.Node(i.seat.node.Address)
	return n != nil && n.State() != vault.Uninitialised && n.Health.Fresh()
}

// Notices implements Machine.
func (i Initialise) Notices() []Notice {
	if i.stage == initUnsealing {
		return append(i.notices[:len(i.notices):len(i.notices)], i.unseal.notices...)
	}
	return i.notices
}
