package sys

import (
	"testing"

	"warder/keys"
	"warder/vault"
)

// TestWhoOnlyReadsSendsNothingThatChangesAnything: that a call reads although it is a PUT or POST is said call by call, so that each
// is looked at.
func TestWhoOnlyReadsSendsNothingThatChangesAnything(t *testing.T) {
	t.Parallel()
	s, err := vault.SimulatedSettings([]string{"http://127.0.0.1:1"}, keys.NewSecret([]byte("token")), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.ReadOnly = true
	clients := vault.NewClients(s)
	t.Cleanup(clients.Close)
	c := Client{clients.Client("http://127.0.0.1:1", false)}
	for _, w := range writes {
		if err := w.call(t.Context(), c); !vault.Is(err, vault.ReadOnly) {
			t.Errorf("%s: %v", w.sent, err)
		}
	}
	if _, err := c.MoveMount(t.Context(), "a", "b"); !vault.Is(err, vault.ReadOnly) {
		t.Errorf("remount: %v", err)
	}
	for _, r := range reads {
		if r.want == "m" {
			continue // the remount, which answers like a read
		}
		if _, err := r.call(t.Context(), c); vault.Is(err, vault.ReadOnly) {
			t.Errorf("%s is refused", r.sent)
		}
	}
}
