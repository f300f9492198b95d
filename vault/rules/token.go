package rules

import (
	"strings"
	"time"

	"warder/vault"
)

// tokenSoon is when the end of our token becomes a finding.
const tokenSoon = 15 * time.Minute

// token: our own token runs out soon, or is refused. Every token may look itself up unless its policies forbid it, so that
// a refusal alone does not tell a dead token from a narrow one.
func token(s Scene) []Finding {
	t, from := s.Token()
	switch left, expires := s.TokenLeft(s.Now); {
	case vault.Is(t.Err, vault.Denied) && len(read(s)) > 0:
		return []Finding{{
			Rule: "token-unseen", Severity: Notice, What: "The token may not look itself up",
			Follows: "when it expires is not known", Do: "give it the default policy",
		}}
	case vault.Is(t.Err, vault.Denied):
		return []Finding{{
			Rule: "token-refused", Severity: Notice, What: "The server refuses the token",
			Follows: "what needs a token is not seen, and the verdict rests on what needs none",
			Do:      "log in again, then start warder anew: the token has expired, was revoked, or is of another cluster",
		}}
	case !expires || left >= tokenSoon:
		return nil
	case left == 0:
		return []Finding{{
			Rule: "token-expiry", Severity: Notice, What: "Our token has expired",
			Follows: "what needs a token is not seen any more", Do: "log in again, then start warder anew",
		}}
	default:
		f := Finding{
			Rule: "token-expiry", Severity: Notice, What: "Our token expires in " + Span(left),
			Follows: "then Raft, autopilot and rewrap are not seen any more", Do: "log in again: it cannot be renewed",
		}
		if t.Value.Renewable {
			f.Do, f.Command = "renew it", s.cli(from, "token renew")
		}
		return []Finding{f}
	}
}

// permission: the token is good, but may not read what the verdict should rest on.
func permission(s Scene) []Finding {
	var denied []string
	for _, r := range reads(s) {
		if vault.Is(r.err, vault.Denied) {
			denied = append(denied, r.path)
		}
	}
	if t, _ := s.Token(); len(denied) == 0 || vault.Is(t.Err, vault.Denied) && len(read(s)) == 0 {
		return nil
	}
	return []Finding{{
		Rule: "token-narrow", Severity: Notice, What: "The token may not read " + strings.Join(denied, ", "),
		Follows: "the verdict rests on the rest", Do: "give it a policy with read on these paths",
	}}
}

// clusterRead is one of the reads on which the verdict rests, and how it went.
type clusterRead struct {
	path string
	err  error
	told bool
}

func reads(s Scene) []clusterRead {
	raft, _ := s.Raft()
	auto, _ := s.Autopilot()
	ha, _ := s.HA()
	return []clusterRead{
		{"sys/storage/raft/configuration", raft.Err, told(s, raft)},
		{"sys/storage/raft/autopilot/state", auto.Err, told(s, auto)},
		{"sys/ha-status", ha.Err, told(s, ha)},
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
