package demo

import (
	"net/http"

	"warder/keys"
)

// OpenBao's generate-root-token says the same under data, and calls every refused share an internal error.

func (q *request) attemptData(otp keys.Secret) answer {
	s := q.c.attemptStatus()
	out := map[string]any{
		"started": s.Started, "progress": s.Progress, "required": s.Required, "complete": false,
		"otp": text(otp), "otp_length": s.OTPLength,
	}
	if s.Started {
		out["nonce"], out["pgp_fingerprint"] = s.Nonce, s.Fingerprint
	}
	return q.data(out)
}

func getTokenAttempt(q *request) answer { return q.attemptData(keys.Secret{}) }

func putTokenAttempt(q *request) answer {
	var in attemptRequest
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	otp, no := q.begin(in, "root generation already in progress for this namespace", "OTP string has incorrect length")
	if no != nil {
		return *no
	}
	return q.attemptData(otp)
}

func putTokenAttemptUpdate(q *request) answer {
	var in shareRequest
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	switch {
	case in.Nonce == "":
		return refuse(http.StatusBadRequest, "nonce is required")
	case in.Key == "":
		return refuse(http.StatusBadRequest, "key is required")
	}
	share, ok := readShare(in.Key)
	if !ok {
		return refuseWrapped(http.StatusInternalServerError, "'key' must be a valid hex or base64 string")
	}
	if err := shareLength(share.Len()); err != nil {
		return refuseWrapped(http.StatusInternalServerError, "invalid key: "+err.Error())
	}
	p, err := q.c.giveToAttempt(share, in.Nonce)
	if err != nil {
		return refuseWrapped(http.StatusInternalServerError, q.c.attemptRefusal(err))
	}
	return q.data(map[string]any{
		"started": true, "complete": p.complete(), "progress": p.shares, "required": q.c.seal.custody.threshold,
		"nonce": p.attempt.nonce, "encoded_token": p.encoded, "pgp_fingerprint": p.attempt.fingerprint,
	})
}
