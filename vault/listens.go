package vault

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"time"

	"warder/keys"
)

// Listens says whether anything takes a connection at the first address. It tells a machine without a server from a server
// in trouble.
func Listens(ctx context.Context, s Settings) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", hostPort(s.Addresses[0]))
	if err != nil {
		return false
	}
	_ = conn.Close()
	return true
}

// SimulatedSettings reach a cluster inside this process: nothing is read from the environment, so that a rehearsal never
// sends a real token anywhere, nor asks a real server.
func SimulatedSettings(addresses []string, token keys.Secret, ca []byte) (Settings, error) {
	s := Settings{Addresses: addresses, Given: true, Token: token, Timeout: defaultTimeout, TLS: &tls.Config{MinVersion: tls.VersionTLS12}}
	if ca == nil {
		return s, nil
	}
	s.TLS.RootCAs = x509.NewCertPool()
	if !s.TLS.RootCAs.AppendCertsFromPEM(ca) {
		return s, errors.New("the simulated cluster's certificate cannot be read")
	}
	return s, nil
}
