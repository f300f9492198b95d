package rules

import "warder/vault"

// migration: nodes are between two seals. On one that is sealed, its own finding says how to go on.
func migration(s Scene) []Finding {
	var between []vault.Member
	for _, m := range s.Members {
		if heard(m) && !is(m, vault.SealedState) && m.Node.Seal.Fresh() && m.Node.Seal.Value.Migration || betweenSeals(m) {
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
		Remedy:   migrate,
		Evidence: each(between, sealOrWait),
	}}
}

// betweenSeals says that the node answers errors because it waits for the leader to change the seal: it is not broken.
func betweenSeals(m vault.Member) bool {
	return is(m, vault.Broken) && vault.BetweenSeals(m.Node.Seal.Err)
}

func sealOrWait(m vault.Member) []Evidence {
	if !betweenSeals(m) {
		return seal(m)
	}
	return []Evidence{{Node: m.Name, Source: fromSeal, Says: vault.Reason(m.Node.Seal.Err), At: m.Node.Seal.Tried}}
}
