package vault

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// dump is what a careless log line would show.
func dump(v any) string { return fmt.Sprintf("%+v %#v", v, v) }

func TestTLSTroubleIsNamed(t *testing.T) {
	t.Parallel()
	good, other := newIdentity(t, "vault.internal"), newIdentity(t, "vault.internal")
	old, early := newIdentityFor(t, "vault.internal", -48*time.Hour), newIdentityFor(t, "vault.internal", 48*time.Hour)
	ok := func(http.ResponseWriter, *http.Request) {}
	named := "vault.internal"
	for name, c := range map[string]struct {
		address string
		flags   Flags
		says    string
		shown   bool // the certificate is known all the same
	}{
		"expired":           {serveTLS(t, old, ok), Flags{CACert: old.certFile, TLSServerName: named}, "certificate expired ", true},
		"not yet valid":     {serveTLS(t, early, ok), Flags{CACert: early.certFile, TLSServerName: named}, "certificate not valid before ", true},
		"wrong name":        {serveTLS(t, good, ok), Flags{CACert: good.certFile, TLSServerName: "other"}, "certificate is for vault.internal, not for other", true},
		"wrong address":     {serveTLS(t, good, ok), Flags{CACert: good.certFile}, "certificate is for vault.internal, not for 127.0.0.1", true},
		"unknown authority": {serveTLS(t, good, ok), Flags{CACert: other.certFile, TLSServerName: named}, "not trusted here", true},
		"plain HTTP":        {plainAsTLS(t), Flags{}, "plain HTTP", false},
		"no TLS at all":     {rawTLS(t, "220 mail.example.com ESMTP ready for you\r\n"), Flags{}, "TLS", false},
		"a client certificate is wanted": {
			demandingTLS(t, good), Flags{CACert: good.certFile, TLSServerName: named}, "demands a client certificate", false,
		},
		"too old a version": {oldTLS(t, good), Flags{CACert: good.certFile, TLSServerName: named}, "protocol version", false},
	} {
		s := mustLoad(t, c.flags, environment(""))
		clients := NewClients(s)
		t.Cleanup(clients.Close)
		r := clients.Fetch(t.Context(), Ask{Address: c.address, Lane: Vital})
		e, _ := r.Health.Err.(*Error)
		if e == nil || e.Kind != Unreachable || e.Why != BadTLS || !strings.Contains(e.Short(), c.says) {
			t.Errorf("%s: %v, want TLS trouble with %q", name, r.Health.Err, c.says)
		}
		if r.State() != Down {
			t.Errorf("%s: state %d", name, r.State())
		}
		if shown := r.Certificate != nil; shown != c.shown {
			t.Errorf("%s: certificate known %v", name, shown)
		}
		for _, wrong := range dirt(Reason(r.Health.Err)) {
			t.Error(wrong)
		}
	}
}

func TestUnreachableSaysWhy(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]struct {
		why  Why
		says string
	}{
		refusing(t):                    {ConnRefused, "connection refused"},
		"http://name.invalid:8200":     {NoHost, "unknown host name"},
		"unix:///nowhere/vault.sock":   {Elsewise, "no such file"},
		"https://no\u202ename.invalid": {NoHost, "unknown host name"},
	} {
		r := NewClients(Settings{}).Fetch(t.Context(), Ask{Address: address, Lane: Vital})
		e, _ := r.Health.Err.(*Error)
		if e == nil || e.Kind != Unreachable || e.Why != want.why || !strings.Contains(e.Short(), want.says) {
			t.Errorf("%s: %v, want %q", address, r.Health.Err, want.says)
		}
	}
}

// plainAsTLS is the https address of a server of plain HTTP.
func plainAsTLS(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	return "https" + strings.TrimPrefix(server.URL, "http")
}

// rawTLS is the https address of a server that says its text to whoever comes.
func rawTLS(t *testing.T, text string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(conn, text)
			_, _ = conn.Read(make([]byte, 4096))
			conn.Close()
		}
	}()
	return "https://" + l.Addr().String()
}

// demandingTLS serves only those who show a certificate.
func demandingTLS(t *testing.T, id identity) string {
	t.Helper()
	return configuredTLS(t, id, &tls.Config{ClientAuth: tls.RequireAnyClientCert})
}

// oldTLS speaks no version that is still trusted.
func oldTLS(t *testing.T, id identity) string {
	t.Helper()
	return configuredTLS(t, id, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11})
}

func configuredTLS(t *testing.T, id identity, config *tls.Config) string {
	t.Helper()
	pair, err := tls.X509KeyPair([]byte(id.certPEM), []byte(id.keyPEM))
	if err != nil {
		t.Fatal(err)
	}
	config.Certificates = []tls.Certificate{pair}
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = config
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}
