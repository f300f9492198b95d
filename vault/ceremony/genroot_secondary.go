package ceremony

import "warder/vault"

// secondaries says what a disaster-recovery secondary makes instead of a root token, which is after the documentation of Vault
// Enterprise. Nothing here makes such a token.
func secondaries(s vault.Snapshot) []string {
	var names []string
	for _, m := range s.Members() {
		if m.Node != nil && m.Node.State() == vault.DRSecondary {
			names = append(names, m.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"Attention: of a disaster-recovery secondary: " + list(names) + ". It makes no root token but a DR operation token, which promotes or updates the secondary and does nothing else. warder does not make one: vault operator generate-root -dr-token -init, at that node, begins it."}
}
