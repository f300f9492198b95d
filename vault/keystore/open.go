package keystore

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"warder/keys"
	"warder/vault"
)

// Config says how a store is reached.
type Config struct {
	Name    string // "" is the address's host
	Address string // https://host, or http:// on this machine; without a port the make's own is taken
	CACert  string // a file of CA certificates, PEM; "" trusts the system's
	CAPEM   []byte // the same as text, for whoever has no file
	Token   keys.Secret
	Timeout time.Duration // of one request; 0 is 8 s, and more than a minute is a minute
	// Dial replaces the network; nil is the network.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
}

// How long an answer is waited for.
const (
	defaultTimeout = 8 * time.Second
	maxTimeout     = time.Minute
)

// providers are the makes by the word that the configuration has for them.
var providers = map[string]func(asker) Store{
	"qumulo": func(a asker) Store { return qumulo{a} },
}

// ports are where a make's API listens when the address does not say.
var ports = map[string]string{"qumulo": "8000"}

// Kinds are the makes that are known, in order.
func Kinds() []string { return slices.Sorted(maps.Keys(providers)) }

// Open makes the store of a configuration; nothing is asked yet. An error is one line that names the store and what is wrong
// with its configuration; the token is never quoted.
func Open(kind string, c Config) (Store, error) {
	provider := providers[strings.ToLower(kind)]
	if provider == nil {
		return nil, c.wrong(fmt.Errorf("unknown kind %q: want one of %s", vault.Clean(kind), strings.Join(Kinds(), ", ")))
	}
	a, err := c.asker(ports[strings.ToLower(kind)])
	if err != nil {
		return nil, c.wrong(err)
	}
	return provider(a), nil
}

func (c Config) wrong(err error) error {
	name := c.Name
	if name == "" {
		name = "without a name"
	}
	return fmt.Errorf("key store %s: %w", vault.Clean(name), err)
}

// asker makes what asks at the address. A token is not sent where anybody could read it on its way.
func (c Config) asker(port string) (asker, error) {
	if c.Address == "" {
		return asker{}, errors.New("no address is given")
	}
	address, err := vault.ParseAddress(withPort(c.Address, port))
	if err != nil {
		return asker{}, err
	}
	switch {
	case strings.HasPrefix(address, "unix://"):
		return asker{}, errors.New("a store is asked at https://, not at a socket")
	case vault.PlainBeyondLoopback(address):
		return asker{}, fmt.Errorf("%s is plain HTTP: its token could be read on the way; give an https:// address", address)
	case c.Token.Empty():
		return asker{}, errors.New("no token is given")
	}
	roots, err := c.roots()
	if err != nil {
		return asker{}, err
	}
	s := vault.Settings{
		Timeout: c.Timeout, Dial: c.Dial, Proxy: http.ProxyFromEnvironment,
		TLS: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
	}
	a := asker{
		name: vault.Clean(c.Name), address: address, token: c.Token, transport: s.Transport(address),
		timeout: min(c.Timeout, maxTimeout),
	}
	if a.timeout <= 0 {
		a.timeout = defaultTimeout
	}
	if a.name == "" {
		a.name = strings.TrimPrefix(address, "https://")
	}
	return a, nil
}

// withPort gives an address without a port the make's own.
func withPort(address, port string) string {
	scheme, host, ok := strings.Cut(strings.TrimSpace(address), "://")
	end := strings.IndexAny(host, "/?#")
	if end < 0 {
		end = len(host)
	}
	// An IPv6 address holds colons of its own, within brackets.
	if !ok || strings.Contains(host[strings.LastIndex(host[:end], "]")+1:end], ":") {
		return address
	}
	return scheme + "://" + host[:end] + ":" + port + host[end:]
}

// roots are the authorities given; where any were, they alone are trusted.
func (c Config) roots() (*x509.CertPool, error) {
	text := c.CAPEM
	if c.CACert != "" {
		var err error
		if text, err = os.ReadFile(c.CACert); err != nil {
			return nil, fmt.Errorf("ca_cert: %w", err)
		}
	} else if len(text) == 0 {
		return nil, nil
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("ca_cert: %s holds no PEM certificate", c.CACert)
	}
	return pool, nil
}
