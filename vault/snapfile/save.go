package snapfile

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"warder/vault/newfile"
)

// Saved is a snapshot in a file.
type Saved struct {
	Meta
	Size   int64
	SHA256 string // of the file
}

// Save streams what take writes into a new file of mode 0600, reads it once more, and gives it its name only if it is a whole
// snapshot. Nothing of it is held in memory.
func Save(path string, take func(io.Writer) error) (Saved, error) {
	var out Saved
	all := sha256.New()
	err := newfile.WriteChecked(path, take, func(r io.Reader) (err error) {
		count := &counter{}
		// Check may leave what stands behind the archive; the sum is of all of it.
		through := io.TeeReader(r, io.MultiWriter(all, count))
		if out.Meta, err = Check(through); err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, through)
		out.Size = count.n
		return err
	})
	out.SHA256 = hex.EncodeToString(all.Sum(nil))
	return out, err
}

type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}
