package demo

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"warder/keys"
)

// The demo keeps no raw storage. Of what there would be, a node in recovery mode shows what is true here, the configurations of
// the seal, to whoever has its token. It refuses to write, since nothing would come of it.
//
// After the source of OpenBao: what is refused how, and the form of the entries; not that nothing can be written.

// sealConfig is an entry of the storage, in the names of the servers.
type sealConfig struct {
	Type      string   `json:"type"`
	Shares    int      `json:"secret_shares"`
	Threshold int      `json:"secret_threshold"`
	PGPKeys   []string `json:"pgp_keys"`
	Nonce     string   `json:"nonce"`
	Backup    bool     `json:"backup"`
}

// rawEntries are the entries by their paths.
func (c *Cluster) rawEntries() map[string]sealConfig {
	shares := sealConfig{Type: shamirSeal, Shares: c.seal.custody.shape.shares, Threshold: c.seal.custody.threshold}
	if !c.seal.auto() {
		return map[string]sealConfig{"core/seal-config": shares}
	}
	return map[string]sealConfig{
		"core/seal-config":     {Type: c.seal.kind, Shares: 1, Threshold: 1},
		"core/recovery-config": shares,
	}
}

// rawProtected are entries that nobody may touch in this way.
var rawProtected = []string{"core/keyring", "core/cluster/local/info"}

func (q *request) raw(path string) answer {
	if !q.hasRecoveryToken() {
		return refuse(http.StatusForbidden)
	}
	for _, p := range rawProtected {
		if strings.HasPrefix(path, p) {
			return refuse(http.StatusBadRequest, "cannot access \""+path+"\"")
		}
	}
	switch {
	case q.method == "LIST", q.method == http.MethodGet && q.query.Get("list") == "true":
		return q.rawList(path)
	case q.method == http.MethodGet:
		entry, ok := q.c.rawEntries()[path]
		if !ok {
			return refuse(http.StatusNotFound)
		}
		text, err := json.Marshal(entry)
		if err != nil {
			return refuse(http.StatusInternalServerError, err.Error())
		}
		return q.dataOf("", map[string]string{"value": string(text)})
	}
	return refuse(http.StatusBadRequest, "the demo keeps no raw storage: it can be listed and read, and not be changed")
}

func (q *request) rawList(path string) answer {
	if path = strings.TrimSuffix(path, "/"); path != "" {
		path += "/"
	}
	names := map[string]bool{}
	for entry := range q.c.rawEntries() {
		if rest, below := strings.CutPrefix(entry, path); below {
			name, _, deeper := strings.Cut(rest, "/")
			if deeper {
				name += "/"
			}
			names[name] = true
		}
	}
	if len(names) == 0 {
		return refuse(http.StatusNotFound)
	}
	return q.dataOf("", map[string][]string{"keys": slices.Sorted(maps.Keys(names))})
}

func (q *request) hasRecoveryToken() bool {
	token := q.asked.recovery.token
	return !token.Empty() && keys.NewSecret([]byte(q.header.Get("X-Vault-Token"))).Equal(token)
}
