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
	f := Finding{
		Rule: "open-doors", Severity: Notice, What: "Rekey and generate-root are open to callers without a token, the default of Vault 1.x",
		Follows:  "whoever reaches the listener can begin or cancel one; shares are needed all the same",
		Do:       "let only those reach the listener who need it",
		Evidence: []Evidence{cite(s, d, by, "sys/generate-root/attempt", "answered without a token")},
	}
	switch version := by.Version(); {
	case by.Product() == vault.OpenBao:
		f.What = "Rekey and generate-root are open to callers without a token"
		f.Do = "set disable_unauthed_rekey_endpoints and disable_unauthed_generate_root_endpoints in the listener, the default since 2.5"
	case version == "":
		f.What = "Rekey and generate-root are open to callers without a token"
	case !strings.HasPrefix(version, "1.") && !strings.HasPrefix(version, "0."):
		f.What = "Rekey and generate-root were reopened to callers without a token"
		f.Do = "take rekey and generate-root out of enable_unauthenticated_access in the server's configuration"
	}
	return []Finding{f}
}
