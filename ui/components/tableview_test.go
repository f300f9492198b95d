package components

import (
	"fmt"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"warder/theme"
)

func awkwardTable() *Table {
	table := NewTable(
		Column{Title: "封印\x1b[31m\nNODE", Min: 3},
		Column{Title: "STATE", Max: 12, Priority: 1},
		Column{Title: "LAG", Right: true, Grow: true},
	)
	var rows []Row
	for i, line := range strings.Split(awkward, "\n") {
		rows = append(rows, Row{ID: fmt.Sprint(i), Mark: line, Cells: []Cell{{line, theme.Bad}, {awkward, theme.OK}, {Text: line}, {Text: "one too many"}}})
	}
	table.SetRows(append(rows, Row{}, Row{Cells: []Cell{{Text: "too few"}}}))
	return table
}

func TestTableIsExactAtEverySize(t *testing.T) {
	t.Parallel()
	table := awkwardTable()
	for w := range upTo(130) {
		for h := range upTo(40) {
			table.SetSize(w, h)
			for _, name := range []string{"home", "end"} {
				table.Key(press(name))
				checkBlock(t, table.View(dark, true), w, h)
			}
		}
	}
}

func TestTableShowsTheSelectionWhereverItIs(t *testing.T) {
	t.Parallel()
	for h := 1; h <= 14; h++ {
		table := peerTable(12, 60, h)
		for i := range 12 {
			table.Select(fmt.Sprintf("id-%d", i))
			if got := ansi.Strip(table.View(mono, true)); !strings.Contains(got, fmt.Sprintf("▌  vault-%d ", i)) && !strings.Contains(got, fmt.Sprintf("▌★ vault-%d ", i)) {
				t.Errorf("height %d: row %d is selected and not in sight:\n%s", h, i, got)
			}
		}
	}
}

func TestTableFillsItsWindowWhenRowsGoAway(t *testing.T) {
	t.Parallel()
	table := peerTable(30, 60, 8)
	table.Key(press("end"))
	table.SetRows(peers(6))
	if got := ansi.Strip(table.View(mono, true)); !strings.Contains(got, "vault-0") || !strings.Contains(got, "vault-5") {
		t.Errorf("six rows have room in eight lines:\n%s", got)
	}
}

func TestTableGoldens(t *testing.T) {
	t.Parallel()
	for _, size := range []Rect{{W: 120, H: 8}, {W: 58, H: 8}, {W: 38, H: 6}, {W: 24, H: 5}, {W: 12, H: 3}, {W: 3, H: 2}} {
		t.Run(fmt.Sprintf("%dx%d", size.W, size.H), func(t *testing.T) {
			t.Parallel()
			table := peerTable(12, size.W, size.H)
			all := table.View(mono, true)
			table.Key(press("pgdown"))
			all += "\n\n" + table.View(ascii, false)
			table.Filter("leader")
			all += "\n\n" + table.View(mono, true)
			table.Filter("\x1b[31mno such peer")
			golden.RequireEqual(t, all+"\n\n"+table.View(mono, true)+"\n")
		})
	}
}

func TestSelectedRowHasOneBackgroundFromEdgeToEdge(t *testing.T) {
	t.Parallel()
	table := peerTable(3, 60, 5)
	table.Select("id-2")
	canvas := lipgloss.NewCanvas(60, 5)
	canvas.Compose(lipgloss.NewLayer(table.View(dark, true)))
	want := canvas.CellAt(0, 3).Style.Bg
	if want == nil {
		t.Fatal("the selected row has no background")
	}
	for x := range 60 {
		if got := canvas.CellAt(x, 3).Style.Bg; got != want {
			t.Errorf("column %d has background %v, want %v", x, got, want)
		}
		if got := canvas.CellAt(x, 2).Style.Bg; got != nil {
			t.Errorf("column %d of the row above has background %v", x, got)
		}
	}
	failed := strings.Index(strings.Split(ansi.Strip(table.View(ascii, true)), "\n")[3], "failed")
	if got, bad := canvas.CellAt(failed, 3).Style.Fg, dark.Style(theme.Bad).GetForeground(); got != bad {
		t.Errorf("the failed peer is drawn in %v, want %v", got, bad)
	}
}

func BenchmarkTableView(b *testing.B) {
	for _, n := range []int{36, 1000} {
		b.Run(fmt.Sprintf("%d rows at 120x36", n), func(b *testing.B) {
			table := peerTable(n, 120, 36)
			table.Select(fmt.Sprintf("id-%d", n/2))
			b.ReportAllocs()
			for b.Loop() {
				table.View(dark, true)
			}
		})
	}
}

func BenchmarkTableSetRows(b *testing.B) {
	table, rows := peerTable(1000, 120, 36), peers(1000)
	b.ReportAllocs()
	for b.Loop() {
		table.SetRows(rows)
	}
}

func BenchmarkFrame(b *testing.B) {
	content := peerTable(1000, 118, 34).View(dark, true)
	b.ReportAllocs()
	for b.Loop() {
		Frame{Title: "Raft peers", Note: "can lose 0 of 3", NoteTone: theme.Bad}.Render(dark, 120, 36, content)
	}
}
