package vault

import (
	"net"
	"testing"
)

func TestANodeBetweenTwoSealsIsToldFromOneThatFails(t *testing.T) {
	t.Parallel()
	for text, c := range map[string]struct {
		status int
		want   bool
	}{
		`barrier seal type of \"shamir\" does not match loaded type of \"transit\"`:   {500, true},
		`barrier seal type of \"transit\" does not match expected type of \"shamir\"`: {500, true},
		`barrier seal type of \"shamir\" does not match loaded type of \"awskms\"`:    {400, false},
		`internal error`: {500, false},
	} {
		clients := pipenet{"node:8200": func(conn net.Conn) { always(c.status, `{"errors":["`+text+`"]}`)(conn) }}.clients()
		t.Cleanup(clients.Close)
		_, err := clients.Client("http://node:8200", false).SealStatus(t.Context())
		if BetweenSeals(err) != c.want {
			t.Errorf("%d %s: %v", c.status, text, err)
		}
	}
	if BetweenSeals(nil) {
		t.Error("no error at all")
	}
}
