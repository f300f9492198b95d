package vault

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestParseAddressGivesTheOneForm(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"https://127.0.0.1:8200":               "https://127.0.0.1:8200",
		"https://vault.example.com":            "https://vault.example.com:443",
		"http://vault.example.com":             "http://vault.example.com:80",
		"https://vault.example.com:":           "https://vault.example.com:443",
		"HTTPS://Vault.Example.COM:8200/":      "https://vault.example.com:8200",
		"https://vault.example.com:08200":      "https://vault.example.com:8200",
		"https://gate.example.com/vault/prod/": "https://gate.example.com:443/vault/prod",
		"https://gate.example.com/a%2Fb":       "https://gate.example.com:443/a%2Fb",
		"http://[::1]:8200":                    "http://[::1]:8200",
		"http://[2001:DB8::1]":                 "http://[2001:db8::1]:80",
		"http://[fe80::1%25eth0]:8200":         "http://[fe80::1%25eth0]:8200",
		"https://vault_1.internal:8200":        "https://vault_1.internal:8200",
		"https://bücher.example":               "https://bücher.example:443",
		"unix:///run/vault.sock":               "unix:///run/vault.sock",
		"unix://vault.sock":                    "unix://vault.sock",
	} {
		if got, err := ParseAddress(in); err != nil || got != want {
			t.Errorf("ParseAddress(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestParseAddressSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"vault.example.com:8200":       `is https://vault.example.com:8200 meant?`,
		"127.0.0.1:8200":               `has no scheme`,
		"ftp://vault.example.com":      `the scheme must be http, https or unix`,
		"https://":                     `names no host`,
		"https://:8200":                `names no host`,
		"https://a b:8200":             `invalid character " " in host name`,
		"https://a\x1b[31m:8200":       `holds characters that no address has`,
		"https://vault:port":           `invalid port`,
		"https://vault:0":              `a port is between 1 and 65535`,
		"https://vault:65536":          `a port is between 1 and 65535`,
		"https://vault:8200?x=1":       `no query`,
		"https://vault:8200/#":         `no query and no fragment`,
		"https://[::1":                 `missing ']'`,
		"https://[::g]:8200":           `no`,
		"https://<vault>:8200":         `names no host`,
		"unix://":                      `names no socket`,
		"https://me:hunter2@vault:820": `a user name or password`,
		"https://me:hun/ter2@vault":    `a user name or password`,
	} {
		got, err := ParseAddress(in)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseAddress(%q) = %q, %v; want an error with %q", in, got, err, want)
			continue
		}
		if strings.ContainsAny(err.Error(), "\n\x1b") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("ParseAddress(%q): %q is not fit to show", in, err)
		}
	}
}

func TestParseAddressesKeepsEachOnceAndInOrder(t *testing.T) {
	t.Parallel()
	got, err := parseAddresses(" https://b:8200, https://a:8200/,,https://B:8200 ,unix:///s")
	want := []string{"https://b:8200", "https://a:8200", "unix:///s"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	for _, bad := range []string{"", " , ", "https://a:8200,b"} {
		if got, err := parseAddresses(bad); err == nil {
			t.Errorf("parseAddresses(%q) = %q, want an error", bad, got)
		}
	}
}

func TestPlainBeyondLoopback(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"http://10.0.0.1:8200": true, "http://vault:8200": true, "http://[fe80::1%25eth0]:8200": true,
		"http://127.0.0.1:8200": false, "http://127.9.9.9:80": false, "http://[::1]:8200": false,
		"http://localhost:8200": false, "https://vault:8200": false, "unix:///run/vault.sock": false,
	} {
		if got := plainBeyondLoopback(address); got != want {
			t.Errorf("plainBeyondLoopback(%q) = %v, want %v", address, got, want)
		}
	}
}

// What ParseAddress lets through, net/http can use, and parsing it again changes nothing.
func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{
		"https://127.0.0.1:8200", "http://[fe80::1%25eth0]:8200/x/", "unix:///run/vault.sock", "https://a//b/../c",
		"https://me:pw@vault", "https://%41:1", "https://bücher.example", "http://[::ffff:1.2.3.4]", "://", "https://a:1:2",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseAddress(text)
		if err != nil {
			return
		}
		if again, err := ParseAddress(got); err != nil || again != got {
			t.Fatalf("%q became %q, and that %q, %v", text, got, again, err)
		}
		req, err := http.NewRequest(http.MethodGet, requestBase(got)+"/v1/sys/health", http.NoBody)
		if err != nil {
			t.Fatalf("%q became %q, of which no request can be made: %v", text, got, err)
		}
		if !strings.HasPrefix(got, unixScheme) && (req.URL.Port() == "" || req.URL.User != nil) {
			t.Fatalf("%q became %q: %#v", text, got, req.URL)
		}
	})
}
