package vault

import (
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"encoding/hex"
	"errors"
)

// Pinned is the client of an address that speaks over TLS only to who shows the certificate with that fingerprint, beside
// all that is demanded of it otherwise. Over TLS an empty fingerprint matches nobody. It is for what a person confirmed: the
// handshake fails with another certificate, so that nothing was sent then.
func (c *Clients) Pinned(address string, learnt bool, fingerprint string) *Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := address + " " + fingerprint
	k := c.pinned[key]
	if k == nil {
		k = newClient(c.settings.pinned(fingerprint), address, learnt)
		c.pinned[key] = k
	}
	return k
}

// ClosePinned lets the idle connections of pinned clients go: the buffers of a connection keep the last that went through
// them, which may be a share. The clients can be used again.
func (c *Clients) ClosePinned() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range c.pinned {
		k.close()
	}
}

var errOtherCertificate = errors.New("not the certificate that was confirmed; nothing was sent")

// pinned are the settings with one certificate only. The hook runs with resumed connections and unverified ones, too.
func (s Settings) pinned(fingerprint string) Settings {
	config := s.TLS.Clone()
	if config == nil {
		config = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	config.VerifyConnection = func(state tls.ConnectionState) error {
		if len(state.PeerCertificates) == 0 {
			return errOtherCertificate
		}
		sum := sha256.Sum256(state.PeerCertificates[0].Raw)
		if subtle.ConstantTimeCompare([]byte(hex.EncodeToString(sum[:])), []byte(fingerprint)) != 1 {
			return errOtherCertificate
		}
		return nil
	}
	s.TLS = config
	return s
}

// OtherCertificate says that err is of a node that showed another certificate than the one confirmed.
func OtherCertificate(err error) bool { return errors.Is(err, errOtherCertificate) }

// Unverified says whether what is sent to the address may reach others: TLS that nobody verifies, or none beyond this machine.
func Unverified(address string, skipVerify bool) bool {
	return plainBeyondLoopback(address) || skipVerify && provable(address, false)
}

// Plain says whether what is sent to the address can be read on the way.
func Plain(address string) bool { return plainBeyondLoopback(address) }
