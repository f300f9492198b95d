package keys

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
)

const told = "correct-horse-battery"

func contents(s Secret) string {
	var out string
	s.Use(func(b []byte) { out = string(b) })
	return out
}

func TestNewSecretTakesTheBytesOver(t *testing.T) {
	t.Parallel()
	b := []byte(told)
	s := NewSecret(b)
	if contents(s) != told || s.Len() != len(told) || s.Empty() {
		t.Fatalf("the Secret holds %q", contents(s))
	}
	if !bytes.Equal(b, make([]byte, len(told))) {
		t.Fatal("the input was not zeroed")
	}
}

func TestSecretOfMoreThanAPageIsWhole(t *testing.T) {
	t.Parallel()
	long := strings.Repeat(told, 2000)
	if s := NewSecret([]byte(long)); contents(s) != long {
		t.Fatal("a long secret came back altered")
	}
}

func TestEmptySecretIsSafe(t *testing.T) {
	t.Parallel()
	for _, s := range []Secret{{}, NewSecret(nil), NewSecret([]byte{})} {
		s.Wipe()
		if !s.Empty() || contents(s) != "" || !s.Equal(Secret{}) {
			t.Fatal("an empty Secret is not empty")
		}
	}
}

func TestEqualComparesBytes(t *testing.T) {
	t.Parallel()
	s := NewSecret([]byte(told))
	if !s.Equal(s) || !s.Equal(NewSecret([]byte(told))) {
		t.Error("equal secrets differ")
	}
	if s.Equal(NewSecret([]byte(told+"!"))) || s.Equal(NewSecret([]byte("c0rrect-horse-battery"))) || s.Equal(Secret{}) {
		t.Error("different secrets are equal")
	}
}

func TestWipeEmptiesEveryCopyAndZeroesTheMemory(t *testing.T) {
	t.Parallel()
	s := NewSecret([]byte(told))
	other := s
	var kept []byte
	s.Use(func(b []byte) { kept = b })
	other.Wipe()
	s.Wipe()
	if !s.Empty() || !other.Empty() || contents(s) != "" {
		t.Error("a copy survived the wipe")
	}
	if !bytes.Equal(kept, make([]byte, len(told))) {
		t.Error("the memory was not zeroed")
	}
}

func TestWipeDuringUseWaitsForTheBorrower(t *testing.T) {
	t.Parallel()
	s := NewSecret([]byte(told))
	s.Use(func(b []byte) {
		s.Wipe()
		if string(b) != told {
			t.Error("the bytes vanished under their borrower")
		}
		if !s.Empty() {
			t.Error("a wiped Secret was lent again")
		}
	})
	if !s.Empty() {
		t.Error("the wipe was forgotten")
	}
}

func TestPanicInUseStillLetsWipeZero(t *testing.T) {
	t.Parallel()
	s := NewSecret([]byte(told))
	var kept []byte
	func() {
		defer func() { _ = recover() }()
		s.Use(func(b []byte) { kept = b; panic("in use") })
	}()
	s.Wipe()
	if !bytes.Equal(kept, make([]byte, len(told))) {
		t.Error("the memory was not zeroed")
	}
}

func TestConcurrentUseAndWipe(t *testing.T) {
	t.Parallel()
	for range 50 {
		s := NewSecret([]byte(told))
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				if i == 4 {
					s.Wipe()
				}
				s.Use(func(b []byte) {
					if b != nil && string(b) != told {
						t.Errorf("half wiped: %q", b)
					}
				})
				s.Equal(s)
			})
		}
		group.Wait()
		if !s.Empty() {
			t.Fatal("not empty after the wipe")
		}
	}
}

// leaks says whether printed shows text as it is, in hex, in base64, or as a list of numbers.
func leaks(printed, text string) bool {
	numbers := strings.Trim(fmt.Sprint([]byte(text)), "[]")
	printed = strings.ToLower(printed)
	for _, form := range []string{
		text, hex.EncodeToString([]byte(text)), strings.ToLower(base64.StdEncoding.EncodeToString([]byte(text))),
		numbers, strings.ReplaceAll(numbers, " ", ","), strings.ReplaceAll(numbers, " ", ", "),
		strings.ToLower(strings.Trim(strings.ReplaceAll(fmt.Sprintf("%#v", []byte(text)), "[]byte", ""), "{}")),
	} {
		if strings.Contains(printed, form) {
			return true
		}
	}
	return false
}

// printings are all the ways in which a value might end in a log.
func printings(v any) map[string]string {
	out := make(map[string]string)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%U"} {
		out[verb] = fmt.Sprintf(verb, v)
	}
	var buffer bytes.Buffer
	encode := func(name string, f func() error) {
		buffer.Reset()
		err := f()
		out[name] = fmt.Sprint(buffer.String(), err)
	}
	encode("json", func() error { return json.NewEncoder(&buffer).Encode(v) })
	encode("gob", func() error { return gob.NewEncoder(&buffer).Encode(v) })
	encode("xml", func() error { return xml.NewEncoder(&buffer).Encode(v) })
	encode("slog text", func() error { slog.New(slog.NewTextHandler(&buffer, nil)).Info("m", "v", v); return nil })
	encode("slog json", func() error { slog.New(slog.NewJSONHandler(&buffer, nil)).Info("m", "v", v); return nil })
	return out
}

func TestNothingPrintsASecret(t *testing.T) {
	t.Parallel()
	type Exported struct{ Field Secret }
	type unexported struct{ field Secret }
	type pointer struct{ field *Secret }
	s := NewSecret([]byte(told))
	share := Share{secret: s}
	for name, v := range map[string]any{
		"directly": s, "pointer": &s, "exported field": Exported{s}, "unexported field": unexported{s},
		"pointer to a struct": &unexported{s}, "pointer in a field": pointer{&s},
		"slice": []Secret{s}, "slice of structs": []unexported{{s}}, "map": map[string]Secret{"k": s},
		"any": []any{s}, "share": share, "pointer to a share": &share, "map of shares": map[int]Share{1: share},
	} {
		for way, printed := range printings(v) {
			if leaks(printed, told) {
				t.Errorf("%s: %s prints the secret: %s", name, way, printed)
			}
		}
	}
}

func TestLeakDetectorSeesALeak(t *testing.T) {
	t.Parallel()
	type Leaky struct{ Bytes []byte }
	for way, printed := range printings(Leaky{[]byte(told)}) {
		if way != "%o" && way != "%U" && way != "%q" && !leaks(printed, told) {
			t.Errorf("%s hides the leak of a plain struct: %s", way, printed)
		}
	}
}
