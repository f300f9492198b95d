package components

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
)

// Cell is a text and what it means.
type Cell struct {
	Text string
	Tone theme.Tone
}

// Column describes a column of a Table. One that may go and in which no row has anything to say is not shown.
type Column struct {
	Title    string
	Min      int  // how far it may shrink where room is short; 0 not below its content
	Max      int  // how wide its content may make it; 0 without end
	Grow     bool // takes the room that is left over
	Right    bool // aligned to the right
	Priority int  // 0 is always shown; where room is short the highest goes first
}

// Row is a line of a Table. Mark is a sign before the first column.
type Row struct {
	ID    string
	Mark  string
	Cells []Cell
}

// Table shows rows in columns, one of them selected by its ID.
type Table struct {
	columns []Column
	rows    []Row
	shown   []int // indices of the rows that pass the filter
	natural []int // width of each column's content
	filter  string
	id      string // of the selected row
	cursor  int    // index into shown
	top     int    // index into shown of the first row drawn
	w, h    int
}

// NewTable makes an empty table.
func NewTable(columns ...Column) *Table {
	t := &Table{columns: columns}
	t.SetRows(nil)
	return t
}

// SetRows replaces the rows. The selection stays with its ID, and where that is gone, with its place.
func (t *Table) SetRows(rows []Row) {
	t.rows = make([]Row, len(rows))
	for i, row := range rows {
		t.rows[i] = Row{ID: row.ID, Mark: bare(row.Mark), Cells: make([]Cell, len(t.columns))}
		for j := range min(len(t.columns), len(row.Cells)) {
			t.rows[i].Cells[j] = Cell{bare(row.Cells[j].Text), row.Cells[j].Tone}
		}
	}
	t.natural = naturalWidths(t.columns, t.rows)
	t.refilter()
}

// SetSize tells the room there is, header included.
func (t *Table) SetSize(w, h int) {
	t.w, t.h = w, h
	t.scroll()
}

// Filter shows only the rows with s in one of their cells, in any case. The empty string shows all.
func (t *Table) Filter(s string) {
	t.filter = strings.ToLower(s)
	t.refilter()
}

// Shown counts the rows that pass the filter, and all.
func (t *Table) Shown() (shown, all int) { return len(t.shown), len(t.rows) }

// Selected is the ID of the selected row.
func (t *Table) Selected() (id string, ok bool) { return t.id, len(t.shown) > 0 }

// Select moves the selection to a row that is shown; another ID changes nothing.
func (t *Table) Select(id string) {
	if i, ok := t.find(id); ok {
		t.moveTo(i)
	}
}

// Key moves the selection and says whether it had a use for the key.
func (t *Table) Key(k tea.KeyPressMsg) bool {
	page := max(1, t.window().rows)
	switch k.String() {
	case "up", "k":
		t.moveTo(t.cursor - 1)
	case "down", "j":
		t.moveTo(t.cursor + 1)
	case "pgup":
		t.moveTo(t.cursor - page)
	case "pgdown":
		t.moveTo(t.cursor + page)
	case "home":
		t.moveTo(0)
	case "end":
		t.moveTo(len(t.shown) - 1)
	default:
		return false
	}
	return true
}

func (t *Table) moveTo(i int) {
	t.cursor = max(0, min(i, len(t.shown)-1))
	if len(t.shown) > 0 {
		t.id = t.rows[t.shown[t.cursor]].ID
	}
	t.scroll()
}

func (t *Table) refilter() {
	t.shown = t.shown[:0]
	for i, row := range t.rows {
		if t.filter == "" || row.contains(t.filter) {
			t.shown = append(t.shown, i)
		}
	}
	i, ok := t.find(t.id)
	if !ok {
		i = t.cursor
	}
	t.moveTo(i)
}

// find looks at the cursor first, so that a selection among rows of one ID stays where it is.
func (t *Table) find(id string) (int, bool) {
	if t.cursor < len(t.shown) && t.rows[t.shown[t.cursor]].ID == id {
		return t.cursor, true
	}
	for i, r := range t.shown {
		if t.rows[r].ID == id {
			return i, true
		}
	}
	return 0, false
}

// scroll keeps the selected row in the window and the window full.
func (t *Table) scroll() {
	rows := t.window().rows
	t.top = min(t.top, t.cursor, max(0, len(t.shown)-rows))
	if rows > 0 && t.cursor >= t.top+rows {
		t.top = t.cursor - rows + 1
	}
}

func (r Row) contains(lower string) bool {
	for _, c := range r.Cells {
		if strings.Contains(strings.ToLower(c.Text), lower) {
			return true
		}
	}
	return false
}
