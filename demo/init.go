package demo

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
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

// putInit initialises the cluster. As on a real server the root token's PGP key is looked at last: when it is bad the
// cluster is initialised all the same, and nobody has its shares.
func putInit(q *request) answer {
	c := q.c
	var in initRequest
	if bad := q.decodeLeniently(&in); bad != nil {
		return *bad
	}
	if c.initialised {
		return refuse(http.StatusBadRequest, "Vault is already initialized")
	}
	wanted, to, err := c.initParameters(in)
	if err != nil {
		return refuse(http.StatusBadRequest, err.Error())
	}
	custody, err := c.entrust(wanted)
	if err != nil {
		return refuse(http.StatusInternalServerError, err.Error())
	}
	handed, err := c.handOut(custody.shares, to)
	if err != nil {
		return refuse(http.StatusInternalServerError, err.Error())
	}
	c.begin(q.asked, custody)
	token, err := c.rootTokenFor(in.RootTokenPGPKey)
	if err != nil {
		return refuse(http.StatusBadRequest, err.Error())
	}
	out := initAnswer{Keys: handed.hex, KeysBase64: handed.base64, RootToken: token}
	if c.seal.auto() {
		out.Keys, out.KeysBase64, out.Recovery, out.RecoveryBase64 = []string{}, []string{}, handed.hex, handed.base64
	}
	return reply(out)
}

// initParameters takes the parameters that belong to the kind of seal, and refuses the others.
func (c *Cluster) initParameters(in initRequest) (shape, []keys.PublicKey, error) {
	barrier := given("secret", in.Shares, in.Threshold, in.PGPKeys, "pgp_keys")
	recovery := given("recovery", in.RecoveryShares, in.RecoveryThreshold, in.RecoveryPGPKeys, "recovery_pgp_keys")
	wanted, pgp, wrong, what := shape{int(in.Threshold), int(in.Shares)}, in.PGPKeys, recovery, "seal"
	if c.seal.auto() {
		wanted, pgp, wrong, what = shape{int(in.RecoveryThreshold), int(in.RecoveryShares)}, in.RecoveryPGPKeys, barrier, "recovery"
	}
	if len(wrong) > 0 {
		return shape{}, nil, fmt.Errorf("parameters %s not applicable to seal type %s", strings.Join(wrong, ","), c.seal.kind)
	}
	if c.seal.auto() && c.product.bao() && wanted == (shape{}) {
		return wanted, nil, nil
	}
	to, err := checkShares(wanted, pgp)
	if err != nil {
		return shape{}, nil, fmt.Errorf("invalid %s configuration: %w", what, err)
	}
	return wanted, to, nil
}

func given(prefix string, shares, threshold number, pgp []string, pgpName string) []string {
	var names []string
	if shares != 0 {
		names = append(names, prefix+"_shares")
	}
	if threshold != 0 {
		names = append(names, prefix+"_threshold")
	}
	if len(pgp) != 0 {
		names = append(names, pgpName)
	}
	return names
}

// checkShares refuses a shape, or PGP keys that do not fit it.
func checkShares(wanted shape, pgp []string) ([]keys.PublicKey, error) {
	if err := wanted.check(); err != nil {
		return nil, err
	}
	if len(pgp) > 0 && len(pgp) != wanted.shares {
		return nil, errors.New("count mismatch between number of provided PGP keys and number of shares")
	}
	return readPGPKeys(pgp)
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
	return c.sealToken(root.id, pgpKey)
}

// sealToken is a token under a PGP key, in base64.
func (c *Cluster) sealToken(token keys.Secret, pgpKey string) (string, error) {
	to, err := readPGPKey(pgpKey)
	if err != nil {
		return "", err
	}
	var hidden []byte
	token.Use(func(b []byte) { hidden, err = to.Encrypt(b, c.dice) })
	return base64.StdEncoding.EncodeToString(hidden), err
}

// text is a secret as a JSON string, for the one answer that hands it out.
func text(s keys.Secret) string {
	var out string
	s.Use(func(b []byte) { out = string(b) })
	return out
}
