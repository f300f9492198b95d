package conformance

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"warder/vault"
	"warder/vault/ceremony"
)

// impostor answers at the address of a node, by a certificate that is as good as the node's but another.
type impostor struct {
	sync.Mutex
	written []string // requests that brought something
}

func (i *impostor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if len(body) > 0 || r.Method != http.MethodGet {
		i.Lock()
		i.written = append(i.written, r.Method+" "+r.URL.Path)
		i.Unlock()
	}
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = io.WriteString(w, `{"errors":["Vault is sealed"]}`)
}

// listens takes the address of a node that was killed, and gives its certificate's fingerprint and what ends it.
func (i *impostor) listens(t *testing.T, by *authority, address string) (fingerprint string, ends func()) {
	t.Helper()
	dir := t.TempDir()
	fingerprint = by.certify(t, "impostor", certificateIn(dir), keyIn(dir))
	pair, err := tls.LoadX509KeyPair(certificateIn(dir), keyIn(dir))
	works(t, "certificate", err)
	var l net.Listener
	eventually(t, "he who was killed has let go of "+address, func() error {
		l, err = net.Listen("tcp", strings.TrimPrefix(address, "https://"))
		return err
	})
	server := &http.Server{Handler: i, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}
	go func() {
		_ = server.Serve(tls.NewListener(l, &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}}))
	}()
	ends = func() { _ = server.Close() }
	t.Cleanup(ends)
	return fingerprint, ends
}

// impostorAnswers has somebody else answer for a node in the middle of an unseal. The console trusts who certified him: what
// holds the shares back is that nobody confirmed this certificate.
func impostorAnswers(t *testing.T, c *cluster) {
	for i := range c.nodes {
		c.machine.kill(t, i)
	}
	for i := range c.nodes {
		c.machine.start(t, i)
		c.becomes(t, i, vault.CodeSealed)
	}
	rogue, own := newAuthority(t), *c
	own.ca = slices.Concat(c.ca, rogue.pem)
	own.holds(t, c.token)
	p := own.unsealing(t)
	p.gives(c.shares[0])
	const node = 1
	c.machine.kill(t, node)
	p.by.Close() // the connections that it broke are no matter here
	var i impostor
	fingerprint, ends := i.listens(t, rogue, c.nodes[node])
	p.gives(c.shares[1])
	p.alarmed("shows another certificate than the one confirmed. Nothing was sent to it.")
	asks := awaits[ceremony.TypeOut](p) // reads need no confirmation, and found him there
	if len(asks.Nodes) != 1 || asks.Nodes[0].Certificate != fingerprint {
		t.Errorf("to be confirmed are %+v, his certificate is %s", asks.Nodes, fingerprint)
	}
	i.Lock()
	if len(i.written) > 0 {
		t.Errorf("he was sent %v", i.written)
	}
	i.Unlock()
	ends()
	c.machine.start(t, node)
	c.becomes(t, node, vault.CodeSealed)
	c.says(t, node, c.threshold, len(c.shares))
	p.observes()
	p.through() // he whom the address belongs to is confirmed anew
	p.gives(c.shares[2])
	for i := range c.nodes {
		if i != node {
			c.serves(t, i)
		}
	}
	c.unseal(t, node)
	c.open(t)
}
