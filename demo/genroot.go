package demo

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"

	"warder/keys"
)

// rootAttempt is one generation of a root token under way. Every product keeps it with the active node.
type rootAttempt struct {
	nonce       string
	otp         keys.Secret // empty when PGP hides the token
	pgpKey      string
	fingerprint string
	given       []keys.Secret
}

type attemptRequest struct {
	OTP    string `json:"otp"`
	PGPKey string `json:"pgp_key"`
}

var (
	errNoAttempt = errors.New("no root generation in progress")
	errOTPLength = errors.New("one-time password of another length")
)

// attempt begins a generation. Without an OTP or a PGP key the server makes the OTP, and the second result is it.
func (c *Cluster) attempt(in attemptRequest, length int) (*rootAttempt, keys.Secret, error) {
	a := &rootAttempt{nonce: c.dice.uuid()}
	switch {
	case in.OTP != "":
		if len(in.OTP) != length {
			return nil, keys.Secret{}, errOTPLength
		}
		a.otp = keys.NewSecret([]byte(in.OTP))
	case in.PGPKey != "":
		k, err := readPGPKey(in.PGPKey)
		if err != nil {
			return nil, keys.Secret{}, err
		}
		a.pgpKey, a.fingerprint = in.PGPKey, k.Fingerprint
	default:
		otp, err := keys.GenerateOTP(length, c.dice)
		if err != nil {
			return nil, keys.Secret{}, err
		}
		a.otp = otp
		return a, otp, nil
	}
	return a, keys.Secret{}, nil
}

// progress is how a generation stands after a share: complete when the token is there.
type progress struct {
	attempt *rootAttempt
	shares  int
	encoded string
}

func (p progress) complete() bool { return p.encoded != "" }

// giveToAttempt takes a share for the attempt of the active node.
func (c *Cluster) giveToAttempt(share keys.Secret, nonce string) (progress, error) {
	p, err := c.giveTo(c.ceremonies.root, share, nonce, c.makes)
	if p.complete() {
		c.ceremonies.root = nil
	}
	return p, err
}

// giveTo takes a share. At the threshold it makes the token and hides it.
func (c *Cluster) giveTo(a *rootAttempt, share keys.Secret, nonce string, makes func() keys.Secret) (progress, error) {
	switch {
	case a == nil:
		return progress{}, errNoAttempt
	case nonce != a.nonce:
		return progress{}, errNonce
	case has(a.given, share):
		return progress{}, errGiven
	}
	a.given = append(a.given, share)
	out := progress{attempt: a, shares: len(a.given)}
	if len(a.given) < c.seal.custody.threshold {
		return out, nil
	}
	given := a.given
	a.given = nil
	if err := c.seal.custody.opens(given); err != nil {
		return progress{}, err
	}
	var err error
	out.encoded, err = c.hideToken(a, makes())
	return out, err
}

func (c *Cluster) hideToken(a *rootAttempt, token keys.Secret) (string, error) {
	if a.pgpKey != "" {
		return c.sealToken(token, a.pgpKey)
	}
	var encoded string
	token.Use(func(t []byte) {
		a.otp.Use(func(otp []byte) { encoded = keys.EncodeToken(t, otp) })
	})
	return encoded, nil
}

// attemptRefusal is the products' common words for a share that is not taken.
func (c *Cluster) attemptRefusal(err error) string {
	switch {
	case errors.Is(err, errNonce):
		return "incorrect nonce supplied; nonce for this root generation operation is \"" + c.ceremonies.root.nonce + "\""
	case errors.Is(err, errGiven):
		return "given key has already been provided during this generation operation"
	case errors.Is(err, errNoAttempt):
		return err.Error()
	case !errors.Is(err, errWrongShares):
		return "failed to compute root key: " + err.Error()
	case c.seal.auto():
		return "root generation aborted: recovery key verification failed: " + errOtherRecoveryKey
	}
	return "root generation aborted: unable to authenticate: unable to retrieve stored keys: invalid key: " +
		c.product.cannotDecrypt(err)
}

// decodeToken is sys/decode-token.
func decodeToken(q *request) answer {
	var in struct {
		Encoded string `json:"encoded_token"`
		OTP     string `json:"otp"`
	}
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	if in.Encoded == "" || in.OTP == "" {
		return refuse(http.StatusBadRequest, "provided 'encoded_token' or 'otp' is empty")
	}
	hidden, err := base64.RawStdEncoding.DecodeString(in.Encoded)
	if err != nil {
		return refuse(http.StatusBadRequest, "error decoding base64'd token: "+err.Error())
	}
	if len(hidden) != len(in.OTP) {
		return refuse(http.StatusBadRequest, fmt.Sprintf(
			"error xoring token: length of byte slices is not equivalent: %d != %d", len(hidden), len(in.OTP)))
	}
	for i := range hidden {
		hidden[i] ^= in.OTP[i] // whatever comes of it: the server does not look
	}
	return q.dataOf("", map[string]string{"token": string(hidden)})
}
