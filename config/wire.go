package config

// wireFile is the file as TOML has it.
type wireFile struct {
	Default  string                 `toml:"default"`
	Contexts map[string]wireContext `toml:"contexts"`
	Keys     map[string]string      `toml:"keys"`
	Screen   struct {
		Theme string `toml:"theme"`
		ASCII bool   `toml:"ascii"`
	} `toml:"screen"`
}

type wireContext struct {
	Name          string         `toml:"name"`
	Addresses     []string       `toml:"addresses"`
	Namespace     string         `toml:"namespace"`
	CACert        string         `toml:"ca_cert"`
	CAPath        string         `toml:"ca_path"`
	ClientCert    string         `toml:"client_cert"`
	ClientKey     string         `toml:"client_key"`
	TLSServerName string         `toml:"tls_server_name"`
	Color         string         `toml:"color"`
	Production    bool           `toml:"production"`
	ReadOnly      bool           `toml:"read_only"`
	BlankAfter    string         `toml:"blank_after"`
	TokenFile     string         `toml:"token_file"`
	TokenCommand  []string       `toml:"token_command"`
	KeyStores     []wireKeyStore `toml:"key_stores"`
}

type wireKeyStore struct {
	Kind         string   `toml:"kind"`
	Name         string   `toml:"name"`
	Address      string   `toml:"address"`
	CACert       string   `toml:"ca_cert"`
	TokenFile    string   `toml:"token_file"`
	TokenCommand []string `toml:"token_command"`
}

// kinds tell what a key's value has to be, where that is no text.
var kinds = map[string]string{
	"addresses": "a list of texts", "token_command": "a list of texts", "production": "true or false", "read_only": "true or false",
	"ascii": "true or false", "contexts": "tables, [contexts.NAME]", "key_stores": "tables, [[contexts.NAME.key_stores]]",
	"keys": "a table, [keys]", "screen": "a table, [screen]",
}
