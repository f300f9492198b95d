package demo

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"time"
)

// authority is the throwaway CA and what each node serves TLS with; nil config without TLS.
type authority struct {
	ca     []byte // PEM
	issuer *x509.Certificate
	key    *ecdsa.PrivateKey
	config map[*node]*tls.Config
	shelf  *tls.Config // the key stores'
}

// CACert is the CA's certificate in PEM, nil without TLS.
func (c *Cluster) CACert() []byte { return append([]byte(nil), c.authority.ca...) }

// certify makes the CA and a certificate per node. Keys come from crypto/rand whatever the demo's randomness is: Go
// draws them from nowhere else.
func (c *Cluster) certify(at time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return fmt.Errorf("make the demo's CA: %w", err)
	}
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "warder demo CA"},
		NotBefore: at.AddDate(-1, 0, 0), NotAfter: at.AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, ca, ca, key.Public(), key)
	if err != nil {
		return fmt.Errorf("make the demo's CA: %w", err)
	}
	c.authority.issuer, c.authority.key = ca, key
	c.authority.ca = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	c.authority.config = map[*node]*tls.Config{}
	for i, n := range c.nodes {
		days := 41
		if i < len(c.plan.tlsDays) {
			days = c.plan.tlsDays[i]
		}
		if c.authority.config[n], err = certificate(c.bearerOf(n), i, ca, key, at, days); err != nil {
			return fmt.Errorf("make the certificate of %s: %w", n.id, err)
		}
		n.api = c.scheme() + n.host()
	}
	for i, s := range c.stores {
		if c.authority.shelf, err = certificate(named(s.name), len(c.nodes)+i, ca, key, at, 41); err != nil {
			return fmt.Errorf("make the certificate of %s: %w", s.name, err)
		}
	}
	return nil
}

func (f Renew) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) {
		if c.authority.issuer == nil {
			return
		}
		number := len(c.nodes) + len(c.stores) + int(c.at.Unix()%1_000_000)
		if next, err := certificate(named(n.id), number, c.authority.issuer, c.authority.key, c.at, f.Days); err == nil {
			c.authority.config[n] = next
		}
	})
}

// bearer is whom a certificate speaks for.
type bearer struct {
	name  string
	names []string
	ips   []net.IP
}

func named(name string) bearer {
	return bearer{name, []string{name, name + ".demo", "localhost"}, []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}}
}

// bearerOf is the node itself, unless the scenario has its certificate bear the name of a machine long gone.
func (c *Cluster) bearerOf(n *node) bearer {
	if n.index+1 == c.plan.misnamed {
		return bearer{name: "old-" + n.id, names: []string{"old-" + n.id + ".example"}}
	}
	return named(n.id)
}

// certificate is that of one server; no two have one number.
func certificate(who bearer, number int, ca *x509.Certificate, caKey *ecdsa.PrivateKey, at time.Time, days int) (*tls.Config, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(int64(number) + 2), Subject: pkix.Name{CommonName: who.name},
		NotBefore: at.AddDate(0, -2, 0), NotAfter: at.AddDate(0, 0, days).Add(time.Hour),
		DNSNames: who.names, IPAddresses: who.ips,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, ca, key.Public(), caKey)
	if err != nil {
		return nil, err
	}
	pair := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	return &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"http/1.1"}}, nil
}
