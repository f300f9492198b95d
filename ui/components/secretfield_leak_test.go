package components

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
)

// shows says whether printed has a run of text in clear, hex or base64, or as numbers.
func shows(printed, text string) bool {
	numbers := strings.Trim(fmt.Sprint([]byte(text[:8])), "[]")
	for _, form := range []string{
		text[:8], hex.EncodeToString([]byte(text[:8])), strings.ToUpper(hex.EncodeToString([]byte(text[:8]))),
		base64.StdEncoding.EncodeToString([]byte(text[:6])), numbers, strings.ReplaceAll(numbers, " ", ","),
		strings.Trim(strings.TrimPrefix(fmt.Sprintf("%#v", []byte(text[:8])), "[]byte"), "{}"),
	} {
		if strings.Contains(printed, form) {
			return true
		}
	}
	return false
}

// printed is v in all the ways in which it might end in a log.
func printed(v any) map[string]string {
	out := make(map[string]string)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%U"} {
		out[verb] = fmt.Sprintf(verb, v)
	}
	for name, encode := range map[string]func(io.Writer) error{
		"json": func(w io.Writer) error { return json.NewEncoder(w).Encode(v) },
		"gob":  func(w io.Writer) error { return gob.NewEncoder(w).Encode(v) },
		"slog": func(w io.Writer) error { slog.New(slog.NewTextHandler(w, nil)).Info("m", "v", v); return nil },
	} {
		var b bytes.Buffer
		err := encode(&b)
		out[name] = fmt.Sprint(b.String(), err)
	}
	return out
}

func TestNothingPrintsWhatWasTyped(t *testing.T) {
	t.Parallel()
	type Exported struct{ Field *SecretField }
	type unexported struct{ field SecretField }
	var f SecretField
	f.Paste(aShare)
	for name, v := range map[string]any{
		"directly": f, "pointer": &f, "in an exported field": Exported{&f}, "in an unexported field": unexported{f},
		"in a slice": []SecretField{f}, "in a dialog": &custodians{field: f},
	} {
		for way, text := range printed(v) {
			if shows(text, aShare) {
				t.Errorf("%s: %s prints it: %s", name, way, text)
			}
		}
	}
	type Leaky struct{ Typed []byte }
	for way, text := range printed(Leaky{[]byte(aShare)}) {
		if way != "%o" && way != "%U" && way != "%q" && !shows(text, aShare) {
			t.Errorf("this test is blind to %s: %s", way, text)
		}
	}
}
