package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"
)

// What the terminal is told once data has come: the first state of a node; the names of all, which Raft told.
var (
	firstData = []*regexp.Regexp{regexp.MustCompile("active|standby")}
	allData   = []*regexp.Regexp{regexp.MustCompile("vault-1"), regexp.MustCompile("vault-2"), regexp.MustCompile("vault-3")}
)

// peer is a command that asks one node for its state.
type peer struct {
	name string
	args []string
}

// BenchmarkFirstFrame sets the console's start on three nodes against a command that asks one.
func BenchmarkFirstFrame(b *testing.B) {
	for _, p := range peers(b) {
		b.Run("against="+p.name, func(b *testing.B) {
			nodes := cluster(b, order{Nodes: 3, TLS: true})
			var first, all, cpu, peerWall, peerCPU []float64
			for b.Loop() {
				wall, used := ask(b, p, nodes.env(1))
				peerWall, peerCPU = append(peerWall, wall), append(peerCPU, used)
				c := start(b, wide, nodes.env(3))
				first = append(first, ms(c.until(b, firstData...)))
				all = append(all, ms(c.until(b, allData...)))
				c.kill()
				cpu = append(cpu, ms(c.cpu()))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(first), "first-ms")
			b.ReportMetric(median(all), "all-ms")
			b.ReportMetric(median(cpu), "cpu-ms")
			b.ReportMetric(median(peerWall), "peer-ms")
			b.ReportMetric(median(peerCPU), "peer-cpu-ms")
			b.ReportMetric(median(first)/median(peerWall), "first/peer")
			b.ReportMetric(median(all)/median(peerWall), "all/peer")
			b.ReportMetric(median(cpu)/median(peerCPU), "cpu/peer")
		})
	}
}

// peers are the vendors' commands that are at hand, and the least that such a command can be.
func peers(b *testing.B) []peer {
	b.Helper()
	var out []peer
	for _, c := range []struct{ name, variable string }{{"vault", "VAULT_BIN"}, {"bao", "BAO_BIN"}} {
		path := os.Getenv(c.variable)
		if path == "" {
			path, _ = exec.LookPath(c.name)
		}
		if path != "" {
			out = append(out, peer{c.name + "-status", []string{path, "status"}})
		}
	}
	get := filepath.Join(b.TempDir(), "get")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", get, "./testdata/get")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, text)
	}
	return append(out, peer{"https-get", []string{get}})
}

// ask runs a peer once.
func ask(b *testing.B, p peer, env []string) (wall, cpu float64) {
	b.Helper()
	cmd := exec.Command(p.args[0], p.args[1:]...)
	cmd.Env = append(clean(os.Environ()), env...)
	began := time.Now()
	text, err := cmd.CombinedOutput()
	wall = ms(time.Since(began))
	if err != nil {
		b.Fatalf("%s: %v: %s", p.name, err, text)
	}
	return wall, ms(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime())
}

// How long the console is left alone before it is measured, and how long it is measured.
const (
	settling = 6 * time.Second
	measured = 20 * time.Second
)

// BenchmarkIdle leaves the console alone on a healthy cluster.
func BenchmarkIdle(b *testing.B) {
	for _, o := range []struct {
		name string
		order
	}{{"nodes=5", order{Nodes: 5}}, {"nodes=50,one=500ms", order{Nodes: 50, Slow: 500 * time.Millisecond}}} {
		b.Run(o.name, func(b *testing.B) {
			nodes := cluster(b, o.order)
			var share, memory []float64
			for b.Loop() {
				c := start(b, wide, nodes.env(o.Nodes))
				c.until(b, firstData...)
				time.Sleep(settling)
				before := c.spent(b)
				time.Sleep(measured)
				share = append(share, 100*(c.spent(b)-before).Seconds()/measured.Seconds())
				memory = append(memory, c.peakMemory(b))
				c.kill()
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(share), "cpu-%")
			b.ReportMetric(median(memory), "peak-MiB")
		})
	}
}

// BenchmarkBinary weighs the static, stripped binary.
func BenchmarkBinary(b *testing.B) {
	info, err := os.Stat(binary)
	must(b, err)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(info.Size())/1e6, "MB")
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}
