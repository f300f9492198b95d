package views

import (
	"time"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
)

// trouble says why there is nothing to show and what would be needed. ok is true when there is a value to show.
func trouble[T any](p *Picture, s vault.Section[T], path string) (sentences []string, ok bool) {
	if s.Known() && !vault.Is(s.Err, vault.Unsupported) {
		return nil, true
	}
	if s.Tried.IsZero() {
		return []string{waiting(p)}, false
	}
	switch kind, _ := vault.KindOf(s.Err); kind {
	case vault.NoToken:
		return []string{
			sentence(vault.Reason(s.Err)),
			"Set VAULT_TOKEN or BAO_TOKEN, or log in with the vendor's CLI. Its policy has to read " + path + ".",
		}, false
	case vault.Denied:
		return []string{"The token does not permit it.", "It needs the capability read on " + path + "."}, false
	case vault.Unsupported:
		return []string{"Not supported by " + maker(p) + "."}, false
	default:
		return []string{sentence(vault.Reason(s.Err))}, false
	}
}

// waiting says whom an answer waits for.
func waiting(p *Picture) string {
	asked := false
	for _, n := range p.Nodes {
		st := n.State()
		if st.Serving() || st == vault.Unknown {
			return "Asking …"
		}
		asked = true
	}
	if asked {
		return "No unsealed node to ask."
	}
	return "Asking …"
}

// maker names what does not support something.
func maker(p *Picture) string {
	for _, n := range p.Nodes {
		switch {
		case n.Product() == vault.UnknownProduct:
		case n.Product() == vault.HashiCorpVault && !n.Health.Value.Enterprise:
			return "Vault's community edition"
		default:
			return n.Product().String()
		}
	}
	return "this server"
}

// note is what a pane's frame says of the age and the last failure of what it shows.
func note[T any](p *Picture, s vault.Section[T], cadence time.Duration) (components.Cell, bool) {
	if !s.Known() {
		return components.Cell{}, false
	}
	old := aged(s.At, p.Now, cadence+staleAfter)
	switch {
	case old == "":
		return components.Cell{}, false
	case s.Err != nil:
		return cell(old+": "+vault.Reason(s.Err), theme.Warn), true
	}
	return cell(old, theme.Warn), true
}
