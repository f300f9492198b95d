package keys

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// keyEndings are how files with public keys are called. In a directory nothing else is opened.
var keyEndings = []string{".asc", ".gpg", ".pub", ".key"}

// maxNamed is how many files of a directory are looked at.
const maxNamed = 1000

// ReadPublicKeys reads the public keys in a file, in a keyring file that holds several, or in the files of a directory, by
// their names. What is none is among the candidates, with the reason; the error says that the place itself was of no use.
func ReadPublicKeys(path string) ([]Candidate, error) {
	if strings.HasPrefix(strings.TrimSpace(path), "keybase:") {
		return nil, errKeybase
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return readKeyDir(path)
	}
	found, err := readKeyFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return found, nil
}

func readKeyDir(dir string) ([]Candidate, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	if len(entries) > maxNamed {
		return nil, fmt.Errorf("%s holds %d files, more than %d: give a directory of the custodians' keys alone", dir, len(entries), maxNamed)
	}
	var out []Candidate
	for _, e := range entries {
		name := withoutControls(e.Name())
		switch ending := strings.ToLower(filepath.Ext(e.Name())); {
		case e.IsDir():
			out = append(out, Candidate{Source: name, Err: errors.New("a directory, which is not looked into")})
			continue
		case !slices.Contains(keyEndings, ending):
			out = append(out, Candidate{Source: name, Err: fmt.Errorf("its name does not end in %s", strings.Join(keyEndings, ", "))})
			continue
		}
		found, err := readKeyFile(filepath.Join(dir, e.Name()))
		if err != nil {
			found = []Candidate{{Err: err}}
		}
		for _, c := range found {
			c.Source = strings.TrimSuffix(name+", "+c.Source, ", ")
			out = append(out, c)
		}
	}
	if len(out) > maxRing {
		return nil, fmt.Errorf("more than %d keys in %s", maxRing, dir)
	}
	return out, nil
}

func readKeyFile(path string) ([]Candidate, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular(): // a pipe would be waited for, a device may never end
		return nil, errors.New("no regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxKeySize+1))
	if err != nil {
		return nil, err
	}
	return ParseKeyring(data)
}
