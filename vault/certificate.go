package vault

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"time"
)

// Certificate is what a node showed in the handshake.
type Certificate struct {
	NotBefore, NotAfter time.Time
	Names               string
	Issuer              string
	Fingerprint         string // SHA-256 of the certificate, hex
}

// shown reads the certificate of a connection; nil without TLS.
func shown(state *tls.ConnectionState) *Certificate {
	if state == nil || len(state.PeerCertificates) == 0 {
		return nil
	}
	return described(state.PeerCertificates[0])
}

// rejected reads the certificate that failed verification, so that its row can say what was wrong with it.
func rejected(err error) *Certificate {
	var verify *tls.CertificateVerificationError
	if !errors.As(err, &verify) || len(verify.UnverifiedCertificates) == 0 {
		return nil
	}
	return described(verify.UnverifiedCertificates[0])
}

func described(c *x509.Certificate) *Certificate {
	sum := sha256.Sum256(c.Raw)
	return &Certificate{
		NotBefore: c.NotBefore.UTC(), NotAfter: c.NotAfter.UTC(), Names: names(c),
		Issuer: clean(c.Issuer.CommonName), Fingerprint: hex.EncodeToString(sum[:]),
	}
}
