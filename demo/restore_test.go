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
	self := ask(t, Options{Scenario: "auto-unseal"})
	self.raw(http.MethodPost, "sys/storage/raft/snapshot", taken, http.StatusBadRequest)
	self.raw(http.MethodPost, "sys/storage/raft/snapshot-force", taken, http.StatusBadRequest)
}

func TestARestoreBringsBackTheTokensOfTheTime(t *testing.T) {
	t.Parallel()
	a := ask(t, Options{Scenario: "healthy"})
	_, made := a.put(1, "auth/token/create", fields{"policies": []string{"monitor"}, "ttl": "1h"})
	auth := made["auth"].(map[string]any)
	taken := a.snapshot()
	if bytes.Contains(taken, []byte(auth["client_token"].(string))) || bytes.Contains(taken, []byte("database/creds")) {
		t.Error("the snapshot can be read")
	}
	a.put(1, "auth/token/revoke-accessor", fields{"accessor": auth["accessor"]})
	a.raw(http.MethodPut, "sys/storage/raft/snapshot", taken, http.StatusNoContent)
	a.pass(2 * restoreDelay)
	a.token = auth["client_token"].(string)
	if ttl := a.wants(a.leader(), "auth/token/lookup-self", http.StatusOK)["ttl"]; ttl.(float64) < 3000 {
		t.Errorf("%v", ttl)
	}
}

func TestASnapshotOfAnotherClusterIsForcedAndOpenedByItsShares(t *testing.T) {
	t.Parallel()
	other := ask(t, Options{Scenario: "healthy", Random: bytes.NewReader(bytes.Repeat([]byte("other"), 8))})
	other.put(1, "sys/mounts/theirs", fields{"type": "kv"})
	taken := other.snapshot()
	a := ask(t, Options{Scenario: "healthy"})
	a.raw(http.MethodPost, "sys/storage/raft/snapshot", taken, http.StatusBadRequest)
	a.wants(a.leader(), "sys/mounts", http.StatusOK)
	own := a.shares()
	a.raw(http.MethodPost, "sys/storage/raft/snapshot-force", taken, http.StatusNoContent)
	a.pass(2 * restoreDelay)
	for node := range 3 {
		if answer := a.wants(node, "sys/seal-status", http.StatusOK); answer["sealed"] != true {
			t.Fatalf("node %d: %v", node, answer)
		}
	}
	for i, share := range own[:3] {
		if status, answer := a.put(0, "sys/unseal", fields{"key": share}); (status == http.StatusBadRequest) != (i == 2) {
			t.Errorf("the old share %d: %d %v", i, status, answer)
		}
	}
	for node := range 3 {
		for _, share := range other.shares()[:3] {
			a.put(node, "sys/unseal", fields{"key": share})
		}
	}
	a.pass(30 * time.Second)
	a.token = other.token
	if mounts := a.wants(a.leader(), "sys/mounts", http.StatusOK); mounts["theirs/"] == nil {
		t.Errorf("%v", mounts)
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte("no archive"))
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if files, err := unpack(bytes.NewReader(body)); err == nil && files["state.bin"] == nil {
			t.Error("whole, and without a state")
		}
	})
}
