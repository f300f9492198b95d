package views

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"warder/vault"
)

// TestTheRingKeepsTheLastLines holds it against a list that forgets nothing, with lines of any weight.
func TestTheRingKeepsTheLastLines(t *testing.T) {
	t.Parallel()
	for _, heavy := range []int{0, 8 << 10} {
		dice := rand.New(rand.NewPCG(1, uint64(heavy)))
		var ring logRing
		var all []logEntry
		for n := range 3 * mostLogLines {
			e := logEntry{LogLine: vault.LogLine{Message: fmt.Sprintf("line %d", n), Level: vault.LogLevels[dice.IntN(5)]}, aside: dice.IntN(50) == 0}
			if heavy > 0 {
				e.Fields = []string{strings.Repeat("x", dice.IntN(heavy))}
			}
			ring.add(e)
			all = append(all, e)
			if dice.IntN(500) > 0 {
				continue
			}
			kept := naive(all)
			compare(t, &ring, all, kept)
		}
		if heavy > 0 && (ring.bytes > mostLogBytes || ring.len() == mostLogLines) {
			t.Errorf("%d entries weigh %d", ring.len(), ring.bytes)
		}
		if len(ring.entries) > 2*mostLogLines {
			t.Errorf("room for %d", len(ring.entries))
		}
	}
}

// naive is what is to be kept of all.
func naive(all []logEntry) []logEntry {
	weight, from := 0, len(all)
	for from > 0 && len(all)-from < mostLogLines {
		weight += all[from-1].weight()
		if weight > mostLogBytes && from < len(all) {
			break
		}
		from--
	}
	return all[from:]
}

func compare(t *testing.T, ring *logRing, all, kept []logEntry) {
	t.Helper()
	lines, told := 0, 0
	for _, e := range kept {
		if !e.aside {
			lines++
		}
	}
	for _, e := range all {
		if !e.aside {
			told++
		}
	}
	if ring.len() != len(kept) || ring.lost != len(all)-len(kept) || ring.came() != len(all) || ring.lines() != lines || ring.told != told {
		t.Fatalf("%d kept, %d lost, %d lines, of %d; want %d kept, %d lines", ring.len(), ring.lost, ring.lines(), len(all), len(kept), lines)
	}
	var got, want []string
	for _, i := range ring.holding("9 ", 0, ring.came()) {
		got = append(got, ring.at(i).Message)
	}
	for _, e := range kept {
		if e.holds("9 ") {
			want = append(want, e.Message)
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("after %d: %d lines, want %d", len(all), len(got), len(want))
	}
}
