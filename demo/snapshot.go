package demo

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"warder/keys"
)

// binary is a body that is no JSON.
type binary []byte

// snapshotState is what a snapshot of the demo brings back.
type snapshotState struct {
	Taken    time.Time
	Cluster  string
	Holdings *holdings
	Keyring  snapshotKeyring
	Tokens   []savedToken
}

type snapshotKeyring struct {
	Term      int
	Installed time.Time
}

// sealedState is the state in a snapshot: encrypted with a key of its own, and that with the seal's. What is beside it is no
// secret to who unseals.
type sealedState struct {
	Threshold, Shares int
	Key, State        []byte
}

func (s *sealedState) open(key keys.Secret) (out snapshotState, err error) {
	own, err := decrypted(key, s.Key)
	if err != nil {
		return out, err
	}
	plain, err := decrypted(keys.NewSecret(own), s.State)
	if err != nil {
		return out, err
	}
	defer clear(plain)
	err = json.Unmarshal(plain, &out)
	return out, err
}

// archived is a file of the archive.
type archived struct {
	name string
	body []byte
}

// sealedNow is the state of now, as a snapshot has it.
func (c *Cluster) sealedNow() ([]byte, error) {
	plain, err := json.Marshal(snapshotState{
		c.at, c.id, c.holdings, snapshotKeyring{c.keyring.term, c.keyring.installed}, c.saveTokens(),
	})
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	own := c.dice.bytes(keyLength)
	state := sealedState{
		Threshold: c.seal.custody.threshold, Shares: c.seal.custody.shape.shares,
		Key: c.encrypted(c.sealKey(c.seal.custody), own), State: c.encrypted(keys.NewSecret(own), plain),
	}
	return json.Marshal(state)
}

// getSnapshot answers with a compressed archive in the form of the servers'. Its state is what the demo holds, encrypted.
//
// After the source of OpenBao: the members of the archive, of which the last is the sums once more, under the seal's own key, by
// which a server knows a snapshot that it cannot open.
func getSnapshot(q *request) answer {
	meta, err := json.Marshal(map[string]any{
		"Version": 1, "ID": "bolt-snapshot", "Index": q.c.raft.log.committed(q.c.at), "Term": q.c.raft.term,
	})
	if err != nil {
		return refuse(http.StatusInternalServerError, err.Error())
	}
	state, err := q.c.sealedNow()
	if err != nil {
		return refuse(http.StatusInternalServerError, err.Error())
	}
	sums := fmt.Appendf(nil, "%x  meta.json\n%x  state.bin\n", sha256.Sum256(meta), sha256.Sum256(state))
	sealed := q.c.encrypted(q.c.sealKey(q.c.seal.custody), sums)
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	archive := tar.NewWriter(zip)
	for _, m := range []archived{{"meta.json", meta}, {"state.bin", state}, {"SHA256SUMS", sums}, {"SHA256SUMS.sealed", sealed}} {
		// Nothing that is written to a buffer fails.
		_ = archive.WriteHeader(&tar.Header{Name: m.name, Mode: 0o600, Size: int64(len(m.body)), ModTime: q.c.at})
		_, _ = archive.Write(m.body)
	}
	_, _ = archive.Close(), zip.Close()
	q.c.log("info", "storage.raft", "starting snapshot up to", "index", fmt.Sprint(q.c.raft.log.committed(q.c.at)))
	return reply(binary(out.Bytes()))
}

// sealKey is what a snapshot is encrypted with: the unseal key of the day, or the key service's, which is the cluster's for good.
func (c *Cluster) sealKey(held custody) keys.Secret {
	if !c.seal.auto() {
		return held.key
	}
	sum := sha256.Sum256([]byte("key service of " + c.id))
	return keys.NewSecret(sum[:])
}

func aead(key keys.Secret) (out cipher.AEAD, err error) {
	key.Use(func(b []byte) {
		sum := sha256.Sum256(b) // of the length that AES wants, whatever the key's
		var block cipher.Block
		if block, err = aes.NewCipher(sum[:]); err == nil {
			out, err = cipher.NewGCM(block)
		}
	})
	return out, err
}

func (c *Cluster) encrypted(key keys.Secret, plain []byte) []byte {
	box, err := aead(key)
	if err != nil {
		return nil
	}
	nonce := c.dice.bytes(box.NonceSize())
	return box.Seal(nonce, nonce, plain, nil)
}

func decrypted(key keys.Secret, text []byte) ([]byte, error) {
	box, err := aead(key)
	if err != nil {
		return nil, err
	}
	if len(text) < box.NonceSize() {
		return nil, errWrongShares
	}
	nonce, rest := text[:box.NonceSize()], text[box.NonceSize():]
	return box.Open(nil, nonce, slices.Clone(rest), nil)
}
