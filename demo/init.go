package demo

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"time"

	"warder/keys"
)

func getInit(q *request) answer {
	return reply(map[string]bool{"initialized": q.asked.joined})
}

type initRequest struct {
	Shares            number   `json:"secret_shares"`
	Threshold         number   `json:"secret_threshold"`
	PGPKeys           []string `json:"pgp_keys"`
	RecoveryShares    number   `json:"recovery_shares"`
	RecoveryThreshold number   `json:"recovery_threshold"`
	RecoveryPGPKeys   []string `json:"recovery_pgp_keys"`
	RootTokenPGPKey   string   `json:"root_token_pgp_key"`
}

type initAnswer struct {
	Keys           []string `json:"keys"`
	KeysBase64     []string `json:"keys_base64"`
	Recovery       []string `json:"recovery_keys,omitempty"`
	RecoveryBase64 []string `json:"recovery_keys_base64,omitempty"`
	RootToken      string   `json:"root_token"`
}

func putInit(q *request) answer {
	c := q.c
	var in initRequest
	if bad := q.decodeStrictly(&in); bad != nil {
		return *bad
	}
	if c.initialised {
		return refuse(http.StatusBadRequest, "Vault is already initialized")
	}
	wanted, pgp, what := shape{int(in.Threshold), int(in.Shares)}, in.PGPKeys, "invalid seal configuration: "
	if c.seal.auto() {
		wanted, pgp, what = shape{int(in.RecoveryThreshold), int(in.RecoveryShares)}, in.RecoveryPGPKeys, "invalid recovery configuration: "
	}
	if err := wanted.check(); err != nil {
		return refuse(http.StatusBadRequest, what+err.Error())
	}
	custody, err := c.entrust(wanted)
	if err != nil {
		return refuse(http.StatusInternalServerError, err.Error())
	}
	handed, err := c.handOut(custody.shares, pgp)
	if err != nil {
		return refuse(http.StatusBadRequest, err.Error())
	}
	token, err := c.rootTokenFor(in.RootTokenPGPKey)
	if err != nil {
		return refuse(http.StatusBadRequest, err.Error())
	}
	c.begin(q.asked, custody)
	out := initAnswer{Keys: handed.hex, KeysBase64: handed.base64, RootToken: token}
	if c.seal.auto() {
		out.Keys, out.KeysBase64, out.Recovery, out.RecoveryBase64 = []string{}, []string{}, handed.hex, handed.base64
	}
	return reply(out)
}

// handedOut is shares as an answer carries them.
type handedOut struct {
	hex, base64, fingerprints []string
}

func (h *handedOut) add(b []byte) {
	h.hex = append(h.hex, hex.EncodeToString(b))
	h.base64 = append(h.base64, base64.StdEncoding.EncodeToString(b))
}

// begin makes the asked node the first member of an initialised cluster.
func (c *Cluster) begin(n *node, custody custody) {
	c.initialised = true
	c.seal.custody = custody
	c.keyring = newKeyring(c.at, 0)
	c.raft = raft{term: 2, since: c.at, log: journal{index: 4, at: c.at}}
	c.raft.peers = []*peer{{node: n, voter: true}}
	c.join(n)
}

// join gives a node the cluster's storage. Where the seal opens by itself, so does the node.
func (c *Cluster) join(n *node) {
	n.joined = true
	n.shown = c.seal.custody.shape
	if c.seal.auto() && n.reachesSeal() {
		c.after(time.Second, func() {
			if n.sealed && n.process == up {
				c.open(n)
			}
		})
	}
}

// rootTokenFor makes the first root token and says it, encrypted where a key was given.
func (c *Cluster) rootTokenFor(pgpKey string) (string, error) {
	root := c.issueRoot()
	c.tokens.root = root.id
	if pgpKey == "" {
		return text(root.id), nil
	}
	sealed, err := c.handOut([]keys.Secret{root.id}, []string{pgpKey})
	if err != nil {
		return "", err
	}
	return sealed.base64[0], nil
}

// text is a secret as a JSON string, for the one answer that hands it out.
func text(s keys.Secret) string {
	var out string
	s.Use(func(b []byte) { out = string(b) })
	return out
}
