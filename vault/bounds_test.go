package vault

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

const gibibyte = 1 << 30

// flood answers with a body without end and counts what was taken of it.
func flood(taken *atomic.Int64, headers string) func(io.Writer, *http.Request) {
	return func(w io.Writer, _ *http.Request) {
		_, _ = io.WriteString(w, "HTTP/1.1 200 OK\r\n"+headers+"\r\n")
		block := []byte(strings.Repeat(" ", 64<<10))
		for taken.Load() < gibibyte {
			if strings.Contains(headers, "chunked") {
				_, _ = fmt.Fprintf(w, "%x\r\n", len(block))
			}
			n, err := w.Write(block)
			taken.Add(int64(n))
			if err != nil {
				return
			}
			if strings.Contains(headers, "chunked") {
				_, _ = io.WriteString(w, "\r\n")
			}
		}
	}
}

func TestHugeBodyIsNotTaken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		headers string
		limit   int64
		list    bool
	}{
		"announced, a status": {"Content-Length: 1073741824\r\n", maxStatus, false},
		"announced, a list":   {"Content-Length: 1073741824\r\n", maxStatus, true},
		"in chunks, a status": {"Transfer-Encoding: chunked\r\n", maxStatus, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var taken atomic.Int64
				clients := pipenet{"bad:8200": answering(flood(&taken, c.headers))}.clients()
				defer clients.Close()
				var err error
				if k := clients.Client("http://bad:8200", false); c.list {
					_, err = k.HAStatus(t.Context())
				} else {
					_, _, err = k.Health(t.Context())
				}
				if !Is(err, Malformed) || !strings.Contains(err.Error(), errTooLarge.Error()) {
					t.Error(err)
				}
				synctest.Wait()
				if got := taken.Load(); got > c.limit+1<<20 {
					t.Errorf("%d bytes were taken", got)
				}
			})
		})
	}
}

// The cheapest item to send is the dearest to hold. The test is not parallel, for it measures the process.
func TestListOfEmptyItemsIsBounded(t *testing.T) {
	for name, c := range map[string]struct {
		body   []byte
		decode func([]byte) error
	}{
		"ha-status": {bomb(`{"nodes":[`, `{},`, `{}]}`), outcome(decodeHA)},
		"raft":      {bomb(`{"data":{"config":{"servers":[`, `{},`, `{}]}}}`), outcome(decodeRaft)},
		"voters":    {bomb(`{"data":{"voters":[`, `"",`, `""]}}`), outcome(decodeAutopilot)},
		"autopilot": {bomb(`{"data":{"servers":{`, `"":{},`, `"":{}}}}`), outcome(decodeAutopilot)},
		"errors": {bomb(`{"errors":[`, `"",`, `""]}`), func(b []byte) error {
			texts, spoken := messages(b)
			if !spoken {
				return errTooMany
			}
			return fmt.Errorf("%d messages", len(texts))
		}},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := c.decode(c.body)
		runtime.ReadMemStats(&after)
		grown := after.TotalAlloc - before.TotalAlloc
		if !errors.Is(err, errTooMany) || grown > 4*bombSize {
			t.Errorf("%s: %d MiB allocated, error %v", name, grown>>20, err)
		}
	}
}

// outcome leaves the value out.
func outcome[T any](decode func([]byte) (T, error)) func([]byte) error {
	return func(b []byte) error {
		_, err := decode(b)
		return err
	}
}

// bombSize is enough to tell a bound from none: unbounded, the items take a hundred times that.
const bombSize = 4 << 20

func bomb(head, item, tail string) []byte {
	return []byte(head + strings.Repeat(item, (bombSize-len(head)-len(tail))/len(item)) + tail)
}
