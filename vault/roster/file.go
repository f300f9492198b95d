package roster

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxFile is more than 255 people take.
const maxFile = 1 << 20

// Path is the file of a cluster below a state directory, such as $XDG_STATE_HOME. The cluster's name is the server's word: of
// one that is no plain file name the bytes are spelt out.
func Path(state, cluster string) string {
	name := strings.ToLower(cluster)
	if name == "" || name != cluster || len(name) > 100 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		name = "_" + hex.EncodeToString([]byte(cluster[:min(len(cluster), 60)]))
	}
	return filepath.Join(state, "warder", "rosters", name+".json")
}

// Load reads a roster. There being none is no error.
func Load(path string) (Roster, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Roster{}, nil
	}
	if err != nil {
		return Roster{}, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return Roster{}, err
	}
	r, err := Parse(b)
	if err != nil {
		return Roster{}, fmt.Errorf("roster %s: %w", path, err)
	}
	return r, nil
}

// Parse reads what Save wrote.
func Parse(b []byte) (Roster, error) {
	if len(b) > maxFile {
		return Roster{}, errors.New("larger than any roster")
	}
	var r Roster
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return Roster{}, fmt.Errorf("not a roster: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Roster{}, errors.New("not a roster: something follows it")
	}
	if err := r.check(); err != nil {
		return Roster{}, err
	}
	return r, nil
}

// Save writes the roster whole or not at all, for its owner only.
func (r Roster) Save(path string) error {
	r.Version = Version
	r.Custodians = append([]Custodian{}, r.Custodians...)
	for i, c := range r.Custodians {
		r.Custodians[i] = Custodian{Name: plain(c.Name), Fingerprint: strings.ToLower(c.Fingerprint), Contact: plain(c.Contact)}
	}
	if err := r.check(); err != nil {
		return fmt.Errorf("roster not written: %w", err)
	}
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".roster-*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(append(b, '\n'))
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
