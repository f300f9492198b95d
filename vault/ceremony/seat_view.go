package ceremony

import (
	"fmt"

	"warder/vault"
)

// prompt is what is asked on the way to the active node. what is how the ceremony's endpoints are called.
func (s seat) prompt(what endpoints) Prompt {
	switch s.at {
	case agreeing:
		return s.asks.prompt()
	case shut:
		return s.closedDoors(what)
	case knocking:
		return Wait{Title: "Asking " + s.node.Name, Text: []string{"It is asked how far the ceremony is, and by which endpoints it lets us in."}}
	}
	if s.makes == vault.RecoveryToken {
		return Wait{Title: "Looking for the node in recovery mode", Text: s.unfound()}
	}
	return Wait{Title: "Looking for the active node", Text: s.unfound()}
}

func (s seat) unfound() []string {
	text := []string{s.goesTo() + " It goes on by itself as soon as there is one that can be asked."}
	if s.trouble != nil {
		text = append(text, fmt.Sprintf("%s was asked last: %s.", s.node.Name, vault.Reason(s.trouble)))
	}
	for _, n := range s.snapshot.Nodes {
		if l := n.Leader; l.Fresh() && !l.Value.IsSelf && l.Value.Address != "" && n.Product() == vault.OpenBao {
			text = append(text, fmt.Sprintf("%s names %s, which cannot be reached from here. OpenBao's standbys keep such requests to themselves instead of handing them on, so that nothing is sent to them.", n.Address, l.Value.Address))
			break
		}
	}
	return text
}

func askedOf(n Node, moved bool) []string {
	var text []string
	switch {
	case moved:
		text = append(text, "Another node is active now. What was under way does not come along; the new one is asked what it knows.")
	case n.Forwards:
		text = append(text, "The active node cannot be reached from here. This one is a standby that hands requests on to it, and so sees them.")
	}
	return text
}

// endpoints are how the ways to a ceremony are called.
type endpoints struct {
	vault, bao, opens, reopens, since string
	note                              string // what else is to be known of the token
}

var (
	rekeyEndpoints = endpoints{"sys/rekey/*", "sys/rotate/root/*", "rekey", "disable_unauthed_rekey_endpoints", "2.4", ""}
	rootEndpoints  = endpoints{"sys/generate-root/*", "sys/generate-root-token/*", "generate-root", "disable_unauthed_generate_root_endpoints", "2.6", ""}
)

// closedDoors says which setting opens the endpoints and what that risks.
func (s seat) closedDoors(what endpoints) Tell {
	text := []string{fmt.Sprintf("%s lets nobody in here as things are. What it said:", s.node.Name)}
	for i, d := range s.tried {
		if i < len(s.refusals) {
			text = append(text, fmt.Sprintf("– %s: %s.", d, vault.Reason(s.refusals[i])))
		}
	}
	risk := "Endpoints that are open without a token take no share less; but whoever reaches the port can begin, watch and cancel ceremonies. Close them again afterwards."
	if n := s.snapshot.Node(s.node.Address); n != nil && n.Product() == vault.OpenBao {
		text = append(text,
			fmt.Sprintf("Either start warder with a token whose policy has create, read, update, delete and sudo on %s (OpenBao %s and later).", what.bao, what.since),
			fmt.Sprintf("Or set %s = false in the listener stanza of the server's configuration file, on every node, and restart or reload them.", what.reopens))
	} else {
		text = append(text,
			fmt.Sprintf("Either start warder with a token whose policy has create, read, update, delete and sudo on %s (Vault 2 wants one besides the shares).", what.vault),
			what.note+fmt.Sprintf("Or set enable_unauthenticated_access = [%q] in the server's configuration file, on every node, and restart or reload them.", what.opens))
	}
	return Tell{Title: "The endpoints are closed", Text: append(text, risk), Go: "Try again"}
}
