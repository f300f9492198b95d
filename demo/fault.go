package demo

import (
	"time"
)

// Fault is something that happens to the cluster: one of the structs of this package, and no other. Each is applied at
// the present instant by Apply, by a scenario's timetable, or by a POST to the control address.
type Fault interface {
	apply(*Cluster) error
}

// Apply lets a fault happen now.
func (c *Cluster) Apply(f Fault) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance(c.now())
	defer c.endLogs()
	return f.apply(c)
}

type (
	// Stop kills a node's process: it refuses connections.
	Stop struct{ Node string }
	// Start runs a stopped node again: sealed under Shamir; under auto-unseal it unseals itself, or, when no seal
	// backend can be reached, its process ends at once.
	Start struct{ Node string }
	// Hang lets a node accept connections and answer nothing.
	Hang struct{ Node string }
	// Unhang lets it answer again, also what it was asked meanwhile.
	Unhang struct{ Node string }
	// Slow delays every answer of a node; 0 ends that.
	Slow struct {
		Node string
		By   time.Duration
	}
	// Seal seals a node.
	Seal struct{ Node string }
	// Unseal opens a node as if its custodians had come.
	Unseal struct{ Node string }
	// StepDown has the leader hand over.
	StepDown struct{}
	// Remove takes a node out of the Raft configuration. Vault's node learns of it if it runs.
	Remove struct{ Node string }
	// Rejoin lets a removed node in again, its storage wiped.
	Rejoin struct{ Node string }
	// Lag holds a node's log so many entries behind.
	Lag struct {
		Node    string
		Entries int
	}
	// Skew sets a node's clock off.
	Skew struct {
		Node string
		By   time.Duration
	}
	// Upgrade gives a node another version.
	Upgrade struct{ Node, Version string }
	// Downgrade gives a node the version before the cluster's.
	Downgrade struct{ Node string }
	// Demote takes a node's vote; autopilot gives it back once the node has been stable for long enough.
	Demote struct{ Node string }
	// LoseReplies has a node act on so many writes and break the connection instead of answering.
	LoseReplies struct {
		Node  string
		Count int
	}
	// Refuse has a node answer everything but sys/health with this status; 0 ends that.
	Refuse struct {
		Node   string
		Status int
		Text   string
	}
	// Break makes a seal backend unreachable from a node, or from all when Node is empty. The servers notice at
	// their next test, unless Noticed says that they were just using it.
	Break struct {
		Backend, Node string
		Noticed       bool
	}
	// Mend makes it reachable again.
	Mend struct {
		Backend, Node string
		Noticed       bool
	}
	// StartRekey begins a rekey of the shares that the cluster has, and gives some of them to it.
	StartRekey struct {
		Shares, Threshold int
		Verify            bool
		Given             int
	}
	// CancelCeremonies ends every rekey, rotation and generation of a root token, as somebody else would.
	CancelCeremonies struct{}
	// Replicate makes the cluster a DR secondary, or its standbys performance standbys, or neither again.
	Replicate struct{ DRSecondary, PerformanceStandbys bool }
	// StartRewrap starts a rewrap, as after a change of seals, or does nothing while one runs.
	StartRewrap struct{}
	// StallRewrap lets the running rewrap stand still until it is begun anew.
	StallRewrap struct{}
	// Renew gives a node a certificate for so many days, as a reload does: new connections show it.
	Renew struct {
		Node string
		Days int
	}
	// Strand has an engine fail to revoke the leases below a prefix, with this text: they stay, and are irrevocable.
	Strand struct{ Prefix, Text string }
	// Log has a node log a line, whatever it holds; without a node the active one.
	Log struct{ Node, Level, Text string }
	// NeglectKey makes the barrier's key so old, and sets how often it should be replaced, which nobody does.
	NeglectKey struct{ Age, Interval time.Duration }
)

type refusal struct {
	status int
	text   string
}

func (r refusal) answer() *answer {
	if r.status == 0 {
		return nil
	}
	return refused(refuse(r.status, r.text))
}
