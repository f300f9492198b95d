package views

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
	"warder/vault/rules"
)

// Header is the line of judgement: name, verdict and worst finding at the left, what it rests on at the right.
func Header(p *Picture, name string, paused bool, w int) string {
	t := p.Theme
	glyph, tone := verdictMark(t, p.Verdict)
	left := " "
	n := title(p, name)
	if n == "" || w >= 100 {
		left += t.Text(theme.Strong, "warder") + "  "
	}
	if n != "" {
		left += t.Text(p.Where.tone(), components.Cut(t, n, max(18, w/5))) + "  "
	}
	if marks := p.Where.marks(t); marks != "" {
		left += marks + " "
	}
	left += t.Text(tone, glyph+" "+p.Verdict.String())
	room := w - ansi.StringWidth(left) - 1
	worst, more := worstText(p)
	right := ""
	// What the verdict rests on gives way to the verdict's reason, piece by piece.
	for _, piece := range basis(p, paused) {
		if next := piece + "  " + right; ansi.StringWidth(worst+more)+ansi.StringWidth(next)+4 <= room {
			right = next
		}
	}
	reason := components.Cut(t, worst, room-ansi.StringWidth(more)-ansi.StringWidth(right)-3)
	right = strings.TrimRight(right, " ")
	left += "  " + reason + t.Text(theme.Muted, more)
	gap := max(0, w-ansi.StringWidth(left)-ansi.StringWidth(right)-1)
	return components.Fit(t, left+strings.Repeat(" ", gap)+t.Text(theme.Muted, right), w, 1)
}

func title(p *Picture, name string) string {
	if name != "" {
		return name
	}
	return p.Name()
}

func verdictMark(t theme.Theme, h rules.Health) (string, theme.Tone) {
	g := t.Glyphs()
	switch h {
	case rules.Well:
		return g.OK, theme.OK
	case rules.Weak:
		return g.Warn, theme.Warn
	case rules.Dire:
		return g.Bad, theme.Bad
	default:
		return g.Dash, theme.Muted
	}
}

// worstText is the worst finding that counts, and how many more there are. A notice explains no verdict.
func worstText(p *Picture) (worst, more string) {
	if n := awaited(p); n > 0 && p.Verdict == rules.Untold && (len(p.Findings) == 0 || p.Findings[0].Severity == rules.Notice) {
		return fmt.Sprintf("waiting for %d of %s", n, plural(len(p.Nodes), "node", "nodes")), ""
	}
	if len(p.Findings) == 0 || p.Findings[0].Severity == rules.Notice && p.Verdict == rules.Well {
		return "", ""
	}
	return p.Findings[0].What, moreFindings(p)
}

// moreFindings counts those beside the worst; notices are called that, since none of them weighs on the verdict.
func moreFindings(p *Picture) string {
	graver, notices := 0, 0
	for _, f := range p.Findings[1:] {
		if f.Severity == rules.Notice {
			notices++
		} else {
			graver++
		}
	}
	switch {
	case graver > 0:
		return fmt.Sprintf("  +%d more", graver+notices)
	case notices > 0:
		return "  +" + plural(notices, "notice", "notices")
	}
	return ""
}

// awaited counts the nodes that were neither heard nor found silent yet.
func awaited(p *Picture) int {
	n := 0
	for _, x := range p.Nodes {
		if x.State() == vault.Unknown {
			n++
		}
	}
	return n
}

// basis is what the verdict rests on, the most important piece first.
func basis(p *Picture, paused bool) []string {
	out := []string{freshness(p, paused)}
	if left, ok := p.TokenLeft(p.Now); ok {
		out = append(out, "token "+rules.Span(left))
	} else if tok, _ := p.Token(); tok.Known() && tok.Value.Root() {
		out = append(out, "root token")
	} else if vault.Is(tok.Err, vault.NoToken) {
		out = append(out, "no token")
	}
	for _, n := range p.Nodes {
		if v := strings.TrimSpace(n.Product().String() + " " + n.Version()); v != "" {
			return append(out, v)
		}
	}
	return out
}

func freshness(p *Picture, paused bool) string {
	at := p.At()
	switch {
	case paused:
		return "paused"
	case at.IsZero():
		return "asking"
	case p.Now.Sub(at) > staleAfter:
		return rules.Span(p.Now.Sub(at)) + " old"
	}
	return "live"
}

// Brief is all that a window too small for panes shows: the verdict and the worst finding.
func Brief(p *Picture, name string, w, h int) string {
	t := p.Theme
	glyph, tone := verdictMark(t, p.Verdict)
	lines := []string{p.Where.marks(t) + t.Text(tone, glyph+" "+p.Verdict.String()) + "  " + t.Text(p.Where.tone(), title(p, name))}
	if len(p.Findings) == 0 {
		lines = append(lines, components.Wrap(nothing(p), w)...)
	}
	for i, x := range p.Findings {
		if i > 0 && len(lines)+2 > h {
			break
		}
		lines = append(lines, wrapped(t, theme.Strong, sentence(x.What), w)...)
		lines = append(lines, wrapped(t, theme.Muted, sentence(x.Follows), w)...)
		lines = append(lines, wrapped(t, theme.Plain, todo(x), w)...)
		if road := p.road(x); road != "" {
			lines = append(lines, wrapped(t, theme.Accent, road, w)...)
		}
	}
	return components.Fit(t, strings.Join(lines, "\n"), w, h)
}

func wrapped(t theme.Theme, tone theme.Tone, s string, w int) []string {
	var out []string
	for _, l := range components.Wrap(s, w) {
		out = append(out, t.Text(tone, l))
	}
	return out
}
