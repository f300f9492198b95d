package views

import (
	"strings"

	"warder/theme"
	"warder/ui/components"
	"warder/vault/ceremony"
)

// unsealed is the word for a node that needs no share any more.
const unsealed = "unsealed"

// gridLines draws nodes by shares: which node took which of the shares typed here, and how far the server says it is.
func gridLines(t theme.Theme, g ceremony.Grid, w int) []string {
	name := 4
	for _, r := range g.Rows {
		name = min(24, max(name, len([]rune(r.Name))))
	}
	var out []string
	for _, r := range g.Rows {
		var cells strings.Builder
		for _, c := range r.Cells {
			cells.WriteString(cellMark(t, c) + " ")
		}
		line := " " + components.Fit(t, r.Name, name, 1) + "  " + cells.String()
		if r.Needed > 0 && r.State != unsealed {
			line += " " + components.Gauge(t, r.Progress, r.Needed, 16)
		}
		out = append(out, components.Cut(t, line+"  "+t.Text(rowTone(r), r.State), w))
	}
	if len(out) == 0 {
		return nil
	}
	if l := legend(t, g); l != "" {
		out = append(out, " "+l)
	}
	return out
}

func rowTone(r ceremony.GridRow) theme.Tone {
	if r.State == unsealed {
		return theme.OK
	}
	return theme.Plain
}

// cellMark is one share at one node, told apart without colours.
func cellMark(t theme.Theme, c ceremony.Cell) string {
	switch c {
	case ceremony.Sending:
		return t.Text(theme.Muted, t.Glyphs().Ellipsis)
	case ceremony.Taken:
		return t.Text(theme.OK, t.Glyphs().Yes)
	case ceremony.Refused:
		return t.Text(theme.Bad, t.Glyphs().No)
	case ceremony.Lost:
		return t.Text(theme.Warn, "?")
	case ceremony.Dropped:
		return t.Text(theme.Warn, t.Glyphs().Gone)
	case ceremony.Unsent:
		return t.Text(theme.Muted, t.Glyphs().Idle)
	default:
		return t.Text(theme.Muted, t.Glyphs().Dash)
	}
}

// legend explains the marks that are drawn.
func legend(t theme.Theme, g ceremony.Grid) string {
	words := map[ceremony.Cell]string{
		ceremony.Sending: "under way", ceremony.Taken: "taken", ceremony.Refused: "refused", ceremony.Lost: "answer lost",
		ceremony.Dropped: "dropped with its set", ceremony.Unsent: "not sent", ceremony.NotNeeded: "not needed",
	}
	var out []string
	seen := map[ceremony.Cell]bool{}
	for _, r := range g.Rows {
		for _, c := range r.Cells {
			if !seen[c] {
				seen[c] = true
				out = append(out, cellMark(t, c)+" "+t.Text(theme.Muted, words[c]))
			}
		}
	}
	return strings.Join(out, "  ")
}
