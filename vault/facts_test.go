package vault

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fact says what our answer holds in the place of a JSON field. The path has dots; list items are counted from 0.
type fact struct {
	path string
	got  any
}

// differs says how the fact is not what the JSON says; "" when it is. A field that the server left out is its zero value.
func (f fact) differs(raw any) string {
	want, got := at(raw, f.path), plainValue(f.got)
	switch g := f.got.(type) {
	case time.Time:
		want = moment(want)
	case time.Duration:
		text, _ := want.(string)
		d, err := time.ParseDuration(text)
		if err != nil {
			return fmt.Sprintf("%s: %v", f.path, err)
		}
		want, got = d.String(), g.String()
	}
	if want == nil {
		want = reflect.Zero(reflect.TypeOf(got)).Interface()
	}
	if !reflect.DeepEqual(got, want) {
		return fmt.Sprintf("%s is %v (%T), recorded is %v (%T)", f.path, got, got, want, want)
	}
	return ""
}

// plainValue brings what we hold into what JSON decodes to without a struct.
func plainValue(v any) any {
	r := reflect.ValueOf(v)
	switch {
	case r.CanInt():
		return float64(r.Int())
	case r.CanUint():
		return float64(r.Uint())
	case r.Kind() == reflect.Pointer:
		return !r.IsNil() && r.Elem().Bool()
	}
	if t, ok := v.(time.Time); ok {
		return moment(t.Format(time.RFC3339Nano))
	}
	return v
}

// moment brings a recorded time into one form; Go's zero time and none at all are the same.
func moment(v any) any {
	text, _ := v.(string)
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// at walks to the value; nil when it is not there.
func at(raw any, path string) any {
	for step := range strings.SplitSeq(path, ".") {
		switch v := raw.(type) {
		case map[string]any:
			// Capabilities are keyed by paths, in which a dot never stands.
			raw = v[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(v) {
				return nil
			}
			raw = v[i]
		default:
			return nil
		}
	}
	return raw
}

// leaves are the paths of all values that are neither object nor list, sorted.
func leaves(prefix string, raw any) []string {
	var out []string
	add := func(key string, v any) {
		if prefix != "" {
			key = prefix + "." + key
		}
		out = append(out, leaves(key, v)...)
	}
	switch v := raw.(type) {
	case map[string]any:
		for key, item := range v {
			add(key, item)
		}
	case []any:
		for i, item := range v {
			add(strconv.Itoa(i), item)
		}
	default:
		return []string{prefix}
	}
	slices.Sort(out)
	return out
}
