package vault

import "time"

// Node is what is known through one address. A reading is a Node too, in which only what was asked is filled in; nodes in a
// Snapshot are never changed, only replaced.
type Node struct {
	Address string
	Learnt  bool // a server named the address; nobody here did

	// Each node answers these for itself.
	Health   Section[Health]
	Seal     Section[SealStatus]
	Leader   Section[Leader]
	Recovery Section[RecoveryMode] // asked only of a node that has no sys/health
	Backends Section[SealBackendStatus]

	// These are of the cluster, as this node told them.
	Doors           Section[Doors]
	Ceremonies      Section[Ceremonies]
	HA              Section[[]HANode]
	Raft            Section[[]RaftServer]
	Autopilot       Section[Autopilot]
	AutopilotConfig Section[AutopilotConfig]
	Rewrap          Section[Rewrap]
	RewrapMoved     time.Time // when its count was last seen to move, or first seen
	Keys            Section[KeyStatus]
	Rotation        Section[RotateConfig]
	Replication     Section[Replication]
	Audit           Section[[]AuditDevice]
	Token           Section[TokenInfo]
	Capabilities    Section[Capabilities]

	Withheld    bool          // the token is not sent to this address
	RTT         time.Duration // of the last health answer, without connecting
	Skew        time.Duration // the node's clock less ours, to the second, seen with the last health answer
	Certificate *Certificate
	// ClusterAddress is what ha-status last said belongs to this address. It is kept when the node drops out of ha-status,
	// as a sealed one does, so that it keeps its name.
	ClusterAddress string
	RaftID         string // as the node itself names itself, where it is configured to
	Voices         int    // rises when this address speaks as another node than just before, and falls while it does not: see Balanced
	Failures       int    // rounds without an answer since the last one

	Since     time.Time // when the present state was first seen here
	Witnessed bool      // its beginning was seen here, so that Since is its age and not only ours
}

// State is what a node is, in one word.
type State int

// The states of a node, in the order in which sys/health's codes take precedence.
const (
	Unknown State = iota
	Active
	Standby
	PerfStandby
	DRSecondary
	CutOff // a standby that cannot reach the active node
	SealedState
	Uninitialised
	RemovedState
	Down       // no answer
	Broken     // an answer, but none that such a server gives
	Recovering // started with -recovery: it serves sys/raw to whoever makes a token for it, and nothing else
)

// State judges by the last try of sys/health: an old answer says what the node was, not what it is.
func (n *Node) State() State {
	h := n.Health
	switch {
	case h.Tried.IsZero():
		return Unknown
	case Is(h.Err, Unreachable):
		return Down
	case h.Err != nil && n.Recovery.Fresh() && withoutHealth(h.Err):
		return Recovering
	case h.Err != nil:
		return Broken
	}
	switch h.Value.Code {
	case CodeUninit:
		return Uninitialised
	case CodeRemoved:
		return RemovedState
	case CodeSealed:
		return SealedState
	case CodeCutOff:
		return CutOff
	case CodeDRSecondary:
		return DRSecondary
	case CodePerfStandby:
		return PerfStandby
	case CodeActive:
		return Active
	}
	if h.Value.HAConnection != nil && !*h.Value.HAConnection {
		return CutOff
	}
	return Standby
}

// Serving says that the node answers more than a sealed one would.
func (s State) Serving() bool {
	switch s {
	case Active, Standby, PerfStandby, DRSecondary, CutOff:
		return true
	default:
		return false
	}
}

// Version is what the node says it runs, or "" where its listener hides it.
func (n *Node) Version() string {
	if v := n.Health.Value.Version; v != "" {
		return v
	}
	return n.Seal.Value.Version
}

// Product is who made a server.
type Product int

// The products.
const (
	UnknownProduct Product = iota
	HashiCorpVault
	OpenBao
)

// String is the product's name.
func (p Product) String() string {
	switch p {
	case HashiCorpVault:
		return "Vault"
	case OpenBao:
		return "OpenBao"
	default:
		return ""
	}
}

// Product tells by the shape of the answers, since versions may be hidden and both count in the same numbers.
func (n *Node) Product() Product {
	switch {
	case n.Health.Value.FromVault, n.Seal.Value.FromVault, n.Backends.Known():
		return HashiCorpVault
	case n.Seal.Value.FromOpenBao, Is(n.Backends.Err, Unsupported), Is(n.Backends.Err, Denied):
		return OpenBao
	}
	return UnknownProduct
}

// mergeNode lays a reading over what was known of the node.
func mergeNode(old *Node, r *Node) *Node {
	n := *old
	n.Health = n.Health.merged(r.Health)
	n.Seal = n.Seal.merged(r.Seal)
	n.Leader = n.Leader.merged(r.Leader)
	n.Recovery = n.Recovery.merged(r.Recovery)
	n.Backends = n.Backends.merged(r.Backends)
	n.Doors = n.Doors.merged(r.Doors)
	n.Ceremonies = n.Ceremonies.merged(r.Ceremonies)
	n.HA = n.HA.merged(r.HA)
	n.Raft = n.Raft.merged(r.Raft)
	n.Autopilot = n.Autopilot.merged(r.Autopilot)
	n.AutopilotConfig = n.AutopilotConfig.merged(r.AutopilotConfig)
	n.Rewrap = n.Rewrap.merged(r.Rewrap)
	if n.Rewrap.At != old.Rewrap.At && (n.Rewrap.Value != old.Rewrap.Value || n.RewrapMoved.IsZero()) {
		n.RewrapMoved = n.Rewrap.At
	}
	n.Keys = n.Keys.merged(r.Keys)
	n.Rotation = n.Rotation.merged(r.Rotation)
	n.Replication = n.Replication.merged(r.Replication)
	n.Audit = n.Audit.merged(r.Audit)
	n.Token = n.Token.merged(r.Token)
	n.Capabilities = n.Capabilities.merged(r.Capabilities)
	if r.Health.Tried.IsZero() || r.Health.Tried.Before(old.Health.Tried) {
		return &n
	}
	n.Failures, n.Withheld = 0, r.Withheld
	if Is(r.Health.Err, Unreachable) {
		n.Failures = old.Failures + 1
	}
	if n.State() != old.State() {
		n.Since, n.Witnessed = n.Health.Tried, old.State() != Unknown
	}
	if r.Certificate != nil {
		n.Certificate = r.Certificate
	}
	if r.Health.Err == nil {
		n.RTT, n.Skew = r.RTT, r.Skew
		n.Voices = voices(old, r)
		n.RaftID = r.RaftID
	}
	return &n
}

// voiceWeight is how many steady readings outweigh one change of voice, so that an election now and then is no mark.
const voiceWeight = 10

// Balanced says that different nodes answer in turn, as behind a load balancer: the voice changed twice within few readings.
func (n *Node) Balanced() bool { return n.Voices > voiceWeight }

func voices(old, r *Node) int {
	if !changedVoice(old, r) {
		return max(0, old.Voices-1)
	}
	return min(old.Voices+voiceWeight, 3*voiceWeight)
}

// changedVoice says that another node answered than before, or that two nodes answered within the reading.
func changedVoice(old, r *Node) bool {
	renamed := old.RaftID != "" && r.RaftID != "" && old.RaftID != r.RaftID
	contradicts := r.Health.Err == nil && r.Leader.Fresh() && (r.Health.Value.Code == CodeActive) != r.Leader.Value.IsSelf &&
		r.Leader.Value.HAEnabled
	return renamed || contradicts
}
