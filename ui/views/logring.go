package views

import (
	"strings"

	"warder/vault"
)

// mostLogLines bounds how many lines of a log are kept.
const mostLogLines = 5000

// logEntry is a line of a log, or what warder has to say between two of them.
type logEntry struct {
	vault.LogLine
	aside bool // it is warder's own
}

// holds says whether the text is in it, in any case.
func (e logEntry) holds(lower string) bool {
	return strings.Contains(strings.ToLower(e.Level+" "+e.Text()), lower)
}

// logRing keeps the last lines. The zero logRing is empty.
type logRing struct {
	entries []logEntry // from first on, and then from the start
	first   int
	lost    int // how many older ones were let go
}

func (r *logRing) add(e logEntry) {
	if len(r.entries) < mostLogLines {
		r.entries = append(r.entries, e)
		return
	}
	r.entries[r.first] = e
	r.first = (r.first + 1) % len(r.entries)
	r.lost++
}

// came is how many there ever were.
func (r *logRing) came() int { return r.lost + len(r.entries) }

func (r *logRing) len() int { return len(r.entries) }

// at is the nth of those that are kept, the oldest first.
func (r *logRing) at(n int) logEntry { return r.entries[(r.first+n)%len(r.entries)] }

// holding are the places of the lines with a text in them; of all lines for none. What warder says between lines always stays.
func (r *logRing) holding(text string) []int {
	out := make([]int, 0, r.len())
	lower := strings.ToLower(text)
	for n := range r.len() {
		if e := r.at(n); text == "" || e.aside || e.holds(lower) {
			out = append(out, n)
		}
	}
	return out
}
