package vault

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// dirt names the texts that must not reach a terminal.
func dirt(texts ...string) []string {
	var out []string
	for _, s := range texts {
		bad := func(r rune) bool { return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) }
		if !utf8.ValidString(s) || strings.ContainsFunc(s, bad) {
			out = append(out, fmt.Sprintf("%q holds what no terminal should see", s))
		}
	}
	return out
}

// texts are all strings in a value, however deep; of an error, what it says.
func texts(v reflect.Value) []string {
	if v.IsValid() && v.CanInterface() {
		if err, ok := v.Interface().(error); ok && err != nil {
			return []string{err.Error(), Reason(err)}
		}
	}
	var out []string
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return texts(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			out = append(out, texts(v.Field(i))...)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			out = append(out, texts(v.Index(i))...)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			out = append(append(out, texts(key)...), texts(v.MapIndex(key))...)
		}
	}
	return out
}

func TestCleanTakesAwayWhatSteersATerminal(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                         "",
		"vault-1":                  "vault-1",
		" two  words ":             " two  words ",
		"Zürich":                   "Zürich",
		"节点":                       "节点",
		"a\x1b[31mb\x1b]0;title\a": "a[31mb]0;title",
		"a\r\n\tb":                 "a b",
		"\u202egpj.exe":            "gpj.exe",
		"a\u200b\u2066b\ufeff":     "ab",
		"a\u2028b\u2029c":          "abc",
		"c1\u009b31m":              "c131m",
		"bad\xff\xfeutf8":          "badutf8",
		"\u00a0é\u00a0":            "é",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := clean(strings.Repeat("é", 1<<20)); len(got) > maxText+len("é…") {
		t.Errorf("%d bytes are left of a long text", len(got))
	}
}
