package demo

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	maxState  = 64 << 20 // what the demo takes of a snapshot's state; real servers write it to a file and take any
	maxMember = 8192     // what the servers take of any other file in it
)

var errTruncated = errors.New("failed to read snapshot file: failed reading snapshot: unexpected EOF")

// unpack takes an archive apart as it comes, and compares its sums. It holds no more than it may.
//
// After the source of OpenBao: the words.
func unpack(in io.Reader) (map[string][]byte, error) {
	zip, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("failed to decompress snapshot: %w", err)
	}
	files := map[string][]byte{}
	for archive := tar.NewReader(zip); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errTruncated
		}
		room := int64(maxMember)
		switch h.Name {
		case "state.bin":
			room = maxState
		case "meta.json", "SHA256SUMS", "SHA256SUMS.sealed":
		default:
			return nil, fmt.Errorf("failed to read snapshot file: unexpected file %q in snapshot", h.Name)
		}
		body, err := io.ReadAll(io.LimitReader(archive, room+1))
		switch {
		case err != nil:
			return nil, errTruncated
		case int64(len(body)) > room:
			return nil, fmt.Errorf("failed to read snapshot file: read max specified bytes (%d) without EOF - possible truncation", room)
		}
		files[h.Name] = body
	}
	if _, err := io.Copy(io.Discard, io.LimitReader(zip, maxMember)); err != nil {
		return nil, errTruncated
	}
	return files, checkSums(files)
}

// checkSums holds the files to their sums: each that must be there, and no other.
func checkSums(files map[string][]byte) error {
	const bad = "failed to read snapshot file: failed checking integrity of snapshot: "
	seen := map[string]bool{}
	for line := range strings.Lines(string(files["SHA256SUMS"])) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if name != "meta.json" && name != "state.bin" {
			return fmt.Errorf(bad+"list missing hash for %q", name)
		}
		if !bytes.Equal(fmt.Appendf(nil, "%x", sha256.Sum256(files[name])), []byte(sum)) {
			return fmt.Errorf(bad+"hash check failed for %q", name)
		}
		seen[name] = true
	}
	for _, name := range []string{"meta.json", "state.bin"} {
		if !seen[name] {
			return fmt.Errorf(bad+"file missing for %q", name)
		}
	}
	return nil
}
