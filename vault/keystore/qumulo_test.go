package keystore

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"warder/vault"
)

func moment(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestQumuloAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		want Status
	}{
		"the administrator guide's example of a KMS": {
			`{"ca_cert_expiry": "2027-04-18T19:55:17Z", "client_cert_expiry": "2027-04-18T19:55:17Z",
			"last_key_rotation_time": "2023-09-05T20:15:40.06864014Z", "last_status_update_time": "2023-09-05T20:28:58.108120131Z",
			"status": "KMS Available", "type": "KMS"}`,
			Status{
				Type: "KMS", Text: "KMS Available", Condition: Available, CACertEnds: moment("2027-04-18T19:55:17Z"),
				ClientEnds: moment("2027-04-18T19:55:17Z"), LastRotation: moment("2023-09-05T20:15:40.06864014Z"),
				LastUpdate: moment("2023-09-05T20:28:58.108120131Z"),
			},
		},
		"its example of a key kept locally": {
			`{"last_key_rotation_time": "2022-11-20T12:15:25.683207795Z", "status": "Encrypted", "type": "Local"}`,
			Status{Type: "Local", Text: "Encrypted", Condition: KeptLocally, LastRotation: moment("2022-11-20T12:15:25.683207795Z")},
		},
		"null and empty were not told": {
			`{"type": "Local", "status": "Not Encrypted", "ca_cert_expiry": null, "last_key_rotation_time": ""}`,
			Status{Type: "Local", Text: "Not Encrypted", Condition: NotEncrypted},
		},
		"another zone is brought to UTC": {
			`{"type": "KMS", "status": "KMS Available", "last_status_update_time": "2026-11-22T03:00:00+01:00"}`,
			Status{Type: "KMS", Text: "KMS Available", Condition: Available, LastUpdate: moment("2026-11-22T02:00:00Z")},
		},
		"what is not known is kept as it is": {
			`{"type": "HSM", "status": "KMS Sleeping", "ca_cert_expiry": "in a while", "client_cert_expiry": "2027-04-18",
			"last_key_rotation_time": "1700000000", "last_status_update_time": "0001-01-01T00:00:00Z"}`,
			Status{Type: "HSM", Text: "KMS Sleeping", Unread: []Unread{
				{"type", "HSM"},
				{"ca_cert_expiry", "in a while"},
				{"client_cert_expiry", "2027-04-18"},
				{"last_key_rotation_time", "1700000000"},
				{"last_status_update_time", "0001-01-01T00:00:00Z"},
			}},
		},
		"control characters go": {
			`{"type": "KMS\u001b[2J", "status": "KMS\u0007 \u202eAvailable\n", "ca_cert_expiry": "\u001b]52;c;aGk=\u0007"}`,
			Status{Type: "KMS[2J", Text: "KMS Available", Unread: []Unread{{"type", "KMS[2J"}, {"ca_cert_expiry", "]52;c;aGk="}}},
		},
		"a status without a type, and a field that nobody asked for": {
			`{"status": "KMS Key Inactive", "nodes": [1, 2]}`, Status{Text: "KMS Key Inactive", Condition: KeyInactive},
		},
	} {
		if got, err := decodeQumulo([]byte(c.body)); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
}

func TestEveryQumuloStatusHasAMeaning(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Health{
		"Not Encrypted": Plain, "Encrypted": Good, "Configuration Corrupted": Bad, "KMS Available": Good,
		"KMS Authentication Error": Bad, "Cannot connect to KMS server.": Bad, "KMS Key Not Found": Bad, "KMS Key Inactive": Bad,
		"kms available": Unknown, "Cannot connect to KMS server": Unknown,
	} {
		s, err := decodeQumulo([]byte(`{"type": "KMS", "status": "` + text + `"}`))
		if err != nil || s.Condition.Health() != want || s.Text != text {
			t.Errorf("%s: %+v, %v", text, s, err)
		}
	}
}

func TestQumuloAnswersThatAreNone(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		``:                                      "it is empty",
		`{}`:                                    "it holds no status",
		`null`:                                  "it holds no status",
		`{"type": "KMS"}`:                       "it holds no status",
		`{"status": ""}`:                        "it holds no status",
		`[1]`:                                   "it is a array",
		`{"status": 4}`:                         "field status holds a number",
		`{"status": "x", "ca_cert_expiry": 17}`: "field ca_cert_expiry holds a number",
		"\n<html>":                              "it is HTML or XML (a proxy's page?)",
		`{"status": `:                           "it is not JSON",
	} {
		if s, err := decodeQumulo([]byte(body)); err == nil || err.Error() != want {
			t.Errorf("%q: %+v, %v; want %q", body, s, err, want)
		}
	}
}

// FuzzQumulo: nothing panics, nothing that harms a terminal comes through, and what is told is either read or kept.
func FuzzQumulo(f *testing.F) {
	f.Add([]byte(`{"type": "KMS", "status": "KMS Available", "ca_cert_expiry": "2027-04-18T19:55:17Z"}`))
	f.Add([]byte(`{"type": "Local", "status": "Encrypted", "last_key_rotation_time": "yesterday\u001b"}`))
	f.Add([]byte(`{"status": "\u0000", "type": null}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		s, err := decodeQumulo(body)
		texts := []string{s.Type, s.Text}
		if err != nil {
			texts = append(texts, err.Error())
		}
		for _, u := range s.Unread {
			texts = append(texts, u.Field, u.Text)
		}
		for _, text := range texts {
			if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) || len(text) > 2000 || text != vault.Clean(text) {
				t.Errorf("%q comes through", text)
			}
		}
		var wire map[string]any
		if err != nil || json.Unmarshal(body, &wire) != nil {
			return
		}
		told, _ := wire["ca_cert_expiry"].(string)
		kept := !s.CACertEnds.IsZero()
		for _, u := range s.Unread {
			kept = kept || u.Field == "ca_cert_expiry"
		}
		if told != "" && !kept {
			t.Errorf("%q was told and is lost", told)
		}
	})
}
