package vault

import (
	"os"
	"testing"
)

// environment is one made of pairs of name and value, with a home directory of its own.
func environment(home string, pairs ...string) Environment {
	vars := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		vars[pairs[i]] = pairs[i+1]
	}
	return Environment{Home: home, Lookup: func(name string) (string, bool) {
		value, set := vars[name]
		return value, set
	}}
}

func TestVariablesOfOpenBaoComeFirst(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		env  Environment
		want given
	}{
		"neither":             {environment(""), given{}},
		"only Vault's":        {environment("", "VAULT_ADDR", "v"), given{"v", "VAULT_ADDR"}},
		"only OpenBao's":      {environment("", "BAO_ADDR", "b"), given{"b", "BAO_ADDR"}},
		"both":                {environment("", "BAO_ADDR", "b", "VAULT_ADDR", "v"), given{"b", "BAO_ADDR"}},
		"OpenBao's set empty": {environment("", "BAO_ADDR", "", "VAULT_ADDR", "v"), given{"", "BAO_ADDR"}},
		"another variable":    {environment("", "VAULT_TOKEN", "v"), given{}},
	} {
		if got := c.env.get("ADDR"); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestAFlagComesBeforeVariables(t *testing.T) {
	t.Parallel()
	env := environment("", "BAO_CACERT", "b")
	if got := env.flagOr("--ca-cert", "f", "CACERT"); got != (given{"f", "--ca-cert"}) {
		t.Errorf("with the flag: %+v", got)
	}
	if got := env.flagOr("--ca-cert", "", "CACERT"); got != (given{"b", "BAO_CACERT"}) {
		t.Errorf("without the flag: %+v", got)
	}
}

// Not parallel: it is about the environment of the process.
func TestScrubRemovesSecretsFromTheEnvironment(t *testing.T) {
	secret := []string{"BAO_TOKEN", "VAULT_TOKEN", "BAO_CLIENT_KEY_BYTES", "VAULT_CLIENT_KEY_BYTES"}
	for _, name := range append(secret, "VAULT_NAMESPACE") {
		t.Setenv(name, "x")
	}
	Scrub()
	for _, name := range secret {
		if value, set := os.LookupEnv(name); set {
			t.Errorf("%s is still %q", name, value)
		}
	}
	if _, set := os.LookupEnv("VAULT_NAMESPACE"); !set {
		t.Error("VAULT_NAMESPACE is gone")
	}
}
