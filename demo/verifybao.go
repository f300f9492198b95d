package demo

import (
	"errors"
	"net/http"

	"warder/keys"
)

func getRotationVerify(kind ceremonyKind) handler {
	return func(q *request) answer {
		r := *q.slot(kind)
		if r == nil {
			return refuse(http.StatusBadRequest, "no rotation configuration found")
		}
		return q.data(r.verification())
	}
}

func deleteRotationVerify(kind ceremonyKind) handler {
	return func(q *request) answer {
		if r := *q.slot(kind); r != nil {
			q.c.restartVerification(r)
		}
		return getRotationVerify(kind)(q)
	}
}

func putRotationVerify(kind ceremonyKind) handler {
	return func(q *request) answer {
		in, share, no := q.rotationShare()
		if no != nil {
			return *no
		}
		held := q.slot(kind)
		r := *held
		done, err := q.c.verifyShare(held, share, in.Nonce)
		switch {
		case err != nil:
			return refuse(http.StatusBadRequest, rotationVerifyRefusal(r, err))
		case done:
			return q.data(verifyDone{r.verifyNonce, true})
		}
		return q.data(r.verification())
	}
}

func rotationVerifyRefusal(r *rekey, err error) string {
	switch {
	case errors.Is(err, errNonce):
		return wrongVerifyNonce(r)
	case errors.Is(err, errNoRekey):
		return "no rotation in progress"
	case errors.Is(err, errNoVerification):
		return "no rotation verification in progress"
	case errors.Is(err, errNotVerified):
		return "rotation verification failed; incorrect key shares supplied"
	}
	return "failed to compute key for verification: " + bareError(err.Error())
}

// rotationShare reads a share as OpenBao does, which takes one of any length.
func (q *request) rotationShare() (in shareRequest, share keys.Secret, no *answer) {
	if bad := q.decode(&in); bad != nil {
		return in, share, bad
	}
	switch {
	case in.Key == "":
		return in, share, refused(refuse(http.StatusBadRequest, "missing required field 'key'"))
	case in.Nonce == "":
		return in, share, refused(refuse(http.StatusBadRequest, "missing required field 'nonce'"))
	}
	share, ok := readShare(in.Key)
	if !ok {
		return in, share, refused(refuse(http.StatusBadRequest, "'key' must be a valid hex or base64 string"))
	}
	return in, share, nil
}
