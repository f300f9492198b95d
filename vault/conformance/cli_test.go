package conformance

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// cli is a vendor's command line, as a person calls it.
type cli struct {
	bin, home, ca  string // where the CA's certificate is; "" without TLS
	address, token string // of a demo: the token opens nothing else
}

// json calls it, and gives what it printed. It has to end with the code: 0 for well, 2 for what the server refused, or for a
// sealed server where only the state was asked.
func (c cli) json(t *testing.T, code int, input string, args ...string) map[string]any {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), c.bin, args...)
	cmd.Stdin = strings.NewReader(input)
	cmd.Env = append(without(os.Environ(), "VAULT_", "BAO_", "HOME="), "HOME="+c.home)
	for _, vendor := range []string{"VAULT_", "BAO_"} {
		cmd.Env = append(cmd.Env, vendor+"ADDR="+c.address, vendor+"TOKEN="+c.token, vendor+"FORMAT=json", vendor+"CACERT="+c.ca)
	}
	out, err := cmd.Output()
	var ended *exec.ExitError
	errors.As(err, &ended)
	switch {
	case err != nil && ended == nil:
		t.Fatal(err)
	case ended != nil && ended.ExitCode() != code, ended == nil && code != 0:
		t.Fatalf("%v ended with %v, want %d: %s", args, err, code, said(ended))
	}
	var answer map[string]any
	if len(out) > 0 && out[0] == '{' {
		works(t, strings.Join(args, " "), json.Unmarshal(out, &answer))
	}
	return answer
}

func said(e *exec.ExitError) string {
	if e == nil {
		return ""
	}
	return string(e.Stderr)
}

// does calls it for something that has to go well.
func (c cli) does(t *testing.T, args ...string) map[string]any {
	t.Helper()
	return c.json(t, 0, "", args...)
}

// on is the same at another node.
func (c cli) on(address string) cli {
	c.address = address
	return c
}

// as is the same with another token.
func (c cli) as(token string) cli {
	c.token = token
	return c
}

// dig goes down an answer by the names of fields, which the command lines write in one case or another; nil when one is not
// there.
func dig(answer any, names ...string) any {
	for _, name := range names {
		fields, _ := answer.(map[string]any)
		answer = nil
		for n, v := range fields {
			if strings.EqualFold(strings.ReplaceAll(n, "_", ""), name) {
				answer = v
			}
		}
	}
	return answer
}

// count is the length of a list, or of an object.
func count(v any) int {
	switch v := v.(type) {
	case []any:
		return len(v)
	case map[string]any:
		return len(v)
	default:
		return 0
	}
}
