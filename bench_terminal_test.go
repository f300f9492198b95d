package main_test

import (
	"testing"
	"time"

	"github.com/creack/pty"
)

// sights are the clusters that a terminal is measured with.
var sights = []struct{ name, flag string }{{"healthy", "--demo=healthy"}, {"busy", "--demo=busy"}, {"failing", "--demo=tolerance-zero"}}

var sizes = []struct {
	name string
	size pty.Winsize
}{{"80x24", narrow}, {"120x36", wide}}

// BenchmarkTerminal counts what is written to a terminal while nobody touches a key.
func BenchmarkTerminal(b *testing.B) {
	for _, s := range sizes {
		for _, d := range sights {
			b.Run(s.name+"/"+d.name, func(b *testing.B) {
				var rates, first []float64
				for b.Loop() {
					c := start(b, s.size, nil, d.flag)
					c.until(b, firstData...)
					time.Sleep(settling)
					first = append(first, float64(c.taken()))
					time.Sleep(measured)
					rates = append(rates, float64(c.taken())/measured.Seconds())
					c.kill()
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(median(rates), "bytes/s")
				b.ReportMetric(median(first), "start-bytes")
			})
		}
	}
}

// What an operator does most: moving in a table, going through the panes, opening and closing a detail and the help.
var walk = []string{"j", "k", "\t", "\t", "\t", "\t", "\t", "\r", "\x1b", "?", "\x1b", "z", "z"}

// BenchmarkKeyPress counts what a key costs on the line, and how late its last byte is there over one of 300 ms and 64 kbit/s.
// The line is reckoned and not built: what is measured is when the console wrote how much.
func BenchmarkKeyPress(b *testing.B) {
	for _, s := range sizes {
		for _, d := range sights {
			b.Run(s.name+"/"+d.name, func(b *testing.B) {
				c := start(b, s.size, nil, d.flag)
				c.until(b, firstData...)
				time.Sleep(settling)
				var bytes, late []float64
				for i := 0; b.Loop(); i++ {
					c.taken()
					count, after := c.press(b, walk[i%len(walk)])
					bytes = append(bytes, float64(count))
					late = append(late, ms(after+line.delay+time.Duration(count)*line.perByte))
				}
				c.kill()
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(median(bytes), "bytes/key")
				b.ReportMetric(bytes[len(bytes)*95/100], "bytes-p95")
				b.ReportMetric(median(late), "ms-at-300ms")
				b.ReportMetric(late[len(late)*95/100], "ms-p95")
			})
		}
	}
}

// line is a slow one: there and back, and the time that a byte takes.
var line = struct{ delay, perByte time.Duration }{300 * time.Millisecond, time.Second / (64_000 / 8)}

// quiet is how long nothing must be written for a key to be answered.
const quiet = 120 * time.Millisecond

// press types a key and gives what it made the console write, and when the last of it was written.
func (c *console) press(b *testing.B, key string) (count int, after time.Duration) {
	b.Helper()
	began := time.Now()
	_, err := c.tty.WriteString(key)
	must(b, err)
	for {
		select {
		case <-c.news:
			after = time.Since(began)
		case <-c.ended:
			b.Fatal("the console ended by itself")
		case <-time.After(quiet):
			return c.taken(), after
		}
	}
}

// taken is what was written since it was asked last; from the first time on the text itself is not kept.
func (c *console) taken() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.count
	c.keep, c.count = false, 0
	select {
	case <-c.news:
	default:
	}
	return n
}
