package views

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
)

// Inventory is what a cluster is made of, shelf by shelf. A shelf is asked for when it is first looked at and when r is pressed, and
// never by itself: reads with a token stand in audit logs.
type Inventory struct {
	name    string
	by      string // the node that is asked
	now     func() time.Time
	shelves []Shelf
	places  []place
	at      int
	typing  bool // a filter
	export  func(shelf, about string, rows [][]string) tea.Cmd
	w, h    int
}

// place is a shelf as it stands on the screen.
type place struct {
	table  *components.Table
	query  Query
	filter string
	asked  int // how often, so that an answer to an earlier question is known
	known  bool
	asking bool
	stock  Stock
	err    error
	told   time.Time
	looks  bool // a row is read
}

// InventoryMsg answers a question of an inventory: a stock, a leaf, or why there is none.
type InventoryMsg struct {
	Inventory *Inventory
	Shelf     int
	Asked     int
	Stock     *Stock
	Leaf      *Leaf
	Err       error
}

// NewInventory opens on the first shelf. by is who is asked; export writes rows of text, the headings first, and what they are.
func NewInventory(name, by string, now func() time.Time, shelves []Shelf, export func(shelf, about string, rows [][]string) tea.Cmd) (*Inventory, tea.Cmd) {
	v := &Inventory{name: name, by: by, now: now, shelves: shelves, export: export}
	for _, s := range shelves {
		v.places = append(v.places, place{table: components.NewTable(s.Columns...)})
	}
	return v, v.ask()
}

// Title is the dialog's.
func (v *Inventory) Title() string { return "Inventory of " + v.name }

// Fills takes the whole screen.
func (v *Inventory) Fills() {}

// Busy is never so: what is read changes nothing.
func (v *Inventory) Busy() bool { return false }

// SetSize takes the room there is.
func (v *Inventory) SetSize(w, h int) {
	v.w, v.h = w, h
	v.resize()
}

// Owns says that a message is this dialog's.
func (v *Inventory) Owns(msg tea.Msg) bool {
	m, ok := msg.(InventoryMsg)
	return ok && m.Inventory == v
}

func (v *Inventory) here() *place { return &v.places[v.at] }

// ask makes the question for the shelf that is looked at.
func (v *Inventory) ask() tea.Cmd {
	p, ask, query := v.here(), v.shelves[v.at].Ask, v.places[v.at].query
	p.asked++
	p.asking, p.looks = true, false
	m := InventoryMsg{Inventory: v, Shelf: v.at, Asked: p.asked}
	return func() tea.Msg {
		stock, err := ask(query)
		m.Stock, m.Err = &stock, err
		return m
	}
}

// look makes a question for one row.
func (v *Inventory) look(id string, look func(string) (Leaf, error)) tea.Cmd {
	p := v.here()
	p.looks = true
	m := InventoryMsg{Inventory: v, Shelf: v.at, Asked: p.asked}
	return func() tea.Msg {
		leaf, err := look(id)
		m.Leaf, m.Err = &leaf, err
		return m
	}
}

// Update takes answers and keys.
func (v *Inventory) Update(msg tea.Msg) components.Action {
	switch m := msg.(type) {
	case InventoryMsg:
		return v.hear(m)
	case tea.KeyPressMsg:
		if v.typing {
			return v.typed(m)
		}
		return v.key(m)
	case tea.PasteMsg:
		if v.typing {
			v.narrow(v.here().filter + vault.Clean(m.Content))
		}
	}
	return nil
}

func (v *Inventory) hear(m InventoryMsg) components.Action {
	p := &v.places[m.Shelf]
	if m.Asked != p.asked {
		return nil
	}
	if m.Leaf != nil {
		p.looks = false
		if m.Err != nil {
			m.Leaf = &Leaf{Title: "Not read", Facts: []Fact{toned("", sentence(vault.Reason(m.Err)), theme.Bad)}}
		}
		return components.Open{Dialog: NewLeaf(*m.Leaf)}
	}
	p.asking, p.err, p.told = false, m.Err, v.now()
	if m.Err == nil {
		p.known, p.stock = true, *m.Stock
		p.table.SetRows(p.stock.Rows)
	}
	v.resize()
	return nil
}

// turn goes to another shelf, and asks for it where it was never seen.
func (v *Inventory) turn(by int) components.Action {
	v.at = (v.at + by + len(v.shelves)) % len(v.shelves)
	v.resize()
	if p := v.here(); !p.known && !p.asking && p.err == nil {
		return components.Run{Cmd: v.ask()}
	}
	return nil
}

// enter opens what is selected: a folder, what has to be read, or the facts of the row.
func (v *Inventory) enter() components.Action {
	p := v.here()
	id, ok := p.table.Selected()
	switch {
	case !ok || p.asking || p.looks:
		return nil
	case strings.HasSuffix(id, "/") && p.stock.Facts[id] == nil:
		return v.descend(id)
	case v.shelves[v.at].Look != nil:
		return components.Run{Cmd: v.look(id, v.shelves[v.at].Look)}
	}
	return components.Open{Dialog: NewLeaf(Leaf{Title: v.shelves[v.at].Name + ": " + id, Facts: p.stock.Facts[id]})}
}

// descend goes to a folder.
func (v *Inventory) descend(below string) components.Action {
	p := v.here()
	// The rows of another folder are none of this one.
	p.query, p.filter, p.known, p.stock = Query{Below: below}, "", false, Stock{}
	p.table.Filter("")
	p.table.SetRows(nil)
	return components.Run{Cmd: v.ask()}
}

// up leaves a folder.
func (v *Inventory) up() components.Action {
	below := strings.TrimSuffix(v.here().query.Below, "/")
	if below == "" {
		return nil
	}
	return v.descend(below[:strings.LastIndex(below, "/")+1])
}
