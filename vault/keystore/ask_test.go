package keystore

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"warder/keys"
	"warder/vault"
)

const token = "access-v1:abAcde=="

func secret() keys.Secret { return keys.NewSecret([]byte(token)) }

// store is one at a test's server.
func store(t *testing.T, s *httptest.Server, change func(*Config)) Store {
	t.Helper()
	t.Cleanup(s.Close)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	c := Config{Name: "vault-of-films", Address: s.URL, Token: secret()}
	if cert := s.Certificate(); cert != nil {
		c.CAPEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
	}
	change(&c)
	out, err := Open("qumulo", c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(out.Close)
	return out
}

func asIs(*Config) {}

func TestTheStatusIsAskedWithTheTokenOverTLS(t *testing.T) {
	t.Parallel()
	s := store(t, httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.Path != pathQumulo || r.Header.Get("Authorization") != "Bearer "+token {
			http.Error(w, "wrong", http.StatusTeapot)
		}
		fmt.Fprint(w, `{"type": "KMS", "status": "KMS Available"}`)
	})), asIs)
	got, err := s.Status(t.Context())
	if err != nil || got.Condition != Available {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAnswersThatAreNot200(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]struct {
		kind vault.Kind
		says string
	}{
		401: {vault.Denied, "is not accepted"},
		403: {vault.Denied, "does not permit it"},
		404: {vault.Unsupported, "another make, or an older release"},
		409: {vault.Refused, "answered 409 Conflict: the words of the store"},
		500: {vault.Failed, "answered 500 Internal Server Error: the words of the store"},
		503: {vault.Failed, "answered 503"},
		204: {vault.Refused, "answered 204"},
	} {
		s := store(t, httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			if status != 204 {
				fmt.Fprint(w, `{"description": "the words\u001b of the store"}`)
			}
		})), asIs)
		_, err := s.Status(t.Context())
		if !vault.Is(err, want.kind) || !strings.Contains(vault.Reason(err), want.says) || strings.Contains(err.Error(), token) {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestARedirectIsNotFollowedAndCarriesNoTokenAway(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer elsewhere.Close()
	s := store(t, httptest.NewServer(http.RedirectHandler(elsewhere.URL+pathQumulo, http.StatusFound)), asIs)
	if _, err := s.Status(t.Context()); !vault.Is(err, vault.Redirected) || asked.Load() != 0 {
		t.Errorf("%v, asked %d times elsewhere", err, asked.Load())
	}
}

func TestAnAnswerWithoutEndIsCut(t *testing.T) {
	t.Parallel()
	s := store(t, httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		line := strings.Repeat(" ", 1<<16)
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, line); err != nil {
				return
			}
		}
	})), asIs)
	if _, err := s.Status(t.Context()); !vault.Is(err, vault.Malformed) || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("%v", err)
	}
}

func TestAStoreThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	hang := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	for name, c := range map[string]struct {
		server func(http.Handler) *httptest.Server
		change func(*Config)
		says   string
	}{
		"hangs":        {httptest.NewServer, func(c *Config) { c.Timeout = 20 * time.Millisecond }, "no answer in time"},
		"other CA":     {httptest.NewTLSServer, func(c *Config) { c.CAPEM = nil }, "give its CA as ca_cert"},
		"speaks plain": {httptest.NewServer, func(c *Config) { c.Address = strings.Replace(c.Address, "http:", "https:", 1) }, "plain HTTP"},
		"refuses": {httptest.NewServer, func(c *Config) {
			gone := httptest.NewServer(hang)
			gone.Close()
			c.Address = gone.URL
		}, "connection refused"},
		"bears another name": {httptest.NewTLSServer, func(c *Config) { c.Address = strings.Replace(c.Address, "127.0.0.1", "localhost", 1) }, "not for localhost"},
	} {
		_, err := store(t, c.server(hang), c.change).Status(t.Context())
		if !vault.Is(err, vault.Unreachable) || !strings.Contains(vault.Reason(err), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadingsKeepWhatWasKnown(t *testing.T) {
	t.Parallel()
	s := store(t, httptest.NewServer(http.NotFoundHandler()), asIs)
	start := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	r := NewReading(s)
	if r.Name != "vault-of-films" || r.Kind != "Qumulo" || r.Known() || !r.Due(start) {
		t.Errorf("before the first try: %+v", r)
	}
	r = r.With(Status{Text: "Encrypted"}, nil, start)
	if r.Due(start.Add(59*time.Second)) || !r.Due(start.Add(Cadence)) {
		t.Error("it is not due each minute")
	}
	failed := r.With(Status{}, errors.New("no"), start.Add(time.Minute))
	if failed.Value.Text != "Encrypted" || failed.At != start || failed.Err == nil || failed.Fresh() {
		t.Errorf("after a failure: %+v", failed)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Status(ctx)
	if same := r.With(Status{}, err, start.Add(time.Hour)); same.Tried != start || same.Err != nil {
		t.Errorf("after giving up ourselves: %+v", same)
	}
}
