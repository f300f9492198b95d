package vault

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"warder/keys"
)

// listener notes the requests that a server got, in order, each with its method.
type listener struct {
	mu   sync.Mutex
	list []string
}

func (h *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/v1/")
	h.mu.Lock()
	h.list = append(h.list, r.Method+" "+path)
	h.mu.Unlock()
	status, body := saneAnswer(path)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func (h *listener) take() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := h.list
	h.list = nil
	slices.Sort(out)
	return out
}

// harmless are the requests that change nothing though they are no GETs.
var harmless = []string{
	"POST sys/capabilities-self", "POST sys/capabilities", "POST sys/capabilities-accessor", "POST auth/token/lookup-accessor", "POST sys/wrapping/lookup",
}

func onlyReads(requests []string) bool {
	return !slices.ContainsFunc(requests, func(r string) bool {
		return !strings.HasPrefix(r, "GET ") && !strings.HasPrefix(r, "HEAD ") && !strings.HasPrefix(r, "LIST ") && !slices.Contains(harmless, r)
	})
}

// arguments makes some of every type that the methods take.
func arguments(t *testing.T, m reflect.Type, doors Doors) []reflect.Value {
	t.Helper()
	var out []reflect.Value
	for i := 1; i < m.NumIn(); i++ {
		in := m.In(i)
		switch {
		case in == reflect.TypeFor[context.Context]():
			out = append(out, reflect.ValueOf(t.Context()))
		case in == reflect.TypeFor[keys.Secret]():
			out = append(out, reflect.ValueOf(keys.NewSecret([]byte("c2VjcmV0"))))
		case in == reflect.TypeFor[io.Reader]():
			out = append(out, reflect.ValueOf(strings.NewReader("")))
		case in == reflect.TypeFor[io.Writer]():
			out = append(out, reflect.ValueOf(io.Discard))
		case in == reflect.TypeFor[Doors]():
			out = append(out, reflect.ValueOf(doors))
		case in == reflect.TypeFor[time.Duration]():
			out = append(out, reflect.ValueOf(time.Minute))
		case in.Kind() == reflect.String:
			out = append(out, reflect.ValueOf("x").Convert(in))
		case m.IsVariadic() && i == m.NumIn()-1:
			out = append(out, reflect.ValueOf("sys/seal"))
		default:
			out = append(out, reflect.Zero(in))
		}
	}
	return out
}

// Every method of the client is walked, those that will be written tomorrow included: what an ordinary client sends decides
// what a read-only one may.
func TestAReadOnlyClientSendsExactlyTheReads(t *testing.T) {
	t.Parallel()
	var server listener
	node := httptest.NewServer(&server)
	t.Cleanup(node.Close)
	s := Settings{Token: keys.NewSecret([]byte("s.x"))}
	ordinary := newClient(s, node.URL, false)
	s.ReadOnly = true
	reader := newClient(s, node.URL, false)
	t.Cleanup(func() { ordinary.close(); reader.close() })
	writes, reads := 0, 0
	for i := range reflect.TypeFor[*Client]().NumMethod() {
		method := reflect.TypeFor[*Client]().Method(i)
		for _, doors := range []Doors{DoorsOpen, DoorsToken, DoorsClosed} {
			args := arguments(t, method.Type, doors)
			reflect.ValueOf(ordinary).Method(i).Call(args)
			sent := server.take()
			if len(sent) == 0 {
				t.Errorf("%s sends nothing: the walk does not see what it does", method.Name)
			}
			out := reflect.ValueOf(reader).Method(i).Call(arguments(t, method.Type, doors))
			got := server.take()
			err, _ := out[len(out)-1].Interface().(error)
			switch {
			case onlyReads(sent):
				reads++
				if !slices.Equal(got, sent) || Is(err, ReadOnly) {
					t.Errorf("%s: a read-only client sends %q, another %q; %v", method.Name, got, sent, err)
				}
			default:
				writes++
				if len(got) > 0 || !Is(err, ReadOnly) {
					t.Errorf("%s: a read-only client sends %q; %v", method.Name, got, err)
				}
			}
		}
	}
	if writes == 0 || reads == 0 {
		t.Errorf("%d writes and %d reads were seen", writes, reads)
	}
}

func TestPinnedClientsAreReadOnlyToo(t *testing.T) {
	t.Parallel()
	clients := NewClients(Settings{ReadOnly: true})
	t.Cleanup(clients.Close)
	if _, err := clients.Pinned("https://127.0.0.1:1", false, "f").ResetUnseal(t.Context()); !Is(err, ReadOnly) {
		t.Error(err)
	}
}
