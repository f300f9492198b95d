package ui

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
	"warder/vault/snapfile"
)

// askSnapshot opens the saving and the restoring of Raft snapshots.
func (a *App) askSnapshot() tea.Cmd {
	s, why := a.staged()
	if raft, _ := a.snap.Raft(); why == "" && raft.Fresh() && len(raft.Value) == 0 {
		why = "The storage is not Raft: there is no snapshot to save."
	}
	if why != "" {
		a.refuse(why)
		return nil
	}
	name := "warder-" + a.opts.Now().UTC().Format("20060102T150405Z") + ".snap"
	return a.openAct("Raft snapshots", s, func() ([]views.Fact, []act) {
		return nil, []act{s.saving(name), s.restoring(false), s.restoring(true)}
	})
}

// saving streams the snapshot into a new file. It reads, so that whoever reads only may do it, too.
func (s stage) saving(name string) act {
	var got atomic.Int64
	var saved snapfile.Saved
	return act{
		name: "Save a snapshot", hint: "to a new file here", local: true, path: "sys/storage/raft/snapshot", needs: []string{"read"},
		fields: []components.Field{components.Input{Key: fieldPath, Title: "A new file", Default: name, Check: untaken}},
		follows: func(v map[string]string) []views.Fact {
			return []views.Fact{
				views.Say("from", s.name, theme.Plain),
				views.Say("file", v[fieldPath]+", mode 0600", theme.Plain),
				views.Say("does", "All that the cluster stores, encrypted by its barrier, is read from the active node, which has to work for it. Before the file gets its name it is read through, and its sums are compared.", theme.Plain),
				views.Say("to be kept", "Who restores it needs the shares, or the key service, of this day. Together with them it opens everything: keep them apart.", theme.Warn),
			}
		},
		line: func(v map[string]string) string {
			return rules.Command(s.node, "operator raft snapshot save", v[fieldPath])
		},
		progress: func() string {
			return bytesText(got.Load()) + " so far; the server does not say how many there will be."
		},
		do: func(v map[string]string) (err error) {
			got.Store(0)
			saved, err = snapfile.Save(v[fieldPath], func(w io.Writer) error {
				return s.client().TakeSnapshot(s.ctx, counting{w, &got})
			})
			if err != nil {
				// Whatever failed, nothing was written under the name, and nothing changed on the server.
				return &vault.Error{Kind: vault.Refused, Says: vault.Reason(err) + "; no file was left"}
			}
			return nil
		},
		prove: func(v map[string]string) (bool, []views.Fact, error) {
			info, err := os.Stat(v[fieldPath])
			if err != nil {
				return false, nil, err
			}
			return info.Size() == saved.Size, []views.Fact{
				views.Say("file", fmt.Sprintf("%s, %s, mode %04o", v[fieldPath], bytesText(saved.Size), info.Mode().Perm()), theme.Plain),
				views.Say("up to", fmt.Sprintf("Raft index %d, term %d", saved.Index, saved.Term), theme.Plain),
				views.Say("SHA-256", saved.SHA256, theme.Plain),
			}, nil
		},
	}
}

var errTaken = errors.New("there is a file of that name already")

func untaken(path string) error {
	if err := filled(path); err != nil {
		return err
	}
	if _, err := os.Lstat(strings.TrimSpace(path)); err == nil {
		return errTaken
	}
	return nil
}

// counting tells how much went through.
type counting struct {
	io.Writer
	n *atomic.Int64
}

func (c counting) Write(b []byte) (int, error) {
	n, err := c.Writer.Write(b)
	c.n.Add(int64(n))
	return n, err
}

// bytesText is a size as people read it, in powers of 1024.
func bytesText(n int64) string {
	units := []string{"bytes", "KiB", "MiB", "GiB", "TiB"}
	size, unit := float64(n), 0
	for size >= 1024 && unit < len(units)-1 {
		size, unit = size/1024, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f %s", size, units[unit])
}
