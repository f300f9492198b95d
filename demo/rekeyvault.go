package demo

import (
	"fmt"
	"net/http"
	"time"

	"warder/keys"
)

// rekeyStatus is Vault's sys/rekey/init.
type rekeyStatus struct {
	Nonce        string   `json:"nonce"`
	Started      bool     `json:"started"`
	T            int      `json:"t"`
	N            int      `json:"n"`
	Progress     int      `json:"progress"`
	Required     int      `json:"required"`
	Fingerprints []string `json:"pgp_fingerprints"`
	Backup       bool     `json:"backup"`
	Verification bool     `json:"verification_required"`
	VerifyNonce  string   `json:"verification_nonce,omitempty"`
}

type rekeyRequest struct {
	Shares    number   `json:"secret_shares"`
	Threshold number   `json:"secret_threshold"`
	PGPKeys   []string `json:"pgp_keys"`
	Backup    bool     `json:"backup"`
	Verify    bool     `json:"require_verification"`
}

type shareRequest struct {
	Key   string `json:"key"`
	Nonce string `json:"nonce"`
}

var noRecovery = refuse(http.StatusBadRequest, "recovery rekeying not supported")

func getRekey(kind ceremonyKind) handler {
	return func(q *request) answer {
		if !q.c.supports(kind) {
			return noRecovery
		}
		s := rekeyStatus{Required: q.c.seal.custody.threshold}
		if r := *q.slot(kind); r != nil {
			s = rekeyStatus{
				Nonce: r.nonce, Started: true, T: r.shape.threshold, N: r.shape.shares, Progress: len(r.given),
				Required: s.Required, Fingerprints: fingerprints(r.pgp), Backup: r.backup && len(r.pgp) > 0,
				Verification: r.verify, VerifyNonce: r.verifyNonce,
			}
		}
		return reply(s)
	}
}

func putRekey(kind ceremonyKind) handler {
	return func(q *request) answer {
		if !q.c.supports(kind) {
			return noRecovery
		}
		var in rekeyRequest
		if bad := q.decodeLeniently(&in); bad != nil {
			return *bad
		}
		switch {
		case in.Backup && len(in.PGPKeys) == 0:
			return refuse(http.StatusBadRequest,
				"cannot request a backup of the new keys without providing PGP keys for encryption")
		case len(in.PGPKeys) > 0 && len(in.PGPKeys) != int(in.Shares):
			return refuse(http.StatusBadRequest, "incorrect number of PGP keys for rekey")
		case in.Threshold > in.Shares:
			return refuse(http.StatusBadRequest, "provided threshold greater than the total shares")
		}
		r, no := q.newRekey(kind, in)
		if no != nil {
			return *no
		}
		*q.slot(kind) = r
		q.c.rival(r.nonce)
		return getRekey(kind)(q)
	}
}

// newRekey checks what is asked for, in Vault's words.
func (q *request) newRekey(kind ceremonyKind, in rekeyRequest) (*rekey, *answer) {
	what := "recovery"
	wanted := shape{int(in.Threshold), int(in.Shares)}
	if kind == barrierRekey {
		what = "rekey seal"
		if q.c.seal.auto() {
			wanted = shape{1, 1}
			if no := refuseWithStoredKey(in); no != nil {
				return nil, no
			}
		}
	}
	to, err := checkShares(wanted, in.PGPKeys)
	if err != nil {
		return nil, refused(refuse(http.StatusInternalServerError, "invalid "+what+" configuration: "+err.Error()))
	}
	if *q.slot(kind) != nil {
		return nil, refused(refuse(http.StatusBadRequest, "rekey already in progress"))
	}
	if no := q.c.sealsAllow(); no != nil {
		return nil, no
	}
	return q.c.startRekey(kind, wanted, to, in.Backup, in.Verify), nil
}

func (c *Cluster) startRekey(kind ceremonyKind, wanted shape, to []keys.PublicKey, backup, verify bool) *rekey {
	return &rekey{
		kind: kind, nonce: c.dice.uuid(), shape: wanted, pgp: to, backup: backup, verify: verify, began: c.at,
	}
}

// refuseWithStoredKey refuses what makes no sense where the seal keeps the key.
func refuseWithStoredKey(in rekeyRequest) *answer {
	const of = " not supported when rekeying the barrier key with recovery keys"
	switch {
	case len(in.PGPKeys) > 0:
		return refused(refuse(http.StatusBadRequest, "PGP key encryption"+of))
	case in.Backup:
		return refused(refuse(http.StatusBadRequest, "key backup"+of))
	case in.Verify:
		return refused(refuse(http.StatusBadRequest, "requiring verification"+of))
	}
	return nil
}

// sealsAllow refuses to replace keys while a seal of several is unhealthy.
//
// After the documentation: Vault 1.20.3 and later refuse it; the words are the demo's own.
func (c *Cluster) sealsAllow() *answer {
	if len(c.seal.backends) < 2 || c.raft.leader == nil {
		return nil
	}
	for i, view := range c.raft.leader.backends {
		if !view.healthy {
			return refused(refuse(http.StatusInternalServerError,
				fmt.Sprintf("cannot rotate keys: seal %q is unhealthy", c.seal.backends[i])))
		}
	}
	return nil
}

// cancelWithNonce is for how long a rekey can be cancelled only by who knows its nonce.
//
// After the documentation: a recording shows only that an empty body is refused.
const cancelWithNonce = 10 * time.Minute

// deleteRekey wants a JSON body always, and in the first minutes the nonce in it.
func deleteRekey(kind ceremonyKind) handler {
	return func(q *request) answer {
		if !q.c.supports(kind) {
			return noRecovery
		}
		var in shareRequest
		if bad := q.decodeStrictly(&in); bad != nil {
			return *bad
		}
		held := q.slot(kind)
		if r := *held; r != nil && in.Nonce != r.nonce && q.c.at.Sub(r.began) < cancelWithNonce {
			return refuse(http.StatusBadRequest, "invalid request: nonce does not match the rekey in progress")
		}
		*held = nil
		return noContent()
	}
}
