package ceremony

import (
	"errors"
	"path/filepath"
	"strings"
	"time"

	"warder/keys"
	"warder/vault"
	"warder/vault/record"
)

// Archive is where records are kept, and what each of them begins with.
type Archive struct {
	Dir       string
	Now       func() time.Time
	Self      func() []record.Fact // which warder writes: its version and its own hash; it may read a file
	Rehearsal bool                 // the cluster is a simulated one
}

// Recorder is one for a ceremony that begins now. Nothing is written before somebody goes on from its first page.
func (a Archive) Recorder(kind string, s vault.Snapshot, prints *keys.Fingerprinter, more ...record.Fact) *Recorder {
	path, line := a.path(kind, s), beginning(kind, s, a.Rehearsal, more)
	create := func() (*record.Writer, error) { return a.create(path, line) }
	return &Recorder{create: create, path: path, prints: prints, met: map[string]bool{}, told: map[string]string{}}
}

// Begin begins the record of what is no ceremony, but is done to the cluster all the same.
func (a Archive) Begin(kind string, s vault.Snapshot, more ...record.Fact) (*record.Writer, error) {
	return a.create(a.path(kind, s), beginning(kind, s, a.Rehearsal, more))
}

func (a Archive) path(kind string, s vault.Snapshot) string {
	return filepath.Join(a.Dir, a.Now().UTC().Format("20060102T150405Z")+"-"+fileWord(kind)+"-"+fileWord(s.Name())+".jsonl")
}

func (a Archive) create(path string, line record.Line) (*record.Writer, error) {
	if a.Dir == "" {
		return nil, errNoPlace
	}
	line.Facts = append(a.Self(), line.Facts...)
	return record.Create(path, a.Now, line)
}

// beginning is the first line of a record: about which cluster it is, as its nodes said when the ceremony was opened.
func beginning(kind string, s vault.Snapshot, rehearsal bool, more []record.Fact) record.Line {
	l := record.Line{Text: kind + " of the cluster " + orUnknown(s.Name())}
	if rehearsal {
		l.Text = "REHEARSAL on a simulated cluster: " + l.Text
		l.Facts = append(l.Facts, record.Fact{Name: "rehearsal", Value: "true: nothing here was done to a real cluster"})
	}
	l.Facts = append(l.Facts, record.Fact{Name: "ceremony", Value: kind}, record.Fact{Name: "cluster", Value: orUnknown(s.Name())}, record.Fact{Name: "cluster id", Value: orUnknown(s.ID())})
	for _, m := range s.Members() {
		if m.Node == nil {
			continue
		}
		version := orUnknown(m.Node.Seal.Value.Version)
		if p := m.Node.Product(); p != 0 {
			version = p.String() + " " + version
		}
		l.Facts = append(l.Facts, record.Fact{Name: "server " + m.Name, Value: version})
	}
	l.Facts = append(l.Facts, more...)
	return l
}

var errNoPlace = errors.New("no directory for records is known: start warder with --record DIR")

func orUnknown(s string) string {
	if s == "" {
		return "not known"
	}
	return s
}

// fileWord is a name as it may stand in the name of a file: it may come from a server.
func fileWord(s string) string {
	const most = 40
	word := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, s)
	if word = strings.Trim(word[:min(len(word), most)], "-"); word == "" {
		return "unnamed"
	}
	return word
}
