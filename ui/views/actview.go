package views

import (
	"strings"

	"warder/theme"
	"warder/ui/components"
)

// View draws the text, which scrolls, and the question below it, which stays.
func (d *Act) View(t theme.Theme) string {
	if d.w <= 0 || d.h <= 0 {
		return ""
	}
	foot := t.Text(theme.Muted, d.keys())
	if d.unread {
		foot = t.Text(theme.Bad, "There is more to read: pgdown first.")
	}
	var form []string
	if d.form != nil {
		d.form.SetSize(d.w, max(3, d.h-leastProse-1))
		form = strings.Split(d.form.View(t), "\n")
	}
	form = append(form, foot)
	return joined(append(d.prose.view(t, d.lines(t), max(1, d.h-len(form))), form...))
}

func (d *Act) keys() string {
	switch {
	case d.stage == actLooking || d.stage == actExamining:
		return "esc close"
	case d.stage == actDoing:
		return "esc close; what came of it is told below then"
	case d.form == nil:
		return "enter close"
	}
	return d.form.Hint() + "   esc back"
}

// lines are what is told at this stage.
func (d *Act) lines(t theme.Theme) []string {
	switch d.stage {
	case actLooking:
		return []string{"It is read how things are …", ""}
	case actExamining:
		return d.underWay("It is looked at first …")
	case actRefused:
		out := wrapped(t, theme.Bad, "Not sent: "+sentence(d.found.Refuse)+" Nothing was changed.", d.w)
		return append(append(append(out, ""), factLines(t, d.found.Facts, d.w)...), "")
	case actDoing:
		return d.underWay("It is sent, once. The answer is awaited, and then read back …")
	case actTold:
		out := wrapped(t, d.result.Tone, d.result.Title, d.w)
		return append(append(append(out, ""), factLines(t, d.result.Facts, d.w)...), "")
	case actAsking:
		out := []string{t.Text(theme.Strong, components.Cut(t, d.deed.Name, d.w)), ""}
		return append(append(out, factLines(t, d.follows(), d.w)...), "")
	case actFilling:
		return append(factLines(t, d.outlook.Facts, d.w), "")
	}
	out := append(factLines(t, d.outlook.Facts, d.w), "")
	for _, deed := range d.outlook.Deeds {
		if deed.Refuse != "" {
			out = append(out, wrapped(t, theme.Muted, deed.Name+": not here and now. "+sentence(deed.Refuse), d.w)...)
			out = append(out, "")
		}
	}
	return out
}

// underWay is how far something is, or else what is being done.
func (d *Act) underWay(otherwise string) []string {
	if d.deed.Progress != nil {
		return []string{"It is under way: " + d.deed.Progress(), ""}
	}
	return []string{otherwise, ""}
}

// follows are what was found, and what an act leads to; of the only one there is, nobody saw before how things are.
func (d *Act) follows() []Fact {
	var out []Fact
	if len(d.outlook.Deeds) == 1 {
		out = append(out, d.outlook.Facts...)
	}
	return append(append(out, d.found.Facts...), d.deed.Follows(d.values)...)
}
