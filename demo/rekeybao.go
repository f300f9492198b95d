package demo

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// OpenBao's rotate/root/* and rotate/recovery/* are a rekey with other words: under data, with a token, and kept on
// the node that was asked. Its errors show Go's formatting marks, since that is what the server prints.

func bareError(text string) string { return fmt.Sprintf("%%!w(*errors.errorString=&{%s})", text) }

func getRotation(kind ceremonyKind) handler {
	return func(q *request) answer {
		if !q.c.supports(kind) {
			return refuse(http.StatusBadRequest, "unable to look up config: "+bareError("recovery not supported"))
		}
		out := map[string]any{"started": false, "t": 0, "n": 0, "required": q.c.seal.custody.threshold}
		if r := *q.slot(kind); r != nil {
			out["started"], out["t"], out["n"] = true, r.shape.threshold, r.shape.shares
			out["nonce"], out["progress"] = r.nonce, len(r.given)
			out["verification_required"], out["verification_nonce"] = r.verify, r.verifyNonce
			if len(r.pgp) > 0 {
				out["pgp_fingerprints"], out["backup"] = fingerprints(r.pgp), r.backup
			}
		}
		return q.data(out)
	}
}

func putRotation(kind ceremonyKind) handler {
	return func(q *request) answer {
		var in rekeyRequest
		if bad := q.decode(&in); bad != nil {
			return *bad
		}
		held := q.slot(kind)
		switch {
		case *held != nil:
			return refuse(http.StatusBadRequest, "rotation already in progress")
		case !q.c.supports(kind):
			return refuse(http.StatusBadRequest, "recovery keys not supported")
		}
		r, err := q.newRotation(kind, in)
		if err != nil {
			return refuse(http.StatusBadRequest, err.Error())
		}
		*held = r
		if kind == recoveryRekey && q.c.seal.custody.shares == nil {
			return q.firstRecoveryShares(held)
		}
		q.c.rival(r.nonce)
		return getRotation(kind)(q)
	}
}

// newRotation checks what is asked for, in OpenBao's words.
func (q *request) newRotation(kind ceremonyKind, in rekeyRequest) (*rekey, error) {
	what := "recovery"
	wanted := shape{int(in.Threshold), int(in.Shares)}
	if kind == barrierRekey {
		what = "rotate seal"
		if q.c.seal.auto() {
			wanted = shape{1, 1}
			switch {
			case len(in.PGPKeys) > 0:
				return nil, errors.New("PGP key encryption not supported when using stored keys")
			case in.Backup:
				return nil, errors.New("key backup not supported when using stored keys")
			case in.Verify:
				return nil, errors.New("requiring verification not supported when rotating the barrier key with recovery keys")
			}
		}
	}
	to, err := checkShares(wanted, in.PGPKeys)
	if err != nil {
		inner := bareError(err.Error())
		if text := err.Error(); strings.HasPrefix(text, "error parsing given PGP key: ") {
			cause := text[strings.LastIndex(text, ": ")+2:]
			inner = fmt.Sprintf("%%!w(*fmt.wrapError=&{%s %s})", text, cause)
		}
		return nil, fmt.Errorf("invalid %s configuration: %s", what, inner)
	}
	return q.c.startRekey(kind, wanted, to, in.Backup, in.Verify), nil
}

// firstRecoveryShares hands shares out at once to a cluster that was initialised without any: nobody could be asked.
func (q *request) firstRecoveryShares(held **rekey) answer {
	done, err := q.c.handOutNew(held)
	if err != nil {
		*held = nil
		return refuse(http.StatusBadRequest, err.Error())
	}
	out := done.data()
	out["t"], out["n"] = done.rekey.shape.threshold, done.rekey.shape.shares
	delete(out, "nonce")
	return q.data(out)
}

func (s *newShares) data() map[string]any {
	return map[string]any{
		"complete": true, "nonce": s.rekey.nonce, "keys": s.hex, "keys_base64": s.base64,
		"pgp_fingerprints": s.fingerprints, "backup": s.rekey.backup,
		"verification_required": s.rekey.verify, "verification_nonce": s.rekey.verifyNonce,
	}
}

func deleteRotation(kind ceremonyKind) handler {
	return func(q *request) answer {
		*q.slot(kind) = nil
		return noContent()
	}
}

func putRotationUpdate(kind ceremonyKind) handler {
	return func(q *request) answer {
		in, share, no := q.rotationShare()
		switch {
		case no != nil:
			return *no
		case !q.c.supports(kind):
			return refuse(http.StatusBadRequest, "failed to fetch existing config: "+bareError("recovery not supported"))
		}
		held := q.slot(kind)
		done, err := q.c.update(held, share, in.Nonce)
		switch {
		case err != nil:
			return refuse(http.StatusBadRequest, q.c.rotationRefusal(*held, err))
		case done != nil:
			return q.data(done.data())
		}
		return getRotation(kind)(q)
	}
}

func (c *Cluster) rotationRefusal(r *rekey, err error) string {
	switch {
	case errors.Is(err, errNoRekey):
		return "no rotation in progress"
	case errors.Is(err, errVerifyFirst):
		return fmt.Sprintf("rotation already finished; verification must be performed; nonce for the verification "+
			"operation is %q", r.verifyNonce)
	case errors.Is(err, errNonce):
		return fmt.Sprintf("incorrect nonce supplied; nonce for rotation is %q", r.nonce)
	case errors.Is(err, errGiven):
		return "given key has already been provided during this rotation"
	case !errors.Is(err, errWrongShares):
		return "failed to compute key: " + bareError(err.Error())
	case c.seal.auto():
		return "recovery key verification failed: " + errOtherRecoveryKey
	}
	return fmt.Sprintf("failed to read root key: %%!w(*vault.ErrInvalidKey=&{%s})", c.product.cannotDecrypt(err))
}
