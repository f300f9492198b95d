package conformance

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"testing"

	"warder/vault"
)

// pythons are tried in turn: the one that has hvac may not be the first.
var pythons = []string{"python3", "/usr/bin/python3"}

func TestHvac(t *testing.T) {
	t.Parallel()
	asked(t)
	python := withHvac(t)
	for _, k := range []kind{vault1, vault2} {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			c, d := demoOf(t, k, "healthy", false)
			input := struct {
				Addresses []string `json:"addresses"`
				Token     string   `json:"token"`
				Shares    [][]byte `json:"shares"` // in base64
			}{Addresses: c.nodes, Token: text(d.Token())}
			for _, s := range d.Shares() {
				s.Use(func(b []byte) { input.Shares = append(input.Shares, bytes.Clone(b)) })
			}
			raw, err := json.Marshal(input)
			works(t, "input", err)
			cmd := exec.CommandContext(t.Context(), python, "testdata/hvac_methods.py")
			cmd.Stdin = bytes.NewReader(raw)
			out, err := cmd.CombinedOutput()
			if t.Logf("%s", out); err != nil {
				t.Error(err)
			}
		})
	}
}

// hvacConfigures has hvac do what an operator configures.
func hvacConfigures(t *testing.T, c *cluster) {
	python := withHvac(t)
	raw, err := json.Marshal(map[string]any{"addresses": c.nodes, "token": text(c.token), "bao": c.product() == vault.OpenBao})
	works(t, "input", err)
	cmd := exec.CommandContext(t.Context(), python, "testdata/hvac_backend.py")
	cmd.Stdin = bytes.NewReader(raw)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func withHvac(t *testing.T) string {
	t.Helper()
	for _, python := range pythons {
		if exec.CommandContext(t.Context(), python, "-c", "import hvac").Run() == nil {
			return python
		}
	}
	t.Skip("SKIPPED: HVAC WAS NOT TRIED HERE (apt-get install python3-hvac)")
	return ""
}
