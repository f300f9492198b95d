package vault

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// mustLoad loads settings that must be good.
func mustLoad(t *testing.T, flags Flags, env Environment) Settings {
	t.Helper()
	s, err := LoadSettings(flags, env)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// refused checks that settings are refused with one line that holds all the texts.
func refused(t *testing.T, flags Flags, env Environment, texts ...string) {
	t.Helper()
	_, err := LoadSettings(flags, env)
	if err == nil {
		t.Errorf("accepted, want an error with %q", texts)
		return
	}
	if strings.ContainsAny(err.Error(), "\n\r\x1b") {
		t.Errorf("%q is not one line", err)
	}
	for _, text := range texts {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("error %q lacks %q", err, text)
		}
	}
}

func TestNothingConfigured(t *testing.T) {
	t.Parallel()
	s := mustLoad(t, Flags{}, environment(t.TempDir()))
	if s.Given || !slices.Equal(s.Addresses, []string{DefaultAddress}) || s.Timeout != time.Minute {
		t.Errorf("given %v, addresses %q, timeout %s", s.Given, s.Addresses, s.Timeout)
	}
	if !s.Token.Empty() || s.SkipVerify || s.TLS.InsecureSkipVerify || s.TLS.RootCAs != nil || len(s.Warnings) > 0 {
		t.Errorf("not the defaults: %+v", s)
	}
}

func TestAddressBySource(t *testing.T) {
	t.Parallel()
	server := []string{"VAULT_ADDR", "https://server:8200"}
	agent := append(slices.Clone(server), "VAULT_AGENT_ADDR", "unix:///run/agent.sock")
	for name, c := range map[string]struct {
		flags Flags
		env   []string
		want  string
	}{
		"variable":             {Flags{}, server, "https://server:8200"},
		"several in one":       {Flags{}, []string{"BAO_ADDR", "https://a:1,https://b:2"}, "https://a:1 https://b:2"},
		"an agent goes before": {Flags{}, agent, "unix:///run/agent.sock"},
		"an empty agent":       {Flags{}, append(slices.Clone(agent), "BAO_AGENT_ADDR", ""), "https://server:8200"},
		"the flag before all":  {Flags{Address: []string{"http://x:1", "http://y:2,http://z:3"}}, agent, "http://x:1 http://y:2 http://z:3"},
	} {
		s := mustLoad(t, c.flags, environment("", c.env...))
		if got := strings.Join(s.Addresses, " "); got != c.want || !s.Given {
			t.Errorf("%s: %s (given %v), want %s", name, got, s.Given, c.want)
		}
	}
}

func TestBadSettingsAreNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		flags Flags
		env   []string
		want  []string
	}{
		{env: []string{"VAULT_ADDR", "vault:8200"}, want: []string{"VAULT_ADDR: ", `"vault:8200" has no scheme`}},
		{env: []string{"BAO_AGENT_ADDR", "https://x:y"}, want: []string{"BAO_AGENT_ADDR: ", "invalid port"}},
		{flags: Flags{Address: []string{"nowhere"}}, want: []string{"--address: ", "has no scheme"}},
		{env: []string{"VAULT_NAMESPACE", "a\r\nX: y"}, want: []string{"VAULT_NAMESPACE: ", `"a\r\nX: y"`}},
		{flags: Flags{Namespace: "a\x1b"}, want: []string{"--namespace: "}},
		{env: []string{"VAULT_SKIP_VERIFY", "maybe"}, want: []string{"VAULT_SKIP_VERIFY: ", `"maybe" is neither true nor false`}},
		{env: []string{"BAO_CLIENT_TIMEOUT", "soon"}, want: []string{"BAO_CLIENT_TIMEOUT: ", `"soon" is no duration`}},
		{env: []string{"VAULT_PROXY_ADDR", "proxy:3128"}, want: []string{"VAULT_PROXY_ADDR: ", "not the URL of a proxy"}},
		{env: []string{"VAULT_HTTP_PROXY", "ftp://proxy"}, want: []string{"VAULT_HTTP_PROXY: ", `not by "ftp"`}},
	} {
		refused(t, c.flags, environment("", c.env...), c.want...)
	}
}

func TestAProxyPasswordIsNotQuoted(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"http://me:hunter2@", "http://me:hunter2@x:y", "gopher://me:hunter2@x"} {
		_, err := LoadSettings(Flags{}, environment("", "VAULT_PROXY_ADDR", value))
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", value, err)
		}
	}
}

func TestNamespace(t *testing.T) {
	t.Parallel()
	env := environment("", "VAULT_NAMESPACE", "/team/a/")
	if got := mustLoad(t, Flags{}, env).Namespace; got != "team/a" {
		t.Errorf("variable: %q", got)
	}
	if got := mustLoad(t, Flags{Namespace: "team/b/"}, env).Namespace; got != "team/b" {
		t.Errorf("flag: %q", got)
	}
}

func TestTimeouts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"": time.Minute, "0": time.Minute, "0s": time.Minute, "5": 5 * time.Second, "1500ms": 1500 * time.Millisecond,
		"2m": 2 * time.Minute, "1d": 24 * time.Hour,
	} {
		if got, err := parseTimeout(text); err != nil || got != want {
			t.Errorf("parseTimeout(%q) = %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"-1", "-5s", "x", "d", "1 s", "9223372036854775807", "200000d", "99999999999999999999"} {
		if got, err := parseTimeout(text); err == nil {
			t.Errorf("parseTimeout(%q) = %s, want an error", text, got)
		}
	}
}

func TestTheCLIsProxyVariableHoldsForEveryAddress(t *testing.T) {
	t.Parallel()
	for name, env := range map[string]Environment{
		"HTTP_PROXY":             environment("", "VAULT_HTTP_PROXY", "http://p:3128"),
		"PROXY_ADDR":             environment("", "VAULT_PROXY_ADDR", "http://p:3128"),
		"PROXY_ADDR goes before": environment("", "BAO_HTTP_PROXY", "http://q:1", "VAULT_PROXY_ADDR", "http://p:3128"),
	} {
		s := mustLoad(t, Flags{}, env)
		for _, to := range []string{"http://127.0.0.1:8200", "https://vault:8200"} {
			req, _ := http.NewRequest(http.MethodGet, to, http.NoBody)
			if u, err := s.Proxy(req); err != nil || u == nil || u.String() != "http://p:3128" {
				t.Errorf("%s: to %s by %v, %v", name, to, u, err)
			}
		}
	}
}

// The usual variables are net/http's affair, which reads them once in a process: so this runs in one of its own.
func TestTheUsualProxyVariablesHoldOtherwise(t *testing.T) {
	t.Parallel()
	if os.Getenv("WARDER_TEST_PROXY") == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestTheUsualProxyVariablesHoldOtherwise$", "-test.v")
		cmd.Env = append(os.Environ(), "WARDER_TEST_PROXY=1", "HTTPS_PROXY=http://p:3128", "NO_PROXY=near.example")
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "asked both") {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	s := mustLoad(t, Flags{}, environment(""))
	for to, want := range map[string]string{"https://far.example:8200": "http://p:3128", "https://near.example:8200": "<nil>"} {
		req, _ := http.NewRequest(http.MethodGet, to, http.NoBody)
		if u, err := s.Proxy(req); err != nil || fmt.Sprint(u) != want {
			t.Errorf("to %s by %v, %v; want %s", to, u, err, want)
		}
	}
	t.Log("asked both")
}

func TestATokenOverPlainHTTPIsAWarning(t *testing.T) {
	t.Parallel()
	warned := mustLoad(t, Flags{}, environment("", "VAULT_ADDR", "http://vault:8200,http://127.0.0.1:1", "VAULT_TOKEN", "hvs.x")).Warnings
	if len(warned) != 1 || !strings.HasPrefix(warned[0], "http://vault:8200 is plain HTTP") {
		t.Errorf("with a token: %q", warned)
	}
	if warned := mustLoad(t, Flags{}, environment("", "VAULT_ADDR", "http://vault:8200")).Warnings; len(warned) > 0 {
		t.Errorf("without a token: %q", warned)
	}
}
