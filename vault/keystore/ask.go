package keystore

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"warder/keys"
	"warder/vault"
)

// maxAnswer is many times what any such answer takes.
const maxAnswer = 1 << 20

// asker sends GETs to one address. Every answer is bounded in size and in time, and no redirect is followed: the token goes
// where the configuration says, and nowhere else.
type asker struct {
	name, address string
	token         keys.Secret
	transport     *http.Transport // without an http.Client, which would follow redirects
	timeout       time.Duration
}

func (a asker) Name() string    { return a.name }
func (a asker) Address() string { return a.address }
func (a asker) Close()          { a.transport.CloseIdleConnections() }

// get asks the path once, with a bearer token, and gives the body of a 200.
func (a asker) get(ctx context.Context, path string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.address+path, nil)
	if err != nil {
		return nil, a.failed(path, 0, vault.Malformed, "the address cannot be asked")
	}
	req.Header.Set("Accept", "application/json")
	// It has to become a string here, since net/http keeps headers as strings.
	a.token.Use(func(b []byte) { req.Header.Set("Authorization", "Bearer "+string(b)) })
	res, err := a.transport.RoundTrip(req)
	if err != nil {
		return nil, a.unanswered(path, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, a.unanswered(path, err)
	case len(body) > maxAnswer:
		return nil, a.failed(path, res.StatusCode, vault.Malformed, "the answer is larger than any such answer can be")
	case res.StatusCode != http.StatusOK:
		return nil, a.refused(path, res, body)
	}
	return body, nil
}

// unanswered is the error of a request without an answer.
func (a asker) unanswered(path string, err error) error {
	e := vault.Unanswered(path, a.address, err)
	var authority x509.UnknownAuthorityError
	if e.Why == vault.BadTLS && errors.As(err, &authority) {
		e.Says = "TLS: certificate of an authority that is not trusted here (give its CA as ca_cert)"
	}
	return e
}

// refused is the error of an answer that is not 200.
func (a asker) refused(path string, res *http.Response, body []byte) error {
	kind, says := vault.Refused, ""
	switch code := res.StatusCode; {
	case code == http.StatusUnauthorized:
		kind, says = vault.Denied, "the token is not accepted (401): it is wrong, or was revoked"
	case code == http.StatusForbidden:
		kind, says = vault.Denied, "the token does not permit it (403)"
	case code == http.StatusNotFound:
		kind, says = vault.Unsupported, "it has no "+path+" (404): another make, or an older release"
	case code >= 300 && code < 400:
		kind, says = vault.Redirected, "redirects, which is not followed; give the address where it answers itself"
	case code >= 500:
		kind = vault.Failed
	}
	if says == "" {
		says = fmt.Sprintf("answered %d %s", res.StatusCode, http.StatusText(res.StatusCode))
		if said := description(body); said != "" {
			says += ": " + said
		}
	}
	return a.failed(path, res.StatusCode, kind, strings.TrimSpace(says))
}

// description is the sentence in an error answer, where it has the form that these APIs give theirs.
func description(body []byte) string {
	var wire struct {
		Description string `json:"description"`
	}
	if json.Unmarshal(body, &wire) != nil {
		return ""
	}
	return vault.Clean(wire.Description)
}

func (a asker) failed(path string, status int, kind vault.Kind, says string) error {
	return &vault.Error{Op: path, Address: a.address, Kind: kind, Status: status, Says: says}
}
