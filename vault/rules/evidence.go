package rules

import (
	"fmt"
	"strings"

	"warder/vault"
)

// The endpoints that findings rest on.
const (
	fromHealth      = "sys/health"
	fromSeal        = "sys/seal-status"
	fromBackends    = "sys/seal-backend-status"
	fromLeader      = "sys/leader"
	fromHA          = "sys/ha-status"
	fromRaft        = "sys/storage/raft/configuration"
	fromAutopilot   = "sys/storage/raft/autopilot/state"
	fromLimits      = "sys/storage/raft/autopilot/configuration"
	fromRewrap      = "sys/sealwrap/rewrap"
	fromKeys        = "sys/key-status"
	fromRotation    = "sys/rotate/config"
	fromReplication = "sys/replication/status"
	fromToken       = "auth/token/lookup-self"
	fromTLS         = "TLS handshake"
)

// maxEvidence bounds what a finding about many nodes cites.
const maxEvidence = 12

// cite makes the evidence of an answer about the cluster, or of the failed try to get one.
func cite[T any](s Scene, sec vault.Section[T], by *vault.Node, source, says string) Evidence {
	e := Evidence{Node: s.seen.names[by], Source: source, Says: says, At: sec.At}
	if !sec.Known() {
		e.At = sec.Tried
	}
	return e
}

// health is what the member itself last said to sys/health, or how it failed to, and then what it said before.
func health(m vault.Member) []Evidence {
	if m.Node == nil {
		return nil
	}
	h := m.Node.Health
	told := Evidence{Node: m.Name, Source: fromHealth, Says: fmt.Sprintf("%d, %s", h.Value.Code, stateWord(h.Value)), At: h.At}
	switch {
	case h.Tried.IsZero():
		return nil
	case h.Err == nil:
		return []Evidence{told}
	}
	out := []Evidence{{Node: m.Name, Source: fromHealth, Says: vault.Reason(h.Err), At: h.Tried}}
	if h.Known() {
		out = append(out, told)
	}
	return out
}

// stateWord says a code of sys/health.
func stateWord(h vault.Health) string {
	switch h.Code {
	case vault.CodeActive:
		return "active"
	case vault.CodeStandby:
		return "standby"
	case vault.CodePerfStandby:
		return "performance standby"
	case vault.CodeDRSecondary:
		return "DR secondary"
	case vault.CodeCutOff:
		return "standby without a connection to the active node"
	case vault.CodeUninit:
		return "not initialised"
	case vault.CodeSealed:
		return "sealed"
	case vault.CodeRemoved:
		return "removed from the cluster"
	}
	return "a code that is not known here"
}

// seal is what the member says of its seal.
func seal(m vault.Member) []Evidence {
	sec := m.Node.Seal
	if !sec.Known() {
		return nil
	}
	v := sec.Value
	words := []string{v.Type, "unsealed"}
	switch {
	case !v.Initialised && v.Sealed:
		words[1] = "not initialised"
	case v.Sealed:
		words[1] = "sealed"
	}
	if v.Sealed && !v.RecoverySeal && v.Threshold > 0 {
		words = append(words, fmt.Sprintf("%d of %d shares entered", v.Progress, v.Threshold))
	}
	if v.Migration {
		words = append(words, "a seal migration under way")
	}
	return []Evidence{{Node: m.Name, Source: fromSeal, Says: strings.TrimPrefix(strings.Join(words, ", "), ", "), At: sec.At}}
}

// leads is whom the member takes for the active node.
func leads(m vault.Member) []Evidence {
	if m.Node == nil || !m.Node.Leader.Known() {
		return nil
	}
	l := m.Node.Leader
	says := "names " + l.Value.Address
	switch {
	case l.Value.IsSelf:
		says = "leads itself"
	case l.Value.Address == "":
		says = "knows of no active node"
	}
	return []Evidence{{Node: m.Name, Source: fromLeader, Says: says, At: l.At}}
}

// voters is what the Raft configuration says of the votes.
func (s Scene) voters() []Evidence {
	raft, by := s.Raft()
	if !raft.Known() {
		return nil
	}
	var with, without []string
	for _, r := range raft.Value {
		if r.Voter {
			with = append(with, r.ID)
		} else {
			without = append(without, r.ID)
		}
	}
	says := fmt.Sprintf("%d voters: %s", len(with), list(with))
	if len(without) > 0 {
		says += "; without a vote: " + list(without)
	}
	return []Evidence{cite(s, raft, by, fromRaft, says)}
}

// autopilotSays cites autopilot.
func (s Scene) autopilotSays(says string) []Evidence {
	a, by := s.Autopilot()
	return []Evidence{cite(s, a, by, fromAutopilot, says)}
}

// bounded keeps the first of many.
func bounded(e []Evidence) []Evidence { return e[:min(len(e), maxEvidence)] }

// each collects the evidence of several members.
func each(members []vault.Member, of ...func(vault.Member) []Evidence) []Evidence {
	var out []Evidence
	for _, m := range members {
		for _, f := range of {
			if out = append(out, f(m)...); len(out) >= maxEvidence {
				return bounded(out)
			}
		}
	}
	return out
}

// members are those of which f is true.
func (s Scene) members(f func(vault.Member) bool) []vault.Member {
	var out []vault.Member
	for _, m := range s.Members {
		if f(m) {
			out = append(out, m)
		}
	}
	return out
}
