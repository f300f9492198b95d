package conformance

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// config is what a server is told of itself.
type config struct {
	name         string
	api, cluster int    // ports
	seal         string // HCL of an automatic seal; "" for Shamir
	tls          bool
}

// newConfigs are of so many nodes on loopback ports that nobody uses now.
func newConfigs(t *testing.T, name string, nodes int) []config {
	t.Helper()
	first := freePorts(t, 2*nodes)
	out := make([]config, nodes)
	for i := range out {
		out[i] = config{name: fmt.Sprintf("%s-%d", name, i+1), api: first + 2*i, cluster: first + 2*i + 1}
	}
	return out
}

func (c config) address() string {
	if c.tls {
		return fmt.Sprintf("https://127.0.0.1:%d", c.api)
	}
	return fmt.Sprintf("http://127.0.0.1:%d", c.api)
}

// hcl is the configuration as the server reads it, which keeps what it has below dir.
func (c config) hcl(k kind, dir string) string {
	listener := []string{fmt.Sprintf("address = \"127.0.0.1:%d\"", c.api), fmt.Sprintf("cluster_address = \"127.0.0.1:%d\"", c.cluster)}
	if c.tls {
		listener = append(listener, fmt.Sprintf("tls_cert_file = %q", certificateIn(dir)), fmt.Sprintf("tls_key_file = %q", keyIn(dir)))
	} else {
		listener = append(listener, "tls_disable = true")
	}
	rest := ""
	switch k {
	case reopened:
		listener = append(listener, "disable_unauthed_rekey_endpoints = false", "disable_unauthed_generate_root_endpoints = false")
	case vault1, vault2:
		rest = "disable_mlock = true\n" // which Vault wants said where storage is Raft
	}
	return fmt.Sprintf("storage \"raft\" {\n  path = %q\n  node_id = %q\n}\nlistener \"tcp\" {\n  %s\n}\n", dataIn(dir), c.name, strings.Join(listener, "\n  ")) +
		fmt.Sprintf("api_addr = %q\ncluster_addr = \"https://127.0.0.1:%d\"\ncluster_name = \"conformance\"\n", c.address(), c.cluster) +
		rest + c.seal
}

// Where a server finds its things.
func dataIn(dir string) string        { return filepath.Join(dir, "data") }
func certificateIn(dir string) string { return filepath.Join(dir, "certificate.pem") }
func keyIn(dir string) string         { return filepath.Join(dir, "key.pem") }
