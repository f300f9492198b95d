package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"warder/keys"
)

// exchange is one request of a recording and its answer.
type exchange struct {
	Label    string `json:"label"`
	Method   string `json:"method"`
	Path     string `json:"path"`
	Auth     bool   `json:"auth"`
	Request  any    `json:"request"`
	Status   int    `json:"status"`
	Response any    `json:"response"`
}

// deviations is where the demo knowingly answers otherwise than a recording. An entry that is not needed fails.
var deviations = []struct {
	product Product
	path    string // of the request
	field   string // where in the answer; empty: its status
	reason  string
}{
	{OpenBao, "sys/seal-status", "commit_date", "the recorded server was built without release flags"},
	{OpenBao, "sys/unseal", "commit_date", "the recorded server was built without release flags"},
	{OpenBao, "sys/version-history", "data.key_info.2.0.0.commit_date", "the recorded server was built without release flags"},
	{Vault, "sys/host-info", "", "the recording leaves the answer out; the demo has no host"},
	{OpenBao, "sys/host-info", "", "the recording leaves the answer out; the demo has no host"},
	{Vault, "sys/config/state/sanitized", "", "the demo has no configuration file"},
	{OpenBao, "sys/config/state/sanitized", "", "the demo has no configuration file"},
}

func TestDemoAnswersAsTheRecordedServers(t *testing.T) {
	t.Parallel()
	for product, file := range map[Product]string{Vault: "vault-1.21.0.json", OpenBao: "openbao-2.6.2.json"} {
		t.Run(product.String(), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile("testdata/" + file)
			if err != nil {
				t.Fatal(err)
			}
			var recorded []exchange
			if err := json.Unmarshal(text, &recorded); err != nil {
				t.Fatal(err)
			}
			r := newReplay(t, product)
			for i, e := range recorded {
				r.step(i, e)
			}
			r.unused()
		})
	}
}

// replay repeats a recording on a fresh demo: one cluster of three nodes under Shamir and, as in the recorded run, one
// node that a transit provider unseals.
type replay struct {
	t       *testing.T
	product Product
	now     time.Time
	shamir  *Cluster
	transit *Cluster
	second  bool              // the recording has come to the transit node
	seen    map[string]bool   // labels
	known   map[string]string // what the recorded server said → what the demo said in its place
	token   map[*Cluster]string
	otp     string
	made    string // the token that was generated
	used    map[int]bool
}

func newReplay(t *testing.T, product Product) *replay {
	r := &replay{
		t: t, product: product, now: time.Date(2026, 11, 21, 23, 13, 0, 0, time.UTC),
		seen: map[string]bool{}, known: map[string]string{}, token: map[*Cluster]string{}, used: map[int]bool{},
	}
	fresh := healthyPlan().begun(fresh)
	fresh.retryJoin = false
	r.shamir = r.build(fresh)
	alone := fresh.unsealedBy("transit")
	alone.nodes = 1
	r.transit = r.build(alone)
	if product == OpenBao {
		r.known["2.0.0"] = product.era().version
	}
	for i, n := range r.shamir.nodes {
		r.known[fmt.Sprintf("node%d", i)] = n.id
		r.known[fmt.Sprintf("http://127.0.0.1:182%d0", i)] = n.api
	}
	return r
}

func (r *replay) build(p plan) *Cluster {
	c, err := build(Options{
		Product: r.product, Now: func() time.Time { return r.now }, Random: bytes.NewReader(make([]byte, 32)),
	}, p.on(r.product, 0))
	if err != nil {
		r.t.Fatal(err)
	}
	c.ListenPipe()
	r.t.Cleanup(c.Close)
	return c
}

// step does what the recorded run did before a request, sends it, and compares the answers.
func (r *replay) step(i int, e exchange) {
	r.t.Helper()
	r.prepare(e.Label)
	c, n := r.addressee(e)
	status, got := r.send(c, n, e)
	where := fmt.Sprintf("%d [%s] %s %s", i, e.Label, e.Method, e.Path)
	all := r.compare(e.Response, got, "")
	if status != e.Status {
		all = []difference{{"", fmt.Sprintf("status %d, recorded %d: %v", status, e.Status, got)}}
	}
	for _, d := range all {
		if !r.deviates(e, d.field) {
			r.t.Errorf("%s: %s: %s", where, d.field, d.text)
		}
	}
	r.learnToken(c, e, got)
}

func (r *replay) deviates(e exchange, field string) bool {
	path, _, _ := strings.Cut(e.Path, "?")
	for i, d := range deviations {
		if d.product == r.product && d.path == path && d.field == field {
			r.used[i] = true
			return true
		}
	}
	return false
}

func (r *replay) unused() {
	for i, d := range deviations {
		if d.product == r.product && !r.used[i] {
			r.t.Errorf("deviation %s %s is listed and does not occur", d.path, d.field)
		}
	}
}

// send makes the request with the demo's own shares, nonces and tokens in place of the recorded ones.
func (r *replay) send(c *Cluster, n int, e exchange) (int, any) {
	var body io.Reader
	if e.Request != nil {
		text, err := json.Marshal(r.translate(e.Request))
		if err != nil {
			r.t.Fatal(err)
		}
		body = bytes.NewReader(text)
	}
	q, err := http.NewRequest(e.Method, c.Addresses()[n]+"/v1/"+e.Path, body)
	if err != nil {
		r.t.Fatal(err)
	}
	if e.Auth {
		q.Header.Set("X-Vault-Token", r.token[c])
		if e.Label == "gr the token works" {
			q.Header.Set("X-Vault-Token", r.made)
		}
	}
	client := http.Client{Transport: &http.Transport{DialContext: c.Dial, DisableKeepAlives: true}}
	a, err := client.Do(q)
	if err != nil {
		return 0, map[string]any{"_raw": "<urlopen error [Errno 111] Connection refused>"}
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	var got any
	if len(text) > 0 && json.Unmarshal(text, &got) != nil {
		got = map[string]any{"_raw": strings.TrimSpace(string(text))}
	}
	return a.StatusCode, got
}

// learnToken keeps the root token of init, and decodes the one that was generated.
func (r *replay) learnToken(c *Cluster, e exchange, got any) {
	fields, _ := got.(map[string]any)
	if data, ok := fields["data"].(map[string]any); ok {
		fields = data
	}
	if token, ok := fields["root_token"].(string); ok {
		r.token[c] = token
	}
	if otp, ok := fields["otp"].(string); ok && otp != "" {
		r.otp = otp
	}
	if encoded, ok := fields["encoded_token"].(string); ok && encoded != "" {
		token, err := keys.DecodeToken(encoded, keys.NewSecret([]byte(r.otp)))
		if err != nil {
			r.t.Fatal(err)
		}
		r.made = text(token)
	}
}
