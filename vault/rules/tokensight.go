package rules

import (
	"slices"
	"strings"
	"time"

	"warder/vault"
)

// noToken: without a token half of the picture is missing, and the verdict rests on the other half.
func noToken(s Scene) []Finding {
	t, _ := s.Token()
	if t.Tried.IsZero() || !vault.Is(t.Err, vault.NoToken) {
		return nil
	}
	f := Finding{
		Rule: "no-token", Severity: Notice, What: "No token: Raft, autopilot, rewrap and keys are not seen",
		Follows: "the verdict rests on what needs none", Do: "set VAULT_TOKEN or BAO_TOKEN, or log in with the vendor's CLI",
		Evidence: []Evidence{{Source: fromToken, Says: vault.Reason(t.Err), At: t.Tried}},
	}
	if slices.ContainsFunc(s.Nodes, func(n *vault.Node) bool { return n.Withheld }) {
		f.What = "The token is withheld: Raft, autopilot, rewrap and keys are not seen"
		f.Do = "give the address of an unsealed node with --address: what only a server named gets the token over verified TLS alone"
	}
	return []Finding{f}
}

// permission: the token is good, but may not read what the verdict should rest on.
func permission(s Scene) []Finding {
	var denied []string
	var evidence []Evidence
	for _, r := range reads(s) {
		if vault.Is(r.err, vault.Denied) {
			denied = append(denied, r.path)
			evidence = append(evidence, Evidence{Source: r.path, Says: vault.Reason(r.err), At: r.tried})
		}
	}
	if t, _ := s.Token(); len(denied) == 0 || vault.Is(t.Err, vault.Denied) && len(read(s)) == 0 {
		return nil
	}
	return []Finding{{
		Rule: "token-narrow", Severity: Notice, What: "The token may not read " + strings.Join(denied, ", "),
		Follows: "the verdict rests on the rest", Do: "give it a policy with read on these paths", Evidence: evidence,
	}}
}

// clusterRead is one of the reads on which the verdict rests, and how it went.
type clusterRead struct {
	path  string
	err   error
	told  bool
	tried time.Time
}

func reads(s Scene) []clusterRead {
	raft, _ := s.Raft()
	auto, _ := s.Autopilot()
	ha, _ := s.HA()
	return []clusterRead{
		{"sys/storage/raft/configuration", raft.Err, told(s, raft), raft.Tried},
		{"sys/storage/raft/autopilot/state", auto.Err, told(s, auto), auto.Tried},
		{"sys/ha-status", ha.Err, told(s, ha), ha.Tried},
	}
}

// read are those that the token could read just now.
func read(s Scene) []clusterRead {
	var out []clusterRead
	for _, r := range reads(s) {
		if r.told {
			out = append(out, r)
		}
	}
	return out
}
