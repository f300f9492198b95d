package views

import (
	"strings"

	"warder/vault"
)

// What is kept of a log is bounded by lines and by what they weigh: a line may be 16 KiB long.
const (
	mostLogLines = 5000
	mostLogBytes = 8 << 20
)

// logEntry is a line of a log, or what warder has to say between two of them.
type logEntry struct {
	vault.LogLine
	aside bool   // it is warder's own
	timed bool   // its text says when
	whole string // of what warder says: all of it, of which the message is the part on one line
	more  bool   // the part is not the first
}

// entryWeight is about what an entry takes beside its texts.
const entryWeight = 128

func (e *logEntry) weight() int {
	n := entryWeight + len(e.Level) + len(e.Module) + len(e.Message)
	for _, f := range e.Fields {
		n += len(f) + 16
	}
	return n
}

// holds says whether the text is in it, in any case. What warder says between lines always stays.
func (e *logEntry) holds(lower string) bool {
	return lower == "" || e.aside || strings.Contains(strings.ToLower(e.Level+" "+e.Text()), lower)
}

// logRing keeps the last entries. Each has a number that stays its own: the first that ever came is 0. The zero logRing is
// empty.
type logRing struct {
	entries []logEntry // those before head are gone
	head    int
	bytes   int
	lost    int // how many entries were let go: the number of the oldest that is kept
	dropped int // how many of those were lines
	told    int // how many lines ever came
}

func (r *logRing) add(e logEntry) {
	r.entries = append(r.entries, e)
	r.bytes += e.weight()
	if !e.aside {
		r.told++
	}
	for r.len() > mostLogLines || r.bytes > mostLogBytes && r.len() > 1 {
		r.drop()
	}
	// Moved down once in so many lines, so that neither the room nor the time for one line grows.
	if r.head >= mostLogLines {
		n := copy(r.entries, r.entries[r.head:])
		clear(r.entries[n:])
		r.entries, r.head = r.entries[:n], 0
	}
}

func (r *logRing) drop() {
	old := &r.entries[r.head]
	r.bytes -= old.weight()
	if !old.aside {
		r.dropped++
	}
	*old = logEntry{} // its texts are let go
	r.head++
	r.lost++
}

// came is the number that the next entry gets.
func (r *logRing) came() int { return r.lost + r.len() }

func (r *logRing) len() int { return len(r.entries) - r.head }

// lines is how many lines are kept, warder's own words not counted.
func (r *logRing) lines() int { return r.told - r.dropped }

// at is the entry of a number, which has to be kept still.
func (r *logRing) at(n int) *logEntry { return &r.entries[r.head+n-r.lost] }

// holding are the numbers, from one on and before another, of the entries with a text in them; of all for none.
func (r *logRing) holding(text string, from, until int) []int {
	var out []int
	lower := strings.ToLower(text)
	for n := max(from, r.lost); n < until; n++ {
		if r.at(n).holds(lower) {
			out = append(out, n)
		}
	}
	return out
}
