package ui

import (
	"errors"
	"fmt"
	"os"
	"time"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/ceremony"
	"warder/vault/rules"
)

const fieldPath = "path"

// writing reads the backup anew and writes it to a new file.
func (b backup) writing() act {
	return act{
		name: "Write the " + b.of() + " to a file", hint: "a new file of mode 0600, still encrypted", local: true,
		path: b.path(), needs: []string{"read"},
		fields: []components.Field{components.Input{Key: fieldPath, Title: "A new file", Default: b.suggested(time.Now()), Check: filled}},
		follows: func(v map[string]string) []views.Fact {
			return []views.Fact{
				views.Say("file", v[fieldPath], theme.Plain),
				views.Say("does", "It is read anew and written, by fingerprint, in base64. Each owner of a key decrypts his own: base64 -d | gpg --decrypt gives the share in hex.", theme.Plain),
				views.Say("does not", "Nothing changes on the server. What an owner decrypts is his share: he must not do it where others look on.", theme.Plain),
			}
		},
		line: func(map[string]string) string { return rules.Command(b.node, b.command(true)) },
		do: func(v map[string]string) error {
			kept, err := b.client().RekeyBackup(b.ctx, b.doors, b.key)
			if err != nil {
				return &vault.Error{Kind: vault.Refused, Says: vault.Reason(err)} // a read that failed changed nothing
			}
			content := b.contents(kept)
			backup{kept: kept}.wipe()
			defer func() {
				for _, c := range content {
					c.Wipe()
				}
			}()
			if e, ok := b.store(b.ctx, ceremony.StoreSecret{Path: v[fieldPath], Content: content, Text: true}).(ceremony.Stored); ok && e.Err != nil {
				return &vault.Error{Kind: vault.Refused, Says: e.Err.Error()}
			}
			return nil
		},
		prove: func(v map[string]string) (bool, []views.Fact, error) {
			info, err := os.Stat(v[fieldPath])
			if err != nil {
				return false, nil, err
			}
			return info.Mode().Perm() == 0o600 && info.Size() > 0, []views.Fact{views.Say("file", fmt.Sprintf("%s, %d bytes, mode %04o", v[fieldPath], info.Size(), info.Mode().Perm()), theme.Plain)}, nil
		},
	}
}

// deletion takes the backup off the server.
func (b backup) deletion() act {
	return act{
		name: "Delete the backup of the " + b.of(), hint: "once every owner has his share",
		path: b.path(), needs: []string{"delete"}, word: "delete the backup",
		follows: func(map[string]string) []views.Fact {
			return []views.Fact{
				views.Say("does", "The servers forget the encrypted shares, for good. Who has lost his answer of the rekey has lost his share then.", theme.Warn),
				views.Say("does not", "The shares themselves stay in force, and so does the key.", theme.Plain),
			}
		},
		line: func(map[string]string) string { return rules.Command(b.node, b.command(false)) },
		do:   func(map[string]string) error { return b.client().DeleteRekeyBackup(b.ctx, b.doors, b.key) },
		prove: func(map[string]string) (bool, []views.Fact, error) {
			c, err := b.leader()
			if err != nil {
				return false, nil, err
			}
			kept, err := c.RekeyBackup(b.ctx, b.doors, b.key)
			backup{kept: kept}.wipe()
			switch {
			case vault.NoBackup(err):
				return true, []views.Fact{views.Say("backup", "none is kept any more", theme.Plain)}, nil
			case err != nil:
				return false, nil, err
			}
			return false, []views.Fact{views.Say("backup", "is still kept", theme.Warn)}, nil
		},
	}
}

func filled(text string) error {
	if text == "" {
		return errors.New("a file has to be named")
	}
	return nil
}
