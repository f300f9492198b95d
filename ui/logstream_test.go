package ui_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"warder/keys"
	"warder/ui"
	"warder/vault"
)

// teller is a server of one node that says of its log what a test has it say.
type teller struct {
	tell func(w io.Writer, flush func(), gone <-chan struct{})
	mu   sync.Mutex
	seen []string // what became of each stream
}

func (s *teller) note(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, what)
}

func (s *teller) saw() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

func (s *teller) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/v1/sys/health":
		_, _ = io.WriteString(w, `{"initialized":true,"sealed":false,"standby":false,"version":"1.21.0","cluster_name":"c","cluster_id":"i"}`)
	case "/v1/sys/seal-status":
		_, _ = io.WriteString(w, `{"type":"shamir","initialized":true,"sealed":false,"t":3,"n":5,"progress":0,"version":"1.21.0"}`)
	case "/v1/sys/monitor":
		level := r.URL.Query().Get("log_level")
		s.note(level + " began")
		w.WriteHeader(http.StatusOK)
		flush := w.(http.Flusher).Flush
		flush()
		s.tell(w, flush, r.Context().Done())
		s.note(level + " ended")
	default:
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"errors":[]}`)
	}
}

// piped is a listener whose connections are pipes, so that all of them are in the test's bubble.
type piped chan net.Conn

func (p piped) Accept() (net.Conn, error) {
	if c, ok := <-p; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}
func (p piped) Close() error   { return nil }
func (p piped) Addr() net.Addr { return &net.TCPAddr{} }

// openTelling opens the log of a node that tells what the test says.
func openTelling(t *testing.T, tell func(w io.Writer, flush func(), gone <-chan struct{})) (*console, *teller) {
	t.Helper()
	s, line := &teller{tell: tell}, make(piped)
	server := &http.Server{Handler: s}
	go func() { _ = server.Serve(line) }()
	settings, err := vault.SimulatedSettings([]string{"http://node:8200"}, keys.NewSecret([]byte("token")), nil)
	if err != nil {
		t.Fatal(err)
	}
	settings.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		select {
		case line <- theirs:
			return ours, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	t.Cleanup(func() {
		close(line)
		_ = server.Close()
	})
	c := openOptions(t, nil, settings, 80, 24, func(*ui.Options) {})
	c.wait(3 * time.Second)
	c.press("L")
	c.wait(time.Second)
	c.see("Log of ", "asked of http://node:8200, node 1 of 1", "live   info and above")
	return c, s
}

// TestABurstIsDrawnAFewTimesASecond: 10,000 lines a second for five seconds, of which the last 5,000 are kept.
func TestABurstIsDrawnAFewTimesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const burst, each = 50_000, 50
		c, _ := openTelling(t, func(w io.Writer, flush func(), gone <-chan struct{}) {
			time.Sleep(10 * time.Second)
			for i := range burst {
				fmt.Fprintf(w, "{\"@level\":\"info\",\"@message\":\"line %d.\"}\n", i+1)
				if i%each == each-1 {
					flush()
					time.Sleep(each * time.Second / 10_000)
				}
			}
			<-gone
		})
		c.wait(8 * time.Second)
		drawn, before := 0, c.app.View().Content
		for range 1000 { // far finer than anything is to be drawn
			time.Sleep(7 * time.Millisecond)
			c.send(nil)
			if now := c.app.View().Content; now != before {
				drawn, before = drawn+1, now
			}
		}
		c.see(fmt.Sprintf("line %d.", burst), fmt.Sprintf("%d older ones let go", burst-5000))
		c.miss("too fast")
		if drawn < 30 || drawn > 60 {
			t.Errorf("drawn %d times in 7 s, 5 s of them busy", drawn)
		}
		c.press("esc")
	})
}

// TestAnotherLevelEndsTheStreamBeforeAndEscEndsAll as the server sees it, at once.
func TestAnotherLevelEndsTheStreamBeforeAndEscEndsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := openTelling(t, func(_ io.Writer, _ func(), gone <-chan struct{}) { <-gone })
		sees := func(want ...string) {
			t.Helper()
			got := slices.Sorted(slices.Values(s.saw()))
			if slices.Sort(want); !slices.Equal(got, want) {
				t.Errorf("the server saw %q, want %q", got, want)
			}
		}
		sees("info began")
		c.press("l")
		c.see("from here on: debug")
		sees("info began", "info ended", "debug began")
		c.press("-", "-", "-")
		c.press("-")
		c.see("There is no level beyond error.")
		c.press("n")
		c.see("No other node is known.")
		c.press("esc")
		c.miss("Log of")
		var want []string
		for _, level := range []string{"info", "debug", "info", "warn", "error"} {
			want = append(want, level+" began", level+" ended")
		}
		sees(want...)
		c.wait(time.Minute)
		sees(want...)
	})
}

// TestALineOfTheServerMovesNothingOnTheScreen whatever is in it.
func TestALineOfTheServerMovesNothingOnTheScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := openTelling(t, func(w io.Writer, flush func(), gone <-chan struct{}) {
			for _, line := range []string{
				"{\"@level\":\"err\x1b[31mor\",\"@message\":\"\\u001b[2J\\u202eno\\nt here\\u0007\",\"@module\":\"\\u009b31m\",\"a\\u001b]0;\":{\"b\":[1]}}",
				"\x1b]52;c;aGk=\x07\x1b[2J\x1b[Hplain\r\ttext", strings.Repeat("宽", 9000), `{"@level":"` + strings.Repeat("x", 300) + `","@message":"long level"}`, "", "{", "\xff\xfe",
			} {
				fmt.Fprintln(w, line)
			}
			flush()
			<-gone
		})
		for _, bad := range []string{"\x1b]", "\x1b[2J", "\x07", "\u202e", "\u009b"} {
			if strings.Contains(c.app.View().Content, bad) {
				t.Errorf("%q is on the screen", bad)
			}
		}
		c.see("plain", "…")
		c.fits(80, 24)
		for range 8 {
			c.press("up", "enter")
			c.fits(80, 24)
			c.press("esc")
		}
		c.press("esc")
	})
}

// TestAServerThatDropsTheStreamAgainAndAgainIsAskedLessAndLess, and lines that came before the end are all shown.
func TestAServerThatDropsTheStreamAgainAndAgainIsAskedLessAndLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		said := 0
		c, s := openTelling(t, func(w io.Writer, flush func(), gone <-chan struct{}) {
			if said++; said > 1 {
				fmt.Fprintf(w, "{\"@message\":\"last words %d.\"}\n", said)
				return
			}
			select {
			case <-time.After(5 * time.Second):
			case <-gone:
			}
		})
		c.wait(3 * time.Minute)
		c.see("last words 9.", "what was logged then is not here", "the server ended the stream", "not connected, asking again at")
		if n := len(s.saw()) / 2; n < 6 || n > 14 {
			t.Errorf("asked %d times in three minutes", n)
		}
		c.press("esc")
	})
}
