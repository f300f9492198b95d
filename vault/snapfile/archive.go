// Package snapfile keeps Raft snapshots in files. A snapshot is a compressed tar archive of meta.json, state.bin and SHA256SUMS,
// which has the sums of the other two; nothing else of it is looked at.
package snapfile

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Meta is what a snapshot says of itself.
type Meta struct {
	Index uint64 // of the last entry of the Raft log in it
	Term  uint64
}

// maxSmall bounds all members of the archive but the state itself.
const maxSmall = 1 << 20

// Check reads a snapshot through and compares its sums: what was cut short on its way, or changed, is found now and not on the
// day on which it is needed. It holds no more of it than a buffer.
func Check(r io.Reader) (Meta, error) {
	zip, err := gzip.NewReader(r)
	if err != nil {
		return Meta{}, fmt.Errorf("it is no snapshot: %w", err)
	}
	var meta Meta
	var listed map[string]string
	sums := map[string]string{}
	for archive := tar.NewReader(zip); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Meta{}, broken(err)
		}
		switch h.Name {
		case "meta.json", "SHA256SUMS", "SHA256SUMS.sealed":
			small, err := io.ReadAll(io.LimitReader(archive, maxSmall+1))
			switch {
			case err != nil:
				return Meta{}, broken(err)
			case len(small) > maxSmall:
				return Meta{}, fmt.Errorf("it is no snapshot: %s is too large", h.Name)
			case h.Name == "SHA256SUMS":
				listed = parseSums(small)
			case h.Name == "meta.json":
				if err := json.Unmarshal(small, &meta); err != nil {
					return Meta{}, broken(err)
				}
				sums[h.Name] = sum(small)
			}
		case "state.bin":
			state := sha256.New()
			if _, err := io.Copy(state, archive); err != nil {
				return Meta{}, broken(err)
			}
			sums[h.Name] = hex.EncodeToString(state.Sum(nil))
		}
	}
	// The trailer of the compression has a sum of its own, behind the end of the archive.
	if _, err := io.Copy(io.Discard, zip); err != nil {
		return Meta{}, broken(err)
	}
	for _, name := range []string{"meta.json", "state.bin"} {
		switch {
		case sums[name] == "" || listed[name] == "":
			return Meta{}, fmt.Errorf("it is not whole: %s, or its sum, is missing", name)
		case sums[name] != listed[name]:
			return Meta{}, fmt.Errorf("it is damaged: %s is not what its sum says", name)
		}
	}
	return meta, nil
}

func broken(err error) error { return fmt.Errorf("it is not whole: %w", err) }

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// parseSums reads lines of a sum and a name.
func parseSums(b []byte) map[string]string {
	out := map[string]string{}
	for line := range bytes.Lines(b) {
		if f := strings.Fields(string(line)); len(f) == 2 {
			out[f[1]] = strings.ToLower(f[0])
		}
	}
	return out
}
