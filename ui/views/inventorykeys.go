package views

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"warder/ui/components"
	"warder/vault"
)

func (v *Inventory) key(k tea.KeyPressMsg) components.Action {
	p := v.here()
	switch k.String() {
	case "esc", "ctrl+[":
		return v.leave()
	case "q":
		return components.Close{}
	case "tab", "right", "l":
		return v.turn(1)
	case "shift+tab", "left", "h":
		return v.turn(-1)
	case "enter":
		return v.enter()
	case "backspace":
		return v.up()
	case "r":
		return components.Run{Cmd: v.ask()}
	case "/":
		v.typing = true
	case "n":
		if page := p.stock.Page; page != nil && page.More() && len(page.Names) > 0 && !p.asking {
			return v.page(page.Names[len(page.Names)-1])
		}
	case "b":
		if p.query.Want.After != "" && !p.asking {
			return v.page("")
		}
	case "c":
		if id, ok := p.table.Selected(); ok && v.countable(id) {
			return components.Run{Cmd: v.look(id, v.shelves[v.at].Count)}
		}
	case "e":
		if p.known {
			return components.Run{Cmd: v.export(v.shelves[v.at].Name, v.about(), v.text())}
		}
	default:
		p.table.Key(k)
	}
	return nil
}

// countable says that it can be asked how much there is below the row.
func (v *Inventory) countable(id string) bool {
	p := v.here()
	return v.shelves[v.at].Count != nil && strings.HasSuffix(id, "/") && !p.asking && !p.looks
}

// leave undoes the last narrowing, and closes where there is none.
func (v *Inventory) leave() components.Action {
	switch p := v.here(); {
	case p.filter != "":
		return v.narrow("")
	case p.query.Below != "":
		return v.up()
	}
	return components.Close{}
}

// page asks for the page after a name.
func (v *Inventory) page(after string) components.Action {
	v.here().query.Want.After = after
	return components.Run{Cmd: v.ask()}
}

// typed edits the filter. What stands on several pages is asked for anew, so that all of it is looked through.
func (v *Inventory) typed(k tea.KeyPressMsg) components.Action {
	p := v.here()
	switch k.String() {
	case "esc", "ctrl+[":
		v.typing = false
		return v.narrow("")
	case "enter":
		v.typing = false
		if v.spread() && p.query.Want.Holding != p.filter {
			p.query.Want = vault.Want{Holding: p.filter}
			return components.Run{Cmd: v.ask()}
		}
	case "backspace":
		if r := []rune(p.filter); len(r) > 0 {
			return v.narrow(string(r[:len(r)-1]))
		}
	case "ctrl+u":
		return v.narrow("")
	default:
		return v.narrow(p.filter + k.Text)
	}
	return nil
}

// spread says that the list does not stand on one page.
func (v *Inventory) spread() bool {
	page := v.here().stock.Page
	return page != nil && page.Total > vault.PageSize
}

// narrow shows the rows that hold the text. With none left of it, all are asked for where a part was.
func (v *Inventory) narrow(text string) components.Action {
	p := v.here()
	p.filter = text
	p.table.Filter(text)
	if text == "" && p.query.Want.Holding != "" {
		p.query.Want = vault.Want{}
		return components.Run{Cmd: v.ask()}
	}
	return nil
}

// about says of an export who told it, when, and which part of all it is.
func (v *Inventory) about() string {
	p := v.here()
	out := "As " + v.by + " told at " + p.told.UTC().Format("2006-01-02 15:04:05 UTC")
	if p.query.Below != "" {
		out += ", below " + p.query.Below
	}
	if v.spread() {
		out += ", " + v.part(" to ")
	}
	return out + "."
}

// part says which part of a long list is here.
func (v *Inventory) part(dash string) string {
	p := v.here()
	page := p.stock.Page
	out := fmt.Sprintf("%d%s%d of %d", min(page.Before+1, page.Matching), dash, page.Before+len(page.Names), page.Matching)
	if page.Matching < page.Total {
		out += fmt.Sprintf(" that hold %q, of %d", p.query.Want.Holding, page.Total)
	}
	return out
}

// text is the shelf as rows of text, the headings first.
func (v *Inventory) text() [][]string {
	var head []string
	for _, c := range v.shelves[v.at].Columns {
		head = append(head, c.Title)
	}
	out := [][]string{head}
	for _, r := range v.here().stock.Rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Text)
		}
		out = append(out, cells)
	}
	return out
}
