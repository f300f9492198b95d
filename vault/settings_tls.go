package vault

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// tls makes the base of every node's TLS configuration.
func (l *loader) tls() error {
	l.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	l.TLS.ServerName = l.env.flagOr(flagTLSServerName, l.flags.TLSServerName, "TLS_SERVER_NAME").value
	if err := l.roots(); err != nil {
		return err
	}
	if err := l.clientCert(); err != nil {
		return err
	}
	skip := l.env.get("SKIP_VERIFY")
	if l.flags.SkipVerify {
		skip = given{value: "true", by: flagSkipVerify}
	}
	if skip.empty() {
		return nil
	}
	var err error
	if l.SkipVerify, err = strconv.ParseBool(skip.value); err != nil {
		return skip.wrong("%q is neither true nor false", skip.value)
	}
	if l.TLS.InsecureSkipVerify = l.SkipVerify; l.SkipVerify {
		l.warn("%s: no server has to prove who it is", skip.by)
	}
	return nil
}

// roots collects the authorities that were given. Where any were, they alone are trusted, as with Vault's CLI; OpenBao's
// trusts the system's too, which takes tens of milliseconds to load and is not what naming an authority asks for.
func (l *loader) roots() error {
	pool := x509.NewCertPool()
	file := l.env.flagOr(flagCACert, l.flags.CACert, "CACERT")
	bytes := l.env.get("CACERT_BYTES")
	dir := l.env.flagOr(flagCAPath, l.flags.CAPath, "CAPATH")
	if file.empty() && bytes.empty() && dir.empty() {
		return nil
	}
	if !file.empty() {
		text, err := os.ReadFile(file.value)
		if err != nil {
			return file.wrong("%w", err)
		}
		if !pool.AppendCertsFromPEM(text) {
			return file.wrong("%s holds no PEM certificate", file.value)
		}
	}
	if !bytes.empty() && !pool.AppendCertsFromPEM([]byte(bytes.value)) {
		return bytes.wrong("holds no PEM certificate")
	}
	if !dir.empty() {
		found, err := appendDir(pool, dir.value)
		if err != nil {
			return dir.wrong("%w", err)
		}
		if !found {
			return dir.wrong("no file below %s holds a PEM certificate", dir.value)
		}
	}
	l.TLS.RootCAs = pool
	return nil
}

// appendDir adds the certificates of all files below the directory and passes over what else is in them.
func appendDir(pool *x509.CertPool, dir string) (found bool, err error) {
	err = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		// Mounted secrets hold links to directories, whose files are linked one by one beside them.
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
			if cert, err := x509.ParseCertificate(block.Bytes); err == nil {
				pool.AddCert(cert)
				found = true
			}
		}
		return nil
	})
	return found, err
}

// clientCert loads the certificate with which warder proves who it is; certificate and key each come from a file or from
// a variable that holds the PEM itself.
func (l *loader) clientCert() error {
	certPEM, cert, err := l.pem(flagClientCert, l.flags.ClientCert, "CLIENT_CERT")
	if err != nil {
		return err
	}
	keyPEM, key, err := l.pem(flagClientKey, l.flags.ClientKey, "CLIENT_KEY")
	if err != nil {
		return err
	}
	defer clear(keyPEM)
	switch {
	case cert.empty() && key.empty():
		return nil
	case key.empty():
		return cert.wrong("a client certificate needs its key (%s, VAULT_CLIENT_KEY or BAO_CLIENT_KEY)", flagClientKey)
	case cert.empty():
		return key.wrong("a client key needs its certificate (%s, VAULT_CLIENT_CERT or BAO_CLIENT_CERT)", flagClientCert)
	}
	pair, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		return cert.wrong("not a certificate and key that belong together (the key is from %s): %w", key.by, err)
	}
	// Offered whatever authorities the server names: those of its cert auth method need not be among them.
	l.TLS.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &pair, nil }
	return nil
}

// pem reads the file that a flag or variable names, else the variable that holds the text. The environment is made of
// strings, so that a key in it cannot be wiped; the copy made here can.
func (l *loader) pem(flag, value, name string) ([]byte, given, error) {
	if file := l.env.flagOr(flag, value, name); !file.empty() {
		text, err := os.ReadFile(file.value)
		if err != nil {
			return nil, given{}, file.wrong("%w", err)
		}
		if len(text) == 0 {
			return nil, given{}, file.wrong("%s is empty", file.value)
		}
		return text, file, nil
	}
	if text := l.env.get(name + "_BYTES"); !text.empty() {
		return []byte(text.value), text, nil
	}
	return nil, given{}, nil
}
