package demo

import (
	"errors"
	"net/http"
	"strings"

	"warder/keys"
)

// StartRecovery ends a node's process and runs it again with -recovery. Stop and Start bring it back from there.
type StartRecovery struct{ Node string }

// recovery is what a node knows that was started with -recovery. It takes no part in Raft and stays sealed; its token opens
// the storage of this one node.
type recovery struct {
	attempt *rootAttempt
	token   keys.Secret // empty until it was made
}

func (f StartRecovery) apply(c *Cluster) error {
	return c.withNode(f.Node, func(n *node) {
		if !n.joined {
			return
		}
		c.halt(n)
		n.process, n.recovery = up, &recovery{}
		c.doors.open(n)
	})
}

// recovering serves what a node in recovery mode has, and 404 for all else, sys/health and sys/seal-status among it.
//
// After the source of OpenBao: the paths, the statuses and the words, compared with a real one.
//
// After the documentation: that Vault does the same.
func (q *request) recovering() answer {
	switch path := q.path; {
	case path == "sys/generate-recovery-token/attempt":
		return q.recoveryAttempt()
	case path == "sys/generate-recovery-token/update":
		return q.recoveryUpdate()
	case path == "sys/raw" && !strings.HasPrefix(q.uri, "/v1/sys/raw/"):
		return answer{status: http.StatusTemporaryRedirect, location: "/v1/sys/raw/"}
	case path == "sys/raw", strings.HasPrefix(path, "sys/raw/"):
		return q.raw(strings.TrimPrefix(strings.TrimPrefix(path, "sys/raw"), "/"))
	}
	return answer{status: http.StatusNotFound, body: plainText("404 page not found\n")}
}

const (
	recoveryPrefix    = "hvr."
	recoveryOTPLength = len(recoveryPrefix) + 24
	openedAlready     = "attempted to generate recovery operation token when already unsealed"
)

func (q *request) recoveryAttempt() answer {
	r, opened := q.asked.recovery, !q.asked.recovery.token.Empty()
	switch q.method {
	case http.MethodGet:
		if opened {
			return refuse(http.StatusInternalServerError, openedAlready)
		}
		return q.recoveryStatus(keys.Secret{})
	case http.MethodPut, http.MethodPost:
		var in attemptRequest
		if bad := q.decodeLeniently(&in); bad != nil {
			return *bad
		}
		if opened {
			return refuse(http.StatusBadRequest, openedAlready)
		}
		return q.recoveryBegin(in)
	case http.MethodDelete:
		if opened {
			return refuse(http.StatusInternalServerError, openedAlready)
		}
		r.attempt = nil
		return noContent()
	}
	return refuse(http.StatusMethodNotAllowed)
}

func (q *request) recoveryStatus(otp keys.Secret) answer {
	s := attemptStatus{Required: q.c.seal.custody.threshold, OTPLength: recoveryOTPLength, OTP: text(otp)}
	if a := q.asked.recovery.attempt; a != nil {
		s.Nonce, s.Started, s.Progress, s.Fingerprint = a.nonce, true, len(a.given), a.fingerprint
	}
	return reply(s)
}

func (q *request) recoveryBegin(in attemptRequest) answer {
	if q.asked.recovery.attempt != nil {
		return refuse(http.StatusBadRequest, "root generation already in progress for this namespace")
	}
	a, otp, err := q.c.attempt(in, recoveryOTPLength)
	switch {
	case errors.Is(err, errOTPLength):
		return refuse(http.StatusBadRequest, "OTP string has incorrect length")
	case err != nil:
		return refuse(http.StatusBadRequest, "error parsing PGP key: "+err.Error())
	}
	q.asked.recovery.attempt = a
	return q.recoveryStatus(otp)
}

// recoveryUpdate takes a share, by whatever method. A real node on Raft storage elects itself before it answers the last one,
// which takes 5 to 10 seconds, and is a cluster of one from then on; here the answer comes at once, and the peers stay.
func (q *request) recoveryUpdate() answer {
	in, share, no := q.share()
	if no != nil {
		return *no
	}
	r := q.asked.recovery
	if !r.token.Empty() {
		return refuse(http.StatusBadRequest, openedAlready)
	}
	if err := shareLength(share.Len()); err != nil {
		return refuse(http.StatusBadRequest, "invalid key: "+err.Error())
	}
	p, err := q.c.giveTo(r.attempt, share, in.Nonce, func() keys.Secret {
		r.token = keys.NewSecret(append([]byte(recoveryPrefix), q.c.dice.base62(24)...))
		return duplicate(r.token)
	})
	if err != nil {
		return refuse(http.StatusBadRequest, q.recoveryRefusal(err))
	}
	if p.complete() {
		r.attempt = nil
	}
	return reply(attemptStatus{
		Nonce: in.Nonce, Started: true, Progress: p.shares, Required: q.c.seal.custody.threshold,
		Complete: p.complete(), Encoded: p.encoded, Fingerprint: p.attempt.fingerprint,
	})
}

func (q *request) recoveryRefusal(err error) string {
	const aborted = "root generation aborted: "
	if errors.Is(err, errNonce) {
		return "incorrect nonce supplied; nonce for this root generation operation is \"" + q.asked.recovery.attempt.nonce + "\""
	}
	words := q.c.attemptRefusal(err)
	if rest, ok := strings.CutPrefix(words, aborted); ok && q.c.seal.auto() {
		return aborted + "unable to authenticate: " + rest
	}
	return words
}
