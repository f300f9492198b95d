package keystore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"warder/vault"
)

// pathQumulo is the endpoint that tells how at-rest encryption fares.
const pathQumulo = "/v2/encryption/key-store/status"

// qumulo is a Qumulo cluster.
//
// Found in the vendor's REST API guide (GET /v2/encryption/key-store/status, with all texts of type and status), in its
// administrator guide (Managing Encryption at Rest) and in its Python SDK: the answer is one object; the token's owner needs
// PRIVILEGE_ENCRYPTION_READ; the times in the guide's examples are RFC 3339 in UTC, with up to nanoseconds, such as
// "2023-09-05T20:15:40.06864014Z"; under the type Local only the time of the last rotation is shown. The SDK takes each of
// the four times for a text or null.
//
// Assumed: that a field which is missing, null or empty was not told; that a time in any other form is none that can be
// read (it is kept in Unread); that errors carry a "description", as the API's errors elsewhere do. What a status means
// beyond its words is not documented.
type qumulo struct{ asker }

func (qumulo) Kind() string   { return "Qumulo" }
func (qumulo) Source() string { return pathQumulo }

// Status asks GET /v2/encryption/key-store/status.
func (q qumulo) Status(ctx context.Context) (Status, error) {
	body, err := q.get(ctx, pathQumulo)
	if err != nil {
		return Status{}, err
	}
	s, err := decodeQumulo(body)
	if err != nil {
		return Status{}, q.failed(pathQumulo, 200, vault.Malformed, "not an answer of a Qumulo cluster: "+err.Error())
	}
	return s, nil
}

// Command is the line of the vendor's CLI.
func (q qumulo) Command() string {
	u, err := url.Parse(q.address)
	if err != nil {
		return ""
	}
	host, port, err := net.SplitHostPort(u.Host)
	if err != nil {
		return ""
	}
	line := "qq --host " + host
	if port != ports["qumulo"] {
		line += " --port " + port
	}
	return line + " encryption_get_status"
}

// qumuloStatus are the texts of the field status.
var qumuloStatus = map[string]Condition{
	"Not Encrypted":                 NotEncrypted,
	"Encrypted":                     KeptLocally,
	"Configuration Corrupted":       Corrupted,
	"KMS Available":                 Available,
	"KMS Authentication Error":      Unauthorised,
	"Cannot connect to KMS server.": CutOff,
	"KMS Key Not Found":             KeyMissing,
	"KMS Key Inactive":              KeyInactive,
}

// decodeQumulo reads the answer. Fields nobody asked for are passed over; a status of a word that is not known is kept as it is.
func decodeQumulo(body []byte) (Status, error) {
	var wire struct {
		Type     *string `json:"type"`
		Status   *string `json:"status"`
		CA       *string `json:"ca_cert_expiry"`
		Client   *string `json:"client_cert_expiry"`
		Rotation *string `json:"last_key_rotation_time"`
		Update   *string `json:"last_status_update_time"`
	}
	if err := json.Unmarshal(body, &wire); err != nil {
		return Status{}, jsonProblem(body, err)
	}
	if wire.Status == nil || *wire.Status == "" {
		return Status{}, errors.New("it holds no status")
	}
	s := Status{Text: vault.Clean(*wire.Status), Condition: qumuloStatus[*wire.Status]}
	if wire.Type != nil {
		s.Type = vault.Clean(*wire.Type)
	}
	if s.Type != "" && s.Type != "Local" && s.Type != "KMS" {
		s.Unread = append(s.Unread, Unread{"type", s.Type})
	}
	for _, f := range []struct {
		name string
		text *string
		into *time.Time
	}{
		{"ca_cert_expiry", wire.CA, &s.CACertEnds},
		{"client_cert_expiry", wire.Client, &s.ClientEnds},
		{"last_key_rotation_time", wire.Rotation, &s.LastRotation},
		{"last_status_update_time", wire.Update, &s.LastUpdate},
	} {
		if f.text == nil || *f.text == "" {
			continue
		}
		t, err := time.Parse(time.RFC3339Nano, *f.text)
		if err != nil || t.Year() <= 1 {
			s.Unread = append(s.Unread, Unread{f.name, vault.Clean(*f.text)})
			continue
		}
		*f.into = t.UTC()
	}
	return s, nil
}

// jsonProblem says what is wrong with an answer without quoting it.
func jsonProblem(body []byte, err error) error {
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("field %s holds a %s", vault.Clean(kind.Field), vault.Clean(kind.Value))
	case errors.As(err, &kind):
		return fmt.Errorf("it is a %s", vault.Clean(kind.Value))
	case strings.HasPrefix(strings.TrimSpace(string(body[:min(len(body), 200)])), "<"):
		return errors.New("it is HTML or XML (a proxy's page?)")
	case len(body) == 0:
		return errors.New("it is empty")
	}
	return errors.New("it is not JSON")
}
