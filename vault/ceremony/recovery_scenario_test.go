package ceremony_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"warder/demo"
	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// repair is a scene at a node in recovery mode, the others being down.
func repair(t *testing.T, test func(*rig)) {
	t.Helper()
	for _, product := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		t.Run(product.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "recovery-mode", Product: product}, test)
		})
	}
}

// rawStatus is what sys/raw/ of the first node answers to a token.
func (r *rig) rawStatus(token string) int {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.cluster.Addresses()[0]+"/v1/sys/raw/?list=true", nil)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("X-Vault-Token", token)
	res, err := (&http.Transport{DialContext: r.cluster.Dial, DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

func TestARecoveryTokenIsMadeWithTheClustersShares(t *testing.T) {
	t.Parallel()
	repair(t, func(r *rig) {
		first := r.console(ceremony.NewGenerateRoot(r.look(), false, &r.prints))
		told := strings.Join(prompt[ceremony.Tell](first).Text, " ")
		for _, words := range []string{" is in recovery mode", "any 3 custodians", "makes itself a cluster of one"} {
			if !strings.Contains(told, words) {
				t.Errorf("does not say %q: %q", words, told)
			}
		}
		if names, _ := first.machine.Steps(); strings.Contains(strings.Join(names, " "), "Active") {
			t.Errorf("seeks an active node: %q", names)
		}
		c := r.begun()
		calls := c.watchesTokens()
		for i := range 3 {
			c.give(r.share(i))
		}
		c.pick("show")
		token := text(prompt[ceremony.Reveal](c).Secret)
		if !strings.HasPrefix(token, "hvr.") || r.rawStatus(token) != http.StatusOK || r.rawStatus("hvr.another") != http.StatusForbidden {
			t.Errorf("sys/raw answers the token %d, another %d", r.rawStatus(token), r.rawStatus("hvr.another"))
		}
		c.do(ceremony.Shown{})
		if e := prompt[ceremony.End](c); !e.Good || *calls > 0 {
			t.Errorf("ended %+v after %d calls with the token", e, *calls)
		}
		c.wantNoSecret()
	})
}

// TestThePasswordIsNotStrandedWhenARecoveryTokenIsMadeElsewhere: from then on the node refuses its attempt, and says by that
// alone that it is over.
func TestThePasswordIsNotStrandedWhenARecoveryTokenIsMadeElsewhere(t *testing.T) {
	t.Parallel()
	repair(t, func(r *rig) {
		first, second := r.begun(), r.rooting()
		second.pick("join")
		for i := range 3 {
			second.give(r.share(i))
		}
		encoded := text(prompt[ceremony.Reveal](second).Secret)
		first.wait(12 * time.Second)
		if p := prompt[ceremony.EnterSecret](first); !strings.Contains(strings.Join(p.Text, " "), "the node says that its token was made") {
			t.Errorf("told %q", p.Text)
		}
		first.do(ceremony.GaveSecret{Secret: keys.NewSecret([]byte(encoded))})
		first.pick("show")
		if token := text(prompt[ceremony.Reveal](first).Secret); r.rawStatus(token) != http.StatusOK {
			t.Errorf("sys/raw answers %d", r.rawStatus(token))
		}
		first.do(ceremony.Shown{})
		first.wantNoSecret()
		second.wantNoSecret()
	})
}

// TestTheWishToEndARecoveryTokenThatWasMadeMeanwhileComesTooLate: whoever completed it has the encoded token.
func TestTheWishToEndARecoveryTokenThatWasMadeMeanwhileComesTooLate(t *testing.T) {
	t.Parallel()
	repair(t, func(r *rig) {
		first, second := r.begun(), r.rooting()
		second.pick("join")
		for i := range 3 {
			second.give(r.share(i))
		}
		first.do(ceremony.Cancelled{})
		prompt[ceremony.EnterSecret](first)
		first.pick("nothing")
		if e := prompt[ceremony.End](first); e.Good || !strings.Contains(strings.Join(e.Text, " "), "its token was made") {
			t.Errorf("ended %+v", e)
		}
		first.wantNoSecret()
	})
}

func TestANodeWhoseRecoveryTokenWasMadeSaysSoAtTheStart(t *testing.T) {
	t.Parallel()
	repair(t, func(r *rig) {
		c := r.begun()
		for i := range 3 {
			c.give(r.share(i))
		}
		late := r.console(ceremony.NewGenerateRoot(r.look(), false, &r.prints))
		if told := prompt[ceremony.Tell](late).Text[0]; !strings.Contains(told, "makes no other until it is restarted") {
			t.Errorf("told %q", told)
		}
		late.do(ceremony.Continue{})
		for range 3 {
			if _, asks := late.machine.Prompt().(ceremony.TypeOut); asks {
				late.do(ceremony.Confirmed{})
			}
		}
		if waits := strings.Join(prompt[ceremony.Wait](late).Text, " "); !strings.Contains(waits, "when already unsealed") || !strings.Contains(waits, "until it is restarted") {
			t.Errorf("waits: %q", waits)
		}
		if n := r.seen.Node(r.cluster.Addresses()[0]); n.State() != vault.Recovering || !n.Recovery.Value.Opened {
			t.Errorf("%v, %+v", n.State(), n.Recovery.Value)
		}
	})
}

// TestAKeyIsNotTakenForOneOfTheFutureAtANodeInRecoveryMode: no answer of sys/health tells the time there.
func TestAKeyIsNotTakenForOneOfTheFutureAtANodeInRecoveryMode(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "token")
	scene(t, demo.Options{Scenario: "recovery-mode", Product: demo.OpenBao}, func(r *rig) {
		o := owners(r.t, 0, "Anna")[0]
		c := r.rooting()
		c.pick("pgp")
		c.fill(o.file)
		c.do(ceremony.Continue{})
		for i := range 3 {
			c.give(r.share(i))
		}
		c.fill(path)
		b, err := os.ReadFile(path)
		if err != nil {
			r.t.Fatal(err)
		}
		if status := r.rawStatus(string(o.reads(r.t, strings.TrimSpace(string(b))))); status != http.StatusOK {
			r.t.Errorf("sys/raw answers %d", status)
		}
	})
}
