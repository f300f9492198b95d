package demo

import "time"

// scenarios begins with the default. Node names in timetables are Vault's; on OpenBao they become its own.
var scenarios = []Scenario{
	{
		Name:     "seal-ha",
		Sentence: "Two seal backends, one of them failing and recovering; a rewrap runs; one peer lags.",
		plan: sealHAPlan(
			entry{at: -7 * time.Minute, fault: Break{Backend: "awskms-us", Node: "vault-1", Noticed: true}},
			entry{at: -7*time.Minute + 4*time.Second, fault: Break{Backend: "awskms-us", Node: "vault-3", Noticed: true}},
			entry{at: -2 * time.Minute, fault: Lag{Node: "vault-3", Entries: 320}},
			entry{at: -100 * time.Second, fault: StartRewrap{}},
			entry{at: 40 * time.Second, every: 100 * time.Second, fault: Mend{Backend: "awskms-us", Noticed: true}},
			entry{at: 100 * time.Second, every: 100 * time.Second, fault: Break{Backend: "awskms-us", Node: "vault-1", Noticed: true}},
			entry{at: 104 * time.Second, every: 100 * time.Second, fault: Break{Backend: "awskms-us", Node: "vault-3", Noticed: true}},
		).guarding("KMS Available"),
	},
	{
		Name:     "healthy",
		Sentence: "Three nodes under Shamir 3 of 5: nothing wrong, nothing running.",
		plan:     healthyPlan(),
	},
	{
		Name:     "busy",
		Sentence: "Five nodes with performance standbys under load: much moves, a peer joins the voters, the leader changes.",
		plan:     busyPlan(),
	},
	{
		Name:     "sealed",
		Sentence: "All nodes are sealed and wait for three of five shares each.",
		plan:     healthyPlan().begun(sealed),
	},
	{
		Name:     "one-sealed",
		Sentence: "vault-3 was restarted eight minutes ago and is still sealed.",
		plan:     healthyPlan(entry{at: -8 * time.Minute, fault: Seal{"vault-3"}}),
	},
	{
		Name:     "uninitialised",
		Sentence: "Three fresh nodes, never initialised; two of them look for the first.",
		plan:     healthyPlan().begun(fresh),
	},
	{
		Name:     "uninitialised-auto",
		Sentence: "Three fresh nodes that one seal backend will unseal, never initialised; none looks for another.",
		plan:     healthyPlan().begun(fresh).unsealedBy("awskms").told(),
	},
	{
		Name:     "seal-backend-down",
		Sentence: "One of two seal backends has been unreachable from every node for twelve minutes.",
		plan:     sealHAPlan(entry{at: -12 * time.Minute, fault: Break{Backend: "awskms-us", Noticed: true}}),
	},
	{
		Name:     "all-backends-down",
		Sentence: "No seal backend can be reached: the nodes run, and none would come back from a restart.",
		plan: sealHAPlan(
			entry{at: -12 * time.Minute, fault: Break{Backend: "awskms-us", Noticed: true}},
			entry{at: -5 * time.Minute, fault: Break{Backend: "awskms-eu", Noticed: true}},
		),
	},
	{
		Name:     "rewrap",
		Sentence: "Both seal backends are healthy and a rewrap is under way, a few entries failing.",
		plan:     sealHAPlan(entry{at: -30 * time.Second, fault: StartRewrap{}}),
	},
	{
		Name:     "rewrap-stuck",
		Sentence: "A rewrap runs, and for five minutes not one entry has been processed.",
		plan: sealHAPlan(
			entry{at: -6 * time.Minute, fault: StartRewrap{}},
			entry{at: -5 * time.Minute, fault: StallRewrap{}},
		),
	},
	{
		Name:     "key-rotation-overdue",
		Sentence: "The barrier's key should be replaced every thirty days, and is ninety days old.",
		plan:     healthyPlan(entry{at: -time.Minute, fault: NeglectKey{Age: 90 * 24 * time.Hour, Interval: 30 * 24 * time.Hour}}),
	},
	{
		Name:     "quorum-lost",
		Sentence: "Two of three nodes are dead: no leader, nothing that needs one is answered.",
		plan: healthyPlan(
			entry{at: -9 * time.Minute, fault: Stop{"vault-1"}},
			entry{at: -3 * time.Minute, fault: Stop{"vault-3"}},
		),
	},
	{
		Name:     "recovery-mode",
		Sentence: "For a repair of its storage the cluster was stopped; vault-1 was started with -recovery and waits for a recovery token.",
		plan: healthyPlan(
			entry{at: -12 * time.Minute, fault: Stop{"vault-3"}},
			entry{at: -12 * time.Minute, fault: Stop{"vault-2"}},
			entry{at: -4 * time.Minute, fault: StartRecovery{"vault-1"}},
		),
	},
	{
		Name:     "tolerance-zero",
		Sentence: "One of three nodes is dead: the next loss stops the cluster.",
		plan:     healthyPlan(entry{at: -4 * time.Minute, fault: Stop{"vault-3"}}),
	},
	{
		Name:     "leader-flapping",
		Sentence: "The active node changes every half minute.",
		plan:     healthyPlan(entry{at: -3 * time.Minute, every: 31 * time.Second, fault: StepDown{}}),
	},
	{
		Name:     "slow-node",
		Sentence: "vault-3 takes a second and a half over every answer.",
		plan:     healthyPlan(entry{at: -time.Minute, fault: Slow{"vault-3", 1500 * time.Millisecond}}),
	},
	{
		Name:     "hung-node",
		Sentence: "vault-3 accepts connections and answers nothing.",
		plan:     healthyPlan(entry{at: -2 * time.Minute, fault: Hang{"vault-3"}}),
	},
	{
		Name:     "removed-peer",
		Sentence: "vault-3 was taken out of the Raft configuration while it ran.",
		plan:     healthyPlan(entry{at: -6 * time.Minute, fault: Remove{"vault-3"}}),
	},
	{
		Name:     "clock-skew",
		Sentence: "The clock of vault-3 is four minutes ahead of the others.",
		plan:     healthyPlan(entry{at: -time.Hour, fault: Skew{"vault-3", 4 * time.Minute}}),
	},
	{
		Name:     "tls-expiring",
		Sentence: "Served over TLS; the certificate of vault-3 ends in six days, that of vault-1 in three.",
		plan:     healthyPlan().certified(3, 41, 6),
	},
	{
		Name:     "wrong-name",
		Sentence: "Served over TLS; the certificate of vault-3 is for a machine that is long gone.",
		plan:     healthyPlan().misnaming(3),
	},
	{
		Name:     "dead-voter",
		Sentence: "vault-5 of five died more than a day ago and is still a voter.",
		plan:     healthyPlan(entry{at: -26 * time.Hour, fault: Stop{"vault-5"}}).sized(5),
	},
	{
		Name:     "even-voters",
		Sentence: "Four voters, which may lose no more than three could.",
		plan:     healthyPlan().sized(4),
	},
	{
		Name:     "version-mix",
		Sentence: "Midway in an upgrade: vault-3 still runs an older version.",
		plan:     healthyPlan(entry{at: -20 * time.Minute, fault: Downgrade{"vault-3"}}),
	},
	{
		Name:     "auto-unseal",
		Sentence: "Three nodes that one seal backend unseals, with recovery shares 3 of 5.",
		plan:     healthyPlan().unsealedBy("awskms"),
	},
	{
		Name:     "migrate-to-auto",
		Sentence: "From Shamir to an automatic seal: vault-1 was restarted with the new stanza and waits for shares; the others follow.",
		plan:     healthyPlan().migrating("awskms"),
	},
	{
		Name:     "migrate-to-shamir",
		Sentence: "From an automatic seal back to Shamir: vault-1 was restarted and waits for recovery shares; the others follow.",
		plan:     healthyPlan().unsealedBy("awskms").migrating(shamirSeal),
	},
	{
		Name:     "rekey-in-progress",
		Sentence: "Somebody began a rekey to 2 of 3 with verification and has given one of three shares.",
		plan:     healthyPlan(entry{at: -5 * time.Minute, fault: StartRekey{Shares: 3, Threshold: 2, Verify: true, Given: 1}}),
	},
	{
		Name:     "someone-else-cancels",
		Sentence: "Whatever ceremony is begun, somebody cancels it after twenty seconds and begins another.",
		plan:     healthyPlan().contested(),
	},
	{
		Name:     "key-store-down",
		Sentence: "A healthy cluster; a storage system whose key it guards cannot connect to its key service.",
		plan:     healthyPlan().guarding("Cannot connect to KMS server."),
	},
	{
		Name:     "unaudited",
		Sentence: "A healthy cluster without an audit device.",
		plan:     healthyPlan().unwritten(),
	},
	{
		Name:     "many-names",
		Sentence: "A healthy cluster with 25,000 leases below one prefix and 12,500 policies.",
		plan:     healthyPlan().crowded(25_000),
	},
	{
		Name:     "no-token",
		Sentence: "A healthy cluster to which nobody has a token.",
		plan:     healthyPlan().tokenless(),
	},
}

// busyPlan is an enterprise cluster of five, one without a vote, with all that can move moving.
func busyPlan() plan {
	p := sealHAPlan(
		entry{at: -8 * time.Minute, fault: Lag{Node: "vault-5", Entries: 240}},
		entry{at: -2 * time.Minute, fault: Demote{"vault-4"}},
		entry{at: -90 * time.Second, fault: StartRewrap{}},
		entry{at: 30 * time.Second, every: 3 * time.Minute, fault: Break{Backend: "awskms-us", Node: "vault-2", Noticed: true}},
		entry{at: 75 * time.Second, every: 3 * time.Minute, fault: Mend{Backend: "awskms-us", Node: "vault-2", Noticed: true}},
		entry{at: 2 * time.Minute, every: 2 * time.Minute, fault: StepDown{}},
		entry{at: 50 * time.Second, every: 2 * time.Minute, fault: Demote{"vault-4"}},
		entry{at: 20 * time.Second, every: time.Minute, fault: Slow{"vault-3", 250 * time.Millisecond}},
		entry{at: 40 * time.Second, every: time.Minute, fault: Slow{"vault-3", 0}},
	)
	p.nodes, p.nonVoters, p.performance, p.writes = 5, 1, true, 120
	return p
}
