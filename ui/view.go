package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault/ceremony"
)

// View draws the screen, or gives the last drawing when nothing changed since.
func (a *App) View() tea.View {
	if a.stale {
		a.frame, a.stale = a.draw(), false
		if a.opts.ASCII {
			a.frame = ascii(a.frame)
		}
	}
	v := tea.NewView(a.frame)
	v.AltScreen = true
	v.WindowTitle = "warder"
	return v
}

// relayout divides the screen anew and tells the panes their sizes.
func (a *App) relayout() {
	a.stale = true
	// What a pane needs depends on its width, which the first pass gives.
	for range 2 {
		plan := a.plan()
		for i, p := range a.panes {
			r := plan.panes[i]
			p.SetSize(max(0, r.W-2), max(0, r.H-2))
		}
	}
	a.overlay.SetSize(a.w, a.h)
}

func (a *App) plan() plan {
	var needs [paneCount]int
	for i, p := range a.panes {
		needs[i] = p.Need()
	}
	return layout(a.w, a.h, a.focus, a.zoom, needs)
}

// draw makes the whole screen, exactly as large as the window.
func (a *App) draw() string {
	if a.w <= 0 || a.h <= 0 {
		return ""
	}
	base := a.base()
	if a.overlay.Empty() {
		return base
	}
	return a.overlay.View(a.theme, base, a.w, a.h)
}

func (a *App) base() string {
	p := a.plan()
	if p.shape == brief {
		return views.Brief(a.pic, a.opts.Name, a.w, a.h)
	}
	rows := []string{views.Header(a.pic, a.opts.Name, a.paused, a.w)}
	switch p.shape {
	case zoomed:
		rows = append(rows, a.region(p, a.focus))
	case full:
		rows = append(rows, beside(a.region(p, paneHealth), a.region(p, paneRaft)),
			beside(a.region(p, paneSeal), a.region(p, paneRewrap)), a.region(p, paneFindings))
	default:
		for i := range a.panes {
			rows = append(rows, a.region(p, i))
		}
	}
	return strings.Join(append(rows, a.foot()), "\n")
}

// region draws one pane in its place: framed, or folded to a line.
func (a *App) region(p plan, i int) string {
	pane, r := a.panes[i], p.panes[i]
	focused := i == a.focus
	if r.H == 1 {
		return a.line(i, r.W)
	}
	note := pane.Note()
	f := components.Frame{Title: pane.Title(), Note: note.Text, NoteTone: note.Tone, Focused: focused}
	if a.filter.text != "" && focused {
		f.Title += " /" + a.filter.text
	}
	return f.Render(a.theme, r.W, r.H, pane.View(focused))
}

func (a *App) line(i, w int) string {
	const label = 17
	title := components.Fit(a.theme, "  "+a.panes[i].Title(), label, 1)
	return components.Fit(a.theme, a.theme.Text(theme.Muted, title)+" "+a.panes[i].Line(), w, 1)
}

// beside joins two blocks of the same height.
func beside(left, right string) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	for i := range min(len(l), len(r)) {
		l[i] += r[i]
	}
	return strings.Join(l, "\n")
}

// foot is the last line: what is being typed, or what just happened, or the keys.
func (a *App) foot() string {
	if a.filter.open {
		return components.Fit(a.theme, a.filter.line(a.theme, a.panes[a.focus]), a.w, 1)
	}
	if t := a.toast.View(a.theme, a.opts.Now(), a.w); t != "" {
		return t
	}
	quit := a.hint(a.keys.Quit)
	room := a.w - ansi.StringWidth(quit)
	var b strings.Builder
	for _, k := range a.keys.foot(a.panes[a.focus].Bindings(), a.occasion()) {
		if item := a.hint(k); ansi.StringWidth(b.String())+ansi.StringWidth(item) <= room {
			b.WriteString(item)
		}
	}
	return components.Fit(a.theme, b.String()+quit, a.w, 1)
}

// occasion is what the keys of the last line depend on.
func (a *App) occasion() occasion {
	return occasion{
		blank: ceremony.Uninitialised(a.snap), sealed: len(ceremony.Sealed(a.snap, a.opts.SkipVerify)) > 0,
		contexts: len(a.opts.Contexts) > 0,
	}
}

// hint is a binding in the last line.
func (a *App) hint(k key.Binding) string {
	tone := theme.Accent
	if a.opts.Cluster.ReadOnly() && a.keys.writes(k) {
		tone = theme.Muted
	}
	return fmt.Sprintf(" %s %s ", a.theme.Text(tone, k.Help().Key), a.theme.Text(theme.Muted, k.Help().Desc))
}
