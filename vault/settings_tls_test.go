package vault

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// identity is a certificate that is its own authority, with its key, as text and as files.
type identity struct {
	certPEM, keyPEM   string
	certFile, keyFile string
}

func newIdentity(t *testing.T, name string) identity {
	t.Helper()
	return newIdentityFor(t, name, 0)
}

// newIdentityFor makes one that is valid for an hour around the moment that is so far from now.
func newIdentityFor(t *testing.T, name string, shift time.Duration) identity {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	shape := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(shift - time.Hour), NotAfter: time.Now().Add(shift + time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	cert, err := x509.CreateCertificate(rand.Reader, shape, shape, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	id := identity{
		certPEM: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})),
		keyPEM:  string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})),
	}
	id.certFile, id.keyFile = writeFile(t, "cert.pem", id.certPEM, 0o644), writeFile(t, "key.pem", id.keyPEM, 0o600)
	return id
}

// writeFile makes a file in a directory of its own and gives its path.
func writeFile(t *testing.T, name, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	// The umask may have taken bits away.
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRootsAreThoseGivenAndNoOthers(t *testing.T) {
	t.Parallel()
	a, b, c := newIdentity(t, "a"), newIdentity(t, "b"), newIdentity(t, "c")
	dir := t.TempDir()
	below := filepath.Join(dir, "below")
	for _, err := range []error{
		os.Mkdir(below, 0o755),
		os.WriteFile(filepath.Join(below, "ca.pem"), []byte(a.certPEM+b.certPEM), 0o644),
		os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("not a certificate"), 0o644),
		os.WriteFile(filepath.Join(dir, "key.pem"), []byte(c.keyPEM), 0o600),
		os.Symlink(below, filepath.Join(dir, "..data")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, x := range map[string]struct {
		flags Flags
		env   []string
		want  []identity
	}{
		"file by flag":      {Flags{CACert: a.certFile}, []string{"VAULT_CACERT", b.certFile}, []identity{a}},
		"file by variable":  {Flags{}, []string{"VAULT_CACERT", b.certFile}, []identity{b}},
		"text":              {Flags{}, []string{"BAO_CACERT_BYTES", a.certPEM + c.certPEM}, []identity{a, c}},
		"directory":         {Flags{}, []string{"VAULT_CAPATH", dir}, []identity{a, b}},
		"directory by flag": {Flags{CAPath: dir}, nil, []identity{a, b}},
		"all":               {Flags{CAPath: dir}, []string{"BAO_CACERT_BYTES", c.certPEM}, []identity{a, b, c}},
	} {
		want := x509.NewCertPool()
		for _, id := range x.want {
			want.AppendCertsFromPEM([]byte(id.certPEM))
		}
		if s := mustLoad(t, x.flags, environment("", x.env...)); !want.Equal(s.TLS.RootCAs) {
			t.Errorf("%s: not the %d certificates that were given", name, len(x.want))
		}
	}
}

func TestBadTLSSettingsAreNamed(t *testing.T) {
	t.Parallel()
	id, other := newIdentity(t, "a"), newIdentity(t, "b")
	empty, text := t.TempDir(), writeFile(t, "ca.pem", "no certificate", 0o644)
	absent := filepath.Join(empty, "absent")
	for _, c := range []struct {
		flags Flags
		env   []string
		want  []string
	}{
		{env: []string{"VAULT_CACERT", absent}, want: []string{"VAULT_CACERT: ", absent, "no such file"}},
		{env: []string{"VAULT_CACERT", empty}, want: []string{"VAULT_CACERT: ", empty, "is a directory"}},
		{flags: Flags{CACert: text}, want: []string{"--ca-cert: ", text, "holds no PEM certificate"}},
		{flags: Flags{CACert: id.keyFile}, want: []string{"--ca-cert: ", "holds no PEM certificate"}},
		{env: []string{"BAO_CACERT_BYTES", "none"}, want: []string{"BAO_CACERT_BYTES: ", "holds no PEM certificate"}},
		{flags: Flags{CAPath: empty}, want: []string{"--ca-path: ", empty, "no file below"}},
		{env: []string{"BAO_CAPATH", absent}, want: []string{"BAO_CAPATH: ", absent, "no such file"}},
		{flags: Flags{ClientCert: id.certFile}, want: []string{"--client-cert: ", "needs its key"}},
		{env: []string{"VAULT_CLIENT_KEY", id.keyFile}, want: []string{"VAULT_CLIENT_KEY: ", "needs its certificate"}},
		{env: []string{"BAO_CLIENT_CERT", absent, "BAO_CLIENT_KEY", id.keyFile}, want: []string{"BAO_CLIENT_CERT: ", absent}},
		{env: []string{"BAO_CLIENT_CERT", id.certFile, "BAO_CLIENT_KEY", absent}, want: []string{"BAO_CLIENT_KEY: ", absent}},
		{
			flags: Flags{ClientCert: id.certFile}, env: []string{"VAULT_CLIENT_KEY", other.keyFile},
			want: []string{"--client-cert: ", "VAULT_CLIENT_KEY", "private key does not match"},
		},
		{env: []string{"BAO_CLIENT_CERT", writeFile(t, "e", "", 0o644)}, want: []string{"BAO_CLIENT_CERT: ", "is empty"}},
	} {
		refused(t, c.flags, environment("", c.env...), c.want...)
	}
}

func TestClientCertificateFromFilesOrText(t *testing.T) {
	t.Parallel()
	id := newIdentity(t, "operator")
	for name, c := range map[string]struct {
		flags Flags
		env   []string
	}{
		"flags":     {flags: Flags{ClientCert: id.certFile, ClientKey: id.keyFile}},
		"variables": {env: []string{"VAULT_CLIENT_CERT", id.certFile, "BAO_CLIENT_KEY", id.keyFile}},
		"text":      {env: []string{"BAO_CLIENT_CERT_BYTES", id.certPEM, "VAULT_CLIENT_KEY_BYTES", id.keyPEM}},
	} {
		offer := mustLoad(t, c.flags, environment("", c.env...)).TLS.GetClientCertificate
		if offer == nil {
			t.Errorf("%s: no certificate", name)
			continue
		}
		cert, err := offer(nil)
		if err != nil || cert.Leaf.Subject.CommonName != "operator" {
			t.Errorf("%s: %v, %v", name, cert, err)
		}
	}
}

func TestServerNameAndSkipVerify(t *testing.T) {
	t.Parallel()
	s := mustLoad(t, Flags{}, environment("", "VAULT_TLS_SERVER_NAME", "vault.internal", "BAO_SKIP_VERIFY", "1"))
	if s.TLS.ServerName != "vault.internal" || !s.SkipVerify || !s.TLS.InsecureSkipVerify {
		t.Errorf("name %q, skip-verify %v", s.TLS.ServerName, s.SkipVerify)
	}
	if len(s.Warnings) != 1 || !strings.HasPrefix(s.Warnings[0], "BAO_SKIP_VERIFY: ") {
		t.Errorf("warnings %q", s.Warnings)
	}
	s = mustLoad(t, Flags{SkipVerify: true, TLSServerName: "x"}, environment("", "BAO_SKIP_VERIFY", "false", "BAO_TLS_SERVER_NAME", "y"))
	if !s.SkipVerify || s.TLS.ServerName != "x" {
		t.Errorf("flags: name %q, skip-verify %v", s.TLS.ServerName, s.SkipVerify)
	}
	s = mustLoad(t, Flags{}, environment("", "BAO_SKIP_VERIFY", "false", "VAULT_SKIP_VERIFY", "true"))
	if s.SkipVerify || s.TLS.InsecureSkipVerify || len(s.Warnings) > 0 {
		t.Errorf("said false: skip-verify %v, warnings %q", s.SkipVerify, s.Warnings)
	}
}
