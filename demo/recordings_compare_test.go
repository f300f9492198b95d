package demo

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// difference is one place in which an answer is not as recorded.
type difference struct{ field, text string }

// shapes are the values that differ by nature. A recorded one wants one of the same shape, and of the same length where
// the pattern says nothing of it.
var shapes = []struct {
	name    string
	pattern *regexp.Regexp
	length  bool
}{
	{"uuid", regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`), false},
	{"time", regexp.MustCompile(`^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`), false},
	{"duration", regexp.MustCompile(`^\d+(\.\d+)?(µs|ms|s)$`), false},
	{"API address", regexp.MustCompile(`^http://[a-z0-9.-]+:\d+$`), false},
	{"cluster address", regexp.MustCompile(`^https://[a-z0-9.-]+:\d+$`), false},
	{"Raft address", regexp.MustCompile(`^[a-z0-9.-]+:\d+$`), false},
	{"token", regexp.MustCompile(`^(hvs\.|s\.)[0-9A-Za-z]{24}$`), true},
	{"accessor", regexp.MustCompile(`^[0-9A-Za-z]{24}$`), false},
	{"mount accessor", regexp.MustCompile(`^[a-z_]+_[0-9a-f]{8}$`), false},
	{"hexadecimal", regexp.MustCompile(`^[0-9a-f]{64,66}$`), true},
	{"base64", regexp.MustCompile(`^[0-9A-Za-z+/]{34,}=*$`), true},
	{"one-time password", regexp.MustCompile(`^[0-9A-Za-z]{26,28}$`), true},
}

// versions differ between the products' builds; OpenBao's recorded one was built without release flags.
var baoVersion = regexp.MustCompile(`^v?\d+\.\d+\.\d+(-HEAD|\+builtin\.bao)?$`)

// varying are the numbers and names that count or measure, or that belong to the machine.
var varying = regexp.MustCompile(`(^|\.)(server_time_utc|raft_committed_index|raft_applied_index|last_index|last_term|` +
	`encryptions|echo_duration_ms|clock_skew_ms|last_request_forwarding_heartbeat_ms|creation_time|hostname|cluster_name|` +
	`client_remote_address|client_id)$`)

// compare walks through a recorded answer and the demo's, and learns what stands for what.
func (r *replay) compare(recorded, got any, field string) []difference {
	if recorded == nil || got == nil || reflect.TypeOf(recorded) != reflect.TypeOf(got) {
		if recorded != got {
			return []difference{{field, fmt.Sprintf("%v (%T), recorded %v (%T)", got, got, recorded, recorded)}}
		}
		return nil
	}
	switch recorded := recorded.(type) {
	case map[string]any:
		return r.compareObjects(recorded, got.(map[string]any), field)
	case []any:
		return r.compareLists(recorded, got.([]any), field)
	case string:
		return r.compareTexts(recorded, got.(string), field)
	}
	if recorded != got && !varying.MatchString(field) {
		return []difference{{field, fmt.Sprintf("%v, recorded %v", got, recorded)}}
	}
	return nil
}

func (r *replay) compareObjects(recorded, got map[string]any, field string) []difference {
	if a, b := onlyUUID(recorded), onlyUUID(got); a != "" && b != "" {
		return r.compare(recorded[a], got[b], field)
	}
	var all []difference
	names := map[string]bool{}
	for name, value := range recorded {
		own := r.nameOf(name)
		names[own] = true
		below := strings.TrimPrefix(field+"."+name, ".")
		if _, there := got[own]; !there {
			all = append(all, difference{below, "missing"})
			continue
		}
		all = append(all, r.compare(value, got[own], below)...)
	}
	for name, value := range got {
		if !names[name] {
			all = append(all, difference{strings.TrimPrefix(field+"."+name, "."), fmt.Sprintf("not recorded: %v", value)})
		}
	}
	return all
}

// onlyUUID is the name of an object's only field, if it is an identifier.
func onlyUUID(object map[string]any) string {
	for name := range object {
		if len(object) == 1 && uuids.FindString(name) == name {
			return name
		}
	}
	return ""
}

func (r *replay) compareLists(recorded, got []any, field string) []difference {
	if len(recorded) != len(got) {
		return []difference{{field, fmt.Sprintf("%d elements %v, recorded %d %v", len(got), got, len(recorded), recorded)}}
	}
	var all []difference
	for i := range recorded {
		all = append(all, r.compare(recorded[i], got[i], field)...)
	}
	return all
}

func (r *replay) compareTexts(recorded, got, field string) []difference {
	if recorded == got || varying.MatchString(field) || r.nameOf(recorded) == got {
		return nil
	}
	for _, s := range shapes {
		if s.pattern.MatchString(recorded) && s.pattern.MatchString(got) && (!s.length || len(recorded) == len(got)) {
			if recorded != "0s" && got != "0s" {
				r.known[recorded] = got
			}
			return nil
		}
	}
	if r.product == OpenBao && baoVersion.MatchString(recorded) && baoVersion.MatchString(got) {
		return nil
	}
	if r.renamed(recorded) == got {
		return nil
	}
	return []difference{{field, fmt.Sprintf("%q, recorded %q", got, recorded)}}
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// renamed is a recorded text with the demo's own identifiers in it.
func (r *replay) renamed(text string) string { return uuids.ReplaceAllStringFunc(text, r.nameOf) }

// translate is a recorded request with the demo's values in place of the recorded ones.
func (r *replay) translate(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, field := range v {
			out[name] = r.translate(field)
		}
		return out
	case []any:
		var out []any
		for _, element := range v {
			out = append(out, r.translate(element))
		}
		return out
	case string:
		if own := r.known[v]; own != "" {
			return own
		}
		return r.spoilt(v)
	}
	return value
}

// spoilt is a share that the recorded run had changed, changed in the same way: a wrong share stays wrong.
func (r *replay) spoilt(text string) string {
	wrong, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(wrong) != keyLength+1 {
		return text
	}
	for recorded, own := range r.known {
		right, err := hex.DecodeString(recorded)
		if err != nil || len(right) != len(wrong) {
			continue
		}
		differ := 0
		for i := range right {
			if right[i] != wrong[i] {
				differ++
			}
		}
		if differ > 2 {
			continue
		}
		ours, err := hex.DecodeString(own)
		if err != nil {
			r.t.Fatal(err)
		}
		for i := range ours {
			ours[i] ^= right[i] ^ wrong[i]
		}
		return base64.StdEncoding.EncodeToString(ours)
	}
	return text
}
