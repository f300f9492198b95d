package demo

import (
	"errors"
	"net/http"

	"warder/keys"
)

// attemptStatus is Vault's sys/generate-root/attempt and update.
type attemptStatus struct {
	Nonce       string `json:"nonce"`
	Started     bool   `json:"started"`
	Progress    int    `json:"progress"`
	Required    int    `json:"required"`
	Complete    bool   `json:"complete"`
	Encoded     string `json:"encoded_token"`
	EncodedRoot string `json:"encoded_root_token"`
	Fingerprint string `json:"pgp_fingerprint"`
	OTP         string `json:"otp"`
	OTPLength   int    `json:"otp_length"`
}

func (c *Cluster) attemptStatus() attemptStatus {
	s := attemptStatus{Required: c.seal.custody.threshold, OTPLength: c.product.era().otpLength}
	if a := c.ceremonies.root; a != nil {
		s.Nonce, s.Started, s.Progress, s.Fingerprint = a.nonce, true, len(a.given), a.fingerprint
	}
	return s
}

func getAttempt(q *request) answer { return reply(q.c.attemptStatus()) }

func putAttempt(q *request) answer {
	var in attemptRequest
	if bad := q.decodeLeniently(&in); bad != nil {
		return *bad
	}
	otp, no := q.begin(in, "root generation already in progress", "OTP string is wrong length")
	if no != nil {
		return *no
	}
	s := q.c.attemptStatus()
	s.OTP = text(otp)
	return reply(s)
}

// begin starts an attempt unless one is under way, and refuses in the product's words.
func (q *request) begin(in attemptRequest, busy, wrongLength string) (keys.Secret, *answer) {
	if q.c.ceremonies.root != nil {
		return keys.Secret{}, refused(refuse(http.StatusBadRequest, busy))
	}
	a, otp, err := q.c.attempt(in)
	switch {
	case errors.Is(err, errOTPLength):
		return otp, refused(refuse(http.StatusBadRequest, wrongLength))
	case err != nil:
		return otp, refused(refuse(http.StatusBadRequest, "error parsing PGP key: "+err.Error()))
	}
	q.c.ceremonies.root = a
	q.c.rival(a.nonce)
	return otp, nil
}

func deleteAttempt(q *request) answer {
	q.c.ceremonies.root = nil
	return noContent()
}

func putAttemptUpdate(q *request) answer {
	in, share, no := q.share()
	if no != nil {
		return *no
	}
	if err := shareLength(share.Len()); err != nil {
		return refuse(http.StatusBadRequest, "invalid key: "+err.Error())
	}
	p, err := q.c.giveToAttempt(share, in.Nonce)
	if err != nil {
		return refuse(http.StatusBadRequest, q.c.attemptRefusal(err))
	}
	return reply(attemptStatus{
		Nonce: p.attempt.nonce, Started: true, Progress: p.shares, Required: q.c.seal.custody.threshold,
		Complete: p.complete(), Encoded: p.encoded, EncodedRoot: p.encoded, Fingerprint: p.attempt.fingerprint,
	})
}

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
