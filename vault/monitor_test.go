package vault

import (
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestALogIsGivenLineByLineAndCleaned(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 27, 2, 14, 0, 500_000_000, time.UTC)
	for line, want := range map[string]LogLine{
		`{"@level":"info","@message":"core: \u001b[2Junsealed","@module":"core","@timestamp":"2026-11-27T02:14:00.500000Z","index":12345678901234567890,"a":"b"}`: {at, "info", "core", "core: [2Junsealed", []string{"a=b", "index=12345678901234567890"}},
		`2026-11-27T02:14:00.500Z [WARN]  storage.raft: heartbeat timeout reached`:                                                                                {at, "warn", "", "storage.raft: heartbeat timeout reached", nil},
		`core received sealed state change, ending monitor session`:                                                                                               {Message: "core received sealed state change, ending monitor session"},
		`{"errors":[]}`:              {Message: `{"errors":[]}`},
		"\x1b]0;title\x07 plain\t\r": {Message: "]0;title plain"},
		``:                           {},
	} {
		if got := decodeLogLine([]byte(line)); !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n%#v, want\n%#v", line, got, want)
		}
	}
}

// TestALogPausesAsLongAsItLikesAndALongLineIsCut: nothing may happen on a server for hours, and a line may be of any length.
func TestALogPausesAsLongAsItLikesAndALongLineIsCut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clients := pipenet{"node:8200": answering(func(w io.Writer, r *http.Request) {
			if r.URL.RawQuery != "log_format=json&log_level=debug" {
				t.Errorf("asked %q", r.URL.RawQuery)
			}
			_, _ = io.WriteString(w, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
			for _, line := range []string{"one\n", strings.Repeat("x", 3*maxLogLine) + "\n", "three\n", "last"} {
				fmt.Fprintf(w, "%x\r\n%s\r\n", len(line), line)
				time.Sleep(3 * time.Hour)
			}
			_, _ = io.WriteString(w, "0\r\n\r\n")
		})}.clients()
		defer clients.Close()
		var got []string
		err := clients.Client("http://node:8200", false).Monitor(t.Context(), "debug", func() {}, func(l LogLine) bool {
			got = append(got, l.Message)
			return true
		})
		if err != nil || len(got) != 4 || got[0] != "one" || !strings.HasSuffix(got[1], "…") || got[2] != "three" || got[3] != "last" {
			t.Errorf("%.60q, %v", got, err)
		}
	})
}

func TestALogEndsWhenNobodyReadsItAndSaysWhyItCannotBeRead(t *testing.T) {
	t.Parallel()
	clients := pipenet{
		"busy:8200":   always(200, strings.Repeat("line\n", 100)),
		"denied:8200": always(403, `{"errors":["permission denied"]}`),
	}.clients()
	t.Cleanup(clients.Close)
	lines := 0
	err := clients.Client("http://busy:8200", false).Monitor(t.Context(), "info", func() {}, func(LogLine) bool { lines++; return lines < 3 })
	if err != nil || lines != 3 {
		t.Errorf("%d lines, %v", lines, err)
	}
	if err := clients.Client("http://denied:8200", false).Monitor(t.Context(), "info", nil, nil); !Is(err, Denied) {
		t.Error(err)
	}
}

func FuzzDecodeLogLine(f *testing.F) {
	f.Add([]byte(`{"@level":"info","@message":"m","@module":"core","@timestamp":"2026-11-27T02:14:00.500000Z","a":["b"]}`))
	f.Add([]byte("2026-11-27T02:14:00.500Z [WARN]  storage.raft: \x1b[2J"))
	f.Fuzz(func(t *testing.T, line []byte) {
		for _, wrong := range dirt(texts(reflect.ValueOf(decodeLogLine(line)))...) {
			t.Error(wrong)
		}
	})
}
