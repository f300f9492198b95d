package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"warder/vault"
)

// leftover is how long no node may have restarted for an upgrade to be no longer under way.
const leftover = 24 * time.Hour

// versions: nodes run different versions.
func versions(s Scene) []Finding {
	by := map[string][]vault.Member{}
	var order []string
	for _, m := range s.Members {
		if m.Node == nil || !m.Node.Health.Fresh() || m.Node.Version() == "" {
			continue
		}
		v := m.Node.Version()
		if by[v] == nil {
			order = append(order, v)
		}
		by[v] = append(by[v], m)
	}
	if len(order) < 2 {
		return nil
	}
	slices.SortStableFunc(order, func(a, b string) int { return compareVersions(b, a) })
	var says []string
	for _, v := range order {
		says = append(says, v+" on "+list(namesOf(by[v])))
	}
	f := Finding{
		Rule: "version-mix", Severity: Notice, What: "Versions differ: " + strings.Join(says, "; "),
		Follows: "normal during an upgrade, and only then", Do: "finish the upgrade, the active node last",
	}
	newest, old := by[order[0]], by[order[len(order)-1]]
	leadsNewest := slices.ContainsFunc(newest, func(m vault.Member) bool { return is(m, vault.Active) })
	if names := list(namesOf(old)); leadsNewest && compareVersions(order[0], order[len(order)-1]) != 0 {
		f.Follows = fmt.Sprintf("the active node runs the newest: if %s came to lead, an older version would have to read what a newer wrote", names)
		f.Do = fmt.Sprintf("upgrade %s next, and do not step the active node down before", names)
	}
	if since, known := unchangedSince(s); known && s.seen.auto.At.Sub(since) > leftover {
		f.Rule, f.What = "version-leftover", f.What+fmt.Sprintf("; no node restarted for %s", Span(s.seen.auto.At.Sub(since)))
		f.Follows = "it looks like an upgrade that was never finished; " + f.Follows
	}
	f.Evidence = versionEvidence(s, by, order)
	return []Finding{f}
}

// unchangedSince is since when autopilot finds every peer stable: a restart, as an upgrade makes one, would have broken that. A
// change of the leader breaks it too, so that a short time says nothing.
func unchangedSince(s Scene) (since time.Time, known bool) {
	a, _ := s.Autopilot()
	if !told(s, a) || len(a.Value.Servers) < 2 {
		return time.Time{}, false
	}
	for _, p := range a.Value.Servers {
		if p.StableSince.IsZero() || !p.Healthy {
			return time.Time{}, false
		}
		if p.StableSince.After(since) {
			since = p.StableSince
		}
	}
	return since, true
}

func versionEvidence(s Scene, by map[string][]vault.Member, order []string) []Evidence {
	var out []Evidence
	for i := len(order) - 1; i >= 0; i-- { // the old ones are the fewer, mostly
		for _, m := range by[order[i]] {
			out = append(out, Evidence{Node: m.Name, Source: fromHealth, Says: "version " + order[i], At: m.Node.Health.At})
		}
	}
	out = bounded(out)
	if since, known := unchangedSince(s); known {
		out = append(out[:min(len(out), maxEvidence-1)], s.autopilotSays("all stable since "+since.UTC().Format("2006-01-02 15:04 UTC"))...)
	}
	return out
}

// compareVersions orders versions as people count. What follows a plus is the edition; what follows a dash comes before it.
func compareVersions(a, b string) int {
	a, _, _ = strings.Cut(a, "+")
	b, _, _ = strings.Cut(b, "+")
	a, preA, _ := strings.Cut(a, "-")
	b, preB, _ := strings.Cut(b, "-")
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(x), len(y)) {
		if c := cmp.Compare(number(x, i), number(y, i)); c != 0 {
			return c
		}
	}
	switch {
	case preA == preB:
		return 0
	case preA == "":
		return 1
	case preB == "":
		return -1
	}
	return strings.Compare(preA, preB)
}

func number(parts []string, i int) int {
	if i >= len(parts) {
		return 0
	}
	n, _ := strconv.Atoi(strings.TrimPrefix(parts[i], "v"))
	return n
}
