package demo

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const storePath = "/v2/encryption/key-store/status"

// askStore asks the first store of a cluster behind pipes.
func askStore(t *testing.T, c *Cluster, client *http.Client, path, bearer string) (int, map[string]any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.Stores()[0].Address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+bearer)
	a, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	out := map[string]any{}
	if err := json.NewDecoder(a.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return a.StatusCode, out
}

func storeToken(c *Cluster) (text string) {
	c.Stores()[0].Token.Use(func(b []byte) { text = string(b) })
	return text
}

func TestAStoreTellsOfItsEncryptionToItsTokenOnly(t *testing.T) {
	t.Parallel()
	for _, tls := range []bool{false, true} {
		inBubble(t, Options{Scenario: "key-store-down", TLS: tls}, func(t *testing.T, c *Cluster, client *http.Client) {
			token := storeToken(c)
			if !strings.HasPrefix(token, "access-v1:") {
				t.Error("the token is none of a Qumulo cluster")
			}
			for bearer, want := range map[string]int{token: 200, "": 401, "access-v1:other": 401} {
				if status, answer := askStore(t, c, client, storePath, bearer); status != want || status != 200 && answer["description"] == "" {
					t.Errorf("TLS %v: %d, want %d", tls, status, want)
				}
			}
			if status, _ := askStore(t, c, client, "/v1/version", token); status != 404 {
				t.Errorf("another path: %d", status)
			}
			_, answer := askStore(t, c, client, storePath, token)
			if answer["type"] != "KMS" || answer["status"] != "Cannot connect to KMS server." || !slices.Equal(slices.Sorted(maps.Keys(answer)), slices.Sorted(slices.Values(storeFields))) {
				t.Errorf("%v", answer)
			}
		})
	}
}

func TestWhatHappensToAStoreIsTold(t *testing.T) {
	t.Parallel()
	inBubble(t, Options{Scenario: "seal-ha"}, func(t *testing.T, c *Cluster, client *http.Client) {
		now, token := time.Now().UTC(), storeToken(c)
		in := func(days int) string { return now.AddDate(0, 0, days).Format(time.RFC3339Nano) }
		for _, s := range []struct {
			fault Fault
			want  map[string]any
		}{
			{StoreRotated{Days: 400}, map[string]any{"status": "KMS Available", "last_key_rotation_time": in(-400)}},
			{StoreCertificates{CADays: 12, ClientDays: -3}, map[string]any{"ca_cert_expiry": in(12), "client_cert_expiry": in(-3)}},
			{StoreStalled{For: 2 * time.Hour}, map[string]any{"last_status_update_time": now.Add(-2 * time.Hour).Format(time.RFC3339Nano)}},
			{StoreStalled{}, map[string]any{"last_status_update_time": now.Truncate(storeLooks).Format(time.RFC3339Nano)}},
			{StoreText{Field: "ca_cert_expiry", Text: "soon"}, map[string]any{"ca_cert_expiry": "soon"}},
			{StoreText{}, map[string]any{"ca_cert_expiry": in(12)}},
			{StoreStatus{Store: "archive-1", Status: "KMS Key Inactive"}, map[string]any{"type": "KMS", "status": "KMS Key Inactive"}},
			{StoreStatus{Status: "Encrypted"}, map[string]any{"type": "Local", "client_cert_expiry": nil, "last_key_rotation_time": in(-400)}},
			{StoreStatus{Status: "Not Encrypted"}, map[string]any{"type": "Local", "last_key_rotation_time": nil}},
		} {
			if err := c.Apply(s.fault); err != nil {
				t.Fatal(err)
			}
			_, answer := askStore(t, c, client, storePath, token)
			for field, want := range s.want {
				if answer[field] != want {
					t.Errorf("after %+v: %s is %v, want %v", s.fault, field, answer[field], want)
				}
			}
		}
		if err := c.Apply(StoreRefuse{Status: 503}); err != nil {
			t.Fatal(err)
		}
		if status, _ := askStore(t, c, client, storePath, token); status != 503 {
			t.Errorf("refusing: %d", status)
		}
	})
}

func TestFaultsOfAStoreThatCannotBe(t *testing.T) {
	t.Parallel()
	with, without := ask(t, Options{Scenario: "seal-ha"}).cluster, ask(t, Options{Scenario: "healthy"}).cluster
	for _, f := range []Fault{
		StoreStatus{Status: "KMS Sleeping"},
		StoreStatus{Store: "other", Status: "Encrypted"},
		StoreText{Field: "mood", Text: "x"},
		StoreRefuse{Status: 200},
		StoreRefuse{Status: 499},
	} {
		if err := with.Apply(f); err == nil {
			t.Errorf("%+v did happen", f)
		}
	}
	for _, f := range []Fault{StoreStatus{Status: "Encrypted"}, StoreCertificates{}, StoreRotated{}, StoreStalled{}, StoreText{}, StoreRefuse{}} {
		if err := without.Apply(f); err == nil || !strings.Contains(fmt.Sprint(err), "no key store") {
			t.Errorf("%+v without a store: %v", f, err)
		}
	}
}

func (a *asker) storeSays() string {
	status, answer := askStore(a.t, a.cluster, a.client, storePath, storeToken(a.cluster))
	return fmt.Sprint(status, " ", answer["status"])
}
