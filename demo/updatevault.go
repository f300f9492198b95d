package demo

import (
	"errors"
	"fmt"
	"net/http"

	"warder/keys"
)

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
