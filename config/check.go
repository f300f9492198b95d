package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"warder/vault"
)

// checker looks at what decoding cannot see, and keeps the first fault.
type checker struct {
	entries []entry
	err     error
}

func (c *checker) fault(path []string, format string, args ...any) {
	if c.err == nil {
		c.err = wrong(lineOf(c.entries, path...), path, format, args...)
	}
}

func (c *checker) file(w wireFile) File {
	f := File{Default: w.Default, Theme: w.Screen.Theme, ASCII: w.Screen.ASCII}
	for _, key := range slices.Sorted(maps.Keys(w.Contexts)) {
		f.Contexts = append(f.Contexts, c.context(key, w.Contexts[key]))
	}
	for _, name := range slices.Sorted(maps.Keys(w.Keys)) {
		c.shown([]string{"keys", name}, w.Keys[name])
		f.Keys = append(f.Keys, Binding{name, w.Keys[name], lineOf(c.entries, "keys", name)})
	}
	if _, there := f.Find(f.Default); f.Default != "" && !there {
		c.fault([]string{"default"}, "there is no context of that name")
	}
	if f.Theme != "" && !slices.Contains([]string{"auto", "dark", "light", "mono"}, f.Theme) {
		c.fault([]string{"screen", "theme"}, "want auto, dark, light or mono")
	}
	return f
}

func (c *checker) context(key string, w wireContext) Context {
	at := func(name string) []string { return []string{"contexts", key, name} }
	if !plainName(key) {
		c.fault([]string{"contexts", key}, "the name of a context has letters, digits, dots, dashes and underscores, and no more than %d", maxName)
	}
	if len(w.Addresses) == 0 {
		c.fault(at("addresses"), "a context needs at least one address")
	}
	for _, a := range w.Addresses {
		if _, err := vault.ParseAddress(a); err != nil {
			c.fault(at("addresses"), "not all are https://, http:// or unix:// and a host or a path, without user or password")
		}
	}
	if w.Color != "" && !slices.Contains(Colors, w.Color) {
		c.fault(at("color"), "want %s", strings.Join(Colors, ", "))
	}
	if len([]rune(w.Name)) > maxName {
		c.fault(at("name"), "longer than %d signs", maxName)
	}
	for name, text := range map[string]string{
		"name": w.Name, "namespace": w.Namespace, "ca_cert": w.CACert, "ca_path": w.CAPath, "client_cert": w.ClientCert,
		"client_key": w.ClientKey, "tls_server_name": w.TLSServerName,
	} {
		c.shown(at(name), text)
	}
	if (w.ClientCert == "") != (w.ClientKey == "") {
		c.fault(at("client_cert"), "client_cert and client_key belong together")
	}
	out := Context{
		Key: key, Name: w.Name, Addresses: w.Addresses, Namespace: w.Namespace, CACert: w.CACert, CAPath: w.CAPath,
		ClientCert: w.ClientCert, ClientKey: w.ClientKey, TLSServerName: w.TLSServerName,
		Color: w.Color, Production: w.Production, ReadOnly: w.ReadOnly, BlankAfter: c.duration(at("blank_after"), w.BlankAfter),
		Source: c.source([]string{"contexts", key}, w.TokenFile, w.TokenCommand),
	}
	if out.Name == "" {
		out.Name = key
	}
	for i, s := range w.KeyStores {
		out.KeyStores = append(out.KeyStores, c.store(key, i, w.KeyStores, s))
	}
	return out
}

// store is a key store; two of one name could not be told apart on the screen.
func (c *checker) store(key string, i int, all []wireKeyStore, w wireKeyStore) KeyStore {
	path := []string{"contexts", key, "key_stores"}
	which := func(name string) []string { return append(slices.Clone(path), strconv.Itoa(i+1), name) }
	for _, field := range [][2]string{{"kind", w.Kind}, {"name", w.Name}, {"address", w.Address}} {
		if field[1] == "" {
			c.fault(which(field[0]), "a key store needs it")
		}
	}
	for _, text := range []string{w.Kind, w.Name, w.Address, w.CACert} {
		c.shown(which("name"), text)
	}
	if slices.ContainsFunc(all[:i], func(o wireKeyStore) bool { return o.Name == w.Name }) {
		c.fault(which("name"), "another key store has that name")
	}
	source := c.source(append(slices.Clone(path), strconv.Itoa(i+1)), w.TokenFile, w.TokenCommand)
	if !source.Names() {
		c.fault(which("token_file"), "a key store needs token_file or token_command")
	}
	return KeyStore{Kind: w.Kind, Name: w.Name, Address: w.Address, CACert: w.CACert, Source: source}
}

func (c *checker) source(path []string, file string, command []string) Source {
	at := func(name string) []string { return append(slices.Clone(path), name) }
	c.shown(at("token_file"), file)
	switch {
	case file != "" && len(command) > 0:
		c.fault(at("token_command"), "a token comes from token_file or from token_command, not from both")
	case command != nil && (len(command) == 0 || command[0] == ""):
		c.fault(at("token_command"), "it needs at least the name of a program")
	case slices.ContainsFunc(command, func(s string) bool { return strings.Contains(s, "\x00") }):
		c.fault(at("token_command"), "it holds a sign that no argument has")
	}
	return Source{file, command}
}

// duration reads how long to wait; nothing is nil, and 0 is never.
func (c *checker) duration(path []string, text string) *time.Duration {
	if text == "" {
		return nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		c.fault(path, "not a duration, such as \"90s\"; \"0s\" is never")
	}
	return &d
}

// shown refuses signs that would reach a terminal.
func (c *checker) shown(path []string, text string) {
	if strings.ContainsFunc(text, unprintable) {
		c.fault(path, "it holds signs that cannot be shown")
	}
}

// maxName is how long a name may be.
const maxName = 40

func plainName(s string) bool {
	return s != "" && len(s) <= maxName && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == ""
}
