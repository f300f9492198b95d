package ceremony_test

import (
	"strings"
	"testing"

	"warder/demo"
	"warder/vault/ceremony"
)

// toldOfRoot is what the ceremony says before anything is done.
func (r *rig) toldOfRoot() string {
	r.t.Helper()
	c := r.console(ceremony.NewGenerateRoot(r.look(), false, &r.prints))
	return strings.Join(prompt[ceremony.Tell](c).Text, " ")
}

// TestARootTokenWasSaidToNeedUnsealSharesWhereThereAreNone: behind an automatic seal without recovery shares.
func TestARootTokenWasSaidToNeedUnsealSharesWhereThereAreNone(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "uninitialised-auto", Product: demo.OpenBao}, func(r *rig) {
		r.unowned()
		if text := r.toldOfRoot(); !strings.Contains(text, "It needs recovery shares, and there are none") {
			t.Errorf("told %q", text)
		}
	})
}
