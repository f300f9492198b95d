package demo

import (
	"crypto/subtle"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"warder/keys"
)

// KeyStore is a simulated storage system whose keys the cluster guards: how it is reached.
type KeyStore struct {
	Name, Kind, Address string
	Token               keys.Secret
}

// store is a Qumulo cluster's part that tells of its at-rest encryption. It lives by itself: what happens to the cluster does
// not happen to it.
type store struct {
	name    string
	host    string // where it listens
	address string
	token   []byte

	status             string
	caEnds, clientEnds time.Time
	rotated            time.Time
	looked             time.Time         // when it last looked after its key service; zero: it goes on looking
	texts              map[string]string // fields that are told as they stand here
	refuse             int               // the status that every answer has; 0: none

	server *http.Server
	pipe   *pipeListener
}

// storeLooks is how often a store looks after its key service. After the documentation: which shows that it does, not how often.
const storeLooks = 5 * time.Minute

// statuses are the words of the vendor's API, each with the type with which it is told.
var statuses = map[string]string{
	"Not Encrypted": "Local", "Encrypted": "Local", "Configuration Corrupted": "KMS", "KMS Available": "KMS",
	"KMS Authentication Error": "KMS", "Cannot connect to KMS server.": "KMS", "KMS Key Not Found": "KMS", "KMS Key Inactive": "KMS",
}

// guarding gives the plan's cluster a store with the status.
func (p plan) guarding(status string) plan {
	p.store = status
	return p
}

// shelve makes the store of the plan. Its token comes from randomness of its own, so that a scenario without stores and the
// same one with them run alike.
func (c *Cluster) shelve(present time.Time) {
	if c.plan.store == "" {
		return
	}
	var seed [32]byte
	copy(seed[:], fmt.Sprintf("key store %016x", c.dice.seed))
	aside := &dice{stream: rand.NewChaCha8(seed), seed: c.dice.seed}
	c.stores = append(c.stores, &store{
		name: "archive-1", host: "archive-1.demo:8000", status: c.plan.store,
		token:  append([]byte("access-v1:"), aside.base62(40)...),
		caEnds: present.AddDate(0, 0, 1100), clientEnds: present.AddDate(0, 0, 210), rotated: present.AddDate(0, 0, -83),
	})
}

// Stores are the simulated storage systems, with a token for each.
func (c *Cluster) Stores() []KeyStore {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []KeyStore
	for _, s := range c.stores {
		out = append(out, KeyStore{s.name, "qumulo", s.address, keys.NewSecret(append([]byte(nil), s.token...))})
	}
	return out
}

// store finds a store by its name; "" is the first.
func (c *Cluster) store(name string) (*store, error) {
	for _, s := range c.stores {
		if name == "" || s.name == name {
			return s, nil
		}
	}
	return nil, fmt.Errorf("no key store %q beside this cluster", name)
}

// told is the answer to GET /v2/encryption/key-store/status. What a type does not have is null.
func (s *store) told(now time.Time) map[string]any {
	out := map[string]any{
		"type": statuses[s.status], "status": s.status, "ca_cert_expiry": nil, "client_cert_expiry": nil,
		"last_key_rotation_time": nil, "last_status_update_time": nil,
	}
	if s.status != "Not Encrypted" {
		out["last_key_rotation_time"] = storeTime(s.rotated)
	}
	if out["type"] == "KMS" {
		looked := s.looked
		if looked.IsZero() {
			looked = now.Truncate(storeLooks)
		}
		out["ca_cert_expiry"], out["client_cert_expiry"] = storeTime(s.caEnds.Truncate(time.Second)), storeTime(s.clientEnds.Truncate(time.Second))
		out["last_status_update_time"] = storeTime(looked)
	}
	for field, text := range s.texts {
		out[field] = text
	}
	return out
}

func storeTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// storeError is an error in the form of the vendor's API.
type storeError struct {
	Module      string   `json:"module"`
	Class       string   `json:"error_class"`
	Description string   `json:"description"`
	Stack       []string `json:"stack"`
}

// answer is one request's. The token is a bearer token.
func (s *store) answer(r *http.Request, now time.Time) answer {
	given := []byte(r.Header.Get("Authorization"))
	switch {
	case s.refuse != 0:
		return answer{status: s.refuse, body: storeError{"demo", "simulated_error", "The control address asked for this.", []string{}}}
	case r.URL.Path != "/v2/encryption/key-store/status":
		return answer{status: http.StatusNotFound, body: storeError{"http", "http_not_found_error", "No such resource.", []string{}}}
	case subtle.ConstantTimeCompare(given, append([]byte("Bearer "), s.token...)) != 1:
		return answer{status: http.StatusUnauthorized, body: storeError{"http", "http_unauthorized_error", "Need to log in first to establish credentials.", []string{}}}
	case r.Method != http.MethodGet:
		return answer{status: http.StatusMethodNotAllowed, body: storeError{"http", "http_method_error", "Only GET is known here.", []string{}}}
	}
	return reply(s.told(now))
}
