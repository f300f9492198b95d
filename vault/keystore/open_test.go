package keystore

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"warder/keys"
)

func TestConfigurationsThatAreWrongSayWhy(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(empty, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		kind   string
		config Config
		says   string
	}{
		"unknown kind":    {"netapp", Config{Name: "films"}, `key store films: unknown kind "netapp": want one of qumulo`},
		"no address":      {"qumulo", Config{Token: secret()}, "key store without a name: no address is given"},
		"no scheme":       {"qumulo", Config{Name: "films", Address: "films.example", Token: secret()}, "is https://films.example meant?"},
		"a socket":        {"qumulo", Config{Name: "films", Address: "unix:///run/x", Token: secret()}, "not at a socket"},
		"plain HTTP":      {"qumulo", Config{Name: "films", Address: "http://films.example", Token: secret()}, "give an https:// address"},
		"password within": {"qumulo", Config{Name: "films", Address: "https://me:hunter2@films", Token: secret()}, "user name or password"},
		"no token":        {"qumulo", Config{Name: "films", Address: "https://films.example"}, "no token is given"},
		"CA not there":    {"qumulo", Config{Name: "films", Address: "https://films", CACert: empty + "x", Token: secret()}, "ca_cert: open"},
		"CA empty":        {"qumulo", Config{Name: "films", Address: "https://films", CACert: empty, Token: secret()}, "holds no PEM certificate"},
	} {
		_, err := Open(c.kind, c.config)
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "abAcde") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnAddressWithoutAPortMeansTheMakesOwn(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][2]string{
		"https://films.example":      {"https://films.example:8000", "qq --host films.example encryption_get_status"},
		"https://films.example:443":  {"https://films.example:443", "qq --host films.example --port 443 encryption_get_status"},
		"https://[2001:db8::1]":      {"https://[2001:db8::1]:8000", "qq --host 2001:db8::1 encryption_get_status"},
		"https://[2001:db8::1]:8001": {"https://[2001:db8::1]:8001", "qq --host 2001:db8::1 --port 8001 encryption_get_status"},
		"https://films.example/api":  {"https://films.example:8000/api", "qq --host films.example encryption_get_status"},
		"http://127.0.0.1":           {"http://127.0.0.1:8000", "qq --host 127.0.0.1 encryption_get_status"},
	} {
		s, err := Open("Qumulo", Config{Address: address, Token: keys.NewSecret([]byte("x"))})
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if s.Address() != want[0] || s.Command() != want[1] {
			t.Errorf("%s: %s, %s", address, s.Address(), s.Command())
		}
	}
}
