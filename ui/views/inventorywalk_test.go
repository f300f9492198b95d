package views_test

import (
	"strings"
	"testing"
	"time"

	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
)

// tree is an inventory of one shelf of folders, opened and told.
func tree(page *vault.Page) *views.Inventory {
	rows := func(below string) []components.Row {
		return []components.Row{
			{ID: below + "folder/", Cells: []components.Cell{{Text: "folder/"}}}, {ID: below + "leaf", Cells: []components.Cell{{Text: "leaf of " + below}}},
		}
	}
	v, cmd := views.NewInventory("prod", "vault-2", func() time.Time { return now }, []views.Shelf{{
		Name: "Leases", Columns: []components.Column{{Title: "LEASE"}},
		Ask:  func(q views.Query) (views.Stock, error) { return views.Stock{Rows: rows(q.Below), Page: page}, nil },
		Look: func(id string) (views.Leaf, error) { return views.Leaf{Title: id}, nil },
	}}, nil)
	v.SetSize(60, 12)
	v.Update(cmd())
	return v
}

// TestTheRowsOfOneFolderAreNeverShownAsThoseOfAnother: until it is told what is in the folder, nothing is.
func TestTheRowsOfOneFolderAreNeverShownAsThoseOfAnother(t *testing.T) {
	t.Parallel()
	v := tree(nil)
	cmd := v.Update(press("enter")).(components.Run).Cmd
	if s := v.View(plain()); !strings.Contains(s, "below folder/") || strings.Contains(s, "leaf") {
		t.Errorf("before it is told:\n%s", s)
	}
	v.Update(cmd())
	if s := v.View(plain()); !strings.Contains(s, "leaf of folder/") {
		t.Errorf("once it is told:\n%s", s)
	}
}

// TestARowIsReadAgainAfterTheShelfWasAskedAnew: the answer of the first reading is dropped, and must not be waited for.
func TestARowIsReadAgainAfterTheShelfWasAskedAnew(t *testing.T) {
	t.Parallel()
	v := tree(nil)
	v.Update(press("down"))
	first := v.Update(press("enter")).(components.Run).Cmd
	v.Update(v.Update(press("r")).(components.Run).Cmd())
	if v.Update(first()) != nil {
		t.Error("an answer to what was asked before is shown")
	}
	again, ok := v.Update(press("enter")).(components.Run)
	if !ok {
		t.Fatal("it is not read again")
	}
	if _, ok := v.Update(again.Cmd()).(components.Open); !ok {
		t.Error("it is not shown")
	}
}

// TestAPageWithoutNamesHasNoPageAfterIt: names went while somebody turned pages.
func TestAPageWithoutNamesHasNoPageAfterIt(t *testing.T) {
	t.Parallel()
	v := tree(&vault.Page{Before: 3, Matching: 20_000, Total: 20_000})
	if v.Update(press("n")) != nil {
		t.Error("there is a next page")
	}
}
