package conformance

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp/armor"

	"warder/keys"
	"warder/vault"
	"warder/vault/ceremony"
)

// decrypts has every custodian read his message before anything starts, and type the code in it.
func (p *console) decrypts(read func(i int, message []byte) string, n int) {
	p.t.Helper()
	p.fills(map[string]string{"dir": p.t.TempDir()})
	for i := range n {
		block, err := armor.Decode(strings.NewReader(prompt[ceremony.Tell](p).Copy))
		works(p.t, "message", err)
		message, err := io.ReadAll(block.Body)
		works(p.t, "message", err)
		p.does(ceremony.Continue{})
		_, code, _ := strings.Cut(read(i, message), "code: ")
		p.does(ceremony.GaveSecret{Secret: keys.NewSecret([]byte(strings.TrimSpace(code)))})
	}
}

// withoutNotes are the shares in a file that says whose each one is.
func withoutNotes(file []byte) (out []string) {
	for line := range strings.Lines(string(file)) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

// gnuPG is the keyring of one custodian, on a machine of his own.
type gnuPG struct {
	t    *testing.T
	home string
}

func newGnuPG(t *testing.T, params ...string) gnuPG {
	t.Helper()
	if _, err := exec.LookPath("gpg"); err != nil {
		t.Skip("SKIPPED: gpg IS NOT INSTALLED, SO THAT ITS KEYS WERE NOT TRIED")
	}
	home, err := os.MkdirTemp("", "gpg") // Shorter than t.TempDir: the agent's socket has to fit into 107 characters.
	works(t, "home of gpg", err)
	g := gnuPG{t, home}
	t.Cleanup(func() {
		g.runs("gpgconf --kill all", nil)
		os.RemoveAll(home)
	})
	text := "%no-protection\n" + strings.Join(params, "\n") + "\nName-Real: custodian\nExpire-Date: 1y\n%commit\n"
	g.runs("gpg --batch --quiet --generate-key", []byte(text))
	return g
}

// runs has a shell run a line as a custodian types it.
func (g gnuPG) runs(line string, input []byte) []byte {
	g.t.Helper()
	sh := exec.Command("sh", "-c", line)
	sh.Env = append(os.Environ(), "GNUPGHOME="+g.home)
	sh.Stdin = bytes.NewReader(input)
	var complaint bytes.Buffer
	sh.Stderr = &complaint
	out, err := sh.Output()
	if err != nil {
		g.t.Fatalf("%s: %v: %s", line, err, &complaint)
	}
	return out
}

// TestRealGnuPG: keys that gpg made, read from the keyring it exports, and shares that it decrypts by the lines in the file,
// open a node.
func TestRealGnuPG(t *testing.T) {
	t.Parallel()
	bin := binary(t, "BAO_BIN")
	custodians := []gnuPG{
		newGnuPG(t, "Key-Type: EDDSA", "Key-Curve: ed25519", "Subkey-Type: ECDH", "Subkey-Curve: cv25519"),
		newGnuPG(t, "Key-Type: RSA", "Key-Length: 2048", "Subkey-Type: RSA", "Subkey-Length: 2048"),
		newGnuPG(t, "Key-Type: ECDSA", "Key-Curve: nistp256", "Subkey-Type: ECDH", "Subkey-Curve: nistp256"),
	}
	var ring []byte
	for _, g := range custodians {
		ring = append(ring, g.runs("gpg --export --armor", nil)...)
	}
	keyring, file := filepath.Join(t.TempDir(), "all.asc"), filepath.Join(t.TempDir(), "shares of ours")
	works(t, "keyring", os.WriteFile(keyring, ring, 0o600))

	c := servers(t, bin, openBao, newConfigs(t, "gnupg", 3))
	founded(t, c)
	p := c.replacing(t)
	p.fills(map[string]string{"shares": "3", "threshold": "2"})
	p.through()
	p.picks("pgp")
	for _, name := range []string{"Anna", "Ben", "Cleo"} {
		p.fills(map[string]string{"name": name, "key": keyring})
		p.picks(prompt[ceremony.Pick](p).Options[0].Key)
	}
	p.through()
	p.decrypts(func(i int, message []byte) string {
		return string(custodians[i].runs("gpg --quiet --decrypt", message))
	}, len(custodians))
	p.picks("none")
	p.fills(map[string]string{"path": file})
	p.through()
	p.gives(c.shares[:c.threshold]...)
	for range custodians {
		prompt[ceremony.Reveal](p)
		p.does(ceremony.Shown{})
	}
	p.through()
	c.shares, c.threshold = decryptedByLines(t, file, custodians), 2
	p.gives(c.shares[2], c.shares[0])
	p.endsWell()
	c.says(t, c.active(t), 2, 3)
	node := c.active(t) // a standby may not have heard of the new shares yet
	c.machine.kill(t, node)
	c.active(t)
	c.machine.start(t, node)
	c.becomes(t, node, vault.CodeSealed)
	c.says(t, node, 2, 3)
	u := c.unsealing(t)
	u.gives(c.shares[1:]...)
	u.endsWell()
	c.open(t)
}

// decryptedByLines are the shares as each custodian gets his own by the line that the file has for him.
func decryptedByLines(t *testing.T, file string, custodians []gnuPG) (out []keys.Secret) {
	t.Helper()
	b, err := os.ReadFile(file)
	works(t, "file", err)
	for line := range strings.Lines(string(b)) {
		if note, ok := strings.CutPrefix(line, "# "); ok {
			_, command, _ := strings.Cut(note, "): ")
			share, err := keys.ParseShare(custodians[len(out)].runs(command, nil))
			works(t, "share by "+command, err)
			out = append(out, share.Secret())
		}
	}
	if len(out) != len(custodians) {
		t.Fatalf("%d lines for %d custodians:\n%s", len(out), len(custodians), b)
	}
	return out
}
