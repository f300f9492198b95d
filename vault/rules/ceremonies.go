package rules

import (
	"fmt"
	"time"

	"warder/vault"
	"warder/vault/timeline"
)

// forgottenAfter is how long nothing may move in a ceremony before its people seem to have gone home.
const forgottenAfter = 30 * time.Minute

// under is a ceremony under way, with what a console and the vendor's CLI call it.
type under struct {
	vault.Underway
	ceremony timeline.Ceremony
	name     string
	path     string
	remedy   string
	cancel   string // what follows the CLI's word for it
}

// ceremonies: shares are being collected by somebody, somewhere.
func ceremonies(s Scene) []Finding {
	c, by := s.Ceremonies()
	if !told(s, c) {
		return nil
	}
	var out []Finding
	for _, u := range []under{
		{c.Value.Rekey, timeline.RekeyBarrier, "rekey", "rekey/init", rekey, "-cancel"},
		{c.Value.Recovery, timeline.RekeyRecovery, "rekey of the recovery key", "rekey-recovery-key/init", rekey, "-cancel -target=recovery"},
		{c.Value.Root, timeline.GenerateRoot, "generate-root", "generate-root/attempt", generateRoot, "-cancel"},
	} {
		if u.Started {
			out = append(out, u.finding(s, c, by))
		}
	}
	return out
}

func (u under) finding(s Scene, c vault.Section[vault.Ceremonies], by *vault.Node) Finding {
	f := Finding{
		Rule: u.rule(), Severity: Notice, Remedy: u.remedy,
		What:     fmt.Sprintf("A %s is under way: %d of %d shares given", u.name, u.Progress, u.Required),
		Follows:  u.follows(),
		Do:       "join it, or leave it to those who began it",
		Evidence: []Evidence{cite(s, c, by, u.endpoint(by), fmt.Sprintf("started, nonce %s, %d of %d", u.Nonce, u.Progress, u.Required))},
	}
	if u.Verifying {
		f.What = fmt.Sprintf("A %s waits for its verification: %d of %d new shares given back", u.name, u.Progress, u.Required)
	}
	since, ok := s.History.CeremonySince(u.ceremony)
	if still := s.Now.Sub(since); ok && still >= forgottenAfter {
		f.Rule, f.Severity = f.Rule+"-forgotten", Degraded
		f.What += ", none for " + Span(still)
		f.Do = "ask who began it; join it, or cancel it so that nobody ends it unseen"
		f.Command = s.cancelLine(by, u)
		f.Evidence = append(f.Evidence, Evidence{
			Node: s.seen.names[by], Source: u.endpoint(by), Says: fmt.Sprintf("nonce and progress %d unchanged since then", u.Progress), At: since,
		})
	}
	return f
}

func (u under) rule() string {
	switch {
	case u.Verifying:
		return "verification"
	case u.remedy == generateRoot:
		return "generate-root"
	}
	return "rekey"
}

func (u under) follows() string {
	switch {
	case u.Verifying:
		return "the old shares stay in force until all are given back; a new leader drops the new ones"
	case u.remedy == generateRoot:
		return fmt.Sprintf("with %d more there is a new root token", u.Required-u.Progress)
	}
	return fmt.Sprintf("with %d more the shares are replaced by %d of %d; nobody else can begin one", u.Required-u.Progress, u.Threshold, u.Shares)
}

// endpoint is where the state was read: OpenBao has its own names.
func (u under) endpoint(by *vault.Node) string {
	if by == nil || by.Doors.Value != vault.DoorsClosed {
		return "sys/" + u.path
	}
	return map[string]string{
		"rekey/init": "sys/rotate/root/init", "rekey-recovery-key/init": "sys/rotate/recovery/init",
		"generate-root/attempt": "sys/generate-root-token/attempt",
	}[u.path]
}

// cancelLine is the vendor's own: OpenBao calls a rekey a rotation of keys. Both CLIs ask for the nonce themselves.
func (s Scene) cancelLine(by *vault.Node, u under) string {
	for _, a := range s.Active() {
		by = a
	}
	if by == nil {
		return ""
	}
	word := "rekey"
	switch {
	case u.remedy == generateRoot:
		word = "generate-root"
	case by.Product() == vault.OpenBao:
		word = "rotate-keys"
	}
	return s.cli(by, "operator "+word+" "+u.cancel)
}
