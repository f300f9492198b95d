package cli

import (
	"github.com/spf13/pflag"

	"warder/vault"
)

// clusterFlags say which cluster a command asks.
type clusterFlags struct {
	vault.Flags
	config, context, demo string
	readOnly              bool
}

// register adds the flags of every command that asks a cluster.
func (f *clusterFlags) register(fs *pflag.FlagSet) {
	fs.StringVar(&f.context, "context", "", "the cluster of that name in the configuration file (WARDER_CONTEXT)")
	fs.StringVar(&f.config, "config", "", "the configuration file, instead of ~/.config/warder/config.toml")
	fs.BoolVar(&f.readOnly, "read-only", false, "refuse everything that would change the cluster")
	fs.StringSliceVar(&f.Address, "address", nil, "addresses of nodes, separated by commas (BAO_ADDR, VAULT_ADDR)")
	fs.StringVar(&f.Namespace, "namespace", "", "namespace of the token (BAO_NAMESPACE, VAULT_NAMESPACE)")
	fs.StringVar(&f.CACert, "ca-cert", "", "file of CA certificates, PEM (BAO_CACERT, VAULT_CACERT)")
	fs.StringVar(&f.CAPath, "ca-path", "", "directory of CA certificates, PEM (BAO_CAPATH, VAULT_CAPATH)")
	fs.StringVar(&f.ClientCert, "client-cert", "", "file of our certificate, PEM (BAO_CLIENT_CERT, VAULT_CLIENT_CERT)")
	fs.StringVar(&f.ClientKey, "client-key", "", "file of its key, PEM (BAO_CLIENT_KEY, VAULT_CLIENT_KEY)")
	fs.StringVar(&f.TLSServerName, "tls-server-name", "", "name that the servers' certificates must bear")
	fs.BoolVar(&f.SkipVerify, "tls-skip-verify", false, "do not verify the servers' certificates")
	fs.StringVar(&f.demo, "demo", "", "ask a simulated cluster instead; =SCENARIO chooses one (warder demo --list)")
	fs.Lookup("demo").NoOptDefVal = defaultScenario
}
