package vault

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

func TestNothingIsSentToACertificateThatWasNotConfirmed(t *testing.T) {
	t.Parallel()
	for _, skip := range []bool{false, true} {
		var asked atomic.Int32
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			_, _ = io.WriteString(w, `{"initialized":true}`)
		}))
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		t.Cleanup(server.Close)
		roots := x509.NewCertPool()
		roots.AddCert(server.Certificate())
		clients := NewClients(Settings{TLS: &tls.Config{RootCAs: roots, InsecureSkipVerify: skip}, SkipVerify: skip})
		t.Cleanup(clients.Close)
		sum := sha256.Sum256(server.Certificate().Raw)
		right := hex.EncodeToString(sum[:])

		for _, wrong := range []string{"", strings.Repeat("0", 64)} {
			_, err := clients.Pinned(server.URL, false, wrong).InitStatus(t.Context())
			if !OtherCertificate(err) || !Is(err, Unreachable) || err.(*Error).Why != BadTLS {
				t.Errorf("skip-verify %v, pinned to %q: %v", skip, wrong, err)
			}
		}
		if n := asked.Load(); n != 0 {
			t.Errorf("skip-verify %v: %d requests came through", skip, n)
		}
		if _, err := clients.Pinned(server.URL, false, right).InitStatus(t.Context()); err != nil || asked.Load() != 1 {
			t.Errorf("skip-verify %v: the confirmed certificate: %v", skip, err)
		}
	}
}

func TestWhatMayReachOthersIsUnverified(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		address string
		skip    bool
		want    bool
	}{
		{"https://vault.example:8200", false, false},
		{"https://vault.example:8200", true, true},
		{"https://127.0.0.1:8200", true, true},
		{"http://vault.example:8200", false, true},
		{"http://127.0.0.1:8200", false, false},
		{"http://localhost:8200", true, false},
		{"unix:///run/vault.sock", true, false},
	} {
		if got := Unverified(c.address, c.skip); got != c.want {
			t.Errorf("%s, skip-verify %v: %v", c.address, c.skip, got)
		}
	}
}

func TestAConnectionThatCarriedAShareIsNotKeptWhenItsCeremonyIsOver(t *testing.T) {
	t.Parallel()
	open := map[string]bool{}
	closed := make(chan struct{}, 1)
	var mu sync.Mutex
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"initialized":true}`)
	}))
	server.Config.ConnState = func(conn net.Conn, s http.ConnState) {
		mu.Lock()
		defer mu.Unlock()
		switch s {
		case http.StateNew:
			open[conn.RemoteAddr().String()] = true
		case http.StateClosed:
			delete(open, conn.RemoteAddr().String())
			closed <- struct{}{}
		}
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	clients := NewClients(Settings{TLS: &tls.Config{RootCAs: roots}})
	sum := sha256.Sum256(server.Certificate().Raw)
	polls, pinned := clients.Client(server.URL, false), clients.Pinned(server.URL, false, hex.EncodeToString(sum[:]))
	for _, c := range []*Client{polls, pinned} {
		if _, err := c.InitStatus(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	clients.ClosePinned()
	<-closed
	mu.Lock()
	if len(open) != 1 {
		t.Errorf("%d connections are open, want that of the polls", len(open))
	}
	mu.Unlock()
	if _, err := pinned.InitStatus(t.Context()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	clients.Close()
	<-closed
	<-closed
}
