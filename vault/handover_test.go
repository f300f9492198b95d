package vault

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"warder/keys"
)

// heard is what a node was asked.
type heard struct{ method, path, token, life, body string }

// listening is a node that answers every request alike and tells what it heard.
func listening(t *testing.T, status int, body string) (*Client, *heard) {
	t.Helper()
	h := &heard{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, _ := io.ReadAll(r.Body)
		*h = heard{r.Method, r.URL.Path, r.Header.Get("X-Vault-Token"), r.Header.Get("X-Vault-Wrap-TTL"), string(sent)}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	c := newClient(Settings{Token: keys.NewSecret([]byte("s.pipes"))}, server.URL, false)
	t.Cleanup(c.close)
	return c, h
}

func TestANewTokenSpeaksForItself(t *testing.T) {
	t.Parallel()
	made := keys.NewSecret([]byte("hvs.made"))
	for name, c := range map[string]struct {
		answer string
		ask    func(*testing.T, *Client) error
		want   heard
	}{
		"lookup": {
			`{"data":{"policies":["root"],"accessor":"acc","id":"hvs.made"}}`,
			func(t *testing.T, c *Client) error {
				info, err := c.LookupToken(t.Context(), made)
				if !info.Root() || info.Accessor != "acc" {
					t.Errorf("looked up: %+v", info)
				}
				return err
			},
			heard{"GET", "/v1/auth/token/lookup-self", "hvs.made", "", ""},
		},
		"raft": {
			`{"data":{"config":{"servers":[{"node_id":"a","voter":true}]}}}`,
			func(t *testing.T, c *Client) error {
				servers, err := c.RaftConfigurationFor(t.Context(), made)
				if len(servers) != 1 || servers[0].ID != "a" || !servers[0].Voter {
					t.Errorf("read: %+v", servers)
				}
				return err
			},
			heard{"GET", "/v1/sys/storage/raft/configuration", "hvs.made", "", ""},
		},
		"revoke": {
			"", func(t *testing.T, c *Client) error { return c.RevokeToken(t.Context(), made) },
			heard{"POST", "/v1/auth/token/revoke-self", "hvs.made", "", ""},
		},
		"wrap": {
			`{"wrap_info":{"token":"hvs.wrapping"}}`,
			func(t *testing.T, c *Client) error {
				w, err := c.WrapToken(t.Context(), made, 10*time.Minute)
				if !holds(w, "hvs.wrapping") {
					t.Error("the wrapping token is another")
				}
				return err
			},
			heard{"POST", "/v1/sys/wrapping/wrap", "hvs.made", "600", `{"token":"hvs.made"}`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, got := listening(t, http.StatusOK, c.answer)
			if err := c.ask(t, client); err != nil || *got != c.want {
				t.Errorf("%v; heard %+v, want %+v", err, *got, c.want)
			}
		})
	}
}

func TestAWipedTokenIsNotReplacedByOurOwn(t *testing.T) {
	t.Parallel()
	client, got := listening(t, http.StatusNoContent, "")
	gone := keys.NewSecret([]byte("hvs.made"))
	gone.Wipe()
	if err := client.RevokeToken(t.Context(), gone); !Is(err, NoToken) || got.token != "" {
		t.Errorf("%v; sent with %q", err, got.token)
	}
}

func TestAnAccessorIsThereGoneOrUnknown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		answer string
		there  bool
		kind   Kind
		known  bool
	}{
		{200, `{"data":{"accessor":"acc","policies":["root"]}}`, true, 0, true},
		{400, `{"errors":["1 error occurred: invalid accessor"]}`, false, 0, true},
		{403, `{"errors":["permission denied"]}`, false, Denied, false},
		{400, "<html>", false, Refused, false},
	} {
		client, got := listening(t, c.status, c.answer)
		_, there, err := client.LookupAccessor(t.Context(), "acc")
		if there != c.there || (err == nil) != c.known || !c.known && !Is(err, c.kind) {
			t.Errorf("%d %s: there %v, %v", c.status, c.answer, there, err)
		}
		if got.token != "s.pipes" || !strings.Contains(got.body, `"acc"`) {
			t.Errorf("heard %+v", *got)
		}
	}
}
