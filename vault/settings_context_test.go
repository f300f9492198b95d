package vault

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// context is one with two addresses and a source of a token.
func contextOf(t *testing.T, change func(*Context)) Context {
	t.Helper()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("hvs.own\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := Context{Name: "prod", Addresses: []string{"https://p1:8200", "https://p2:8200"}, TokenFile: file}
	change(&c)
	return c
}

func tokenText(s Settings) (text string) {
	s.Token.Use(func(b []byte) { text = string(b) })
	return text
}

func TestFlagsVariablesAndContextByPrecedence(t *testing.T) {
	t.Parallel()
	chosen := func(c *Context) { c.Chosen = true }
	plain := func(c *Context) { c.Chosen, c.TokenFile = true, "" }
	const own, theirs = "https://p1:8200 https://p2:8200", "https://other:8200"
	for name, c := range map[string]struct {
		flags   Flags
		env     []string
		context func(*Context)
		address string
		space   string
		token   string
		holds   bool
		warns   []string
	}{
		"no context": {address: "https://127.0.0.1:8200", context: func(c *Context) { *c = Context{} }},
		"the default context": {
			context: func(*Context) {}, address: own, token: "hvs.own", holds: true,
		},
		"the default context behind a variable of another cluster": {
			env: []string{"VAULT_ADDR", theirs, "VAULT_TOKEN", "hvs.shell"}, context: func(c *Context) { c.Namespace = "team" },
			address: theirs, token: "hvs.shell", warns: []string{"VAULT_ADDR says where the cluster is: the default context prod is put aside"},
		},
		"the default context behind a flag": {
			flags: Flags{Address: []string{theirs}}, context: func(*Context) {}, address: theirs,
			warns: []string{"--address says where the cluster is: the default context prod is put aside"},
		},
		"a variable that is one of the context's addresses": {
			env: []string{"VAULT_ADDR", "https://p2:8200"}, context: func(*Context) {}, address: own, token: "hvs.own", holds: true,
		},
		"a variable before the default context": {
			env: []string{"VAULT_NAMESPACE", "shell"}, context: func(c *Context) { c.Namespace = "team" }, address: own, space: "shell",
			token: "hvs.own", holds: true, warns: []string{"VAULT_NAMESPACE is used in the place of namespace of context prod"},
		},
		"a variable where the context says nothing": {
			env: []string{"BAO_NAMESPACE", "shell"}, context: chosen, address: own, space: "shell", token: "hvs.own", holds: true,
		},
		"a chosen context before the variables": {
			env:     []string{"VAULT_ADDR", theirs, "VAULT_NAMESPACE", "shell", "VAULT_TOKEN", "hvs.shell"},
			context: func(c *Context) { c.Chosen, c.Namespace = true, "team" },
			address: own, space: "team", token: "hvs.own", holds: true,
			warns: []string{
				"context prod was named and says its own addresses: VAULT_ADDR is not used",
				"context prod was named and says its own namespace: VAULT_NAMESPACE is not used",
				"VAULT_TOKEN is not used: context prod names its own source of a token",
			},
		},
		"a chosen context before an agent": {
			env: []string{"VAULT_AGENT_ADDR", "unix:///agent"}, context: chosen, address: own, token: "hvs.own", holds: true,
			warns: []string{"context prod was named and says its own addresses: VAULT_AGENT_ADDR is not used"},
		},
		"a flag before a chosen context": {
			flags: Flags{Address: []string{"https://p3:8200"}, Namespace: "flag"}, context: func(c *Context) { c.Chosen, c.Namespace = true, "team" },
			address: "https://p3:8200", space: "flag", token: "hvs.own", holds: true,
		},
		"the token of the shell for a context without its own": {
			env: []string{"VAULT_TOKEN", "hvs.shell"}, context: plain, address: own, token: "hvs.shell", holds: true,
		},
		"the token of another cluster's shell": {
			env: []string{"VAULT_ADDR", theirs, "VAULT_TOKEN", "hvs.shell"}, context: plain, address: own, holds: true,
			warns: []string{
				"context prod was named and says its own addresses: VAULT_ADDR is not used",
				"VAULT_ADDR is of another cluster, so its token does not go to context prod; token_file or token_command would name its own",
			},
		},
		"the token of the shell after a switch": {
			env: []string{"VAULT_TOKEN", "hvs.shell"}, context: func(c *Context) { plain(c); c.Switched = true }, address: own, holds: true,
			warns: []string{"context prod names no source of a token: it is shown without one; token_file or token_command would name it"},
		},
		"a token file that is not there": {
			env: []string{"VAULT_TOKEN", "hvs.shell"}, context: func(c *Context) { c.TokenFile = "/none" }, address: own, holds: true,
			warns: []string{
				"token_file of context prod: there is no file /none",
				"VAULT_TOKEN is not used: context prod names its own source of a token",
			},
		},
		"trust that was loosened for another cluster": {
			env: []string{"VAULT_SKIP_VERIFY", "true"}, context: chosen, address: own, token: "hvs.own", holds: true,
			warns: []string{"VAULT_SKIP_VERIFY does not hold for context prod; --tls-skip-verify does"},
		},
		"a command": {
			context: func(c *Context) { c.TokenFile, c.TokenCommand = "", []string{"printf", "%s\n", "hvs.said"} }, address: own,
			token: "hvs.said", holds: true,
		},
	} {
		s, err := LoadContext(t.Context(), c.flags, environment("", c.env...), contextOf(t, c.context))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := fmt.Sprintf("%s, namespace %q, token %q, holds %v, warns %q", strings.Join(s.Addresses, " "), s.Namespace, tokenText(s), s.Context != "", s.Warnings)
		want := fmt.Sprintf("%s, namespace %q, token %q, holds %v, warns %q", c.address, c.space, c.token, c.holds, c.warns)
		if got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
	}
}

func TestAuthoritiesOfAContextAreNotMixedWithTheShells(t *testing.T) {
	t.Parallel()
	mine, shell := newIdentity(t, "mine.internal"), newIdentity(t, "shell.internal")
	env := environment("", "VAULT_CACERT", shell.certFile)
	c := contextOf(t, func(c *Context) { c.Chosen, c.CACert = true, mine.certFile })
	s, err := LoadContext(t.Context(), Flags{}, env, c)
	if err != nil {
		t.Fatal(err)
	}
	alone := mustLoad(t, Flags{CACert: mine.certFile}, environment(""))
	if !s.TLS.RootCAs.Equal(alone.TLS.RootCAs) {
		t.Error("the roots are not the context's alone")
	}
}

func TestAFaultOfAContextIsNamed(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*Context){
		"ca_cert of context prod: open /none: no such file or directory": func(c *Context) { c.CACert = "/none" },
		"token_command of context prod: sh failed: locked": func(c *Context) {
			c.TokenFile, c.TokenCommand = "", []string{"sh", "-c", "echo hvs.secret; echo locked >&2; exit 1"}
		},
		"token_command of context prod: sh failed: exit status 1": func(c *Context) { c.TokenFile, c.TokenCommand = "", []string{"sh", "-c", "echo hvs.secret; exit 1"} },
	} {
		if _, err := LoadContext(t.Context(), Flags{}, environment(""), contextOf(t, change)); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestAKeptEnvironmentHoldsNoToken(t *testing.T) {
	t.Parallel()
	kept := environment("/h", "VAULT_TOKEN", "hvs.x", "BAO_NAMESPACE", "team").Kept()
	if g := kept.get("TOKEN"); !g.empty() || kept.get("NAMESPACE").value != "team" || kept.Home != "/h" {
		t.Errorf("%+v", g)
	}
}

func TestATokenCommandEndsWhenNobodyWaitsForIt(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := contextOf(t, func(c *Context) { c.TokenFile, c.TokenCommand = "", []string{"sleep", "50"} })
	if _, err := LoadContext(ctx, Flags{}, environment(""), c); err == nil || err.Error() != "token_command of context prod: sleep was given up" {
		t.Error(err)
	}
	running, stop := context.WithCancel(t.Context())
	c.TokenCommand = []string{"sh", "-c", "exec sleep 50"}
	time.AfterFunc(50*time.Millisecond, stop)
	if _, err := LoadContext(running, Flags{}, environment(""), c); err == nil || err.Error() != "token_command of context prod: sh was given up" {
		t.Error(err)
	}
}
