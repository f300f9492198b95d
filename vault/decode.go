package vault

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// decode reads a JSON answer into a wire struct. Fields nobody asked for are passed over, since every release adds some; a
// field of another type than it must have is an error, for then the answer is none we understand.
func decode(body []byte, wire any) error {
	err := json.Unmarshal(body, wire)
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &kind):
		return fmt.Errorf("field %s holds a %s", clean(kind.Field), clean(kind.Value))
	case strings.HasPrefix(strings.TrimSpace(string(body[:min(len(body), 200)])), "<"):
		return errors.New("it is HTML or XML (a proxy's page?)")
	case errors.Is(err, errTooMany):
		return err
	case strings.HasPrefix(string(body[:min(len(body), 200)]), "Client sent an HTTP request to an HTTPS server"):
		return errors.New("the server speaks TLS (an https:// address is needed)")
	case len(body) == 0:
		return errors.New("it is empty")
	}
	return errors.New("it is not JSON")
}

var errNoData = errors.New("it has no data")

// enveloped is what most answers with a token come in.
type enveloped[T any] struct {
	Data *T `json:"data"`
}

// decodeData reads the data of an enveloped answer.
func decodeData[T any](body []byte) (T, error) {
	var wire enveloped[T]
	err := decode(body, &wire)
	if err == nil && wire.Data == nil {
		err = errNoData
	}
	if err != nil {
		var zero T
		return zero, err
	}
	return *wire.Data, nil
}

// timeLayouts are the ways in which servers write times: RFC 3339, and Go's time.Time.String, which the source of
// sys/seal-backend-status prints. The name of the zone, which follows there, says nothing more and may be of any form.
var timeLayouts = []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999 -0700"}

// parseTime reads a server's time. Go's zero time and the empty text are no time.
func parseTime(s string) (time.Time, error) {
	s, _, _ = strings.Cut(s, " m=") // the monotonic reading that Go appends
	if s == "" {
		return time.Time{}, nil
	}
	if words := strings.Split(s, " "); len(words) == 4 {
		s = strings.Join(words[:3], " ")
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			if t.Year() <= 1 {
				return time.Time{}, nil
			}
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time", clean(s))
}

// parseSpan reads a duration as Go writes it; some fields hold a bare number of seconds instead.
func parseSpan(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		if d, err = time.ParseDuration(s + "s"); err != nil {
			return 0, fmt.Errorf("%q is no duration", clean(s))
		}
	}
	return d, nil
}
