package vault

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// LogLine is one line of a server's log, cleaned. A line in no known form has a message only.
type LogLine struct {
	Time    time.Time // zero where the line has none
	Level   string    // trace, debug, info, warn or error
	Module  string
	Message string
	Fields  []string // what else it tells, as name=value, by name
}

// Text is the line as one text.
func (l LogLine) Text() string {
	parts := slices.DeleteFunc([]string{l.Module, l.Message}, func(s string) bool { return s == "" })
	return strings.Join(append([]string{strings.Join(parts, ": ")}, l.Fields...), " ")
}

// decodeLogLine reads a line as the servers' logger writes it in JSON, where they were asked for that and are young enough to
// know of it, and takes any other as it is.
func decodeLogLine(line []byte) LogLine {
	var w map[string]any
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber() // a nonce or an index is not to be rounded
	if d.Decode(&w) != nil || w["@message"] == nil {
		return plainLogLine(string(line))
	}
	take := func(name string) string {
		v, _ := w[name].(string)
		delete(w, name)
		return clean(v)
	}
	l := LogLine{Level: take("@level"), Module: take("@module"), Message: take("@message")}
	l.Time, _ = time.Parse(time.RFC3339Nano, take("@timestamp"))
	for _, name := range slices.Sorted(maps.Keys(w)) {
		l.Fields = append(l.Fields, clean(fmt.Sprintf("%s=%v", name, w[name])))
	}
	return l
}

// plainLogLine reads the form of a log without JSON: time, level in brackets, module and message.
func plainLogLine(line string) LogLine {
	l := LogLine{Message: clean(strings.TrimRight(line, "\r\n"))}
	stamp, rest, ok := strings.Cut(l.Message, " ")
	at, err := time.Parse("2006-01-02T15:04:05.999Z0700", stamp)
	level, text, levelled := strings.Cut(strings.TrimPrefix(strings.TrimSpace(rest), "["), "]")
	if !ok || err != nil || !levelled || !slices.Contains(LogLevels, strings.ToLower(level)) {
		return l
	}
	l.Time, l.Level, l.Message = at, strings.ToLower(level), strings.TrimSpace(text)
	return l
}
