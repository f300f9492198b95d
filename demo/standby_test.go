package demo

import (
	"net/http"
	"testing"
	"time"
)

func TestAStandbyWithoutALeaderAnswersWhatOnlyReads(t *testing.T) {
	t.Parallel()
	for product, want := range map[Product]int{Vault: http.StatusTemporaryRedirect, OpenBao: http.StatusOK} {
		t.Run(product.String(), func(t *testing.T) {
			t.Parallel()
			a := ask(t, Options{Scenario: "healthy", Product: product})
			nodes := product.era().nodes
			a.happen(Stop{nodes + "-1"})
			a.happen(Stop{nodes + "-2"})
			a.pass(time.Second)
			for path, body := range map[string]fields{
				"sys/capabilities-self":  {"paths": []string{"sys/seal"}},
				"auth/token/lookup-self": {},
				"sys/decode-token":       {"encoded_token": "aaaa", "otp": "abc"},
			} {
				if status, answer := a.put(2, path, body); status != want {
					t.Errorf("PUT %s: status %d, want %d: %v", path, status, want, answer)
				}
			}
			if status, _ := a.put(2, "auth/token/create", fields{}); status != http.StatusTemporaryRedirect {
				t.Errorf("a write: status %d", status)
			}
		})
	}
}
