package rules

import (
	"crypto/x509"
	"errors"
	"fmt"

	"warder/vault"
)

// unverified is why the node's certificate or its handshake is not accepted, nil where that is not what keeps us from it.
func unverified(m vault.Member) *vault.Error {
	var e *vault.Error
	if m.Node == nil || !errors.As(m.Node.Health.Err, &e) || e.Kind != vault.Unreachable || e.Why != vault.BadTLS {
		return nil
	}
	return e
}

// distrust names the kind of trouble, and says what helps.
func distrust(e *vault.Error) (rule, do string) {
	var name x509.HostnameError
	var authority x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(e, &name):
		return "tls-name", "ask it by a name that its certificate bears, say which one to expect (VAULT_TLS_SERVER_NAME, BAO_TLS_SERVER_NAME), or issue it anew"
	case errors.As(e, &authority):
		return "tls-authority", "name the CA that issued it (VAULT_CACERT, BAO_CACERT), once you know that the certificate is the node's"
	case errors.As(e, &invalid) && invalid.Reason == x509.Expired:
		return "tls-expired", "renew its certificate, then send the server a SIGHUP; compare the clocks"
	}
	return "tls-handshake", "check that TLS is spoken at " + e.Address + ", with a certificate that is meant for a server"
}

// untrusted: a node shows a certificate that does not prove who it is, so that nothing it says may be believed.
func untrusted(s Scene) []Finding {
	if len(noAnswer(s)) > 0 {
		return nil
	}
	var out []Finding
	for _, m := range s.Members {
		e := unverified(m)
		if e == nil {
			continue
		}
		f := Finding{
			Severity: Degraded, Node: m.Name, What: fmt.Sprintf("%s cannot be verified: %s", m.Name, e.Short()),
			Follows:  "it is not asked: its state is not known, and clients that verify refuse it too",
			Evidence: append(append(health(m), shownCertificate(m)...), s.judged(m)...),
		}
		if f.Rule, f.Do = distrust(e); vouched(s, m) {
			f.Follows = "it is not asked, and clients that verify refuse it too; autopilot finds it healthy"
		}
		out = append(out, f)
	}
	return out
}
