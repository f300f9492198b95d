package rules

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
	var each []string
	for _, v := range order {
		each = append(each, v+" on "+list(by[v]))
	}
	return []Finding{{
		Rule: "version-mix", Severity: Notice, What: "Versions differ: " + list(each),
		Follows: "normal during an upgrade, and only then", Do: "finish the upgrade, the active node last",
	}}
}
