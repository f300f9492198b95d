// Package vault speaks the system backend of HashiCorp Vault and OpenBao, without a screen.
//
// Its rules: a request that changes something is sent once, never again; redirects are not followed; the token goes only to
// the addresses that may have it and only with calls that need it; every answer is bounded in size and in time; text that
// a server sent is cleaned of control characters when it is decoded, and nowhere later; what a node is, its answers decide
// and not its version.
package vault

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"warder/keys"
)

// How much of an answer is read, and how long one read may take.
const (
	maxStatus   = 1 << 20
	maxList     = 64 << 20
	readTimeout = 8 * time.Second
)

// Client asks one address. It is safe for use by several goroutines.
type Client struct {
	address   string
	token     keys.Secret // empty when there is none, or this address may not have it
	withheld  error       // why this address may not have the token that there is
	namespace string
	transport *http.Transport // without an http.Client, which would follow or at least parse redirects
	timeout   time.Duration   // of a read
	readOnly  bool            // every write is refused
	patience  time.Duration   // of a write whose answer may hold shares: it comes once, or never
	renewed   time.Time       // when its idle connections were last let go for their age
}

// newClient makes the client of one address; learnt says that a server named it, so that it gets the token only when TLS
// proves who answers there.
func newClient(s Settings, address string, learnt bool) *Client {
	c := &Client{
		address:   address,
		namespace: s.Namespace,
		patience:  s.Timeout,
		readOnly:  s.ReadOnly,
		transport: s.transport(address),
	}
	if c.patience <= 0 {
		c.patience = defaultTimeout
	}
	c.timeout = min(c.patience, readTimeout)
	switch {
	case !learnt || provable(address, s.SkipVerify):
		c.token = s.Token
	case !s.Token.Empty():
		c.withheld = errWithheld
	}
	return c
}

var errWithheld = errors.New("the token is not sent to an address that only a server named, unless TLS proves who answers there")

// provable says whether whoever answers at the address has to prove its name.
func provable(address string, skipVerify bool) bool {
	return strings.HasPrefix(address, "https://") && !skipVerify
}

// call is one request to the system backend.
type call struct {
	method string
	path   string // below /v1/
	body   []byte
	reads  bool // it changes nothing, though its method is not GET
	token  bool // send the token
	inNS   bool // send the namespace; the endpoints of the whole cluster live in the root namespace
	limit  int64
	secret bool          // the answer may hold shares: it is read into one buffer, which its reader zeroes
	bearer *keys.Secret  // a token to be sent in place of our own, which never stands in for it
	wrap   time.Duration // the answer is to be wrapped, and that is how long the wrapping lives; 0: it is not
}

// reply is one answer, whatever its status.
type reply struct {
	status int
	header http.Header
	body   []byte
	tls    *tls.ConnectionState
	rtt    time.Duration // from the request written to the first byte of the answer
}

// do sends the call once. The error is an *Error of a kind that says why there was no answer; a status is no error here.
func (c *Client) do(ctx context.Context, k call) (reply, error) {
	if c.readOnly && k.writes() {
		return reply{}, &Error{Op: k.path, Address: c.address, Kind: ReadOnly}
	}
	if k.token && k.presents(c).Empty() {
		return reply{}, &Error{Op: k.path, Address: c.address, Kind: NoToken, Cause: c.withheld}
	}
	ctx, cancel := context.WithTimeout(ctx, c.patienceFor(k))
	defer cancel()
	var f flight
	req, err := c.request(f.traced(ctx), k)
	if err != nil {
		return reply{}, &Error{Op: k.path, Address: c.address, Kind: Malformed, Cause: err}
	}
	res, err := c.transport.RoundTrip(req)
	if err != nil {
		return reply{}, f.failure(k.path, c.address, err)
	}
	defer res.Body.Close()
	limit := k.limit
	if limit == 0 {
		limit = maxStatus
	}
	if res.ContentLength > limit {
		return reply{}, &Error{Op: k.path, Address: c.address, Kind: Malformed, Status: res.StatusCode, Cause: errTooLarge}
	}
	body, err := read(io.LimitReader(res.Body, limit+1), k.secret)
	switch {
	case err != nil:
		return reply{}, f.failure(k.path, c.address, err)
	case int64(len(body)) > limit:
		clear(body) // it may hold shares all the same
		return reply{}, &Error{Op: k.path, Address: c.address, Kind: Malformed, Status: res.StatusCode, Cause: errTooLarge}
	}
	return reply{status: res.StatusCode, header: res.Header, body: body, tls: res.TLS, rtt: f.rtt()}, nil
}

// listing is the servers' own method for the names below a path.
const listing = "LIST"

// writes says that the call may change something. What is none of GET, HEAD and LIST does, unless it says otherwise.
func (k call) writes() bool {
	return k.method != http.MethodGet && k.method != http.MethodHead && k.method != listing && !k.reads
}

// patienceFor is how long an answer is waited for. A read can be asked again; init takes longer than a read may, and answers once.
func (c *Client) patienceFor(k call) time.Duration {
	if k.secret && k.method != http.MethodGet {
		return c.patience
	}
	return c.timeout
}

// maxSecret is more than any answer with shares takes: 255 of them as OpenPGP messages, in two encodings.
const maxSecret = 1 << 20

// read takes in a body. A growing buffer would leave copies of what it held behind, so that one with secrets does not grow.
func read(r io.Reader, secret bool) ([]byte, error) {
	if !secret {
		return io.ReadAll(r)
	}
	buf := make([]byte, maxSecret+1)
	for n := 0; ; {
		got, err := r.Read(buf[n:])
		n += got
		switch {
		case errors.Is(err, io.EOF), n == len(buf):
			return buf[:n], nil
		case err != nil:
			clear(buf)
			return nil, err
		}
	}
}

var errTooLarge = errors.New("the answer is larger than any such answer can be")

// request builds the HTTP request. The token has to become a string here, since net/http keeps headers as strings.
func (c *Client) request(ctx context.Context, k call) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, k.method, requestBase(c.address)+"/v1/"+k.path, bytes.NewReader(k.body))
	if err != nil {
		return nil, err
	}
	if k.method != http.MethodGet {
		req.GetBody = nil // with it, net/http may send a write anew on another connection
	}
	// Tells a Vault agent or proxy, and browsers' cross-site forgeries apart; the servers' own clients send it too.
	req.Header.Set("X-Vault-Request", "true")
	if k.inNS && c.namespace != "" {
		req.Header.Set("X-Vault-Namespace", c.namespace)
	}
	if k.token {
		k.presents(c).Use(func(b []byte) { req.Header.Set("X-Vault-Token", string(b)) })
	}
	if k.wrap > 0 {
		req.Header.Set("X-Vault-Wrap-TTL", strconv.FormatInt(int64(k.wrap/time.Second), 10))
	}
	return req, nil
}

// presents is the token of the call.
func (k call) presents(c *Client) keys.Secret {
	if k.bearer != nil {
		return *k.bearer
	}
	return c.token
}

// requestBase is what a request's URL begins with; a socket has no host, so it borrows one.
func requestBase(address string) string {
	if strings.HasPrefix(address, "unix://") {
		return "http://localhost"
	}
	return address
}

// get asks and turns every status but 200 into an error.
func (c *Client) get(ctx context.Context, k call) (reply, error) {
	k.method = http.MethodGet
	r, err := c.do(ctx, k)
	if err == nil && r.status != http.StatusOK {
		err = refusal(k.path, c.address, r)
	}
	return r, err
}

// close lets idle connections go.
func (c *Client) close() { c.transport.CloseIdleConnections() }
