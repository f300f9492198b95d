package conformance

import (
	"testing"

	"warder/vault"
)

// outcome is how a call ended, in a word.
type outcome string

const (
	accepted    outcome = "accepted"
	denied      outcome = "denied"
	sealed      outcome = "sealed"
	unsupported outcome = "unsupported"
	noActive    outcome = "no active node"
	noToken     outcome = "no token"
	refused     outcome = "refused" // 4xx
	failed      outcome = "failed"  // 5xx
	unreachable outcome = "unreachable"
	redirected  outcome = "redirected"
	malformed   outcome = "malformed"
)

var outcomes = map[vault.Kind]outcome{
	vault.NoToken: noToken, vault.Denied: denied, vault.Sealed: sealed, vault.Unsupported: unsupported, vault.NoActive: noActive,
	vault.Refused: refused, vault.Failed: failed, vault.Unreachable: unreachable, vault.Malformed: malformed,
	vault.Redirected: redirected,
}

func outcomeOf(err error) outcome {
	kind, known := vault.KindOf(err)
	switch {
	case err == nil:
		return accepted
	case !known:
		return outcome(err.Error())
	}
	return outcomes[kind]
}

// ends says when a call did not end as every server has it.
func ends(t *testing.T, what string, err error, want outcome) {
	t.Helper()
	if got := outcomeOf(err); got != want {
		t.Errorf("%s: %s, want %s (%v)", what, got, want, err)
	}
}

// differs says when a call did not end as the table of differences has it for this kind of server.
func (c *cluster) differs(t *testing.T, what string, err error) {
	t.Helper()
	d, there := differences[what]
	if !there {
		t.Fatalf("%q is not in the table of differences", what)
	}
	ends(t, what, err, d.outcomes[c.kind])
}

// works stops at an error after which there is nothing to go on with.
func works(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}
