package ceremony_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"warder/demo"
	"warder/vault/ceremony"
	"warder/vault/record"
)

func TestTheRecordOfAnInitialisationHoldsNeitherSharesNorToken(t *testing.T) {
	t.Parallel()
	for scenario, unsealed := range map[string]bool{"uninitialised": true, "uninitialised-auto": false} {
		scene(t, demo.Options{Scenario: scenario}, func(r *rig) {
			c := r.recorded("Initialise", ceremony.NewInitialise(r.look(), false, &r.prints, rand.NewChaCha8([32]byte{3})))
			var token []byte
			c.spy = func(e ceremony.Event) {
				if m, ok := e.(ceremony.KeysMade); ok {
					m.Result.RootToken.Use(func(b []byte) { token = slices.Clone(b) })
				}
			}
			c.through()
			c.pick(r.cluster.Addresses()[0])
			c.through()
			c.fill("4", "2")
			c.do(ceremony.Continue{})
			c.pick("open")
			c.pick("open")
			c.do(ceremony.Continue{})
			c.do(ceremony.Confirmed{})
			papers := c.handOut()
			c.do(ceremony.Confirmed{})
			if unsealed {
				c.pick("show")
				c.do(ceremony.Shown{})
				c.pick("unseal")
				c.through()
				c.give(papers.share(t, 3))
				c.give(papers.share(t, 1))
				c.wait(5 * time.Second)
			}
			c.do(ceremony.Left{})
			rec, text := c.read()
			if !rec.Whole() || len(token) == 0 || len(papers.shares) != 4 {
				t.Errorf("%s: %v, %d shares, a token of %d", scenario, rec.Problems, len(papers.shares), len(token))
			}
			clean(t, text, append(papers.shares, token)...)
			wantLine(t, rec, record.Request, "The cluster is to be initialised.")
			wantLine(t, rec, record.Answer, "shares")
			if l := wantLine(t, rec, record.Person, "Was shown and hid again"); l.Who != "custodian 1" {
				t.Errorf("%s: %+v", scenario, l)
			}
		})
	}
}
