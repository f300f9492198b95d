package vault

import (
	"errors"
	"testing"
)

func TestCapabilitiesByPath(t *testing.T) {
	t.Parallel()
	p := Capabilities{"root": {"root"}, "reader": {"read", "list"}, "denied": {"deny"}}
	for _, c := range []struct {
		path string
		caps []string
		want bool
	}{
		{"root", []string{"update"}, true},
		{"reader", []string{"read"}, true},
		{"reader", []string{"update", "list"}, true},
		{"reader", []string{"update"}, false},
		{"denied", []string{"read"}, false},
		{"unknown", []string{"read"}, false},
	} {
		if got := p.May(c.path, c.caps...); got != c.want {
			t.Errorf("%v on %s: %v", c.caps, c.path, got)
		}
	}
	if (TokenInfo{Policies: []string{"default"}}).Root() || !(TokenInfo{Policies: []string{"default", "root"}}).Root() {
		t.Error("root is told by the policy")
	}
}

func TestErrorsSpeakToPeople(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]*Error{
		"needs a token":                      {Kind: NoToken},
		"the token does not permit it":       {Kind: Denied, Messages: []string{"permission denied"}},
		"sealed":                             {Kind: Sealed},
		"not supported by this server":       {Kind: Unsupported},
		"no active node to ask":              {Kind: NoActive},
		"answered 500: boom; bang":           {Kind: Failed, Status: 500, Messages: []string{"boom", "bang"}},
		"answered 429: Too Many Requests":    {Kind: Refused, Status: 429},
		"connection refused":                 {Kind: Unreachable, Why: ConnRefused},
		"no answer in time":                  {Kind: Unreachable, Why: Timeout},
		"not sent: warder is read-only here": {Kind: ReadOnly},
		"given up":                           {Kind: Unreachable, Why: Cancelled},
		"TLS: handshake failed":              {Kind: Unreachable, Why: BadTLS},
		"odd[31m":                            {Kind: Unreachable, Why: Elsewise, Cause: errors.New("odd\x1b[31m")},
	} {
		e.Op, e.Address = "sys/x", "https://a:8200"
		if e.Short() != want || e.Error() != "sys/x on https://a:8200: "+want || Reason(e) != want {
			t.Errorf("%q, want %q", e.Error(), want)
		}
	}
	if Reason(nil) != "" || Reason(errors.New("other\x1b")) != "other" {
		t.Error(Reason(nil), Reason(errors.New("other")))
	}
	if _, ours := KindOf(errors.New("other")); ours || Is(nil, Malformed) {
		t.Error("an error that is none of ours has a kind")
	}
}

func TestDoorsInWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for d := DoorsUnknown; d <= DoorsClosed; d++ {
		seen[d.String()] = true
	}
	if len(seen) != 4 || seen[""] {
		t.Errorf("%v", seen)
	}
}

func TestListensTellsAMachineWithoutAServer(t *testing.T) {
	t.Parallel()
	silent := rawTLS(t, "")
	if Listens(t.Context(), Settings{Addresses: []string{refusing(t)}}) || !Listens(t.Context(), Settings{Addresses: []string{silent}}) {
		t.Error("not told apart")
	}
}
