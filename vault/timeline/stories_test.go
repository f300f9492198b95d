package timeline_test

import (
	"time"

	"warder/vault"
)

// round is what is read at once, and the events of it.
type round struct {
	readings []reading
	want     string
}

func one(r reading, want string) round { return round{[]reading{r}, want} }

// stories holds at least one for each kind, and with them what is no event. One node is enough for most.
var stories = map[string][]round{
	"sealed and unsealed": {
		{[]reading{active("a"), sealed("b")}, ""},
		{[]reading{sealed("a"), sealed("b")}, "sealed a: sealed"}, // b was heard at the same moment, and may lead by now
		{[]reading{sealed("a"), sealed("b")}, "leader-lost : no node is active (before: a)"},
		{[]reading{sealed("a"), sealed("b")}, ""},
		{[]reading{active("a"), sealed("b")}, "unsealed a: unsealed\nleader-back a: became the active node; there was none"},
	},
	"sealed during a silence": {
		one(standby("a"), ""), one(silent("a"), "silent a: stopped answering: connection refused"), one(silent("a"), ""),
		one(sealed("a"), "back a: answers again\nsealed a: sealed"),
	},
	"a silence between equal answers": {
		one(standby("a"), ""), one(silent("a"), "silent a: stopped answering: connection refused"), one(silent("a"), ""),
		one(standby("a"), "back a: answers again"), one(standby("a"), ""),
	},
	"a first reading is no event, and neither is a first silence": {one(silent("a"), ""), one(silent("a"), "")},
	"a node that was silent from the start answers": {
		one(silent("a"), ""), one(standby("a"), "back a: answers again"),
	},
	"what answers is no such server": {
		one(standby("a"), ""),
		one(node("a", 0, func(n *vault.Node) {
			n.Health = vault.Section[vault.Health]{Tried: n.Health.Tried, Err: &vault.Error{Kind: vault.Malformed, Messages: []string{"<html>"}}}
		}), "silent a: does not answer as such a server does: not an answer of Vault or OpenBao: <html>"),
	},
	"shares": {
		one(sealed("a"), ""),
		one(sealed("a", seal(func(s *vault.SealStatus) { s.Progress = 1 })), "unseal-progress a: 1 of 3 shares entered"),
		one(sealed("a", seal(func(s *vault.SealStatus) { s.Progress = 1 })), ""),
		one(sealed("a"), "unseal-progress a: no shares entered any more (before: 1)"),
		one(sealed("a", seal(func(s *vault.SealStatus) { s.Progress = 2 })), "unseal-progress a: 2 of 3 shares entered"),
		one(standby("a"), "unsealed a: unsealed"),
	},
	"initialised, wiped": {
		one(node("a", vault.CodeUninit), ""),
		one(sealed("a"), "initialised a: has keys: it was initialised or joined a cluster"),
		one(node("a", vault.CodeUninit), "uninitialised a: is not initialised any more"),
	},
	"removed, rejoined": {
		one(standby("a"), ""),
		one(node("a", vault.CodeRemoved), "removed a: was removed from the cluster"),
		one(node("a", vault.CodeRemoved), ""),
		one(standby("a"), "rejoined a: is part of a cluster again"),
	},
	"started with -recovery": {
		one(standby("a"), ""),
		one(recovering("a"), "role a: is in recovery mode: it was started with -recovery"),
		one(recovering("a"), ""),
		one(sealed("a"), "role a: is out of recovery mode"),
	},
	"cut off": {
		one(standby("a"), ""),
		one(node("a", vault.CodeCutOff), "cut-off a: cannot reach the active node"),
		one(standby("a"), "connected a: reaches the active node again"),
	},
	"a standby that becomes a performance standby is no event": {
		one(standby("a"), ""), one(node("a", vault.CodePerfStandby), ""),
	},
	"a DR secondary": {
		one(standby("a"), ""),
		one(node("a", vault.CodeDRSecondary), "role a: is a DR secondary now"),
		one(standby("a"), "role a: is no DR secondary any more"),
	},
	"a certificate, and one that comes back behind a balancer": {
		one(standby("a", certificate("1")), ""), one(standby("a", certificate("1")), ""),
		one(standby("a", certificate("2")), "certificate a: shows another certificate, valid to 2027-02-25 02:00 UTC"),
		one(standby("a", certificate("1")), ""), one(standby("a", certificate("2")), ""),
	},
	"a version, hidden in between": {
		one(standby("a"), ""), one(standby("a", health(func(h *vault.Health) { h.Version = "" })), ""),
		one(standby("a", health(func(h *vault.Health) { h.Version = "1.21.1" })), "version a: runs 1.21.1 (before: 1.21.0)"),
	},
	"a cluster id, hidden while sealed": {
		one(standby("a"), ""), one(sealed("a", health(func(h *vault.Health) { h.ClusterID = "" })), "sealed a: sealed"),
		one(standby("a", health(func(h *vault.Health) { h.ClusterID = "c-2" })), "unsealed a: unsealed\n"+
			"cluster-id a: tells another cluster id: c-2 (before: c-1)"),
	},
	"a backend": {
		one(standby("a", backend(true, time.Time{})), ""), one(standby("a", backend(true, time.Time{})), ""),
		one(standby("a", backend(false, began)), "backend-failed a: seal backend kms failed"),
		one(standby("a", backend(false, began)), ""),
		one(standby("a", backend(true, time.Time{})), "backend-mended a: seal backend kms is healthy again"),
	},
	"an unhealthy backend at the first look is no event": {one(standby("a", backend(false, began)), "")},
	"peers": {
		one(active("a", peers("a", "b", "-c")), ""), one(active("a", peers("a", "b", "-c")), ""),
		one(active("a", peers("a", "c", "-d", "e")), "voter c: has a vote now\n"+
			"peer-joined d: joined the Raft configuration, without a vote\npeer-joined e: joined the Raft configuration, with a vote\n"+
			"peer-left b: is no longer in the Raft configuration"),
		one(active("a", peers("a", "-c", "-d", "e")), "non-voter c: has no vote any more"),
	},
	"an order of peers is no change": {one(active("a", peers("a", "b")), ""), one(active("a", peers("b", "a")), "")},
	"a Raft configuration that cannot be read is no change": {
		one(active("a", peers("a", "b")), ""),
		one(active("a", func(n *vault.Node) {
			n.Raft = vault.Section[[]vault.RaftServer]{Tried: n.Health.At, Err: &vault.Error{Kind: vault.Failed}}
		}), ""),
		one(active("a", peers("a", "b")), ""),
	},
	"autopilot": {
		one(active("a", autopilot(1, true)), ""),
		one(active("a", autopilot(0, false)), "peer-unhealthy c: autopilot calls it unhealthy\n"+
			"tolerance : 0 of 3 voters may be lost (before: 1 of 3)"),
		one(active("a", autopilot(0, false)), ""),
		one(active("a", autopilot(1, true)), "peer-healthy c: autopilot calls it healthy again\n"+
			"tolerance : 1 of 3 voters may be lost (before: 0 of 3)"),
	},
	"autopilot's settings": {
		one(active("a", thresholds(vault.AutopilotConfig{MinQuorum: 3, MaxTrailing: 1000})), ""),
		one(active("a", thresholds(vault.AutopilotConfig{MinQuorum: 5, MaxTrailing: 1000, CleanupDead: true})),
			"autopilot-config : autopilot's settings changed: cleanup_dead_servers true (before: false), min_quorum 5 (before: 3)"),
	},
	"a rewrap": {
		one(active("a", rewrap(vault.Rewrap{})), ""),
		one(active("a", rewrap(vault.Rewrap{Running: true})), "rewrap-started : a rewrap was started"),
		one(active("a", rewrap(vault.Rewrap{Running: true, Processed: 100, Failed: 1})), "rewrap-failed : the rewrap failed on 1 entries so far"),
		one(active("a", rewrap(vault.Rewrap{Running: true, Processed: 200, Failed: 2})), ""),
		one(active("a", rewrap(vault.Rewrap{Processed: 250, Failed: 3})), "rewrap-ended : the rewrap ended: 250 entries processed, 3 failed"),
		one(active("a", rewrap(vault.Rewrap{Processed: 250, Failed: 3})), ""),
	},
	"a rewrap that began again between two looks": {
		one(active("a", rewrap(vault.Rewrap{Running: true, Processed: 900})), ""),
		one(active("a", rewrap(vault.Rewrap{Running: true, Processed: 10})), "rewrap-started : a rewrap was started again"),
	},
	"a key's term": {
		one(active("a", term(3, began)), ""),
		one(active("a", term(4, began.Add(time.Second))), "rotated : the barrier's key was rotated: term 4 (before: 3)"),
	},
	"a rekey to other numbers": {
		one(active("a"), ""), one(active("a"), ""),
		one(active("a", seal(func(s *vault.SealStatus) { s.Shares, s.Threshold = 3, 2 })), "rekeyed : unseal shares are 2 of 3 now (before: 3 of 5)"),
		one(standby("b"), ""), one(standby("b"), ""), // it still tells the old numbers
	},
	"ceremonies": {
		one(active("a", underway(vault.Ceremonies{})), ""),
		one(active("a", underway(vault.Ceremonies{Rekey: vault.Underway{Started: true, Nonce: "1", Required: 3}})),
			"ceremony-begun : a rekey began: 0 of 3 shares given"),
		one(active("a", underway(vault.Ceremonies{Rekey: vault.Underway{Started: true, Nonce: "1", Progress: 1, Required: 3}})),
			"ceremony-progress : rekey: 1 of 3 shares given (before: 0)"),
		one(active("a", underway(vault.Ceremonies{Rekey: vault.Underway{Started: true, Nonce: "2", Required: 3}})),
			"ceremony-replaced : the rekey was begun anew: 0 of 3 shares given"),
		one(standby("b", underway(vault.Ceremonies{})), ""), // OpenBao's standbys know of none
		one(active("a", underway(vault.Ceremonies{Rekey: vault.Underway{Started: true, Nonce: "v", Required: 2, Verifying: true}})),
			"ceremony-begun : a verification of the rekey began: 0 of 2 shares given"),
		one(active("a", underway(vault.Ceremonies{})),
			"ceremony-ended : the verification of the rekey is not under way any more (before: 0 of 2 shares given)"),
		one(active("a", underway(vault.Ceremonies{Root: vault.Underway{Started: true, Nonce: "r", Required: 3}})),
			"ceremony-begun : a generate-root began: 0 of 3 shares given"),
	},
	"a ceremony under way at the first look is no event": {
		one(active("a", underway(vault.Ceremonies{Root: vault.Underway{Started: true, Nonce: "r", Required: 3}})), ""),
	},
	"another leads": {
		{[]reading{active("a"), standby("b")}, ""},
		{[]reading{standby("a"), active("b")}, "leader-changed b: became the active node, after a"},
	},
}
