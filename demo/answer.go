package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// answer is what a handler says. It holds values only, since it is encoded after the cluster's mutex was let go.
type answer struct {
	status   int
	body     any    // nil: no body
	location string // of a redirect
}

// plainText is a body that is not JSON.
type plainText string

func reply(body any) answer { return answer{status: http.StatusOK, body: body} }

func noContent() answer { return answer{status: http.StatusNoContent} }

type errorBody struct {
	Errors []string `json:"errors"`
}

// refuse is an error as the servers' outer layer writes it.
func refuse(status int, texts ...string) answer {
	if texts == nil {
		texts = []string{}
	}
	return answer{status: status, body: errorBody{texts}}
}

// refuseWrapped is an error that has passed through the servers' router, which lists what occurred.
func refuseWrapped(status int, text string) answer {
	return refuse(status, fmt.Sprintf("1 error occurred:\n\t* %s\n\n", text))
}

// envelope is the frame of every answer that went through the router.
type envelope struct {
	RequestID     string    `json:"request_id"`
	LeaseID       string    `json:"lease_id"`
	Renewable     bool      `json:"renewable"`
	LeaseDuration int64     `json:"lease_duration"`
	Data          any       `json:"data"`
	WrapInfo      *wrapInfo `json:"wrap_info"`
	Warnings      []string  `json:"warnings"`
	Auth          *auth     `json:"auth"`
	MountType     *string   `json:"mount_type,omitempty"`
}

// frame is an envelope for this request. OpenBao's has no mount type.
func (q *request) frame(mount string) envelope {
	e := envelope{RequestID: q.c.dice.uuid()}
	if !q.c.product.bao() {
		e.MountType = &mount
	}
	return e
}

// data answers with a payload in its envelope.
func (q *request) data(payload any) answer { return q.dataOf("system", payload) }

// dataOf is data from another mount than sys.
func (q *request) dataOf(mount string, payload any) answer {
	e := q.frame(mount)
	e.Data = payload
	return reply(e)
}

// dataOnTop answers with a payload that older clients look for beside the envelope's fields: it is there twice.
func (q *request) dataOnTop(payload map[string]any) answer {
	e := q.frame("system")
	e.Data = payload
	return reply(onTop{e})
}

type onTop struct{ envelope }

// MarshalJSON writes the payload's fields beside the envelope's, which win.
func (o onTop) MarshalJSON() ([]byte, error) {
	framed, err := json.Marshal(o.envelope)
	if err != nil {
		return nil, err
	}
	merged := map[string]json.RawMessage{}
	for name, value := range o.Data.(map[string]any) {
		if merged[name], err = json.Marshal(value); err != nil {
			return nil, err
		}
	}
	if err := json.Unmarshal(framed, &merged); err != nil {
		return nil, err
	}
	return json.Marshal(merged)
}

// wrappable is an answer that may be wrapped: one with an envelope.
func (a answer) envelope() (envelope, bool) {
	switch body := a.body.(type) {
	case envelope:
		return body, true
	case onTop:
		return body.envelope, true
	}
	return envelope{}, false
}
