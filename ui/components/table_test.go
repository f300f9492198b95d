package components

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
)

// press makes the message of a key from its name.
func press(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"up": tea.KeyUp, "down": tea.KeyDown, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome,
		"end": tea.KeyEnd, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "left": tea.KeyLeft,
		"right": tea.KeyRight, "backspace": tea.KeyBackspace,
	}
	if name == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

func peers(n int) []Row {
	rows := make([]Row, n)
	for i := range rows {
		rows[i] = Row{ID: fmt.Sprintf("id-%d", i), Cells: []Cell{
			{Text: fmt.Sprintf("vault-%d", i)},
			{Text: "voter"},
			{Text: "healthy", Tone: theme.OK},
			{Text: fmt.Sprint(i * 7)},
			{Text: "3 days", Tone: theme.Muted},
		}}
	}
	if n > 2 {
		rows[1].Mark = "★"
		rows[1].Cells[1] = Cell{Text: "leader", Tone: theme.Accent}
		rows[2].Cells[2] = Cell{Text: "failed", Tone: theme.Bad}
	}
	return rows
}

func peerTable(n, w, h int) *Table {
	t := NewTable(
		Column{Title: "PEER", Min: 6},
		Column{Title: "ROLE", Priority: 1},
		Column{Title: "HEALTH"},
		Column{Title: "LAG", Right: true, Priority: 2},
		Column{Title: "STABLE SINCE", Grow: true, Priority: 3},
	)
	t.SetRows(peers(n))
	t.SetSize(w, h)
	return t
}

func selected(t *testing.T, table *Table) string {
	t.Helper()
	id, ok := table.Selected()
	if !ok {
		t.Fatal("nothing is selected")
	}
	return id
}

func TestKeysMoveTheSelectionWithinTheRows(t *testing.T) {
	t.Parallel()
	table := peerTable(30, 60, 12) // a page of 10
	for _, step := range []struct{ key, want string }{
		{"up", "id-0"},
		{"down", "id-1"},
		{"j", "id-2"},
		{"k", "id-1"},
		{"pgdown", "id-11"},
		{"pgdown", "id-21"},
		{"pgdown", "id-29"},
		{"down", "id-29"},
		{"pgup", "id-19"},
		{"home", "id-0"},
		{"end", "id-29"},
	} {
		if !table.Key(press(step.key)) {
			t.Errorf("%s was not used", step.key)
		}
		if got := selected(t, table); got != step.want {
			t.Errorf("%s: %s is selected, want %s", step.key, got, step.want)
		}
	}
	for _, name := range []string{"enter", "esc", "g", "x", "tab", "left"} {
		if table.Key(press(name)) {
			t.Errorf("%s was used", name)
		}
	}
}

func TestSelectionFollowsItsID(t *testing.T) {
	t.Parallel()
	table := peerTable(5, 60, 10)
	table.Select("id-3")
	rows := peers(5)
	rows[0], rows[3] = rows[3], rows[0]
	table.SetRows(rows)
	if got := selected(t, table); got != "id-3" {
		t.Errorf("%s is selected after reordering, want id-3", got)
	}
	table.Key(press("down"))
	if got := selected(t, table); got != "id-1" {
		t.Errorf("%s follows id-3 now, want id-1", got)
	}
}

func TestSelectionStaysInPlaceWhenItsRowIsGone(t *testing.T) {
	t.Parallel()
	table := peerTable(5, 60, 10)
	table.Select("id-4")
	table.SetRows(peers(3))
	if got := selected(t, table); got != "id-2" {
		t.Errorf("%s is selected, want the last row, id-2", got)
	}
}

func TestSelectionSurvivesAnEmptyReading(t *testing.T) {
	t.Parallel()
	table := peerTable(5, 60, 10)
	table.Select("id-3")
	table.SetRows(nil)
	if id, ok := table.Selected(); ok {
		t.Errorf("%s is selected in an empty table", id)
	}
	table.SetRows(peers(5))
	if got := selected(t, table); got != "id-3" {
		t.Errorf("%s is selected, want id-3", got)
	}
}

func TestSelectOfAnUnknownIDChangesNothing(t *testing.T) {
	t.Parallel()
	table := peerTable(5, 60, 10)
	table.Select("id-2")
	table.Select("nobody")
	if got := selected(t, table); got != "id-2" {
		t.Errorf("%s is selected", got)
	}
}

func TestRowsOfOneIDCanAllBeReached(t *testing.T) {
	t.Parallel()
	table := NewTable(Column{Title: "A"})
	rows := []Row{{ID: "same", Cells: []Cell{{Text: "1"}}}, {ID: "same"}, {ID: "last"}}
	table.SetRows(rows)
	table.SetSize(20, 10)
	table.Key(press("down"))
	table.SetRows(rows)
	table.Key(press("down"))
	if got := selected(t, table); got != "last" {
		t.Errorf("%s is selected, want last", got)
	}
}

func TestFilterLooksAtEveryCellInAnyCase(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		filter string
		want   int
		first  string
	}{
		{"", 30, "id-0"},
		{"LEADER", 1, "id-1"},
		{"failed", 1, "id-2"},
		{"vault-2", 11, "id-2"},
		{"nothing like it", 0, ""},
	} {
		table := peerTable(30, 60, 10)
		table.Filter(c.filter)
		if shown, all := table.Shown(); shown != c.want || all != 30 {
			t.Errorf("filter %q shows %d of %d, want %d of 30", c.filter, shown, all, c.want)
		}
		if id, ok := table.Selected(); ok != (c.want > 0) || ok && id != c.first {
			t.Errorf("filter %q selects %q, want %q", c.filter, id, c.first)
		}
	}
}

func TestFilterKeepsTheSelectionItShowsAndStaysForNewRows(t *testing.T) {
	t.Parallel()
	table := peerTable(30, 60, 10)
	table.Select("id-21")
	table.Filter("vault-2")
	if got := selected(t, table); got != "id-21" {
		t.Errorf("%s is selected", got)
	}
	table.SetRows(peers(25))
	if shown, all := table.Shown(); shown != 6 || all != 25 {
		t.Errorf("%d of %d shown, want 6 of 25", shown, all)
	}
	table.Filter("")
	if got := selected(t, table); got != "id-21" {
		t.Errorf("%s is selected without the filter", got)
	}
}
