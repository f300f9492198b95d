package demo

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// binary is a body that is no JSON.
type binary []byte

// getSnapshot answers with a compressed archive in the form of the servers'. Its state is a few words and can restore nothing.
//
// After the source of OpenBao: the members of the archive. In the recordings no snapshot was taken.
func getSnapshot(q *request) answer {
	meta, err := json.Marshal(map[string]any{
		"Version": 1, "ID": "bolt-snapshot", "Index": q.c.raft.log.committed(q.c.at), "Term": q.c.raft.term,
	})
	if err != nil {
		return refuse(500, err.Error())
	}
	state := []byte("a simulated cluster keeps no data\n")
	sums := fmt.Sprintf("%x  meta.json\n%x  state.bin\n", sha256.Sum256(meta), sha256.Sum256(state))
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	archive := tar.NewWriter(zip)
	for _, m := range []struct {
		name string
		body []byte
	}{{"meta.json", meta}, {"state.bin", state}, {"SHA256SUMS", []byte(sums)}} {
		// Nothing that is written to a buffer fails.
		_ = archive.WriteHeader(&tar.Header{Name: m.name, Mode: 0o600, Size: int64(len(m.body)), ModTime: q.c.at})
		_, _ = archive.Write(m.body)
	}
	_, _ = archive.Close(), zip.Close()
	return reply(binary(out.Bytes()))
}
