package vault

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// everything asks one address for all there is.
func everything(address string) []Ask {
	return []Ask{{Address: address, Lane: Vital}, {Address: address, Lane: Detail, What: ^Endpoints(0)}}
}

// sectionErrors are the errors of all sections that were tried, by name.
func sectionErrors(n *Node) map[string]error {
	out := map[string]error{}
	v := reflect.ValueOf(*n)
	for i := range v.NumField() {
		tried := v.Field(i)
		if tried.Kind() != reflect.Struct || !tried.FieldByName("Tried").IsValid() || tried.FieldByName("Tried").IsZero() {
			continue
		}
		err, _ := tried.FieldByName("Err").Interface().(error)
		out[v.Type().Field(i).Name] = err
	}
	return out
}

// hostile is what a node may do to us, and what its sections must say then.
type hostile struct {
	does func(net.Conn)
	kind Kind
	why  Why
	says string
	// rest is the kind of the sections besides sys/health, when it is not the same.
	rest *Kind
}

func kindly(k Kind) *Kind { return &k }

var hostiles = map[string]hostile{
	"accepts and never answers": {
		does: func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }, kind: Unreachable, why: Timeout, says: "no answer in time",
	},
	"accepts and never reads": {
		does: func(net.Conn) { time.Sleep(patience) }, kind: Unreachable, why: Timeout, says: "no answer in time",
	},
	"drips a byte a second":       {does: answering(drip), kind: Unreachable, why: Timeout, says: "no answer in time"},
	"hangs up when asked":         {does: once(""), kind: Unreachable, why: Cut, says: "connection broken"},
	"hangs up within the answer":  {does: once("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), kind: Unreachable, why: Cut, says: "broken"},
	"garbage":                     {does: once("\x00\xff\x1b[31mgarbage\r\n\r\n"), kind: Malformed, says: "malformed HTTP"},
	"another protocol":            {does: once("SSH-2.0-OpenSSH_9.9\r\n"), kind: Malformed, says: "SSH-2.0"},
	"broken chunks":               {does: once("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), kind: Malformed, says: "chunk"},
	"endless headers":             {does: once("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 2*maxHeaderBytes)), kind: Malformed, says: "headers exceeded"},
	"an endless foreword":         {does: once(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 5000)), kind: Malformed, says: "not an answer"},
	"HTML":                        {does: always(200, "<!DOCTYPE html><title>Sign in</title>"), kind: Malformed, says: "HTML"},
	"HTML as not found":           {does: always(404, "<html>nginx</html>"), kind: Malformed, says: "HTML", rest: kindly(Refused)},
	"HTML as forbidden":           {does: always(403, "<html>WAF</html>"), kind: Malformed, says: "HTML", rest: kindly(Refused)},
	"HTML as unavailable":         {does: always(503, "<html>no backend</html>"), kind: Malformed, says: "HTML", rest: kindly(Failed)},
	"nothing":                     {does: always(200, ""), kind: Malformed, says: "empty"},
	"null":                        {does: always(200, "null"), kind: Malformed, says: "not an answer"},
	"half of an answer":           {does: always(200, `{"initialized":true,"sealed":`), kind: Malformed, says: "not JSON"},
	"a list":                      {does: always(200, `[1,2,3]`), kind: Malformed, says: "holds a"},
	"the wrong types":             {does: always(200, wrongTypes), kind: Malformed, says: "holds a"},
	"brackets without end":        {does: always(200, strings.Repeat("[", 1<<19)), kind: Malformed, says: "not JSON"},
	"compressed without question": {does: always(200, "\x1f\x8b\x08\x00", "Content-Encoding: gzip"), kind: Malformed, says: "not JSON"},
	"a code of its own":           {does: always(299, "{}"), kind: Malformed, says: "not an answer"},
	"TLS on a plain address": {
		does: once("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"),
		kind: Malformed, says: "https://", rest: kindly(Refused),
	},
	"a redirect loop":          {does: always(302, "", "Location: /v1/sys/health"), kind: Redirected, says: "redirects"},
	"a redirect to another":    {does: always(307, "", "Location: http://other:8200/v1/sys/health"), kind: Redirected, says: "other:8200"},
	"a redirect to nonsense":   {does: always(301, "", "Location: http://[:%zz"), kind: Redirected, says: "redirects"},
	"a redirect to nowhere":    {does: always(302, ""), kind: Redirected, says: "redirects"},
	"only errors of its own":   {does: always(500, `{"errors":["boom"]}`), kind: Failed, says: "answered 500: boom"},
	"a rate limit":             {does: always(429, `{"errors":["rate limit quota exceeded"]}`), kind: Refused, says: "rate limit"},
	"a sealed namespace":       {does: always(503, `{"errors":["namespace is sealed"]}`), kind: Refused, says: "namespace is sealed", rest: kindly(Refused)},
	"sealed without saying so": {does: always(503, `{"errors":["Vault is sealed"]}`), kind: Sealed, says: "sealed"},
}

const wrongTypes = `{"initialized":"yes","nodes":7,"data":"x","healthy":[],"ha_enabled":{},"started":"no"}`

// patience is longer than any read waits for.
const patience = 10 * readTimeout

// once says its text after the request and hangs up.
func once(text string) func(net.Conn) {
	return func(c net.Conn) {
		r := make([]byte, 4096)
		if _, err := c.Read(r); err == nil {
			_, _ = io.WriteString(c, text)
		}
	}
}

func drip(w io.Writer, _ *http.Request) {
	_, body := saneAnswer("sys/health")
	for _, b := range []byte(response(200, body)) {
		if _, err := w.Write([]byte{b}); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func TestHostileNodeCostsItsOwnSectionsOnly(t *testing.T) {
	t.Parallel()
	for name, h := range hostiles {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				others := 0
				other := answering(func(w io.Writer, _ *http.Request) { others++; _, _ = io.WriteString(w, response(200, "{}")) })
				clients := pipenet{"bad:8200": h.does, "good:8200": sane(), "other:8200": other}.clients()
				defer time.Sleep(patience) // time stands still for what outlives the test
				defer clients.Close()
				good := make(chan time.Duration)
				go fetchGood(t, clients, good)
				for _, ask := range everything("http://bad:8200") {
					began := time.Now()
					r := clients.Fetch(t.Context(), ask)
					h.check(t, r)
					if took := time.Since(began); ask.Lane == Vital && took > readTimeout || took > 4*readTimeout {
						t.Errorf("lane %d took %s", ask.Lane, took)
					}
				}
				if took := <-good; took > 0 {
					t.Errorf("the other node's reading took %s", took)
				}
				if others > 0 {
					t.Errorf("%d requests were sent where nobody told us to", others)
				}
			})
		})
	}
}

// fetchGood reads the good node beside the bad one, and tells how long that took.
func fetchGood(t *testing.T, clients *Clients, done chan<- time.Duration) {
	began := time.Now()
	for _, ask := range everything("http://good:8200") {
		for section, err := range sectionErrors(clients.Fetch(t.Context(), ask)) {
			if err != nil {
				t.Errorf("the other node's %s: %v", section, err)
			}
		}
	}
	done <- time.Since(began)
}

// check holds every section that was tried to what is expected.
func (h hostile) check(t *testing.T, r *Node) {
	t.Helper()
	for section, err := range sectionErrors(r) {
		kind := h.kind
		if h.rest != nil && section != "Health" {
			kind = *h.rest
		}
		e, ok := err.(*Error)
		switch {
		case !ok:
			t.Errorf("%s: %v, want an error", section, err)
		case e.Kind != kind || kind == Unreachable && e.Why != h.why:
			t.Errorf("%s: kind %d, why %d (%v), want kind %d, why %d", section, e.Kind, e.Why, e, kind, h.why)
		case h.rest == nil && !strings.Contains(e.Error(), h.says):
			t.Errorf("%s: %q does not say %q", section, e, h.says)
		}
		for _, wrong := range dirt(fmt.Sprint(err), Reason(err)) {
			t.Errorf("%s: %s", section, wrong)
		}
	}
}

func TestEmptyListOfErrorsIsStillTheServersWord(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]Kind{403: Denied, 404: Unsupported, 405: Unsupported, 503: Sealed} {
		if e := refusal("sys/x", "http://a:1", reply{status: status, body: []byte(`{"errors":[]}`)}); e.Kind != want {
			t.Errorf("%d is kind %d, want %d", status, e.Kind, want)
		}
	}
}
