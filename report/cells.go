package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"warder/vault/rules"
)

// The tables of a report for people: the same cells in plain text and in Markdown.

// grid is a table: its head, and rows of as many cells. The last column is left out first, where it may be spared.
type grid struct {
	head  []string
	rows  [][]string
	spare bool
}

func (r Report) nodeGrid() grid {
	g := grid{head: []string{"NODE", "STATE", "VERSION", "LATENCY", "SKEW", "TLS", "ADDRESS"}, spare: true}
	for _, n := range r.Nodes {
		g.rows = append(g.rows, []string{
			n.Name, n.stateText(), n.Version, millis(n.LatencyMS), skew(n.SkewS), r.until(n.TLS), n.Address,
		})
	}
	return g.withoutEmpty()
}

// stateText is the state, and the reason where it is a silence.
func (n Node) stateText() string {
	text := strings.ReplaceAll(string(n.State), "-", " ")
	switch {
	case n.Reason != "":
		return text + ": " + n.Reason
	case n.Seal != nil && n.Seal.Progress != nil && n.Seal.Threshold != nil:
		return fmt.Sprintf("%s %d/%d", text, *n.Seal.Progress, *n.Seal.Threshold)
	}
	return text
}

func (r Report) peerGrid() grid {
	g := grid{head: []string{"PEER", "ROLE", "HEALTH", "CONTACT", "LAG", "STABLE", "VERSION"}}
	for _, p := range r.Raft.Peers {
		row := []string{p.ID, string(p.Role), p.healthText(), "", "", "", p.Version}
		if p.ContactMS != nil {
			row[3] = rules.Span(time.Duration(*p.ContactMS * float64(time.Millisecond)))
		}
		if p.Lag != nil {
			row[4] = strconv.FormatUint(*p.Lag, 10)
		}
		if p.Healthy != nil && *p.Healthy && !p.Stable.IsZero() {
			row[5] = rules.Span(r.At.Sub(p.Stable))
		}
		g.rows = append(g.rows, row)
	}
	return g.withoutEmpty()
}

func (p Peer) healthText() string {
	switch {
	case p.Healthy == nil:
		return "not told"
	case *p.Healthy:
		return "healthy"
	case p.Status != "" && p.Status != "alive":
		return "unhealthy, " + p.Status
	}
	return "unhealthy"
}

func (r Report) backendGrid() grid {
	g := grid{head: []string{"BACKEND", "NODE", "HEALTH", "SINCE"}}
	for _, n := range r.Nodes {
		for _, b := range n.Backends {
			since := ""
			if !b.UnhealthySince.IsZero() {
				since = rules.Span(r.At.Sub(b.UnhealthySince)) + " ago"
			}
			g.rows = append(g.rows, []string{b.Name, n.Name, b.healthText(), since})
		}
	}
	return g.withoutEmpty()
}

func (b Backend) healthText() string {
	switch {
	case b.Disabled != nil && *b.Disabled:
		return "disabled"
	case b.Healthy:
		return "healthy"
	}
	return "unhealthy"
}

func (r Report) storeGrid() grid {
	g := grid{head: []string{"KEY STORE", "KIND", "TYPE", "STATUS"}}
	for _, k := range r.KeyStores {
		status := k.Status
		if k.Reason != "" {
			status = k.Reason
		}
		g.rows = append(g.rows, []string{k.Name, k.Kind, k.Type, status})
	}
	return g.withoutEmpty()
}

func (r Report) eventGrid() grid {
	g := grid{head: []string{"TIME", "NODE", "EVENT"}}
	for _, e := range r.Events {
		g.rows = append(g.rows, []string{moment(e.At), e.Node, e.Text})
	}
	return g.withoutEmpty()
}

// withoutEmpty drops the columns in which no row has anything.
func (g grid) withoutEmpty() grid {
	out := grid{spare: g.spare}
	out.rows = make([][]string, len(g.rows))
	for c, title := range g.head {
		used := false
		for _, row := range g.rows {
			used = used || row[c] != ""
		}
		if !used {
			continue
		}
		out.head = append(out.head, title)
		for i, row := range g.rows {
			out.rows[i] = append(out.rows[i], row[c])
		}
	}
	return out
}

func millis(ms *float64) string {
	switch {
	case ms == nil:
		return ""
	case *ms < 0.1:
		return "< 0.1 ms"
	case *ms < 10:
		return fmt.Sprintf("%.1f ms", *ms)
	}
	return fmt.Sprintf("%.0f ms", *ms)
}

func skew(s *float64) string {
	if s == nil || *s == 0 {
		return ""
	}
	sign := "+"
	if *s < 0 {
		sign = "-"
	}
	return sign + rules.Span(time.Duration(*s*float64(time.Second)))
}

func (r Report) until(c *TLS) string {
	switch {
	case c == nil:
		return ""
	case !c.Expires.After(r.At):
		return "expired"
	}
	return rules.Span(c.Expires.Sub(r.At))
}
