package report

import (
	"warder/vault"
	"warder/vault/keystore"
	"warder/vault/rules"
	"warder/vault/timeline"
)

var verdicts = map[rules.Health]Verdict{
	rules.Untold: "unknown", rules.Well: "healthy", rules.Weak: "degraded", rules.Dire: "critical",
}

var severities = map[rules.Severity]Severity{
	rules.Notice: "notice", rules.Degraded: "degraded", rules.Critical: "critical",
}

var moods = map[timeline.Mood]Mood{timeline.Neutral: "neutral", timeline.Better: "better", timeline.Worse: "worse"}

var storeHealths = map[keystore.Health]StoreHealth{
	keystore.Unknown: "unknown", keystore.Good: "good", keystore.Plain: "not-encrypted", keystore.Bad: "bad",
}

// unaddressed is the state of a node whose address nobody told, so that it could not be asked.
const unaddressed State = "address-unknown"

var states = map[vault.State]State{
	vault.Unknown: "unknown", vault.Active: "active", vault.Standby: "standby", vault.PerfStandby: "performance-standby",
	vault.DRSecondary: "dr-secondary", vault.CutOff: "cut-off", vault.SealedState: "sealed", vault.Uninitialised: "uninitialised",
	vault.RemovedState: "removed", vault.Down: "unreachable", vault.Broken: "not-a-server",
	vault.Recovering: "recovery-mode",
}

// The roles of a peer.
const (
	leader   Role = "leader"
	voter    Role = "voter"
	nonVoter Role = "non-voter"
)

// Healthy says that the verdict is so.
func (v Verdict) Healthy() bool { return v == verdicts[rules.Well] }

// VerdictOf is the report's word for a verdict.
func VerdictOf(h rules.Health) Verdict { return verdicts[h] }
