package vault

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"warder/keys"
)

// DefaultAddress is where a server is looked for when nothing was configured.
const DefaultAddress = "https://127.0.0.1:8200"

// defaultTimeout is the CLIs' own.
const defaultTimeout = 60 * time.Second

// Settings says how a cluster is reached.
type Settings struct {
	Addresses  []string // scheme://host:port, or unix:// and a path; at least one
	Given      bool     // false when no address was configured and the default is used
	Token      keys.Secret
	Namespace  string
	TLS        *tls.Config // roots, client certificate, server name, skip-verify
	SkipVerify bool
	Proxy      func(*http.Request) (*url.URL, error)
	Timeout    time.Duration // of one request
	// Dial replaces the network; nil is the network.
	Dial     func(ctx context.Context, network, addr string) (net.Conn, error)
	Warnings []string // what should be said, but is no reason to refuse

	Context  string // that the settings are of; "" when they are of none
	ReadOnly bool   // every write is refused before a byte of it is sent
}

// Flags are what the command line said; empty fields were not given.
type Flags struct {
	Address       []string
	Namespace     string
	CACert        string
	CAPath        string
	ClientCert    string
	ClientKey     string
	TLSServerName string
	SkipVerify    bool
}

// The flags by which a person gives them, named as the vendors' CLIs name theirs.
const (
	flagAddress       = "--address"
	flagNamespace     = "--namespace"
	flagCACert        = "--ca-cert"
	flagCAPath        = "--ca-path"
	flagClientCert    = "--client-cert"
	flagClientKey     = "--client-key"
	flagTLSServerName = "--tls-server-name"
	flagSkipVerify    = "--tls-skip-verify"
)

// LoadSettings reads flags, then variables, then the token helper or the token file. An error is one line that names the
// flag, variable or file at fault; a token is never quoted.
func LoadSettings(flags Flags, env Environment) (Settings, error) {
	return LoadContext(context.Background(), flags, env, Context{})
}

// LoadContext reads the same, and what a context says. Settings.Context tells whether the context holds. The program that gives
// a token is ended with ctx.
func LoadContext(ctx context.Context, flags Flags, env Environment, c Context) (Settings, error) {
	l := &loader{ctx: ctx, flags: flags, env: env}
	if err := l.take(c); err != nil {
		return Settings{}, err
	}
	// The token comes last: its helper may ask the person for something, which is not done for settings that fail anyway.
	for _, read := range []func() error{l.address, l.namespace, l.tls, l.proxy, l.timeout, l.token} {
		if err := read(); err != nil {
			return Settings{}, err
		}
	}
	l.warnPlain()
	return l.Settings, nil
}

// loader fills the settings in.
type loader struct {
	Settings
	ctx     context.Context // of loading, which is all that a loader lives for
	flags   Flags
	env     Environment
	context Context // that holds; the zero Context when none does
}

func (l *loader) warn(format string, args ...any) {
	l.Warnings = append(l.Warnings, fmt.Sprintf(format, args...))
}

// address takes the flag, else the address of an agent, else that of the server, else the default.
func (l *loader) address() error {
	g := l.env.flagOr(flagAddress, strings.Join(l.flags.Address, ","), "AGENT_ADDR")
	if g.empty() {
		g = l.env.get("ADDR")
	}
	if l.Given = !g.empty(); !l.Given {
		l.Addresses = []string{DefaultAddress}
		return nil
	}
	var err error
	if l.Addresses, err = parseAddresses(g.value); err != nil {
		return g.wrong("%w", err)
	}
	return nil
}

// namespace drops the slashes around it, with which the CLIs take it too.
func (l *loader) namespace() error {
	g := l.env.flagOr(flagNamespace, l.flags.Namespace, "NAMESPACE")
	if strings.ContainsFunc(g.value, unprintable) {
		return g.wrong("%q holds characters that no namespace has", g.value)
	}
	l.Namespace = strings.Trim(g.value, "/ ")
	return nil
}

// proxy is the CLIs' own variable, which holds for every address, else the usual variables with their exceptions.
func (l *loader) proxy() error {
	l.Proxy = http.ProxyFromEnvironment
	g := l.env.get("PROXY_ADDR")
	if g.empty() {
		g = l.env.get("HTTP_PROXY")
	}
	if g.empty() {
		return nil
	}
	// The value is not quoted: it may hold a password.
	u, err := url.Parse(strings.TrimSpace(g.value))
	if err != nil || u.Host == "" {
		return g.wrong("not the URL of a proxy, such as http://proxy.example.com:3128")
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
		l.Proxy = http.ProxyURL(u)
		return nil
	}
	return g.wrong("a proxy is reached by http, https or socks5, not by %q", u.Scheme)
}

func (l *loader) timeout() error {
	g := l.env.get("CLIENT_TIMEOUT")
	var err error
	if l.Timeout, err = parseTimeout(g.value); err != nil {
		return g.wrong("%w", err)
	}
	return nil
}

// warnPlain says when the token would travel unencrypted.
func (l *loader) warnPlain() {
	for _, a := range l.Addresses {
		if !l.Token.Empty() && plainBeyondLoopback(a) {
			l.warn("%s is plain HTTP: the token and all answers can be read on the way", a)
		}
	}
}

// parseTimeout reads a duration as the CLIs do: seconds, days (1d), or Go's notation. Nothing and zero are the default.
func parseTimeout(text string) (time.Duration, error) {
	unit := time.Second
	number, days := strings.CutSuffix(text, "d")
	if days {
		unit = 24 * time.Hour
	}
	n, err := strconv.ParseInt(number, 10, 64)
	d := time.Duration(n) * unit
	switch {
	case text == "":
		return defaultTimeout, nil
	case err == nil && d/unit != time.Duration(n):
		return 0, fmt.Errorf("%q is longer than any wait", text)
	case err != nil:
		if d, err = time.ParseDuration(text); err != nil {
			return 0, fmt.Errorf("%q is no duration, such as 30s", text)
		}
	}
	if d < 0 {
		return 0, fmt.Errorf("%q is less than nothing", text)
	}
	if d == 0 {
		return defaultTimeout, nil
	}
	return d, nil
}
