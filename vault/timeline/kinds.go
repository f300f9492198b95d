package timeline

// The kinds of event.
const (
	Silent     Kind = "silent"
	Back       Kind = "back"
	Sealed     Kind = "sealed"
	Unsealed   Kind = "unsealed"
	Progress   Kind = "unseal-progress"
	Initial    Kind = "initialised"
	Wiped      Kind = "uninitialised"
	Removed    Kind = "removed"
	Rejoined   Kind = "rejoined"
	CutOff     Kind = "cut-off"
	Connected  Kind = "connected"
	Role       Kind = "role"
	Certified  Kind = "certificate"
	Version    Kind = "version"
	ClusterID  Kind = "cluster-id"
	BackendBad Kind = "backend-failed"
	BackendOK  Kind = "backend-mended"

	LeaderChanged Kind = "leader-changed"
	LeaderLost    Kind = "leader-lost"
	LeaderBack    Kind = "leader-back"

	PeerJoined    Kind = "peer-joined"
	PeerLeft      Kind = "peer-left"
	Voter         Kind = "voter"
	NonVoter      Kind = "non-voter"
	PeerHealthy   Kind = "peer-healthy"
	PeerUnhealthy Kind = "peer-unhealthy"
	Tolerance     Kind = "tolerance"
	Thresholds    Kind = "autopilot-config"

	RewrapStarted Kind = "rewrap-started"
	RewrapEnded   Kind = "rewrap-ended"
	RewrapFailed  Kind = "rewrap-failed"

	Rotated Kind = "rotated"
	Rekeyed Kind = "rekeyed"

	CeremonyBegun    Kind = "ceremony-begun"
	CeremonyMoved    Kind = "ceremony-progress"
	CeremonyReplaced Kind = "ceremony-replaced"
	CeremonyEnded    Kind = "ceremony-ended"
)

// Meaning tells what a kind of event is.
type Meaning struct {
	Kind  Kind
	Means string
}

// Kinds are all kinds of event that a History gives.
func Kinds() []Meaning {
	return []Meaning{
		{Silent, "A node that answered does not any more, or not as such a server would; the text says how."},
		{Back, "A node answers again."},
		{Sealed, "A node that was unsealed is sealed."},
		{Unsealed, "A sealed node is unsealed."},
		{Progress, "The count of shares entered at a sealed node changed, or was thrown away."},
		{Initial, "A node that had no keys is initialised, or joined a cluster that is."},
		{Wiped, "A node that was initialised says that it is not."},
		{Removed, "A node says that it was removed from the cluster."},
		{Rejoined, "A removed node is part of a cluster again."},
		{CutOff, "A standby cannot reach the active node."},
		{Connected, "A standby reaches the active node again."},
		{Role, "A node became a DR secondary or was started in recovery mode, or is none any more."},
		{Certified, "A node shows another certificate than before."},
		{Version, "A node runs another version than before."},
		{ClusterID, "A node tells another cluster id than before."},
		{BackendBad, "A node calls one of its seal backends unhealthy; the time is the server's where it tells one."},
		{BackendOK, "A node calls one of its seal backends healthy again."},
		{LeaderChanged, "Another node is active, or the same was elected again; the time is the server's where it tells one."},
		{LeaderLost, "No node is active any more, and none that answers names an active one."},
		{LeaderBack, "A node is active after a time without any."},
		{PeerJoined, "A server is in the Raft configuration that was not."},
		{PeerLeft, "A server is no longer in the Raft configuration."},
		{Voter, "A Raft peer got a vote."},
		{NonVoter, "A Raft peer lost its vote."},
		{PeerHealthy, "Autopilot calls a peer healthy again."},
		{PeerUnhealthy, "Autopilot calls a peer unhealthy."},
		{Tolerance, "Another number of voters may be lost than before, as autopilot says."},
		{Thresholds, "Autopilot's settings changed; the text names them."},
		{RewrapStarted, "A seal rewrap runs that did not."},
		{RewrapEnded, "A seal rewrap does not run any more."},
		{RewrapFailed, "The running rewrap failed on an entry, for the first time in this run."},
		{Rotated, "The barrier's key has another term; the time is that of its installation, as the server says."},
		{Rekeyed, "The number of shares, or how many are needed, is another, as the active node says."},
		{CeremonyBegun, "A rekey, a generate-root or a verification is under way that was not."},
		{CeremonyMoved, "Another number of shares is given to a ceremony than before."},
		{CeremonyReplaced, "A ceremony has another nonce: it was ended and begun again between two looks."},
		{CeremonyEnded, "A ceremony is not under way any more; whether it was completed or cancelled the server does not tell."},
	}
}
