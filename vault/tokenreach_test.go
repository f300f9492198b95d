package vault

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"warder/keys"
)

// seen are the requests that a node got, by path.
type seen struct {
	mu       sync.Mutex
	requests map[string]http.Header
}

// ServeHTTP answers sanely.
func (s *seen) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/v1/")
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.requests == nil {
		s.requests = map[string]http.Header{}
	}
	s.requests[path] = r.Header
	status, body := saneAnswer(path)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

// with are the paths whose requests bore the header.
func (s *seen) with(header string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for path, h := range s.requests {
		if h.Get(header) != "" {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

// guarded are the paths of which the server demands a token.
func guarded() []string {
	var out []string
	for path, e := range endpoints {
		if e.token {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

func TestTokenGoesWhereItMayAndIsNeeded(t *testing.T) {
	t.Parallel()
	id := newIdentity(t, "vault.internal")
	for name, c := range map[string]struct {
		tls, learnt, skip bool
		sent              bool
	}{
		"given, plain":             {sent: true},
		"given, TLS":               {tls: true, sent: true},
		"given, TLS not verified":  {tls: true, skip: true, sent: true},
		"learnt, plain":            {learnt: true},
		"learnt, TLS":              {tls: true, learnt: true, sent: true},
		"learnt, TLS not verified": {tls: true, learnt: true, skip: true},
	} {
		node := &seen{}
		address := ""
		if c.tls {
			address = serveTLS(t, id, node.ServeHTTP)
		} else {
			server := httptest.NewServer(node)
			t.Cleanup(server.Close)
			address = server.URL
		}
		s := mustLoad(t, Flags{CACert: id.certFile, TLSServerName: "vault.internal", SkipVerify: c.skip}, environment("", "VAULT_NAMESPACE", "team"))
		s.Token = keys.NewSecret([]byte("s.reach"))
		clients := NewClients(s)
		t.Cleanup(clients.Close)
		for _, ask := range everything(address) {
			ask.Learnt = c.learnt
			for section, err := range sectionErrors(clients.Fetch(t.Context(), ask)) {
				if err != nil && (c.sent || !Is(err, NoToken)) {
					t.Errorf("%s: %s: %v", name, section, err)
				}
			}
		}
		var want, spaces []string
		if c.sent {
			want, spaces = guarded(), []string{"auth/token/lookup-self", "sys/capabilities-self"}
		}
		if got := node.with("X-Vault-Token"); !slices.Equal(got, want) {
			t.Errorf("%s: the token went with %q, want %q", name, got, want)
		}
		if got := node.with("X-Vault-Namespace"); !slices.Equal(got, spaces) {
			t.Errorf("%s: the namespace went with %q, want %q", name, got, spaces)
		}
	}
}

func TestWithoutATokenOnlyOpenEndpointsAreAsked(t *testing.T) {
	t.Parallel()
	node := &seen{}
	server := httptest.NewServer(node)
	t.Cleanup(server.Close)
	clients := NewClients(Settings{})
	t.Cleanup(clients.Close)
	for _, ask := range everything(server.URL) {
		for section, err := range sectionErrors(clients.Fetch(t.Context(), ask)) {
			if err != nil && (!Is(err, NoToken) || Reason(err) != "needs a token") {
				t.Errorf("%s: %v", section, err)
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(node.requests)) {
		if endpoints[path].token {
			t.Errorf("%s was asked without a token", path)
		}
	}
}

func TestTokenIsInNoErrorAndNoDump(t *testing.T) {
	t.Parallel()
	s := Settings{Token: keys.NewSecret([]byte("s.neverprinted"))}
	c := newClient(s, refusing(t), false)
	_, err := c.HAStatus(t.Context())
	for _, text := range []string{err.Error(), Reason(err), dump(c), dump(s), dump(err)} {
		if strings.Contains(text, "neverprinted") {
			t.Errorf("the token stands in %q", text)
		}
	}
}
