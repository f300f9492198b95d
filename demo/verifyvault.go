package demo

import (
	"errors"
	"fmt"
	"net/http"
)

// verifyStatus is how far the verification of new shares has come.
type verifyStatus struct {
	Nonce    string `json:"nonce"`
	Started  bool   `json:"started"`
	T        int    `json:"t"`
	N        int    `json:"n"`
	Progress int    `json:"progress"`
}

type verifyDone struct {
	Nonce    string `json:"nonce"`
	Complete bool   `json:"complete"`
}

func (r *rekey) verification() verifyStatus {
	return verifyStatus{r.verifyNonce, r.next != nil, r.shape.threshold, r.shape.shares, len(r.verified)}
}

func getVerify(kind ceremonyKind) handler {
	return func(q *request) answer {
		if !q.c.supports(kind) {
			return noRecovery
		}
		r := *q.slot(kind)
		if r == nil {
			return refuse(http.StatusBadRequest, "no rekey configuration found")
		}
		return reply(r.verification())
	}
}

func deleteVerify(kind ceremonyKind) handler {
	return func(q *request) answer {
		if r := *q.slot(kind); r != nil {
			q.c.restartVerification(r)
		}
		return getVerify(kind)(q)
	}
}

func putVerify(kind ceremonyKind) handler {
	return func(q *request) answer {
		if !q.c.supports(kind) {
			return noRecovery
		}
		in, share, no := q.share()
		if no != nil {
			return *no
		}
		if err := shareLength(share.Len()); err != nil {
			return refuse(http.StatusBadRequest, err.Error())
		}
		held := q.slot(kind)
		r := *held
		done, err := q.c.verifyShare(held, share, in.Nonce)
		switch {
		case err != nil:
			return verifyRefusal(r, err)
		case done:
			return reply(verifyDone{r.verifyNonce, true})
		}
		return reply(r.verification())
	}
}

func verifyRefusal(r *rekey, err error) answer {
	switch {
	case errors.Is(err, errNonce):
		return refuse(http.StatusBadRequest, wrongVerifyNonce(r))
	case errors.Is(err, errGiven):
		return refuse(http.StatusBadRequest, "given key has already been provided during this verify operation")
	case errors.Is(err, errNotVerified):
		return refuse(http.StatusBadRequest, "rekey verification failed; incorrect key shares supplied")
	case errors.Is(err, errNoRekey), errors.Is(err, errNoVerification):
		return refuse(http.StatusBadRequest, err.Error())
	}
	return refuse(http.StatusInternalServerError, "failed to compute key for verification: "+err.Error())
}

func wrongVerifyNonce(r *rekey) string {
	return fmt.Sprintf("incorrect nonce supplied; nonce for this verify operation is %q", r.verifyNonce)
}

// getBackup shows the hidden shares of the last rekey that was to keep them.
func getBackup(kind ceremonyKind) handler {
	return func(q *request) answer {
		b := q.c.ceremonies.backups[kind]
		if b == nil {
			return refuse(http.StatusBadRequest, "no backed-up keys found")
		}
		return q.dataOnTop(map[string]any{"nonce": b.nonce, "keys": b.hex, "keys_base64": b.base64})
	}
}

func deleteBackup(kind ceremonyKind) handler {
	return func(q *request) answer {
		q.c.ceremonies.backups[kind] = nil
		return noContent()
	}
}
