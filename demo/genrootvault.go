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
	a, otp, err := q.c.attempt(in, q.c.product.era().otpLength)
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
	s := attemptStatus{
		Nonce: p.attempt.nonce, Started: true, Progress: p.shares, Required: q.c.seal.custody.threshold,
		Complete: p.complete(), Encoded: p.encoded, Fingerprint: p.attempt.fingerprint,
	}
	if !q.c.plan.secondary {
		s.EncodedRoot = p.encoded
	}
	return reply(s)
}
