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
			entry{at: -100 * time.Second, fault: StartRewrap{}},
			entry{at: -2 * time.Minute, fault: Lag{Node: "vault-3", Entries: 320}},
			entry{at: 40 * time.Second, every: 100 * time.Second, fault: Mend{Backend: "awskms-us", Noticed: true}},
			entry{at: 100 * time.Second, every: 100 * time.Second, fault: Break{Backend: "awskms-us", Node: "vault-1", Noticed: true}},
			entry{at: 104 * time.Second, every: 100 * time.Second, fault: Break{Backend: "awskms-us", Node: "vault-3", Noticed: true}},
		),
	},
	{
		Name:     "healthy",
		Sentence: "Three nodes under Shamir 3 of 5: nothing wrong, nothing running.",
		plan:     healthyPlan(),
	},
}
