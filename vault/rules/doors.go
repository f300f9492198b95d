package rules

import (
	"strings"

	"warder/vault"
)

// openDoors: whoever reaches the listener may begin, join or cancel a ceremony, without any token. That is the default of Vault 1.x.
func openDoors(s Scene) []Finding {
	d, by := s.Doors()
	if !told(s, d) || d.Value != vault.DoorsOpen || by == nil {
		return nil
	}
	evidence := []Evidence{cite(s, d, by, "sys/generate-root/attempt", "answered without a token")}
	what := "Generate-root is open"
	// A listener may reopen one of the two alone. Behind open doors rekey is asked without a token, too.
	if c, from := s.Ceremonies(); told(s, c) {
		what = "Rekey and generate-root are open"
		evidence = append(evidence, cite(s, c, from, "sys/rekey/init", "answered without a token"))
	}
	f := Finding{
		Rule: "open-doors", Severity: Notice, What: what + " to callers without a token",
		Follows:  "whoever reaches the listener can begin or cancel one; shares are needed all the same",
		Do:       "let only those reach the listener who need it",
		Evidence: evidence,
	}
	switch version := by.Version(); {
	case by.Product() == vault.OpenBao:
		f.Do = "set disable_unauthed_rekey_endpoints and disable_unauthed_generate_root_endpoints in the listener, the default since 2.5"
	case version == "":
	case !strings.HasPrefix(version, "1.") && !strings.HasPrefix(version, "0."):
		f.What += " again"
		f.Do = "take what is open out of enable_unauthenticated_access in the server's configuration"
	default:
		f.What += ", the default of Vault 1.x"
	}
	return []Finding{f}
}
