package rules

import (
	"fmt"
	"math"
	"testing"
	"time"

	"warder/vault"
)

func TestCeremonyRules(t *testing.T) {
	t.Parallel()
	under := func(change func(*vault.Ceremonies)) with {
		return func(n *vault.Node) {
			var c vault.Ceremonies
			change(&c)
			n.Ceremonies = had(c)
		}
	}
	one := vault.Underway{Started: true, Nonce: "n", Progress: 1, Required: 3, Shares: 7, Threshold: 4}
	check(t, map[string]scenario{
		"none": {nodes: []*vault.Node{node("a", vault.CodeActive, under(func(*vault.Ceremonies) {}))}},
		"a rekey": {
			nodes: []*vault.Node{node("a", vault.CodeActive, under(func(c *vault.Ceremonies) { c.Rekey = one }))}, want: []string{"notice rekey -"},
			says: []string{"A rekey is under way: 1 of 3 shares given", "2 more the shares are replaced by 4 of 7", "| rekey |"}, not: []string{"-cancel"},
			cites: []string{"a:8200 sys/rekey/init: started, nonce n, 1 of 3"},
		},
		"of the recovery key, and a root token": {
			nodes: []*vault.Node{node("a", vault.CodeActive, under(func(c *vault.Ceremonies) { c.Recovery, c.Root = one, one }))},
			want:  []string{"notice rekey -", "notice generate-root -"}, says: []string{"rekey of the recovery key", "with 2 more there is a new root token", "| generate_root |"},
		},
		"its verification": {
			nodes: []*vault.Node{node("a", vault.CodeActive, under(func(c *vault.Ceremonies) { c.Rekey = one; c.Rekey.Verifying = true }))},
			want:  []string{"notice verification -"}, says: []string{"waits for its verification: 1 of 3 new shares given back", "the old shares stay in force"},
		},
		"on OpenBao": {
			nodes: []*vault.Node{node("a", vault.CodeActive, under(func(c *vault.Ceremonies) { c.Rekey = one }), func(n *vault.Node) { n.Doors = had(vault.DoorsClosed) })},
			want:  []string{"notice rekey -"}, cites: []string{"a:8200 sys/rotate/root/init"},
		},
		"not to be seen": {nodes: []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) { n.Ceremonies = missed[vault.Ceremonies](vault.Denied) })}},
		"of long ago": {nodes: []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) {
			n.Ceremonies = hadBefore(vault.Ceremonies{Rekey: one}, time.Hour)
		})}},
	})
}

func TestDoorRules(t *testing.T) {
	t.Parallel()
	doors := func(d vault.Doors, version string, bao bool) []*vault.Node {
		return []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) {
			n.Doors, n.Health.Value.Version = had(d), version
			n.Health.Value.FromVault, n.Seal.Value.FromOpenBao = !bao, bao
		})}
	}
	check(t, map[string]scenario{
		"Vault 1":          {nodes: doors(vault.DoorsOpen, "1.21.0", false), want: []string{"notice open-doors -"}, says: []string{"the default of Vault 1.x"}, cites: []string{"a:8200 sys/generate-root/attempt: answered without a token"}},
		"Vault 2 reopened": {nodes: doors(vault.DoorsOpen, "2.0.1", false), want: []string{"notice open-doors -"}, says: []string{"open to callers without a token again", "enable_unauthenticated_access"}},
		"OpenBao reopened": {nodes: doors(vault.DoorsOpen, "2.6.0", true), want: []string{"notice open-doors -"}, says: []string{"disable_unauthed_rekey_endpoints"}, not: []string{"Vault 1.x"}},
		"a hidden version": {nodes: doors(vault.DoorsOpen, "", false), want: []string{"notice open-doors -"}, not: []string{"Vault 1.x", "reopened"}},
		"closed":           {nodes: doors(vault.DoorsClosed, "2.6.0", true)},
		"with a token":     {nodes: doors(vault.DoorsToken, "2.0.1", false)},
		"not known":        {nodes: []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) { n.Doors = missed[vault.Doors](vault.Failed) })}},
	})
}

func TestRotationRules(t *testing.T) {
	t.Parallel()
	key := func(age time.Duration, used uint64, c vault.Section[vault.RotateConfig]) []*vault.Node {
		return []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) {
			n.Keys, n.Rotation = had(vault.KeyStatus{Term: 3, Installed: now.Add(-age), Encryptions: used}), c
		})}
	}
	every := had(vault.RotateConfig{Enabled: true, Interval: 30 * day, MaxOperations: 1000})
	never, blind := had(vault.RotateConfig{}), missed[vault.RotateConfig](vault.Denied)
	check(t, map[string]scenario{
		"in time":                 {nodes: key(30*day, 1000, every)},
		"overdue":                 {nodes: key(40*day, 9, every), want: []string{"degraded key-rotation -"}, says: []string{"is 40 days old, and should be replaced every 30 days", "vault operator rotate -address=https://a:8200"}, cites: []string{"a:8200 sys/key-status", "a:8200 sys/rotate/config: enabled true, interval 720h0m0s, max_operations 1000"}},
		"used too often":          {nodes: key(day, 1001, every), want: []string{"degraded key-rotation -"}, says: []string{"made 1001 encryptions, and should be replaced after 1000"}},
		"old without rotation":    {nodes: key(400*day, 9, never), want: []string{"notice key-rotation -"}, says: []string{"automatic rotation is switched off"}},
		"young without rotation":  {nodes: key(300*day, 9, never)},
		"used up without":         {nodes: key(day, keyTooUsed, never), want: []string{"degraded key-rotation -"}, says: []string{"NIST"}},
		"old, settings not known": {nodes: key(400*day, 9, blind)},
		"used up, not known":      {nodes: key(day, math.MaxUint32, blind), want: []string{"degraded key-rotation -"}, cites: []string{" sys/rotate/config: the token does not permit it"}},
		"the key is not told of":  {nodes: []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) { n.Rotation = every })}},
	})
}

func TestReplicationRules(t *testing.T) {
	t.Parallel()
	sides := func(dr, perf vault.ReplicationSide) []*vault.Node {
		return []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) { n.Replication = had(vault.Replication{DR: dr, Performance: perf}) })}
	}
	peer := func(status string, silent time.Duration) []vault.ReplicationPeer {
		return []vault.ReplicationPeer{{Name: "eu", Status: status, Heartbeat: now.Add(-silent)}}
	}
	off := vault.ReplicationSide{Mode: "disabled"}
	primary := func(p []vault.ReplicationPeer) vault.ReplicationSide {
		return vault.ReplicationSide{Mode: "primary", State: "running", Peers: p}
	}
	check(t, map[string]scenario{
		"off":                     {nodes: sides(off, off)},
		"well":                    {nodes: sides(primary(peer("connected", time.Second)), vault.ReplicationSide{Mode: "secondary", State: "stream-wals", Connection: "ready", Peers: peer("connected", 0)})},
		"a secondary is gone":     {nodes: sides(primary(peer("disconnected", time.Second)), off), want: []string{"degraded replication -"}, says: []string{"DR replication: secondary eu is disconnected"}, cites: []string{"a:8200 sys/replication/status: dr primary, running"}},
		"a secondary is silent":   {nodes: sides(primary(peer("connected", 9*time.Minute)), off), want: []string{"degraded replication -"}, says: []string{"secondary eu is silent for 9 min"}},
		"it does not stream":      {nodes: sides(off, vault.ReplicationSide{Mode: "secondary", State: "merkle-diff"}), want: []string{"degraded replication -"}, says: []string{"Performance replication: the secondary does not stream: its state is merkle-diff", "clients of the secondary"}},
		"the primary is not seen": {nodes: sides(vault.ReplicationSide{Mode: "secondary", State: "stream-wals", Connection: "transient_failure"}, off), want: []string{"degraded replication -"}, says: []string{"no connection to the primary (transient_failure)"}},
		"corrupted":               {nodes: sides(vault.ReplicationSide{Mode: "primary", State: "running", Corrupted: true}, off), want: []string{"degraded replication -"}, says: []string{"Merkle tree"}},
		"no such edition":         {nodes: []*vault.Node{node("a", vault.CodeActive, func(n *vault.Node) { n.Replication = missed[vault.Replication](vault.Unsupported) })}},
		"no state told":           {nodes: sides(vault.ReplicationSide{Mode: "secondary"}, off)},
	})
}

func TestRewrapRules(t *testing.T) {
	t.Parallel()
	rewrapped := func(r vault.Rewrap, still time.Duration) with {
		return func(n *vault.Node) { n.Rewrap, n.RewrapMoved = had(r), now.Add(-still) }
	}
	wrapped := func(yes bool, names ...string) with {
		return func(n *vault.Node) { seals(0, names...)(n); n.Backends.Value.FullyWrapped = yes }
	}
	running := vault.Rewrap{Running: true, Processed: 9}
	one := func(changes ...with) []*vault.Node { return []*vault.Node{node("a", vault.CodeActive, changes...)} }
	check(t, map[string]scenario{
		"it runs":           {nodes: one(rewrapped(running, time.Minute))},
		"it stands still":   {nodes: one(rewrapped(running, 5*time.Minute)), want: []string{"degraded rewrap-stalled -"}, says: []string{"9 entries processed, none for 5 min"}, cites: []string{"a:8200 sys/sealwrap/rewrap: processed 9 since then"}},
		"it ended long ago": {nodes: one(rewrapped(vault.Rewrap{Processed: 9}, time.Hour))},
		"not fully wrapped": {nodes: one(rewrapped(vault.Rewrap{}, 0), wrapped(false, "kms1", "kms2")), want: []string{"notice not-fully-wrapped -"}, says: []string{"| rewrap |", "vault write -f -address=https://a:8200 sys/sealwrap/rewrap"}, cites: []string{"a:8200 sys/seal-backend-status: fully_wrapped is false"}},
		"wrapped":           {nodes: one(rewrapped(vault.Rewrap{}, 0), wrapped(true, "kms1", "kms2"))},
		"a rewrap is at it": {nodes: one(rewrapped(running, 0), wrapped(false, "kms1", "kms2"))},
		"a backend is ill":  {nodes: one(rewrapped(vault.Rewrap{}, 0), wrapped(false, "kms1", "!kms2")), want: []string{"degraded seal-backend -"}},
		"no rewrap exists":  {nodes: one(wrapped(false, "kms1"), func(n *vault.Node) { n.Rewrap = missed[vault.Rewrap](vault.Unsupported) })},
		"a standby of OpenBao that waits for the leader to change the seal": {
			nodes: []*vault.Node{node("a", vault.CodeActive), node("b", vault.CodeStandby, func(n *vault.Node) {
				n.Health.Err = &vault.Error{Kind: vault.Failed, Status: 500}
				n.Seal = vault.Section[vault.SealStatus]{Tried: now, Err: &vault.Error{
					Kind: vault.Failed, Status: 500, Messages: []string{"stored type \"shamir\" does not match loaded type \"transit\""},
				}}
			})},
			want: []string{"notice seal-migration -"}, says: []string{"under way on b:8200"}, cites: []string{"b:8200 sys/seal-status"},
		},
		"a seal migration":    {nodes: one(func(n *vault.Node) { n.Seal.Value.Migration = true }), want: []string{"notice seal-migration -"}, cites: []string{"a:8200 sys/seal-status"}},
		"the seal is not had": {nodes: one(func(n *vault.Node) { n.Seal = missed[vault.SealStatus](vault.Failed); n.Seal.Value.Migration = true })},
	})
}

func TestManyNodesMakeBoundedEvidence(t *testing.T) {
	t.Parallel()
	var nodes []*vault.Node
	for i := range 50 {
		nodes = append(nodes, node(fmt.Sprintf("n%d", i), vault.CodeSealed))
	}
	if got := len(judge(nodes...)[0].Evidence); got != maxEvidence {
		t.Errorf("%d answers cited of 50 nodes", got)
	}
}
