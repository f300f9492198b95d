package views

import (
	"warder/ui/components"
	"warder/vault"
)

// Shelf is one category of an inventory.
type Shelf struct {
	Name    string
	Needs   string // which capabilities on which path, in words
	None    string // what it means that there is nothing
	Folders bool   // it is a tree, so that how many stand in sight says little
	Columns []components.Column
	// Ask reads what there is, which may take a while.
	Ask func(Query) (Stock, error)
	// Count reads how much there is below a folder; nil where that cannot be asked.
	Count func(id string) (Leaf, error)
	// Look reads more of one row; nil where its facts are all there is.
	Look func(id string) (Leaf, error)
}

// Query is which part of a shelf is asked for.
type Query struct {
	Below string // a folder, with its slash at the end; "" for the top
	Want  vault.Want
}

// Stock is what a shelf holds, as it was told.
type Stock struct {
	Rows  []components.Row  // whose ID ends with a slash is a folder
	Facts map[string][]Fact // of a row, by its ID
	Notes []string          // what is true of all of it
	Page  *vault.Page       // where the list may have several
}

// Leaf is what was read of one row: facts, and a text of many lines.
type Leaf struct {
	Title string
	Facts []Fact
	Lines []string
}

// Prose takes a server's text of many lines apart, and control characters out of each. How far a line stands in is kept.
func Prose(text string) []string {
	var out []string
	for line := range stringsLines(text) {
		body, indent := stripIndent(line)
		out = append(out, indent+vault.Clean(body))
	}
	return out
}
