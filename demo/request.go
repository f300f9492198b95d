package demo

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// request is one call as the handlers see it: who was asked, who answers, with which token.
type request struct {
	c      *Cluster
	asked  *node // the node that the connection leads to
	at     *node // the node that answers: the asked one, or the active one when the request was forwarded
	method string
	path   string // below /v1/, and below the namespace
	uri    string // path and query as they came
	query  url.Values
	header http.Header
	body   []byte
	token  *token            // nil without a valid one
	name   string            // the one in the path, where the endpoint has one
	files  map[string][]byte // of a snapshot that was sent
	failed error             // why they could not be read
	space  *space            // the namespace, where it is not the root
}

// decode reads the JSON body; an answer is the refusal. An empty body is an empty object.
func (q *request) decode(into any) *answer {
	err := q.parse(into)
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	return refused(refuse(http.StatusBadRequest, "error parsing JSON"))
}

// decodeLeniently is decode for the endpoints before the router, whose refusal says what is wrong with the JSON.
func (q *request) decodeLeniently(into any) *answer {
	err := q.parse(into)
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	return refused(refuse(http.StatusBadRequest, "failed to decode JSON input: "+err.Error()))
}

// decodeStrictly also refuses an empty body.
func (q *request) decodeStrictly(into any) *answer {
	if len(bytes.TrimSpace(q.body)) == 0 {
		return refused(refuse(http.StatusBadRequest, io.EOF.Error()))
	}
	return q.decodeLeniently(into)
}

func (q *request) parse(into any) error {
	return json.NewDecoder(bytes.NewReader(q.body)).Decode(into)
}

// seconds is a duration as the API takes it: a number of seconds, or text such as "60", "5m".
type seconds time.Duration

// UnmarshalJSON reads any of the forms.
func (s *seconds) UnmarshalJSON(b []byte) error {
	text := string(bytes.Trim(b, `"`))
	if text == "" || text == "null" {
		*s = 0
		return nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		*s = seconds(time.Duration(n) * time.Second)
		return nil
	}
	d, err := time.ParseDuration(text)
	*s = seconds(d)
	return err
}

// number is an integer that may come as a string, as the vendors' CLIs send theirs.
type number int64

// UnmarshalJSON reads either form.
func (n *number) UnmarshalJSON(b []byte) error {
	v, err := strconv.ParseInt(string(bytes.Trim(b, `"`)), 10, 64)
	*n = number(v)
	return err
}
