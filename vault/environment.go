package vault

import (
	"fmt"
	"os"
)

// Environment is what LoadSettings reads besides the flags. Whether a variable is set counts, and not only its value: an
// empty BAO_ variable hides its VAULT_ namesake, as it does for OpenBao's CLI.
type Environment struct {
	Lookup func(name string) (value string, set bool)
	Home   string // the home directory; "" when there is none

	over map[string]given // what a context says, by the name of the variable that it stands before
}

// ProcessEnvironment is the environment of this process.
func ProcessEnvironment() Environment {
	// Without a home directory there is neither a token file nor a configuration file, which is no fault.
	home, _ := os.UserHomeDir()
	return Environment{Lookup: os.LookupEnv, Home: home}
}

// Scrub removes the variables that hold a secret from the environment of this process, once they have been read: the
// terminal library hands the environment around as a message, and every child process inherits it.
func Scrub() {
	for _, name := range []string{"TOKEN", "CLIENT_KEY_BYTES"} {
		for _, prefix := range prefixes {
			// Unsetenv fails on names that no variable can have, which these are not.
			_ = os.Unsetenv(prefix + name)
		}
	}
}

// prefixes are those of the variables, in the order in which they are looked up.
var prefixes = []string{"BAO_", "VAULT_"}

// given is a setting together with the flag, variable or file that gave it, so that an error can name it.
type given struct {
	value string
	by    string
}

// get looks a variable up under its two names, unless a context stands before it.
func (e Environment) get(name string) given {
	if g, ok := e.over[name]; ok {
		return g
	}
	return e.variable(name)
}

// variable looks a variable up under its two names.
func (e Environment) variable(name string) given {
	for _, prefix := range prefixes {
		if value, set := e.Lookup(prefix + name); set {
			return given{value: value, by: prefix + name}
		}
	}
	return given{}
}

// flagOr is the flag if it was given, else the variable.
func (e Environment) flagOr(flag, value, name string) given {
	if value != "" {
		return given{value: value, by: flag}
	}
	return e.get(name)
}

// empty says that nothing was given.
func (g given) empty() bool { return g.value == "" }

// wrong is the error that names what was given wrongly. The value is quoted by the caller, where it is not secret.
func (g given) wrong(format string, args ...any) error {
	return fmt.Errorf("%s: %w", g.by, fmt.Errorf(format, args...))
}

// Kept is the environment as it is now, without its token, for what is read when the process's own was scrubbed.
func (e Environment) Kept() Environment {
	kept := map[string]string{}
	for _, name := range []string{
		"ADDR", "AGENT_ADDR", "NAMESPACE", "CACERT", "CAPATH", "CACERT_BYTES", "CLIENT_CERT", "CLIENT_KEY", "CLIENT_CERT_BYTES",
		"CLIENT_KEY_BYTES", "TLS_SERVER_NAME", "SKIP_VERIFY", "PROXY_ADDR", "HTTP_PROXY", "CLIENT_TIMEOUT",
	} {
		for _, prefix := range prefixes {
			if value, set := e.Lookup(prefix + name); set {
				kept[prefix+name] = value
			}
		}
	}
	return Environment{Home: e.Home, Lookup: func(name string) (string, bool) {
		value, set := kept[name]
		return value, set
	}}
}
