package vault

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"time"
)

// Why says why a node could not be reached.
type Why int

// The reasons.
const (
	Elsewise    Why = iota // none of the following; the cause says
	ConnRefused            // nothing listens there
	Timeout                // no answer in time
	NoHost                 // the name is not known
	BadTLS                 // the certificate or the handshake
	Cut                    // the connection broke
	Cancelled              // we gave up ourselves
)

// unreachable makes the error of a request that got no answer.
func unreachable(op, address string, err error) *Error {
	return &Error{Op: op, Address: address, Kind: Unreachable, Why: why(err), Cause: err}
}

func why(err error) Why {
	var dns *net.DNSError
	var netErr net.Error
	var record tls.RecordHeaderError
	var verify *tls.CertificateVerificationError
	switch {
	case errors.Is(err, context.Canceled):
		return Cancelled
	case errors.As(err, &verify), errors.As(err, &record), errors.Is(err, errOtherCertificate), alert(err):
		return BadTLS
	case errors.As(err, &dns) && !dns.IsTimeout:
		return NoHost
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout():
		return Timeout
	case errors.Is(err, syscall.ECONNREFUSED):
		return ConnRefused
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF),
		errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "server closed idle connection"):
		return Cut
	}
	return Elsewise
}

// alert says that one side ended the handshake; crypto/tls has no exported type for that.
func alert(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && strings.HasSuffix(op.Op, " error") || strings.HasPrefix(err.Error(), "tls: ")
}

func (e *Error) whyText() string {
	switch e.Why {
	case ConnRefused:
		return "connection refused"
	case Timeout:
		return "no answer in time"
	case NoHost:
		return "unknown host name"
	case BadTLS:
		return "TLS: " + tlsProblem(e.Cause)
	case Cut:
		return "connection broken"
	case Cancelled:
		return "given up"
	default:
		return e.text()
	}
}

// tlsProblem says what is wrong with the certificate or the handshake.
func tlsProblem(err error) string {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		if at := invalid.Cert.NotBefore; time.Now().Before(at) {
			return "certificate not valid before " + at.UTC().Format("2006-01-02 15:04 UTC")
		}
		return "certificate expired " + invalid.Cert.NotAfter.UTC().Format("2006-01-02 15:04 UTC")
	case errors.As(err, &host) && host.Certificate != nil:
		return fmt.Sprintf("certificate is for %s, not for %s", names(host.Certificate), clean(host.Host))
	case errors.As(err, &authority):
		return "certificate of an authority that is not trusted here (set VAULT_CACERT or BAO_CACERT)"
	case errors.As(err, &record) && string(record.RecordHeader[:]) == "HTTP/":
		return "the server speaks plain HTTP (an http:// address is needed)"
	case err != nil && strings.Contains(err.Error(), "certificate required"):
		return "the server demands a client certificate"
	case err != nil:
		return clean(err.Error())
	}
	return "handshake failed"
}

// names are who a certificate speaks for.
func names(c *x509.Certificate) string {
	list := append([]string{}, c.DNSNames...)
	for _, ip := range c.IPAddresses {
		list = append(list, ip.String())
	}
	if len(list) == 0 {
		list = append(list, c.Subject.CommonName)
	}
	if len(list) > 4 {
		list = append(list[:4], "…")
	}
	return clean(strings.Join(list, ", "))
}
