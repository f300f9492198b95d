package ui

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/keys"
	"warder/theme"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/ceremony"
)

// askBackup opens what the servers keep of a rekey to PGP keys: it is shown by fingerprint, written to a file, deleted.
func (a *App) askBackup() tea.Cmd {
	s, why := a.staged()
	if why != "" {
		a.refuse(why)
		return nil
	}
	if a.opts.Ceremonies == nil {
		a.refuse("Backups are not available here.")
		return nil
	}
	store := a.opts.Ceremonies
	return a.openAct("The backup of a rekey", s, func() ([]views.Fact, []act) {
		doors, err := s.client().Doors(s.ctx)
		if err != nil {
			return []views.Fact{views.Say("", "How the cluster keeps its rekeys could not be read: "+vault.Reason(err)+".", theme.Warn)}, nil
		}
		var facts []views.Fact
		var acts []act
		for _, key := range []vault.KeyKind{vault.BarrierKey, vault.RecoveryKey} {
			b := backup{stage: s, doors: doors, key: key, store: store}
			b.kept, b.err = s.client().RekeyBackup(s.ctx, doors, key)
			defer b.wipe()
			facts = append(facts, b.facts()...)
			if b.err == nil {
				acts = append(acts, b.writing(), b.deletion())
			}
		}
		return facts, acts
	})
}

// backup is what the servers keep of one key's rekey.
type backup struct {
	stage
	doors vault.Doors
	key   vault.KeyKind
	kept  vault.Backup
	err   error
	store func(ctx context.Context, e ceremony.Effect) ceremony.Event
}

// of is whose shares they are.
func (b backup) of() string {
	if b.key == vault.RecoveryKey {
		return "recovery shares"
	}
	return "unseal shares"
}

// wipe forgets the messages. Whoever needs them reads them anew.
func (b backup) wipe() {
	for _, s := range b.kept.Shares {
		for _, m := range s.Messages {
			m.Wipe()
		}
	}
}

func (b backup) facts() []views.Fact {
	switch {
	case b.key == vault.RecoveryKey && vault.Is(b.err, vault.Refused) && !vault.NoBackup(b.err):
		return nil // there is no recovery key
	case vault.NoBackup(b.err):
		return []views.Fact{views.Say(b.of(), "none are kept: no rekey asked for it, or it was deleted", theme.Plain)}
	case b.err != nil:
		return []views.Fact{views.Say(b.of(), vault.Reason(b.err), theme.Warn)}
	}
	out := []views.Fact{views.Say(b.of(), "kept encrypted, of the rekey "+b.kept.Nonce+":", theme.Plain)}
	for _, s := range b.kept.Shares {
		text := strings.ToUpper(s.Fingerprint)
		if n := len(s.Messages); n != 1 {
			text += fmt.Sprintf(" (%d shares)", n)
		}
		out = append(out, views.Say("  for the key", text, theme.Plain))
	}
	return out
}

// contents are the lines of the file: each fingerprint, and below it what is encrypted to it.
func (b backup) contents(kept vault.Backup) []keys.Secret {
	out := []keys.Secret{keys.NewSecret([]byte("# " + b.of() + ", encrypted with OpenPGP, of the rekey " + kept.Nonce))}
	for _, s := range kept.Shares {
		out = append(out, keys.NewSecret([]byte("# for the key "+strings.ToUpper(s.Fingerprint))))
		for _, m := range s.Messages {
			m.Use(func(raw []byte) {
				out = append(out, keys.NewSecret(base64.StdEncoding.AppendEncode(make([]byte, 0, base64.StdEncoding.EncodedLen(len(raw))), raw)))
			})
		}
	}
	return out
}

// path is where the capability is.
func (b backup) path() string {
	switch {
	case b.doors == vault.DoorsClosed && b.key == vault.RecoveryKey:
		return "sys/rotate/recovery/backup"
	case b.doors == vault.DoorsClosed:
		return "sys/rotate/root/backup"
	case b.key == vault.RecoveryKey:
		return "sys/rekey/recovery-key-backup"
	}
	return "sys/rekey/backup"
}

// command is what the vendors' command line does with a backup.
func (b backup) command(retrieve bool) string {
	args := "operator rekey"
	if b.doors == vault.DoorsClosed {
		args = "operator rotate-keys"
	}
	what := " -backup-delete"
	if retrieve {
		what = " -backup-retrieve"
	}
	if b.key == vault.RecoveryKey {
		what += " -target=recovery"
	}
	return args + what
}

// suggested is a name for the file that tells the rekeys apart.
func (b backup) suggested(now time.Time) string {
	return "warder-backup-" + strings.ReplaceAll(b.of(), " ", "-") + now.UTC().Format("-20060102-150405") + ".txt"
}
