package demo

import (
	"errors"
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

var errNoRecovery = refuse(http.StatusBadRequest, "recovery rekeying not supported")

func getRekey(kind ceremonyKind) handler {
	return func(q *request) answer {
		if !q.c.supports(kind) {
			return errNoRecovery
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
			return errNoRecovery
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
			return errNoRecovery
		}
		var in shareRequest
		if bad := q.decodeStrictly(&in); bad != nil {
			return *bad
		}
		held := q.slot(kind)
		if r := *held; r != nil && in.Nonce != r.nonce && q.c.clock.at.Sub(r.began) < cancelWithNonce {
			return refuse(http.StatusBadRequest, "invalid request: nonce does not match the rekey in progress")
		}
		*held = nil
		return noContent()
	}
}

// rekeyDone is the one answer that holds the new shares.
type rekeyDone struct {
	Nonce        string   `json:"nonce"`
	Complete     bool     `json:"complete"`
	Keys         []string `json:"keys"`
	KeysBase64   []string `json:"keys_base64"`
	Fingerprints []string `json:"pgp_fingerprints"`
	Backup       bool     `json:"backup"`
	Verification bool     `json:"verification_required"`
	VerifyNonce  string   `json:"verification_nonce,omitempty"`
}

func (s *newShares) answer() rekeyDone {
	return rekeyDone{
		Nonce: s.rekey.nonce, Complete: true, Keys: s.hex, KeysBase64: s.base64, Fingerprints: s.fingerprints,
		Backup: s.rekey.backup, Verification: s.rekey.verify, VerifyNonce: s.rekey.verifyNonce,
	}
}

func putRekeyUpdate(kind ceremonyKind) handler {
	return func(q *request) answer {
		in, share, no := q.share()
		switch {
		case no != nil:
			return *no
		case !q.c.supports(kind):
			return refuse(http.StatusInternalServerError,
				"failed to fetch existing recovery config: recovery not supported")
		}
		if err := shareLength(share.Len()); err != nil {
			return refuse(http.StatusBadRequest, err.Error())
		}
		held := q.slot(kind)
		done, err := q.c.update(held, share, in.Nonce)
		switch {
		case err != nil:
			return q.c.rekeyRefusal(kind, *held, err)
		case done != nil:
			return reply(done.answer())
		}
		return getRekey(kind)(q)
	}
}

// share reads the share that a ceremony's request carries.
func (q *request) share() (in shareRequest, share keys.Secret, no *answer) {
	if bad := q.decodeLeniently(&in); bad != nil {
		return in, share, bad
	}
	if in.Key == "" {
		return in, share, refused(refuse(http.StatusBadRequest, "'key' must be specified in request body as JSON"))
	}
	share, ok := readShare(in.Key)
	if !ok {
		return in, share, refused(refuse(http.StatusBadRequest, "'key' must be a valid hex or base64 string"))
	}
	return in, share, nil
}

// rekeyRefusal is what Vault says of a share of a rekey that it does not take.
func (c *Cluster) rekeyRefusal(kind ceremonyKind, r *rekey, err error) answer {
	name, operation, combined := "barrier", "generation operation", "root"
	if kind == recoveryRekey {
		name, operation, combined = "recovery", "rekey operation", "recovery"
	}
	switch {
	case errors.Is(err, errNoRekey):
		return refuse(http.StatusBadRequest, "no "+name+" rekey in progress")
	case errors.Is(err, errVerifyFirst):
		return refuse(http.StatusBadRequest, fmt.Sprintf("rekey operation already finished; verification must be "+
			"performed; nonce for the verification operation is %q", r.verifyNonce))
	case errors.Is(err, errNonce):
		return refuse(http.StatusBadRequest,
			fmt.Sprintf("incorrect nonce supplied; nonce for this rekey operation is %q", r.nonce))
	case errors.Is(err, errGiven):
		return refuse(http.StatusBadRequest, "given key has already been provided during this "+operation)
	case !errors.Is(err, errWrongShares):
		return refuse(http.StatusInternalServerError, "failed to compute "+combined+" key: "+err.Error())
	case c.seal.auto():
		return refuse(http.StatusBadRequest, "recovery key verification failed: "+errOtherRecoveryKey)
	}
	return refuse(http.StatusInternalServerError,
		"failed to read root key: invalid key: "+c.product.cannotDecrypt(err))
}

const errOtherRecoveryKey = "recovery key does not match submitted values"
