package vault

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

// serveTLS starts a TLS server with the identity and gives its address.
func serveTLS(t *testing.T, id identity, h http.HandlerFunc) string {
	t.Helper()
	pair, err := tls.X509KeyPair([]byte(id.certPEM), []byte(id.keyPEM))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(h)
	server.EnableHTTP2 = true
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequestClientCert}
	// A refused handshake is what some of the tests want; the server need not complain of it.
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

// roundTrip asks the address once over a transport of the settings.
func roundTrip(t *testing.T, s Settings, address string) (*http.Response, error) {
	t.Helper()
	transport := s.transport(address)
	t.Cleanup(transport.CloseIdleConnections)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, requestBase(address)+"/v1/sys/health", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := transport.RoundTrip(req)
	if err == nil {
		t.Cleanup(func() { res.Body.Close() })
	}
	return res, err
}

func TestTransportTrustsTheGivenAuthorityAndName(t *testing.T) {
	t.Parallel()
	id, other := newIdentity(t, "vault.internal"), newIdentity(t, "vault.internal")
	address := serveTLS(t, id, func(http.ResponseWriter, *http.Request) {})
	for name, c := range map[string]struct {
		flags Flags
		fails string
	}{
		"authority and name":     {Flags{CACert: id.certFile, TLSServerName: "vault.internal"}, ""},
		"another name":           {Flags{CACert: id.certFile}, "cannot validate certificate for 127.0.0.1"},
		"another authority":      {Flags{CACert: other.certFile, TLSServerName: "vault.internal"}, "certificate"},
		"the system's":           {Flags{TLSServerName: "vault.internal"}, "certificate"},
		"nothing is to be shown": {Flags{SkipVerify: true}, ""},
	} {
		res, err := roundTrip(t, mustLoad(t, c.flags, environment("")), address)
		switch {
		case c.fails == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.fails == "" && res.ProtoMajor != 2:
			t.Errorf("%s: spoke %s", name, res.Proto)
		case c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)):
			t.Errorf("%s: %v, want an error with %q", name, err, c.fails)
		}
	}
}

func TestTransportShowsTheClientCertificate(t *testing.T) {
	t.Parallel()
	id, operator := newIdentity(t, "vault.internal"), newIdentity(t, "operator")
	shown := make(chan []*x509.Certificate, 1)
	address := serveTLS(t, id, func(_ http.ResponseWriter, r *http.Request) { shown <- r.TLS.PeerCertificates })
	s := mustLoad(t, Flags{
		CACert: id.certFile, TLSServerName: "vault.internal", ClientCert: operator.certFile, ClientKey: operator.keyFile,
	}, environment(""))
	if _, err := roundTrip(t, s, address); err != nil {
		t.Fatal(err)
	}
	if certs := <-shown; len(certs) != 1 || certs[0].Subject.CommonName != "operator" {
		t.Errorf("the server saw %d certificates", len(certs))
	}
}

func TestTransportReachesASocketWithoutAProxy(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "vault.sock")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	server.Listener.Close()
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	s := mustLoad(t, Flags{}, environment("", "VAULT_ADDR", "unix://"+path, "VAULT_PROXY_ADDR", "http://127.0.0.1:1"))
	res, err := roundTrip(t, s, s.Addresses[0])
	if err != nil || res.StatusCode != http.StatusTeapot {
		t.Errorf("%v, %v", res, err)
	}
}

func TestTransportGoesByTheProxy(t *testing.T) {
	t.Parallel()
	asked := make(chan *url.URL, 1)
	proxy := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked <- r.URL }))
	t.Cleanup(proxy.Close)
	s := mustLoad(t, Flags{}, environment("", "VAULT_HTTP_PROXY", proxy.URL))
	if _, err := roundTrip(t, s, "http://vault.invalid:8200"); err != nil {
		t.Fatal(err)
	}
	if u := <-asked; u.Host != "vault.invalid:8200" {
		t.Errorf("the proxy was asked for %s", u)
	}
}

func TestTransportDialsAsToldAndAsksForNoCompression(t *testing.T) {
	t.Parallel()
	encoding := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		encoding <- r.Header.Get("Accept-Encoding")
	}))
	t.Cleanup(server.Close)
	var dialled string
	s := Settings{Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
		dialled = network + " " + addr
		return (&net.Dialer{}).DialContext(ctx, "tcp", server.Listener.Addr().String())
	}}
	if _, err := roundTrip(t, s, "http://node-1:8200"); err != nil {
		t.Fatal(err)
	}
	if got := <-encoding; dialled != "tcp node-1:8200" || got != "" {
		t.Errorf("dialled %q, accepts %q", dialled, got)
	}
	if _, err := roundTrip(t, s, "unix:///run/vault.sock"); err != nil || dialled != "unix /run/vault.sock" {
		t.Errorf("dialled %q, %v", dialled, err)
	}
}

func TestTransportRefusesEndlessHeaders(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", 2*maxHeaderBytes))
	}))
	t.Cleanup(server.Close)
	if _, err := roundTrip(t, Settings{}, server.URL); err == nil || !strings.Contains(err.Error(), "headers exceeded") {
		t.Error(err)
	}
}
