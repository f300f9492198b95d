package ceremony_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"warder/demo"
	"warder/keys"
)

// mostCopies are how many copies of shares in hex and base64 may be found in a process after a ceremony, over all shares. In
// sixty runs, with the race detector and without, there were at most 8, 15 and 3, the most of them on a busy machine. They lie in buffers of net/http and
// crypto/tls, out of reach, which keep a request or an answer until the next one is as long; how many are left depends on
// what was said afterwards and on the collector. The bounds leave room for that, and not for a request's body, or an
// answer's, that warder forgets to clear; but of generate root's three short requests the collector takes such bodies before they are
// counted, so that its bound finds what is kept, and not what is not cleared.
var mostCopies = map[string]int{"unseal": 10, "rekey": 18, "generate root": 4}

// TestNoMoreCopiesOfSharesStayInMemoryThanWereCounted runs each ceremony in a process of its own and reads all its memory
// from outside, so that neither the cluster nor what is searched for is in there.
func TestNoMoreCopiesOfSharesStayInMemoryThanWereCounted(t *testing.T) {
	for name, most := range mostCopies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenario := "healthy"
			if name == "unseal" {
				scenario = "sealed"
			}
			cluster, err := demo.New(demo.Options{Scenario: scenario, TLS: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := cluster.Listen("127.0.0.1:0"); err != nil {
				t.Fatal(err)
			}
			defer cluster.Close()
			old := slices.Clone(cluster.Shares())
			desk := begin(t, name, cluster)
			for _, s := range old[:3] {
				s.Use(func(b []byte) { desk.give(b) })
			}
			desk.awaits("over")
			shares := append(old[:3:3], added(old, cluster.Shares())...)
			found := desk.search(shares)
			t.Logf("%s: of %d shares %v", name, len(shares), found)
			if found.raw > 0 {
				t.Errorf("%d raw copies: only warder has shares as bytes, and it wipes them", found.raw)
			}
			if found.hex+found.base64 > most {
				t.Errorf("%d copies as text, where at most %d were counted before", found.hex+found.base64, most)
			}
			desk.give([]byte{0})
			desk.awaits("collected")
			t.Logf("%s: after the collector gave its free pages back: %v", name, desk.search(shares))
		})
	}
}

// added are the shares that are there now and were not before.
func added(before, now []keys.Secret) []keys.Secret {
	return slices.DeleteFunc(slices.Clone(now), func(s keys.Secret) bool {
		return slices.ContainsFunc(before, s.Equal)
	})
}

// desk is the process in which a ceremony runs.
type desk struct {
	t     *testing.T
	pid   int
	input io.Writer
	lines *bufio.Scanner
}

func begin(t *testing.T, name string, c *demo.Cluster) *desk {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestMain$")
	child.Env = append(os.Environ(),
		deskVariable+"="+name, "DESK_ADDRESSES="+strings.Join(c.Addresses(), ","), "DESK_CA="+string(c.CACert()))
	child.Stderr = os.Stderr
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := child.Wait(); err != nil {
			t.Errorf("the process of the ceremony: %v", err)
		}
	})
	return &desk{t: t, pid: child.Process.Pid, input: in, lines: bufio.NewScanner(out)}
}

func (d *desk) give(b []byte) {
	d.t.Helper()
	if _, err := d.input.Write(b); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) awaits(word string) {
	d.t.Helper()
	if !d.lines.Scan() || d.lines.Text() != word {
		d.t.Fatalf("the ceremony said %q, want %q", d.lines.Text(), word)
	}
}

// copies counts shares by how they are written.
type copies struct{ raw, hex, base64 int }

func (c copies) String() string {
	return fmt.Sprintf("%d copies raw, %d in hex, %d in base64", c.raw, c.hex, c.base64)
}

// count looks for every share in a piece of memory.
func (c *copies) count(memory []byte, shares []keys.Secret) {
	for _, s := range shares {
		s.Use(func(b []byte) {
			c.raw += bytes.Count(memory, b)
			c.hex += bytes.Count(memory, hex.AppendEncode(nil, b)) + bytes.Count(memory, bytes.ToUpper(hex.AppendEncode(nil, b)))
			c.base64 += bytes.Count(memory, base64.StdEncoding.AppendEncode(nil, b))
		})
	}
}

// search reads all that the process can read of its own memory.
func (d *desk) search(shares []keys.Secret) copies {
	d.t.Helper()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", d.pid))
	if err != nil {
		d.t.Fatal(err)
	}
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", d.pid))
	if os.IsPermission(err) {
		d.t.Skipf("another process's memory cannot be read here: %v", err)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	defer memory.Close()
	var found copies
	read := 0
	for line := range strings.Lines(string(maps)) {
		var from, to uint64
		var rights string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &rights); err != nil {
			d.t.Fatal(err)
		}
		// The race detector maps terabytes for its own notes, in which no data is.
		if rights[0] == 'r' && to-from < 1<<30 && !strings.Contains(line, "[vv") && !strings.Contains(line, "[vs") {
			b := make([]byte, to-from)
			n, _ := memory.ReadAt(b, int64(from)) // the end of a mapped file may have no page
			found.count(b[:n], shares)
			read += n
		}
	}
	if read < 1<<20 {
		d.t.Fatalf("only %d bytes of its memory could be read", read)
	}
	return found
}
