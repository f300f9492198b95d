package ceremony

import "warder/vault"

// secondaries says what a disaster-recovery secondary makes instead of a root token, where one stands beside an active node:
// the root token is made at that one, and the secondary needs a console of its own.
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
	return []string{"Attention: of a disaster-recovery secondary: " + list(names) + ". It makes no root token but a DR operation token. For that start warder with the addresses of the secondary alone; this makes a root token at the active node."}
}
