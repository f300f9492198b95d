package report

import (
	"fmt"
	"strings"
)

// Columns is how wide a table is; only command lines are longer, since they are there to be copied.
const Columns = 80

// Table is the report for a terminal: the verdict, the nodes, what else is known, and the findings. Its own signs are ASCII,
// without escape sequences, so that it is the same in a log, over a slow line and on a screen that has no more.
func (r Report) Table() string {
	var t table
	t.text("", r.headline())
	t.line(cut(shown(r.origin()), Columns))
	t.grid(r.nodeGrid())
	if r.Raft != nil {
		t.grid(r.peerGrid())
	}
	if r.troubledBackends() {
		t.grid(r.backendGrid())
	}
	if len(r.KeyStores) > 0 {
		t.grid(r.storeGrid())
	}
	t.facts(r.facts())
	for _, f := range r.Findings {
		t.finding(f)
	}
	if len(r.Events) > 0 {
		t.grid(r.eventGrid())
	}
	return t.String()
}

// troubledBackends says that the backends are worth their lines: there are several, or one is not well.
func (r Report) troubledBackends() bool {
	for _, n := range r.Nodes {
		if len(n.Backends) > 1 {
			return true
		}
		for _, b := range n.Backends {
			if !b.Healthy {
				return true
			}
		}
	}
	return false
}

// table gathers lines.
type table struct{ strings.Builder }

func (t *table) line(s string) {
	t.WriteString(strings.TrimRight(s, " "))
	t.WriteByte('\n')
}

// text wraps, with what begins the first line; the others are indented as far.
func (t *table) text(begin, s string) {
	for i, l := range wrapped(shown(s), Columns-len(begin)) {
		if i > 0 {
			begin = strings.Repeat(" ", len(begin))
		}
		t.line(begin + l)
	}
}

func (t *table) facts(facts []string) {
	if len(facts) == 0 {
		return
	}
	t.line("")
	for _, f := range facts {
		what, how, _ := strings.Cut(f, ": ")
		t.text(fmt.Sprintf("%-10s", what), how)
	}
}

func (t *table) finding(f Finding) {
	t.line("")
	t.text(fmt.Sprintf("%-10s", f.Severity), f.What)
	t.text("          -> ", sentence(f.Follows)+" "+sentence(f.Do))
	if f.Command != "" {
		t.line("          $ " + shown(f.Command))
	}
}

// gap stands between two columns, and narrow is what the widest are not cut below.
const (
	gap    = 2
	narrow = 8
)

func (t *table) grid(g grid) {
	if len(g.rows) == 0 {
		return
	}
	t.line("")
	widths := g.widths()
	if last := len(widths) - 1; g.spare && total(widths) > Columns {
		widths, g = widths[:last], g.first(last)
	}
	fit(widths, Columns)
	for _, row := range append([][]string{g.head}, g.rows...) {
		line := ""
		for c, text := range row {
			if text == "" {
				text = "-"
			}
			line += padded(cut(shown(text), widths[c]), widths[c]+gap)
		}
		t.line(line)
	}
}

// first is the grid of so many columns.
func (g grid) first(columns int) grid {
	out := grid{head: g.head[:columns]}
	for _, row := range g.rows {
		out.rows = append(out.rows, row[:columns])
	}
	return out
}

// widths is what each column's widest cell needs.
func (g grid) widths() []int {
	widths := make([]int, len(g.head))
	for _, row := range append([][]string{g.head}, g.rows...) {
		for c, text := range row {
			widths[c] = max(widths[c], width(shown(text)))
		}
	}
	return widths
}

func total(widths []int) int {
	sum := -gap
	for _, w := range widths {
		sum += w + gap
	}
	return sum
}

// fit takes from the widest column until all have room.
func fit(widths []int, room int) {
	for {
		widest := 0
		for c, w := range widths {
			if w > widths[widest] {
				widest = c
			}
		}
		over := total(widths) - room
		if over <= 0 || widths[widest] <= narrow {
			return
		}
		widths[widest] -= max(1, min(over, widths[widest]-narrow)/2)
	}
}
