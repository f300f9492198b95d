package config

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

const whole = `default = "prod-eu"

[contexts.prod-eu]
name = "Production Europe"
addresses = ["https://vault-1.example:8200", "https://vault-2.example:8200"]
namespace = "team/a"
ca_cert = "~/ca.pem"
ca_path = "cas"
client_cert = "me.pem"
client_key = "/keys/me.pem"
tls_server_name = "vault.example"
color = "red"
production = true
read_only = true
blank_after = "90s"
token_command = ["vault-token", "prod"]

[[contexts.prod-eu.key_stores]]
kind = "qumulo"
name = "archive-1"
address = "https://archive-1.example"
ca_cert = "storage.pem"
token_file = "~/.archive-token"

[contexts.lab]
addresses = ["http://127.0.0.1:8200"]
token_file = "lab.token"

[keys]
quit = "Q"

[screen]
theme = "dark"
ascii = true
`

func TestAWholeFileIsRead(t *testing.T) {
	t.Parallel()
	f, err := Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	blank := 90 * time.Second
	want := File{
		Default: "prod-eu", Theme: "dark", ASCII: true, Keys: []Binding{{"quit", "Q", 30}},
		Contexts: []Context{
			{Key: "lab", Name: "lab", Addresses: []string{"http://127.0.0.1:8200"}, Source: Source{TokenFile: "lab.token"}},
			{
				Key: "prod-eu", Name: "Production Europe", Addresses: []string{"https://vault-1.example:8200", "https://vault-2.example:8200"},
				Namespace: "team/a", CACert: "~/ca.pem", CAPath: "cas", ClientCert: "me.pem", ClientKey: "/keys/me.pem",
				TLSServerName: "vault.example", Color: "red", Production: true, ReadOnly: true, BlankAfter: &blank,
				Source: Source{TokenCommand: []string{"vault-token", "prod"}},
				KeyStores: []KeyStore{{
					Kind: "qumulo", Name: "archive-1", Address: "https://archive-1.example", CACert: "storage.pem",
					Source: Source{TokenFile: "~/.archive-token"},
				}},
			},
		},
	}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("got %+v\nwant %+v", f, want)
	}
}

func TestWhatIsWrongIsToldWithLineAndKey(t *testing.T) {
	t.Parallel()
	const context = "[contexts.x]\naddresses = [\"https://a\"]\n"
	for name, c := range map[string]struct{ text, want string }{
		"an unknown key":             {context + "adress = 1", "line 3: contexts.x.adress: no such key"},
		"the first of several":       {"b = 1\na = 2", "line 1: b: no such key"},
		"an unknown table":           {"[context.x]", "line 1: context.x: no such key"},
		"an unknown key of a store":  {context + "[[contexts.x.key_stores]]\nkid = \"a\"", "line 4: contexts.x.key_stores.kid: no such key"},
		"a key in capitals":          {context + "Name = \"a\"", "line 3: contexts.x.Name: no such key; keys are written in small letters"},
		"a key in two spellings":     {"default = \"\"\nDefault = \"\"", "line 2: Default: no such key; keys are written in small letters"},
		"a number for a text":        {"default = 1", "line 1: default: not of its kind: want a text"},
		"a text for a truth":         {context + "production = \"yes\"", "line 3: contexts.x.production: not of its kind: want true or false"},
		"a text for a list":          {"[contexts.x]\naddresses = \"https://a\"", "line 2: contexts.x.addresses: not of its kind: want a list of texts"},
		"a text for a table":         {"[contexts]\nx = \"a\"", "line 2: contexts.x: not of its kind: want a table, [contexts.NAME]"},
		"a context twice":            {context + "[contexts.x]\n", "line 3: contexts.x: it is there twice"},
		"a key twice":                {context + "name = \"a\"\nname = \"b\"", "line 4: name: it is there twice"},
		"an open quote":              {"default = \"abc", "line 1: not TOML: unterminated basic string"},
		"no value":                   {"default = abc", "line 1: not TOML: a value, a quote or a bracket is not as it must be"},
		"a default that is not":      {"default = \"y\"\n" + context, "line 1: default: there is no context of that name"},
		"no address":                 {"[contexts.x]", "line 1: contexts.x.addresses: a context needs at least one address"},
		"a bad address":              {"[contexts.x]\naddresses = [\"https://u:pass@a\"]", "line 2: contexts.x.addresses: not all are https://, http:// or unix:// and a host or a path, without user or password"},
		"a colour":                   {context + "color = \"pink\"", "line 3: contexts.x.color: want blue, green, yellow, red, grey"},
		"a duration":                 {context + "blank_after = \"soon\"", "line 3: contexts.x.blank_after: not a duration, such as \"90s\"; \"0s\" is never"},
		"two sources":                {context + "token_file = \"a\"\ntoken_command = [\"b\"]", "line 4: contexts.x.token_command: a token comes from token_file or from token_command, not from both"},
		"an empty command":           {context + "token_command = []", "line 3: contexts.x.token_command: it needs at least the name of a program"},
		"half a client certificate":  {context + "client_cert = \"a\"", "line 3: contexts.x.client_cert: client_cert and client_key belong together"},
		"a name with signs":          {"[contexts.\"a b\"]\naddresses = [\"https://a\"]", "line 1: contexts.a b: the name of a context has letters, digits, dots, dashes and underscores, and no more than 40"},
		"an escape in a name":        {context + "name = \"\\u001b[2J\"", "line 3: contexts.x.name: it holds signs that cannot be shown"},
		"a theme":                    {"[screen]\ntheme = \"pink\"", "line 2: screen.theme: want auto, dark, light or mono"},
		"a store without a token":    {context + "[[contexts.x.key_stores]]\nkind = \"a\"\nname = \"b\"\naddress = \"c\"", "line 3: contexts.x.key_stores.1.token_file: a key store needs token_file or token_command"},
		"a second store of the name": {context + store + store, "line 11: contexts.x.key_stores.2.name: another key store has that name"},
		"a token":                    {context + "token = \"abc\"", "line 3: contexts.x.token: a secret never stands in this file: say where the token is found, by token_file or token_command"},
		"a token elsewhere":          {context + "namespace = \"hvs.CAESI\"", "line 3: contexts.x.namespace: a secret never stands in this file: say where the token is found, by token_file or token_command"},
		"a token as an argument":     {context + "token_command = [\"echo\", \"s.aaaaaaaaaaaaaaaaaaaaaaaa\"]", "line 3: contexts.x.token_command: a secret never stands in this file: say where the token is found, by token_file or token_command"},
		"a token as a key":           {"hvs.CAESI = 1", "line 1: (a key that is not shown): no such key"},
		"too large":                  {strings.Repeat("# aaaaaaa\n", maxFile/10+1), "the file is larger than 1048576 bytes"},
	} {
		_, err := Parse([]byte(c.text))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s:\ngot  %v\nwant %s", name, err, c.want)
		}
	}
}

const store = "[[contexts.x.key_stores]]\nkind = \"a\"\nname = \"b\"\naddress = \"c\"\ntoken_file = \"d\"\n\n"

func TestABindingMayBeCalledAsASecretIs(t *testing.T) {
	t.Parallel()
	if _, err := Parse([]byte("[keys]\ntoken = \"T\"")); err != nil {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	for _, seed := range []string{"", "a = [{b = 1}, {c = {d = 'x'}}]", "[[a]]\n[[a.b]]", "\"\" = 1", "hvs.x", "x = \"\"\"\n\"\"\"", "[contexts.x]\ntoken = 1", "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		const canary = "hvs.CAnary"
		file, err := Parse(text)
		if err != nil && (strings.ContainsFunc(err.Error(), unprintable) || !reflect.DeepEqual(file, File{})) {
			t.Errorf("%q gives %+v and %q", text, file, err)
		}
		for _, c := range file.Contexts {
			if len(c.Addresses) == 0 || c.Name == "" || c.TokenFile != "" && len(c.TokenCommand) > 0 {
				t.Errorf("%q gives %+v", text, c)
			}
		}
		if _, err := Parse(append([]byte("default = \""+canary+"\"\n"), text...)); err == nil || strings.Contains(err.Error(), canary) {
			t.Errorf("before %q: %v", text, err)
		}
	})
}
