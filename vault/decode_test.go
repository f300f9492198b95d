package vault

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestServersTimesAreRead(t *testing.T) {
	t.Parallel()
	evening := time.Date(2026, 11, 21, 22, 46, 0, 120_000_000, time.UTC)
	for text, want := range map[string]time.Time{
		"":                                                 {},
		"0001-01-01T00:00:00Z":                             {},
		"0001-01-01 00:00:00 +0000 UTC":                    {},
		"2026-11-21T22:46:00.12Z":                          evening,
		"2026-11-22T00:46:00.12+02:00":                     evening,
		"2026-11-21 22:46:00.12 +0000 UTC":                 evening,
		"2026-11-21 22:46:00.12 +0000 UTC m=+12":           evening,
		"2026-11-21 22:46:00.12 +0000 UTC m=+12.345678901": evening,
		"2026-11-21 22:46:00.12 +0000 UTC m=-0.5":          evening,
		"2026-11-22 00:46:00.12 +0200 CEST m=+12.3":        evening,
		"2026-11-22 04:16:00.12 +0530 IST":                 evening,
		"2026-11-22 04:16:00.12 +0530 +0530 m=+7.1":        evening,
		"2026-11-21 19:46:00.12 -0300 -03":                 evening,
		"2026-11-21 22:46:00.12 +0000":                     evening,
	} {
		if got, err := parseTime(text); err != nil || !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%q is %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"yesterday", "2026-11-21", "22:46", "2026-13-41T99:00:00Z", "1795302799", " ", "2026-11-21 22:46:00.12 UTC"} {
		if got, err := parseTime(text); err == nil || !got.IsZero() {
			t.Errorf("%q is %s", text, got)
		}
	}
}

// What Go's own String gives must be read in every zone in which a server may run.
func TestTimesAsGoPrintsThemAreRead(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 22, 46, 0, 1, time.UTC)
	for _, zone := range []*time.Location{
		time.UTC, time.FixedZone("", 3600), time.FixedZone("CET", 3600), time.FixedZone("+0545", 20700), time.FixedZone("-03", -10800),
	} {
		text := at.In(zone).String()
		if got, err := parseTime(text + " m=+12.3"); err != nil || !got.Equal(at) {
			t.Errorf("%q is %s, %v", text, got, err)
		}
	}
}

func TestServersSpansAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"": 0, "0s": 0, "10s": 10 * time.Second, "24h0m0s": 24 * time.Hour, "1.494333975s": 1494333975, "30": 30 * time.Second,
		"0.5": time.Second / 2, "-1s": -time.Second,
	} {
		if got, err := parseSpan(text); err != nil || got != want {
			t.Errorf("%q is %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"soon", "10 s", "9999999999h", "NaN", "s"} {
		if got, err := parseSpan(text); err == nil {
			t.Errorf("%q is %s", text, got)
		}
	}
}

func TestSealBackendsByName(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	s, err := decodeBackends([]byte(`{"healthy":false,"unhealthy_since":"2026-11-21T22:46:00Z","fully_wrapped":true,"backends":[
		{"name":"a","healthy":true,"configured":true,"disabled":false},
		{"name":"b","healthy":false,"unhealthy_since":"2026-11-21 22:46:00 +0000 UTC"},
		{"name":"c","healthy":false,"unhealthy_since":"since breakfast"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if s.AllHealthy() || !s.FullyWrapped || !slices.Equal(s.Names(), []string{"a", "b", "c"}) || s.UnhealthySince.IsZero() {
		t.Errorf("%+v", s)
	}
	if bad := s.Unhealthy(); len(bad) != 2 || bad[0].Name != "b" || bad[1].Name != "c" {
		t.Errorf("unhealthy are %+v", bad)
	}
	a, err := s.Backend("a")
	if err != nil || *a.Configured != yes || *a.Disabled != no || a.SinceText != "" {
		t.Errorf("%+v, %v", a, err)
	}
	if b, err := s.Backend("b"); err != nil || !b.UnhealthySince.Equal(s.UnhealthySince) || b.SinceText != "" || b.Configured != nil {
		t.Errorf("%+v, %v", b, err)
	}
	if c, err := s.Backend("c"); err != nil || !c.UnhealthySince.IsZero() || c.SinceText != "since breakfast" {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := s.Backend("d"); !errors.Is(err, ErrNoBackend) || !strings.Contains(err.Error(), `"d" (this node has [a b c])`) {
		t.Errorf("%v", err)
	}
}

func TestAllHealthyNeedsTheNodeAndEveryBackend(t *testing.T) {
	t.Parallel()
	well, ill := SealBackend{Healthy: true}, SealBackend{}
	for _, c := range []struct {
		s    SealBackendStatus
		want bool
	}{
		{SealBackendStatus{Healthy: true, Backends: []SealBackend{well, well}}, true},
		{SealBackendStatus{Healthy: true, Backends: []SealBackend{well, ill}}, false},
		{SealBackendStatus{Healthy: false, Backends: []SealBackend{well}}, false},
		{SealBackendStatus{Healthy: true}, true},
	} {
		if got := c.s.AllHealthy(); got != c.want {
			t.Errorf("%+v: %v", c.s, got)
		}
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		decode func([]byte) error
		body   string
		says   string
	}{
		{outcome(decodeSealStatus), `{}`, "initialized or sealed is missing"},
		{outcome(decodeInitStatus), `{}`, "initialized is missing"},
		{outcome(decodeBackends), `{"backends":[]}`, "healthy is missing"},
		{outcome(decodeLeader), `{"is_self":true}`, "ha_enabled is missing"},
		{outcome(decodeLeader), `{"ha_enabled":true,"active_time":"now"}`, `"now" is no time`},
		{outcome(decodeHA), `{}`, "nodes is missing"},
		{outcome(decodeHA), `{"nodes":{}}`, "holds a object"},
		{outcome(decodeHA), `{"nodes":[{"last_echo":"then"}]}`, `"then" is no time`},
		{outcome(decodeRaft), `{}`, "it has no data"},
		{outcome(decodeRaft), `{"data":{}}`, "config is missing"},
		{outcome(decodeRaft), `{"data":{"config":{"servers":"none"}}}`, "holds a string"},
		{outcome(decodeAutopilot), `{"data":{"servers":[]}}`, "holds a array"},
		{outcome(decodeAutopilot), `{"data":{"servers":{"a":{"last_contact":"x"}}}}`, `"x" is no duration`},
		{outcome(decodeAutopilot), `{"data":{"servers":{"a":{"stable_since":"x"}}}}`, `"x" is no time`},
		{outcome(decodeAutopilotConfig), `{"data":{"server_stabilization_time":"x"}}`, `"x" is no duration`},
		{outcome(decodeRewrap), `{"data":{"is_running":true}}`, "entries or is_running is missing"},
		{outcome(decodeKeyStatus), `{"data":{"install_time":"x"}}`, `"x" is no time`},
		{outcome(decodeRotateConfig), `{"data":{}}`, "enabled is missing"},
		{outcome(decodeRotateConfig), `{"data":{"enabled":true,"interval":"x"}}`, `"x" is no duration`},
		{outcome(decodeReplication), `{"data":{"dr":{"secondaries":[{"last_heartbeat":"x"}]}}}`, `"x" is no time`},
		{outcome(decodeAttempt), `{}`, "started is missing"},
		{outcome(decodeToken), `{"data":null}`, "it has no data"},
		{func(b []byte) error { _, err := decodeCapabilities(b, []string{"p"}); return err }, `{"data":{}}`, "capabilities of p are missing"},
		{func(b []byte) error { _, err := decodeHealth(200, b); return err }, `{"sealed":false}`, "initialized, sealed or standby is missing"},
		{func(b []byte) error { _, err := decodeHealth(404, b); return err }, `{"initialized":true,"sealed":false,"standby":false}`, "404"},
	} {
		if err := c.decode([]byte(c.body)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.body, err, c.says)
		}
	}
}

func TestListOfNodesMayBeEmptyButNotMissing(t *testing.T) {
	t.Parallel()
	if nodes, err := decodeHA([]byte(`{"nodes":[]}`)); err != nil || len(nodes) != 0 {
		t.Errorf("%v, %v", nodes, err)
	}
}

func TestRewrapIsRead(t *testing.T) {
	t.Parallel()
	_, body := saneAnswer("sys/sealwrap/rewrap")
	if got, err := decodeRewrap([]byte(body)); err != nil || got != (Rewrap{Running: true, Processed: 3, Succeeded: 2, Failed: 1}) {
		t.Errorf("%+v, %v", got, err)
	}
}
