package rules

import (
	"fmt"
)

// versions: nodes run different versions.
func versions(s Scene) []Finding {
	by := map[string][]string{}
	var order []string
	for _, m := range s.Members {
		if m.Node == nil || !m.Node.Health.Fresh() || m.Node.Version() == "" {
			continue
		}
		v := m.Node.Version()
		if by[v] == nil {
			order = append(order, v)
		}
		by[v] = append(by[v], m.Name)
	}
	if len(order) < 2 {
		return nil
	}
	what := "Versions differ:"
	for i, v := range order {
		if i > 0 {
			what += ","
		}
		what += fmt.Sprintf(" %s on %s", v, list(by[v]))
	}
	return []Finding{{
		Rule: "version-mix", Severity: Notice, What: what,
		Follows: "normal during an upgrade, and only then", Do: "finish the upgrade, the active node last",
	}}
}
