package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/pflag"

	"warder/ui"
	"warder/vault"
	"warder/vault/ceremony"
	"warder/vault/record"
)

// keepFlags are what the command line says of the records of ceremonies.
type keepFlags struct {
	dir  string
	none bool
	plan string
}

func keepingFlags(fs *pflag.FlagSet, f *keepFlags) {
	fs.StringVar(&f.dir, "record", "", "directory for the records of ceremonies (below $XDG_STATE_HOME/warder; with --demo none is kept unless it is named)")
	fs.BoolVar(&f.none, "no-record", false, "keep no record of ceremonies")
	fs.StringVar(&f.plan, "plan", "", "file with the plan of a ceremony, which is followed; with --demo it is rehearsed")
}

// keeping is where records go and what is followed. At a simulated cluster no record is kept unless it was asked for, or a plan
// is rehearsed. said is what the first page of a rehearsal has to tell.
func (f keepFlags) keeping(version string, simulated bool, said []string) (k ui.Keeping, err error) {
	if f.none && f.dir != "" {
		return k, errors.New("--record and --no-record exclude each other")
	}
	if f.plan != "" {
		p, hash, err := readPlan(f.plan)
		if err != nil {
			return k, err
		}
		k.Plan, k.PlanHash = &p, hash
	}
	if simulated && (k.Plan != nil || f.dir != "") {
		k.Marks = []string{"REHEARSAL"}
		k.Guide = ceremony.Guide{Rehearsal: true, Said: said}
	}
	switch {
	case f.none:
		k.Marks = append(k.Marks, "no record")
	case !simulated || k.Plan != nil || f.dir != "":
		k.Archive = f.archive(version, simulated)
	}
	return k, nil
}

func (f keepFlags) archive(version string, simulated bool) *ceremony.Archive {
	a := &ceremony.Archive{Dir: f.dir, Now: time.Now, Rehearsal: simulated, Self: func() []record.Fact { return self(version) }}
	if a.Dir == "" {
		if state := vault.StateDir(os.Getenv); state != "" {
			a.Dir = record.Dir(state)
		}
	} else if abs, err := filepath.Abs(a.Dir); err == nil {
		a.Dir = abs // the record names its place whole
	}
	return a
}

// self says which warder writes. A program cannot prove itself: who doubts the hash takes it of the file.
func self(version string) []record.Fact {
	return []record.Fact{{Name: "warder", Value: version}, {Name: "warder's SHA-256", Value: ownHash()}}
}

// ownHash is of the running program, also where its file was replaced since.
func ownHash() string {
	f, err := os.Open("/proc/self/exe")
	if err != nil {
		path, err := os.Executable()
		if err != nil {
			return "not known: " + err.Error()
		}
		if f, err = os.Open(path); err != nil {
			return "not known: " + err.Error()
		}
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "not known: " + err.Error()
	}
	return hex.EncodeToString(h.Sum(nil))
}
