package rules

import (
	"fmt"
	"testing"
	"time"

	"warder/vault"
)

// BenchmarkJudge judges 1,000 nodes that Raft and autopilot know: healthy ones, and a cluster in which every third is in trouble.
func BenchmarkJudge(b *testing.B) {
	for _, c := range []struct {
		name string
		ill  int // one in so many
	}{{"healthy", 0}, {"failing", 3}} {
		b.Run(c.name, func(b *testing.B) {
			s := many(1000, c.ill)
			var found int
			b.ReportAllocs()
			for b.Loop() {
				found = len(NewScene(s, now, Past{}).Judge())
			}
			b.ReportMetric(float64(found), "findings")
		})
	}
}

// many is a cluster of n nodes, of which one in ill is sealed, silent, slow or unhealthy by autopilot's word.
func many(n, ill int) vault.Snapshot {
	var s vault.Snapshot
	var names, judged []string
	for i := range n {
		name := fmt.Sprintf("n%d", i)
		bad := ill > 0 && i%ill == 1
		names, judged = append(names, name), append(judged, map[bool]string{true: "!"}[bad]+name)
		code := vault.CodeStandby
		switch {
		case i == 0:
			code = vault.CodeActive
		case bad && i%2 == 0:
			code = vault.CodeSealed
		}
		x := node(name, code, follows("https://n0:8200"), seals(0, "kms1", "kms2"))
		switch {
		case i == 0:
			x = node(name, code, seals(0, "kms1", "kms2"))
		case bad && i%5 == 0:
			x = down(name)
		case bad && i%7 == 0:
			x.RTT, x.Skew = 2*time.Second, time.Minute
		}
		s.Nodes = append(s.Nodes, x)
	}
	lead := s.Nodes[0]
	raft(names...)(lead)
	autopilot(n/3, judged...)(lead)
	lead.Autopilot.Value.Leader = "n0"
	return s
}
