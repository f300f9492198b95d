package main_test

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// BenchmarkStatus sets one reading of three nodes against a command that asks one, in turns on the same cluster.
func BenchmarkStatus(b *testing.B) {
	for _, p := range peers(b) {
		b.Run("against="+p.name, func(b *testing.B) {
			nodes := cluster(b, order{Nodes: 3, TLS: true})
			var wall, cpu, memory, peerWall, peerCPU, peerMemory []float64
			for b.Loop() {
				w, c, m := spend(b, p, nodes.env(1))
				peerWall, peerCPU, peerMemory = append(peerWall, w), append(peerCPU, c), append(peerMemory, m)
				w, c, m = spend(b, peer{"warder-status", []string{binary, "status"}}, nodes.env(3))
				wall, cpu, memory = append(wall, w), append(cpu, c), append(memory, m)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(wall), "ms")
			b.ReportMetric(median(cpu), "cpu-ms")
			b.ReportMetric(median(memory), "peak-MiB")
			b.ReportMetric(median(peerWall), "peer-ms")
			b.ReportMetric(median(peerCPU), "peer-cpu-ms")
			b.ReportMetric(median(peerMemory), "peer-peak-MiB")
			b.ReportMetric(median(wall)/median(peerWall), "status/peer")
			b.ReportMetric(median(cpu)/median(peerCPU), "cpu/peer")
		})
	}
}

// spend runs a command once and says what it cost.
func spend(b *testing.B, p peer, env []string) (wall, cpu, mib float64) {
	b.Helper()
	cmd := exec.Command(p.args[0], p.args[1:]...)
	cmd.Env = append(clean(os.Environ()), env...)
	began := time.Now()
	text, err := cmd.CombinedOutput()
	wall = ms(time.Since(began))
	if err != nil {
		b.Fatalf("%s: %v: %s", p.name, err, text)
	}
	used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return wall, ms(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()), float64(used.Maxrss) / 1024
}
