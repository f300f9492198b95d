package demo

import "net/http"

// gate is how a product guards an endpoint.
type gate int

const (
	absent     gate = iota // no such path: 403 without a token, 404 with one
	open                   // no token is asked for
	guarded                // a token with the capability
	shut                   // known, switched off by default: 405 to everybody
	gone                   // known, switched off by default: 404 to everybody
	enterprise             // a token, and then 404: not in this edition
)

// place is which node answers.
type place int

const (
	asked       place = iota // the node that was asked
	active                   // the active node: a standby forwards
	redirecting              // the active node: a standby sends the caller there
	reader                   // forwarded by Vault; OpenBao's standbys answer reads themselves
)

type handler func(*request) answer

// endpoint is one path of the API.
type endpoint struct {
	gates  [products]gate // Vault, Vault2, OpenBao
	place  place
	sealed bool // also answers on a sealed or uninitialised node
	native bool // served before the router: refuses a wrong method without a word
	asks   bool // its PUT changes nothing
	sudo   bool // a policy must grant sudo besides
	upload bool // its body is a snapshot
	get    handler
	put    handler // PUT and POST
	patch  handler
	del    handler
	list   handler
}

var (
	toAll     = [products]gate{open, open, open}
	withToken = [products]gate{guarded, guarded, guarded}
	onlyVault = [products]gate{guarded, guarded, absent}
	onlyBao   = [products]gate{absent, absent, guarded}
	sealState = [products]gate{open, open, absent}
	notInOurs = [products]gate{enterprise, enterprise, absent}
	// After the documentation: that Vault 2 wants a token here.
	rekeyOpen   = [products]gate{open, guarded, shut}
	recoverOpen = [products]gate{open, guarded, gone}
)

// route finds the handler of a request, or the refusal, in the order in which the servers check: sealed, no active
// node, token, path, method.
func (q *request) route(e *endpoint) (handler, *answer) {
	if q.asked.sealed && (e == nil || !e.sealed || q.c.gateOf(e) == absent) {
		return nil, refused(refuse(http.StatusServiceUnavailable, "Vault is sealed"))
	}
	if q.c.forwards(e, q.method) && !q.c.leads(q.asked) {
		if no := q.forward(e); no != nil {
			return nil, no
		}
	}
	if no := q.enter(e); no != nil {
		return nil, no
	}
	if h := e.handler(q.method); h != nil {
		return h, nil
	}
	if e.native {
		return nil, refused(refuse(http.StatusMethodNotAllowed))
	}
	if q.c.gateOf(e) == open {
		return nil, refused(refuse(http.StatusMethodNotAllowed, "unsupported operation"))
	}
	return nil, refused(refuseWrapped(http.StatusMethodNotAllowed, "unsupported operation"))
}

// forward hands the request to the active node. A standby whose active node is gone, and that knows of no other,
// redirects the caller to the one that is gone, for as long as that lasts. Snapshots it never hands on.
func (q *request) forward(e *endpoint) *answer {
	switch {
	case q.asked.follows == nil:
		return refused(refuse(http.StatusInternalServerError, "local node not active but active cluster node not found"))
	case q.asked.follows != q.c.raft.leader || e != nil && e.place == redirecting:
		return &answer{status: http.StatusTemporaryRedirect, location: q.asked.follows.api + q.uri}
	}
	q.at = q.c.raft.leader
	return nil
}

// enter passes the gate, or says why not.
func (q *request) enter(e *endpoint) *answer {
	gate := q.c.gateOf(e)
	switch gate {
	case open:
		return nil
	case shut:
		return refused(refuse(http.StatusMethodNotAllowed, "unsupported operation"))
	case gone:
		return refused(refuse(http.StatusNotFound, "unsupported path"))
	}
	if no := q.authorise(e); no != nil {
		return no
	}
	switch gate {
	case absent:
		return refused(refuseWrapped(http.StatusNotFound, "unsupported path"))
	case enterprise:
		return refused(refuse(http.StatusNotFound, "enterprise-only feature"))
	}
	return nil
}

func refused(a answer) *answer { return &a }

func (c *Cluster) gateOf(e *endpoint) gate {
	if e == nil {
		return absent
	}
	return e.gates[c.product]
}

// forwards says whether a standby hands the request on. Vault's hand on all that needs a token.
func (c *Cluster) forwards(e *endpoint, method string) bool {
	if e == nil {
		return !c.product.bao() || method != http.MethodGet
	}
	switch e.place {
	case asked:
		return false
	case reader:
		return !c.product.bao() || method != http.MethodGet && !e.asks
	}
	gate := c.gateOf(e)
	return gate != shut && gate != gone
}

func (e *endpoint) handler(method string) handler {
	switch method {
	case http.MethodGet:
		return e.get
	case http.MethodPut, http.MethodPost:
		return e.put
	case http.MethodPatch:
		return e.patch
	case http.MethodDelete:
		return e.del
	case "LIST":
		return e.list
	}
	return nil
}
