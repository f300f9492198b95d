package rules

import (
	"fmt"
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
	refused := []Evidence{{Source: fromToken, Says: vault.Reason(t.Err), At: t.Tried}}
	switch left, expires := s.TokenLeft(s.Now); {
	case vault.Is(t.Err, vault.Denied) && len(read(s)) > 0:
		return []Finding{{
			Rule: "token-unseen", Severity: Notice, What: "The token may not look itself up",
			Follows: "when it expires is not known", Do: "give it the default policy", Evidence: refused,
		}}
	case vault.Is(t.Err, vault.Denied):
		return []Finding{{
			Rule: "token-refused", Severity: Notice, What: "The server refuses the token",
			Follows:  "what needs a token is not seen, and the verdict rests on what needs none",
			Do:       "log in again, then start warder anew: the token has expired, was revoked, or is of another cluster",
			Evidence: refused,
		}}
	case !expires || left >= tokenSoon:
		return nil
	case left == 0:
		return []Finding{{
			Rule: "token-expiry", Severity: Notice, What: "Our token has expired",
			Follows: "what needs a token is not seen any more", Do: "log in again, then start warder anew",
			Evidence: []Evidence{tokenTold(s)},
		}}
	default:
		f := Finding{
			Rule: "token-expiry", Severity: Notice, What: "Our token expires in " + Span(left),
			Follows: "then Raft, autopilot and rewrap are not seen any more", Do: "log in again: it cannot be renewed",
			Evidence: []Evidence{tokenTold(s)},
		}
		if t.Value.Renewable {
			f.Do, f.Command = "renew it", s.cli(from, "token renew")
		}
		return []Finding{f}
	}
}

// rootToken: what every policy was made to avoid. A token does not cease to be one while nobody can be asked.
func rootToken(s Scene) []Finding {
	t, _ := s.Token()
	if !t.Known() || vault.Is(t.Err, vault.Denied) || !t.Value.Root() {
		return nil
	}
	return []Finding{{
		Rule: "token-root", Severity: Notice, What: "Our token is a root token",
		Follows:  "who gets hold of it may do everything, and it need not expire",
		Do:       "watch with a token whose policy has read alone, and revoke the root token once its work is done",
		Evidence: []Evidence{tokenTold(s)},
	}}
}

// tokenTold is what the server said of our token.
func tokenTold(s Scene) Evidence {
	t, by := s.Token()
	says := "policies " + strings.Join(t.Value.Policies, ", ")
	if t.Value.Expires {
		says += fmt.Sprintf("; ttl %d s", int(t.Value.TTL.Seconds()))
	}
	return cite(s, t, by, fromToken, says)
}
