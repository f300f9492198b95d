package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"warder/demo"
)

// clusterVariable has the test binary serve a simulated cluster instead of testing, so that the console is measured without
// it.
const clusterVariable = "WARDER_BENCH_CLUSTER"

func TestMain(m *testing.M) {
	if text := os.Getenv(clusterVariable); text != "" {
		serveCluster(text)
		return
	}
	os.Exit(m.Run())
}

// order is the cluster that is wanted.
type order struct {
	Nodes int
	TLS   bool
	Slow  time.Duration // of the last node
}

// offer is how it is reached.
type offer struct {
	Addresses []string
	Token     []byte
	CA        []byte
}

// serveCluster serves until its input ends, as it does when the benchmark is gone.
func serveCluster(text string) {
	var o order
	check(json.Unmarshal([]byte(text), &o))
	c, err := demo.New(demo.Options{Scenario: "healthy", Nodes: o.Nodes, TLS: o.TLS})
	check(err)
	check(c.Listen("127.0.0.1:0"))
	if o.Slow > 0 {
		check(c.Apply(demo.Slow{Node: "vault-" + strconv.Itoa(o.Nodes), By: o.Slow}))
	}
	out := offer{Addresses: c.Addresses(), CA: c.CACert()}
	c.Token().Use(func(b []byte) { out.Token = bytes.Clone(b) })
	check(json.NewEncoder(os.Stdout).Encode(out))
	_, err = io.Copy(io.Discard, os.Stdin)
	check(err)
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// site is a simulated cluster in another process.
type site struct {
	addresses []string
	settings  []string
}

// env is the environment in which a client finds the first nodes, as many as told.
func (s site) env(nodes int) []string {
	return append(slices.Clone(s.settings), "VAULT_ADDR="+strings.Join(s.addresses[:nodes], ","))
}

// cluster runs a simulated cluster in another process.
func cluster(b *testing.B, o order) site {
	b.Helper()
	text, err := json.Marshal(o)
	must(b, err)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), clusterVariable+"="+string(text))
	in, err := cmd.StdinPipe()
	must(b, err)
	out, err := cmd.StdoutPipe()
	must(b, err)
	must(b, cmd.Start())
	b.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	var at offer
	must(b, json.NewDecoder(out).Decode(&at))
	ca := filepath.Join(b.TempDir(), "ca.pem")
	must(b, os.WriteFile(ca, at.CA, 0o600))
	s := site{at.Addresses, []string{"VAULT_TOKEN=" + string(at.Token)}}
	if o.TLS {
		s.settings = append(s.settings, "VAULT_CACERT="+ca)
	}
	return s
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// console is warder on a terminal that nobody answers from.
type console struct {
	cmd   *exec.Cmd
	tty   *os.File
	began time.Time
	ended chan struct{}

	mu    sync.Mutex
	text  []byte // all that was written
	count int
	keep  bool
	news  chan struct{}
}

const binary = "./warder"

// wide is the size at which all panes are on the screen, narrow that of a line over which somebody is on call.
var (
	wide   = pty.Winsize{Cols: 120, Rows: 36}
	narrow = pty.Winsize{Cols: 80, Rows: 24}
)

// start runs the console.
func start(b *testing.B, size pty.Winsize, env []string, args ...string) *console {
	b.Helper()
	if _, err := os.Stat(binary); err != nil {
		b.Fatalf("%v: run make bench, which builds it", err)
	}
	c := &console{cmd: exec.Command(binary, args...), ended: make(chan struct{}), keep: true, news: make(chan struct{}, 1)}
	c.cmd.Env = append(clean(os.Environ()), append(env, "TERM=xterm-256color", "LANG=C.UTF-8")...)
	c.began = time.Now()
	var err error
	c.tty, err = pty.StartWithSize(c.cmd, &size)
	must(b, err)
	go c.read()
	b.Cleanup(c.kill)
	return c
}

// clean takes away what would make the console look elsewhere, or otherwise.
func clean(env []string) []string {
	var out []string
	for _, v := range env {
		if !strings.HasPrefix(v, "VAULT_") && !strings.HasPrefix(v, "BAO_") && !strings.HasPrefix(v, "NO_COLOR=") {
			out = append(out, v)
		}
	}
	return out
}

func (c *console) read() {
	defer close(c.ended)
	buf := make([]byte, 64<<10)
	for {
		n, err := c.tty.Read(buf)
		c.mu.Lock()
		c.count += n
		if c.keep {
			c.text = append(c.text, buf[:n]...)
		}
		c.mu.Unlock()
		select {
		case c.news <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// kill ends the console at once; its use of the processor is known afterwards.
func (c *console) kill() {
	if c.cmd.ProcessState == nil {
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
		_ = c.tty.Close()
		<-c.ended
	}
}

func (c *console) cpu() time.Duration {
	return c.cmd.ProcessState.UserTime() + c.cmd.ProcessState.SystemTime()
}

var sequence = regexp.MustCompile("\x1b\\[[0-9;?$>=]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)")

// until waits for texts to be written, in any order, and says how long that was after the start.
func (c *console) until(b *testing.B, want ...*regexp.Regexp) time.Duration {
	b.Helper()
	deadline := time.After(20 * time.Second)
	for {
		at := time.Since(c.began)
		if c.wrote(want) {
			return at
		}
		select {
		case <-c.news:
		case <-c.ended:
			b.Fatalf("the console ended without writing %v:\n%s", want, c.text)
		case <-deadline:
			b.Fatalf("the console never wrote %v:\n%s", want, c.text)
		}
	}
}

func (c *console) wrote(want []*regexp.Regexp) bool {
	c.mu.Lock()
	plain := sequence.ReplaceAll(c.text, nil)
	c.mu.Unlock()
	for _, w := range want {
		if !w.Match(plain) {
			return false
		}
	}
	return true
}

// spent is how much of the processor the console has used so far, to a hundredth of a second.
func (c *console) spent(b *testing.B) time.Duration {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	if err != nil {
		b.Skip("this system does not tell a process's use of the processor: ", err)
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	user, err := strconv.Atoi(fields[11])
	must(b, err)
	system, err := strconv.Atoi(fields[12])
	must(b, err)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// peakMemory is the most that the console ever held, in MiB.
func (c *console) peakMemory(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		b.Skip("this system does not tell a process's memory: ", err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kib, err := strconv.Atoi(strings.Fields(rest)[0])
	must(b, err)
	return float64(kib) / 1024
}
