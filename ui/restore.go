package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
	"warder/vault/snapfile"
)

// restoration is a snapshot in a file that is to replace what the cluster holds.
type restoration struct {
	stage
	force    bool
	moved    *atomic.Int64 // bytes that were read through, and then sent
	size     *atomic.Int64
	answered *atomic.Bool  // that it was taken
	found    *[]views.Fact // of the file
}

func (s stage) restoring(force bool) act {
	r := restoration{s, force, &atomic.Int64{}, &atomic.Int64{}, &atomic.Bool{}, &[]views.Fact{}}
	x := act{
		name: "Restore a snapshot", hint: "all that was written since is lost",
		path: "sys/storage/raft/snapshot", needs: []string{"update"}, word: "restore " + s.name,
		fields:  []components.Field{components.Input{Key: fieldPath, Title: "The file of the snapshot", Check: readable}},
		examine: r.examine, follows: r.follows, progress: r.progress, do: r.send, prove: r.prove,
		noted: func() []views.Fact { return *r.found },
		line: func(v map[string]string) string {
			return rules.Command(s.node, "operator raft snapshot restore", v[fieldPath])
		},
	}
	if force {
		x.name, x.hint, x.word = "Restore a snapshot by force", "also one of other keys, of another cluster even", "force "+s.name
		x.path += "-force"
		x.line = func(v map[string]string) string {
			return rules.Command(s.node, "operator raft snapshot restore -force", v[fieldPath])
		}
	}
	return x
}

// readable says of a name whether there is a file to be read.
func readable(path string) error {
	if err := filled(path); err != nil {
		return err
	}
	switch info, err := os.Stat(strings.TrimSpace(path)); {
	case errors.Is(err, os.ErrNotExist):
		return errors.New("there is no such file")
	case err != nil:
		return errors.New("it cannot be read")
	case !info.Mode().IsRegular():
		return errors.New("it is no plain file")
	}
	return nil
}

// opened is the file from its beginning, and what it is like.
func (r restoration) opened(v map[string]string) (*os.File, os.FileInfo, error) {
	f, err := os.Open(strings.TrimSpace(v[fieldPath]))
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	r.moved.Store(0)
	r.size.Store(info.Size())
	return f, info, nil
}

// examine reads the whole file before anything is sent: a snapshot that was cut short is found now.
func (r restoration) examine(v map[string]string) ([]views.Fact, string) {
	f, info, err := r.opened(v)
	if err != nil {
		return nil, "the file cannot be read (" + vault.Reason(err) + ")"
	}
	defer f.Close()
	sum := sha256.New()
	through := io.TeeReader(f, counting{sum, r.moved})
	meta, err := snapfile.Check(through)
	if err != nil {
		return []views.Fact{views.Say("file", v[fieldPath], theme.Plain)}, vault.Reason(err)
	}
	if _, err = io.Copy(io.Discard, through); err != nil { // what stands behind the archive
		return nil, "the file cannot be read (" + vault.Reason(err) + ")"
	}
	*r.found = []views.Fact{
		views.Say("file", fmt.Sprintf("%s, %s, last written %s", v[fieldPath], bytesText(info.Size()), info.ModTime().UTC().Format("2006-01-02 15:04 UTC")), theme.Plain),
		views.Say("up to", fmt.Sprintf("Raft index %d, term %d; it is whole, its sums are right", meta.Index, meta.Term), theme.Plain),
		views.Say("SHA-256", hex.EncodeToString(sum.Sum(nil)), theme.Muted),
	}
	return *r.found, ""
}

func (r restoration) follows(map[string]string) []views.Fact {
	keys := views.Say("keys", "The server refuses it if the keys that it was sealed with are not those in force now.", theme.Plain)
	if r.force {
		keys = views.Say("keys", "Not compared. From then on the shares, or the key service, of the snapshot's day open the cluster, and today's do not. Nodes go on until they are started again.", theme.Bad)
	}
	return []views.Fact{
		views.Say("lost", "Everything written since: secrets, policies, mounts, tokens, leases. What was leased since lives on where it was made, unknown to the cluster.", theme.Bad),
		keys,
		views.Say("our token", "Void, if it was made since.", theme.Warn),
		views.Say("meanwhile", "For some seconds nobody is served. A node that fails seals itself.", theme.Plain),
		views.Say("first", "Save a snapshot of today: the only way back.", theme.Warn),
	}
}

func (r restoration) progress() string {
	n, all := r.moved.Load(), max(1, r.size.Load())
	if n >= all {
		return bytesText(all) + " read to the end. The server's word is awaited."
	}
	return fmt.Sprintf("%s of %s, %d %%.", bytesText(n), bytesText(all), 100*n/all)
}

func (r restoration) send(v map[string]string) error {
	f, info, err := r.opened(v)
	if err != nil {
		return &vault.Error{Kind: vault.Refused, Says: "the file cannot be read (" + vault.Reason(err) + "); nothing was sent"}
	}
	defer f.Close()
	err = r.client().RestoreSnapshot(r.ctx, io.TeeReader(f, counting{io.Discard, r.moved}), info.Size(), r.force)
	r.answered.Store(err == nil)
	if vault.Is(err, vault.Failed) && !vault.Lost(err) {
		// After the source of OpenBao: what goes wrong before the answer goes wrong before anything is replaced.
		return &vault.Error{Kind: vault.Refused, Says: vault.Reason(err)}
	}
	return err
}

var errUntold = errors.New("no server tells whether it restored")

// restoreBegins is how long the restore behind the server's answer is waited for before anything is asked: the node takes its lock by then.
const restoreBegins = 2 * time.Second

// prove waits until somebody leads again. No server tells that it restored; one that could not seals itself, and while it restores
// it answers nothing that needs its storage.
func (r restoration) prove(map[string]string) (bool, []views.Fact, error) {
	select {
	case <-r.ctx.Done():
		return false, nil, r.ctx.Err()
	case <-time.After(restoreBegins):
	}
	var known string
	done, err := soon(r.ctx, func() (bool, error) {
		c, err := r.leader()
		if err != nil {
			return false, err
		}
		switch _, err := c.LookupSelf(r.ctx); {
		case err == nil:
			known = "it is known to the restored cluster"
		case vault.Is(err, vault.Denied):
			known = "the restored cluster does not know it: open warder with another one"
		default:
			return false, err
		}
		return true, nil
	})
	if !done {
		return false, nil, err
	}
	if err = nil; !r.answered.Load() {
		err = errUntold
	}
	return err == nil, []views.Fact{
		views.Say("serves", "A node is active and answers from its storage. No server says more of a restore; one that cannot seals itself.", theme.Plain),
		views.Say("our token", known, theme.Plain),
	}, err
}
