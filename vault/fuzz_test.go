package vault

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// seeds are the recorded answers of the paths, and a sane one of each.
func seeds(f *testing.F, paths ...string) {
	f.Helper()
	files, _ := filepath.Glob("testdata/*.json")
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		var run []recorded
		if err := json.Unmarshal(b, &run); err != nil {
			f.Fatal(err)
		}
		for _, r := range run {
			if slices.Contains(paths, r.op()) {
				f.Add([]byte(r.Response))
			}
		}
	}
	for _, path := range paths {
		_, body := saneAnswer(path)
		f.Add([]byte(body))
		f.Add([]byte(strings.ReplaceAll(body, `:"`, `:"\u001b[2J\u202e`)))
	}
}

// decodesClean says that a value, or the error that a person sees, holds nothing that steers a terminal.
func decodesClean[T any](t *testing.T, decode func([]byte) (T, error), body []byte) {
	t.Helper()
	v, err := decode(body)
	shown := texts(reflect.ValueOf(v))
	if err != nil {
		shown = []string{(&Error{Op: "sys/fuzz", Address: "http://a:1", Kind: Malformed, Cause: err}).Error()}
		if !reflect.ValueOf(&v).Elem().IsZero() {
			t.Errorf("an error and a value: %+v, %v", v, err)
		}
	}
	for _, wrong := range dirt(shown...) {
		t.Error(wrong)
	}
}

func FuzzDecodeHealth(f *testing.F) {
	seeds(f, "sys/health")
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, code := range []int{CodeActive, CodeStandby, CodeSealed, 404} {
			decodesClean(t, func(b []byte) (Health, error) { return decodeHealth(code, b) }, body)
		}
	})
}

func FuzzDecodeSeal(f *testing.F) {
	seeds(f, "sys/seal-status", "sys/seal-backend-status", "sys/init")
	f.Fuzz(func(t *testing.T, body []byte) {
		decodesClean(t, decodeSealStatus, body)
		decodesClean(t, decodeBackends, body)
		decodesClean(t, decodeInitStatus, body)
	})
}

func FuzzDecodeLeader(f *testing.F) {
	seeds(f, "sys/leader", "sys/ha-status")
	f.Fuzz(func(t *testing.T, body []byte) {
		decodesClean(t, decodeLeader, body)
		decodesClean(t, decodeHA, body)
	})
}

func FuzzDecodeRaft(f *testing.F) {
	seeds(f, "sys/storage/raft/configuration", "sys/storage/raft/autopilot/state", "sys/storage/raft/autopilot/configuration")
	f.Fuzz(func(t *testing.T, body []byte) {
		decodesClean(t, decodeRaft, body)
		decodesClean(t, decodeAutopilot, body)
		decodesClean(t, decodeAutopilotConfig, body)
	})
}

func FuzzDecodeAudit(f *testing.F) {
	seeds(f, "sys/audit")
	f.Fuzz(func(t *testing.T, body []byte) { decodesClean(t, decodeAudit, body) })
}

func FuzzDecodeKeys(f *testing.F) {
	seeds(f, "sys/key-status", "sys/rotate/config", "sys/sealwrap/rewrap")
	f.Fuzz(func(t *testing.T, body []byte) {
		decodesClean(t, decodeRotateConfig, body)
		decodesClean(t, decodeKeyStatus, body)
		decodesClean(t, decodeRewrap, body)
	})
}

func FuzzDecodeReplication(f *testing.F) {
	seeds(f, "sys/replication/status")
	f.Fuzz(func(t *testing.T, body []byte) { decodesClean(t, decodeReplication, body) })
}

func FuzzDecodeToken(f *testing.F) {
	seeds(f, "auth/token/lookup-self", "sys/capabilities-self", "sys/generate-root/attempt")
	f.Fuzz(func(t *testing.T, body []byte) {
		decodesClean(t, decodeToken, body)
		decodesClean(t, decodeAttempt, body)
		decodesClean(t, func(b []byte) (Capabilities, error) { return decodeCapabilities(b, recordedPaths) }, body)
	})
}

func FuzzRefusal(f *testing.F) {
	f.Add(500, []byte(`{"errors":["local node not active but active cluster node not found"]}`), "")
	f.Add(302, []byte(""), "https://a.example/\u202e")
	f.Add(403, []byte(`{"errors":["\u001b[2J"]}`), "")
	f.Fuzz(func(t *testing.T, status int, body []byte, location string) {
		e := refusal("sys/fuzz", "http://a:1", reply{status: status, body: body, header: map[string][]string{"Location": {location}}})
		for _, wrong := range dirt(append(e.Messages, e.Error(), e.Short())...) {
			t.Error(wrong)
		}
	})
}

func FuzzParseTimeAndSpan(f *testing.F) {
	for _, text := range []string{"", "2026-11-21T22:46:00.12Z", "2026-11-21 22:46:00.12 +0530 +0530 m=+12.3", "10s", "30", "24h0m0s"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := parseTime(text)
		switch {
		case err != nil && !at.IsZero():
			t.Errorf("%q is %s and %v", text, at, err)
		case err == nil && !at.IsZero():
			if again, err := parseTime(at.Format(time.RFC3339Nano)); err != nil || !again.Equal(at) {
				t.Errorf("%q is %s, and that is %s, %v", text, at, again, err)
			}
		}
		if _, err := parseSpan(text); err != nil {
			for _, wrong := range dirt(err.Error()) {
				t.Error(wrong)
			}
		}
	})
}

func FuzzClean(f *testing.F) {
	f.Add("\x1b[2J\u202e")
	f.Fuzz(func(t *testing.T, text string) {
		got := clean(text)
		for _, wrong := range dirt(got) {
			t.Error(wrong)
		}
		if len(got) > maxText+len("é…") || clean(got) != got && len(got) <= maxText {
			t.Errorf("%q becomes %q (%d bytes), and that %q", text, got, len(got), clean(got))
		}
	})
}
