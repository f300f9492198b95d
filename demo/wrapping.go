package demo

import (
	"net/http"
	"time"
)

// wrapped is an answer held back behind a wrapping token.
type wrapped struct {
	answer envelope
	path   string
}

type wrapInfo struct {
	Token    string    `json:"token"`
	Accessor string    `json:"accessor"`
	TTL      int64     `json:"ttl"`
	Created  time.Time `json:"creation_time"`
	Path     string    `json:"creation_path"`
	Wrapped  string    `json:"wrapped_accessor,omitempty"`
}

// wrap hides an answer behind a wrapping token when the caller asks for it. What has no envelope is not wrapped.
func (q *request) wrap(a answer) answer {
	header := q.header.Get("X-Vault-Wrap-TTL")
	inner, ok := a.envelope()
	if header == "" || !ok || a.status != http.StatusOK || inner.WrapInfo != nil || q.path == "sys/wrapping/unwrap" {
		return a
	}
	var ttl seconds
	if err := ttl.UnmarshalJSON([]byte(header)); err != nil {
		return refuse(http.StatusBadRequest, "error parsing X-Vault-Wrap-TTL header: "+err.Error())
	}
	return q.seal(wrapped{inner, q.path}, time.Duration(ttl))
}

func (q *request) seal(w wrapped, ttl time.Duration) answer {
	t := q.c.issue(token{
		policies: []string{"response-wrapping"}, path: w.path, ttl: ttl, orphan: true, uses: 1, wraps: &w,
	})
	e := q.frame("")
	e.RequestID = ""
	e.WrapInfo = &wrapInfo{
		Token: text(t.id), Accessor: t.accessor, TTL: wholeSeconds(ttl), Created: t.created.UTC(), Path: w.path,
	}
	if w.answer.Auth != nil {
		e.WrapInfo.Wrapped = w.answer.Auth.Accessor
	}
	return reply(e)
}

// putWrap wraps what the caller sends.
func putWrap(q *request) answer {
	if q.header.Get("X-Vault-Wrap-TTL") == "" {
		return refuse(http.StatusBadRequest, "endpoint requires response wrapping to be used")
	}
	var in map[string]any
	if bad := q.decode(&in); bad != nil {
		return *bad
	}
	return q.data(in)
}

// wrappingToken is the one in the body or, where there is none, the one that the request came with.
func (q *request) wrappingToken() (*token, *answer) {
	var in struct {
		Token string `json:"token"`
	}
	if bad := q.decode(&in); bad != nil {
		return nil, bad
	}
	t := q.token
	if in.Token != "" {
		t = q.c.find([]byte(in.Token))
	}
	if t == nil || t.wraps == nil {
		return nil, refused(refuse(http.StatusBadRequest, "wrapping token is not valid or does not exist"))
	}
	return t, nil
}

func putUnwrap(q *request) answer {
	if q.presented() == "" {
		return q.denied()
	}
	t, no := q.wrappingToken()
	if no != nil {
		return *no
	}
	q.c.revoke(t)
	e := t.wraps.answer
	e.RequestID = q.c.dice.uuid()
	return reply(e)
}

func lookupWrapping(q *request) answer {
	t, no := q.wrappingToken()
	if no != nil {
		return *no
	}
	return q.data(map[string]any{
		"creation_path": t.wraps.path, "creation_time": t.created.UTC(), "creation_ttl": wholeSeconds(t.ttl),
	})
}

// rewrapToken moves what a wrapping token holds behind a new one.
func rewrapToken(q *request) answer {
	t, no := q.wrappingToken()
	if no != nil {
		return *no
	}
	q.c.revoke(t)
	return q.seal(*t.wraps, t.ttl)
}
