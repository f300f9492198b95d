package views

import (
	"fmt"
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
	return append(out, " "+t.Text(theme.Muted, legend(t)))
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
		return t.Text(theme.Muted, "…")
	case ceremony.Taken:
		return t.Text(theme.OK, "✓")
	case ceremony.Refused:
		return t.Text(theme.Bad, "✗")
	case ceremony.Lost:
		return t.Text(theme.Warn, "?")
	default:
		return t.Text(theme.Muted, t.Glyphs().Dash)
	}
}

func legend(t theme.Theme) string {
	return fmt.Sprintf("%s taken  %s refused  ? answer lost  %s not needed", "✓", "✗", t.Glyphs().Dash)
}
