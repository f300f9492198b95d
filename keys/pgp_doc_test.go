package keys

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWhatCustodiansAreToldToTypeWorks runs the lines of docs/pgp.md, where gpg is there, with the key that they make.
func TestWhatCustodiansAreToldToTypeWorks(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("gpg"); err != nil {
		t.Skip("gpg is not installed")
	}
	doc, err := os.ReadFile("../docs/pgp.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for i, part := range strings.Split(string(doc), "```") {
		if i%2 == 1 {
			blocks = append(blocks, strings.TrimPrefix(part, "sh\n"))
		}
	}
	if len(blocks) != 5 {
		t.Fatalf("%d blocks of lines", len(blocks))
	}
	home, err := os.MkdirTemp("", "gpg") // Shorter than t.TempDir: the agent's socket has to fit into 107 characters.
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(home)
	dir := t.TempDir()
	run := func(lines string) string {
		t.Helper()
		// A person types the passphrase; here it is empty.
		typed := strings.NewReplacer("gpg --", "gpg --batch --pinentry-mode loopback --passphrase '' --").Replace(lines)
		sh := exec.Command("sh", "-e", "-c", typed)
		sh.Dir, sh.Env = dir, append(os.Environ(), "GNUPGHOME="+home)
		var complaint bytes.Buffer
		sh.Stderr = &complaint
		out, err := sh.Output()
		if err != nil {
			t.Fatalf("%s: %v: %s", lines, err, &complaint)
		}
		return string(out)
	}
	defer run("gpgconf --kill all")
	printed := strings.TrimSpace(run(strings.Join(blocks[:3], "")))
	exported, err := os.ReadFile(filepath.Join(dir, "anna.asc"))
	if err != nil {
		t.Fatal(err)
	}
	key := mustParseKey(t, exported)
	if !strings.EqualFold(printed, key.Fingerprint) {
		t.Errorf("the fingerprint is %q, of the file %q", printed, key.Fingerprint)
	}
	if err := key.Problem(time.Now()); err != nil || len(key.Cautions(time.Now())) > 0 {
		t.Errorf("%v, %q", err, key.Cautions(time.Now()))
	}
	private, err := os.ReadFile(filepath.Join(dir, "anna-private.asc"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParsePublicKey(private); err == nil {
		t.Error("the copy of the private key holds none")
	}
	write := func(name string, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sealed, err := key.Encrypt([]byte("a code\n"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	armoured, err := ArmouredMessage(sealed)
	if err != nil {
		t.Fatal(err)
	}
	write("challenge-1-anna-4200cf.asc", armoured)
	if got := run(blocks[3]); got != "a code\n" {
		t.Errorf("the message reads %q", got)
	}
	share := hex.EncodeToString(bytes.Repeat([]byte{7}, 33))
	if sealed, err = key.Encrypt([]byte(share), rand.Reader); err != nil {
		t.Fatal(err)
	}
	write("new-shares.txt", "# whose it is\n"+base64.StdEncoding.EncodeToString(sealed)+"\n")
	if got := run(blocks[4]); got != share {
		t.Errorf("the share reads %q", got)
	}
}
