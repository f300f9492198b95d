package vault

import (
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"warder/keys"
)

func TestAnswerWithSharesIsAwaitedLongerThanAReads(t *testing.T) {
	t.Parallel()
	share := keys.NewSecret([]byte("a share of some sort"))
	for name, c := range map[string]struct {
		call func(*testing.T, *Client) error
		kind Kind // of the error; -1 for none
	}{
		"init": {func(t *testing.T, c *Client) error {
			_, err := c.Init(t.Context(), InitConfig{Shares: 5, Threshold: 3})
			return err
		}, -1},
		"last share of a rekey": {func(t *testing.T, c *Client) error {
			_, err := c.GiveRekeyShare(t.Context(), DoorsOpen, BarrierKey, share, "nonce")
			return err
		}, -1},
		"a read": {func(t *testing.T, c *Client) error {
			_, err := c.Rekey(t.Context(), DoorsOpen, BarrierKey)
			return err
		}, Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				slow := answering(func(w io.Writer, _ *http.Request) {
					time.Sleep(2 * readTimeout)
					_, _ = io.WriteString(w, response(http.StatusOK, `{"complete":true}`))
				})
				clients := pipenet{"node:8200": slow}.clients()
				defer clients.Close()
				err := c.call(t, clients.Client("http://node:8200", false))
				time.Sleep(2 * readTimeout) // until the node is done with what nobody waits for
				if kind, failed := KindOf(err); failed != (c.kind >= 0) || failed && kind != c.kind {
					t.Error(err)
				}
			})
		})
	}
}
