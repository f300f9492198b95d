package rules

import "warder/vault"

// migration: nodes are between two seals. On one that is sealed, its own finding says how to go on.
func migration(s Scene) []Finding {
	var between []vault.Member
	for _, m := range s.Members {
		if heard(m) && !is(m, vault.SealedState) && m.Node.Seal.Fresh() && m.Node.Seal.Value.Migration {
			between = append(between, m)
		}
	}
	if len(between) == 0 {
		return nil
	}
	return []Finding{{
		Rule: "seal-migration", Severity: Notice, What: "A seal migration is under way on " + list(namesOf(between)),
		Follows:  "until it ends both seals are needed, and the old one must not be taken away",
		Do:       "migrate the standbys first, each with -migrate, then step the active node down",
		Evidence: each(between, seal),
	}}
}
