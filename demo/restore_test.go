package demo

import (
	"bytes"
	"io"
	"net/http"
	"testing"
	"time"
)

// snapshot is the archive as the leader gives it.
func (a *asker) snapshot() []byte {
	a.t.Helper()
	return a.raw(http.MethodGet, "sys/storage/raft/snapshot", nil, http.StatusOK)
}

// raw sends bytes to the leader, and gives those that come.
func (a *asker) raw(method, path string, body []byte, status int) []byte {
	a.t.Helper()
	q, err := http.NewRequest(method, a.cluster.Addresses()[a.leader()]+"/v1/"+path, bytes.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	q.Header.Set("X-Vault-Token", a.token)
	r, err := a.client.Do(q)
	if err != nil {
		a.t.Fatal(err)
	}
	defer r.Body.Close()
	out, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != status {
		a.t.Fatalf("%s %s: %d, want %d: %v %.200s", method, path, r.StatusCode, status, err, out)
	}
	return out
}

func TestASnapshotBringsBackWhatWasThere(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	taken := a.snapshot()
	a.pass(time.Second)
	a.put(1, "sys/mounts/later", fields{"type": "kv"})
	_, made := a.put(1, "auth/token/create", fields{"policies": []string{"default"}})
	a.pass(time.Second)
	a.raw(http.MethodPost, "sys/storage/raft/snapshot", taken, http.StatusNoContent)
	a.pass(2 * restoreDelay)
	mounts := a.wants(a.leader(), "sys/mounts", http.StatusOK)
	if mounts["later/"] != nil || mounts["kv/"] == nil {
		t.Errorf("%v", mounts)
	}
	a.token = made["auth"].(map[string]any)["client_token"].(string)
	a.wants(a.leader(), "auth/token/lookup-self", http.StatusForbidden)
}

func TestASnapshotThatIsCutOrChangedRestoresNothing(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	taken := a.snapshot()
	for _, n := range []int{0, 1, len(taken) / 2, len(taken) - 1} {
		a.raw(http.MethodPost, "sys/storage/raft/snapshot", taken[:n], http.StatusInternalServerError)
	}
	other := ask(t, Options{Scenario: "healthy", Random: bytes.NewReader(bytes.Repeat([]byte("other"), 8))}).snapshot()
	a.raw(http.MethodPost, "sys/storage/raft/snapshot", other, http.StatusBadRequest)
	a.raw(http.MethodPost, "sys/storage/raft/snapshot-force", other, http.StatusBadRequest)
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte("no archive"))
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if files, err := unpack(body); err == nil && files["state.bin"] == nil {
			t.Error("whole, and without a state")
		}
	})
}
