package vault

import (
	"io"
	"net/http"
	"reflect"
	"testing"
	"testing/synctest"
	"time"
)

func TestReplicationIsRead(t *testing.T) {
	t.Parallel()
	_, body := saneAnswer("sys/replication/status")
	got, err := decodeReplication([]byte(body))
	want := Replication{
		DR: ReplicationSide{
			Mode: "primary", State: "running",
			Peers: []ReplicationPeer{{"dr-1", "connected", time.Date(2026, 11, 21, 23, 13, 27, 0, time.UTC)}},
		},
		Performance: ReplicationSide{
			Mode: "secondary", State: "stream-wals", Connection: "ready", Corrupted: true,
			Peers: []ReplicationPeer{{Name: "https://p:8200", Status: "disconnected"}},
		},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRotationIntervalIsATextOrANumber(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]time.Duration{
		`{"data":{"enabled":true,"interval":0}}`:           0,
		`{"data":{"enabled":true}}`:                        0,
		`{"data":{"enabled":true,"interval":null}}`:        0,
		`{"data":{"enabled":true,"interval":"48h0m0s"}}`:   48 * time.Hour,
		`{"data":{"enabled":true,"interval":86400}}`:       24 * time.Hour,
		`{"data":{"enabled":true,"interval":"2160h0m0s"}}`: 90 * 24 * time.Hour,
	} {
		if got, err := decodeRotateConfig([]byte(body)); err != nil || got.Interval != want || !got.Enabled {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}

func TestCeremoniesAreAskedBehindTheDoorsInOneReading(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clients := pipenet{"good:8200": sane()}.clients()
		defer clients.Close()
		r := clients.Fetch(t.Context(), Ask{Address: "http://good:8200", Lane: Detail, What: AskDoors | AskCeremonies})
		want := Ceremonies{
			Rekey: Underway{Started: true, Nonce: "n2", Progress: 1, Required: 2, Verifying: true, Shares: 3, Threshold: 2},
			Root:  Underway{},
		}
		want.Recovery.Required = 3
		if !r.Ceremonies.Fresh() || r.Ceremonies.Value != want {
			t.Errorf("%+v", r.Ceremonies)
		}
	})
}

func TestClosedDoorsAreAskedOfTheActiveNodeOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := map[string]bool{}
		clients := pipenet{"bao:8200": answering(func(w io.Writer, r *http.Request) {
			asked[r.URL.Path] = true
			_, _ = io.WriteString(w, response(http.StatusMethodNotAllowed, `{"errors":[]}`))
		})}.clients()
		defer clients.Close()
		ask := Ask{Address: "http://bao:8200", Lane: Detail, What: AskDoors | AskCeremonies}
		if r := clients.Fetch(t.Context(), ask); !r.Ceremonies.Tried.IsZero() || len(asked) != 1 {
			t.Errorf("a standby: %+v, %v", r.Ceremonies, asked)
		}
		ask.Active = true
		if r := clients.Fetch(t.Context(), ask); r.Ceremonies.Tried.IsZero() {
			t.Errorf("the active node: %+v, %v", r.Ceremonies, asked)
		}
	})
}

func TestRewrapThatStandsStillKeepsTheMomentItLastMoved(t *testing.T) {
	t.Parallel()
	s := Snapshot{Nodes: []*Node{{Address: "http://a:1"}}}
	at := func(sec int, processed uint64) {
		when := noon.Add(time.Duration(sec) * time.Second)
		s = s.Merge(&Node{Address: "http://a:1", Rewrap: known(when, Rewrap{Running: true, Processed: processed})})
	}
	for _, step := range []struct {
		sec, moved int
		processed  uint64
	}{{0, 0, 5}, {2, 2, 9}, {4, 2, 9}, {6, 2, 9}, {8, 8, 10}} {
		at(step.sec, step.processed)
		if got := s.Nodes[0].RewrapMoved; !got.Equal(noon.Add(time.Duration(step.moved) * time.Second)) {
			t.Errorf("after %d s: moved at %s", step.sec, got)
		}
	}
}

func TestReplicationIsAskedOfTheEnterpriseEditionOnly(t *testing.T) {
	t.Parallel()
	for _, enterprise := range []bool{true, false} {
		n := full("http://a:1", noon, CodeActive)
		n.Health.Value.Enterprise = enterprise
		asks := Snapshot{Nodes: []*Node{n}}.Due(noon.Add(time.Minute), false, idle)
		if got := asked(asks, "http://a:1", Detail)&AskReplication != 0; got != enterprise {
			t.Errorf("enterprise %v: asked %v", enterprise, got)
		}
	}
}
