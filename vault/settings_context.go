package vault

import (
	"fmt"
	"slices"
	"strings"
)

// Context is what a configuration file says of a cluster. What is empty it does not say.
type Context struct {
	Name string // "" is no context at all
	// Chosen says that a person named it, so that it goes before the variables. One that is only the default goes behind them,
	// and is put aside where they are of another cluster.
	Chosen bool
	// Switched says that the cluster which flags and variables are of is another one: their token is not for this.
	Switched bool

	Addresses                []string
	Namespace, TLSServerName string
	CACert, CAPath           string
	ClientCert, ClientKey    string
	TokenFile                string
	TokenCommand             []string // a program and its arguments
}

// own is a setting of a context together with the variable that it stands for.
type own struct{ key, value, variable string }

// group are settings that hold together or not at all: half of one place and half of another would be of no cluster.
type group struct {
	own   []own
	also  []string // further variables that say the same
	flags []string // the values of the flags that do
}

// groups are what a context says, as groups.
func (c Context) groups(f Flags) []group {
	return []group{
		{own: []own{{"addresses", strings.Join(c.Addresses, ","), "ADDR"}}, also: []string{"AGENT_ADDR"}, flags: f.Address},
		{own: []own{{"namespace", c.Namespace, "NAMESPACE"}}, flags: []string{f.Namespace}},
		{own: []own{{"tls_server_name", c.TLSServerName, "TLS_SERVER_NAME"}}, flags: []string{f.TLSServerName}},
		{
			own:  []own{{"ca_cert", c.CACert, "CACERT"}, {"ca_path", c.CAPath, "CAPATH"}},
			also: []string{"CACERT_BYTES"}, flags: []string{f.CACert, f.CAPath},
		},
		{
			own:  []own{{"client_cert", c.ClientCert, "CLIENT_CERT"}, {"client_key", c.ClientKey, "CLIENT_KEY"}},
			also: []string{"CLIENT_CERT_BYTES", "CLIENT_KEY_BYTES"}, flags: []string{f.ClientCert, f.ClientKey},
		},
	}
}

// by is how errors and warnings name a setting of the context.
func (c Context) by(key string) string { return fmt.Sprintf("%s of context %s", key, c.Name) }

// take lays a context over the environment, and warns wherever that hides something else which was set.
func (l *loader) take(c Context) error {
	if c.Name == "" {
		return nil
	}
	if by := l.elsewhere(c, l.flags.Address); by != "" && !c.Chosen {
		l.warn("%s says where the cluster is: the default context %s is put aside", by, c.Name)
		return nil
	}
	l.context, l.Context, l.env.over = c, c.Name, map[string]given{}
	for _, g := range c.groups(l.flags) {
		l.lay(g)
	}
	// What loosens the trust in one cluster does not loosen that in another.
	l.env.over["SKIP_VERIFY"] = given{}
	if skip := l.env.variable("SKIP_VERIFY"); !skip.empty() && skip.value != "false" && skip.value != "0" {
		l.warn("%s does not hold for context %s; %s does", skip.by, c.Name, flagSkipVerify)
	}
	return nil
}

// elsewhere names the flag or variable by which another cluster is meant than the context's; no flags look at the variables only.
func (l *loader) elsewhere(c Context, flags []string) string {
	g := given{value: strings.Join(flags, ","), by: flagAddress}
	for _, name := range []string{"AGENT_ADDR", "ADDR"} {
		if g.empty() {
			g = l.env.variable(name)
		}
	}
	if g.empty() {
		return ""
	}
	meant, err := parseAddresses(g.value)
	if err != nil {
		return g.by
	}
	theirs, _ := parseAddresses(strings.Join(c.Addresses, ","))
	if slices.ContainsFunc(meant, func(a string) bool { return !slices.Contains(theirs, a) }) {
		return g.by
	}
	return ""
}

// lay decides of one group. A flag goes before all; a chosen context goes before the variables, and a default one behind them.
func (l *loader) lay(g group) {
	says := slices.ContainsFunc(g.own, func(o own) bool { return o.value != "" })
	flagged := slices.ContainsFunc(g.flags, func(v string) bool { return v != "" })
	if !says {
		return
	}
	names := g.also
	for _, o := range g.own {
		names = append(names, o.variable)
	}
	hidden := l.disagreeing(g, names)
	if hidden != "" && !l.context.Chosen {
		if !flagged {
			l.warn("%s is used in the place of %s", hidden, l.context.by(g.said()))
		}
		return
	}
	for _, name := range names {
		l.env.over[name] = given{}
	}
	if flagged {
		return
	}
	for _, o := range g.own {
		l.env.over[o.variable] = given{value: o.value, by: l.context.by(o.key)}
	}
	if hidden != "" {
		l.warn("context %s was named and says its own %s: %s is not used", l.context.Name, g.said(), hidden)
	}
}

// said is the first key of the group that says something.
func (g group) said() string {
	for _, o := range g.own {
		if o.value != "" {
			return o.key
		}
	}
	return ""
}

// disagreeing is the first variable of the group that is set to something else than the context says.
func (l *loader) disagreeing(g group, names []string) string {
	if g.own[0].variable == "ADDR" {
		return l.elsewhere(l.context, nil) // one address of the context's is no other cluster
	}
	for _, name := range names {
		v := l.env.variable(name)
		same := slices.ContainsFunc(g.own, func(o own) bool { return o.variable == name && o.value == v.value })
		if !v.empty() && !same {
			return v.by
		}
	}
	return ""
}
