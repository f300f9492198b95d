package vault

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
)

// poison is put before every text of a server: an escape sequence that renames the window, one that clears the screen, one
// of a single C1 character, text that runs backwards, and characters that are not seen.
const poison = "\x1b]0;pwned\x07\x1b[2J\u009b31m\u202e\u2066\u200b\ufeff\r\n\t\u2028"

// poisoned puts poison before all texts in a JSON answer but those that the client parses, whose poison fails the decoding.
func poisoned(t *testing.T, body string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(poisonedValue("", v)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// parsed are the fields that hold times and durations, and what the client asks for by name.
const parsed = " interval last_heartbeat active_time last_echo last_contact stable_since install_time last_contact_threshold "

func poisonedValue(name string, v any) any {
	switch v := v.(type) {
	case string:
		if !strings.Contains(parsed, " "+name+" ") {
			return poison + v
		}
	case []any:
		for i := range v {
			v[i] = poisonedValue(name, v[i])
		}
	case map[string]any:
		for key, item := range v {
			v[key] = poisonedValue(key, item)
			if name == "servers" {
				v[poison+key] = v[key]
				delete(v, key)
			}
		}
	}
	return v
}

func TestNoTextOfAServerReachesTheTerminalUncleaned(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		node := answering(func(w io.Writer, r *http.Request) {
			status, body := saneAnswer(strings.TrimPrefix(r.URL.Path, "/v1/"))
			_, _ = io.WriteString(w, response(status, poisoned(t, body), "X-Vault-Raft-Node-ID: \u202enode\u200b0"))
		})
		clients := pipenet{"bad:8200": node}.clients()
		defer clients.Close()
		s := NewSnapshot("http://bad:8200")
		for _, ask := range everything("http://bad:8200") {
			r := clients.Fetch(t.Context(), ask)
			for section, err := range sectionErrors(r) {
				if err != nil {
					t.Errorf("%s: %v", section, err)
				}
			}
			s = s.Merge(r)
		}
		held := append(texts(reflect.ValueOf(s)), texts(reflect.ValueOf(s.Members()))...)
		found := 0
		for _, text := range held {
			found += strings.Count(text, "pwned")
		}
		if found < 25 {
			t.Errorf("only %d poisoned texts are held: the test tests little", found)
		}
		for _, wrong := range dirt(held...) {
			t.Error(wrong)
		}
	})
}

func TestNoMessageOfAServerReachesTheTerminalUncleaned(t *testing.T) {
	t.Parallel()
	quoted, _ := json.Marshal(poison)
	for name, c := range map[string]struct {
		status  int
		body    string
		headers []string
	}{
		"message":           {500, `{"errors":[` + string(quoted) + `]}`, nil},
		"denied":            {403, `{"errors":[` + string(quoted) + `]}`, nil},
		"redirect":          {302, "", []string{"Location: http://a.example/\u202e\u200b"}},
		"redirect, raw":     {302, "", []string{"Location: \u202e\u009b"}},
		"field of no type":  {200, `{"data":{"servers":{` + string(quoted) + `:3}}}`, nil},
		"time of no format": {200, `{"ha_enabled":true,"active_time":` + string(quoted) + `}`, nil},
		"span of no format": {200, `{"data":{"last_contact_threshold":` + string(quoted) + `}}`, nil},
		"status line":       {999, poison, nil},
	} {
		synctest.Test(t, func(t *testing.T) {
			clients := pipenet{"bad:8200": always(c.status, c.body, c.headers...)}.clients()
			defer clients.Close()
			for _, ask := range everything("http://bad:8200") {
				for section, err := range sectionErrors(clients.Fetch(t.Context(), ask)) {
					if err == nil {
						continue
					}
					for _, wrong := range dirt(err.Error(), Reason(err)) {
						t.Errorf("%s: %s: %s", name, section, wrong)
					}
				}
			}
		})
	}
}

func TestMalformedResponseIsQuotedClean(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clients := pipenet{"bad:8200": once(poison + "\r\n\r\n")}.clients()
		defer clients.Close()
		err := clients.Fetch(t.Context(), Ask{Address: "http://bad:8200", Lane: Vital}).Health.Err
		if !Is(err, Malformed) {
			t.Error(err)
		}
		for _, wrong := range dirt(err.Error(), Reason(err)) {
			t.Error(wrong)
		}
	})
}
