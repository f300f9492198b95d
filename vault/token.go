package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"warder/keys"
)

// maxToken bounds a token. Those of the servers have some hundred bytes, and what stands for one behind a proxy a few
// thousand.
const maxToken = 64 << 10

// token takes the variable, else asks the helper if one is configured, else reads the token file. No token at all is no
// fault. Where a context has a source of its own, nothing else is looked at.
func (l *loader) token() (err error) {
	if own, err := l.contextToken(); own || err != nil {
		return err
	}
	if g := l.env.get("TOKEN"); !g.empty() {
		// A variable is a string, which cannot be wiped; Scrub at least takes it out of the environment.
		if l.Token, err = newToken([]byte(g.value)); err != nil {
			return g.wrong("%w", err)
		}
		return nil
	}
	helper, err := l.tokenHelper()
	switch {
	case err != nil:
		return err
	case !helper.empty():
		if l.Token, err = askHelper(l.ctx, helper.value, helperPatience); err != nil {
			return helper.wrong("the token helper %s %w", helper.value, err)
		}
		return nil
	}
	return l.tokenFile()
}

// tokenFile reads the file to which the CLIs' login writes.
func (l *loader) tokenFile() error {
	if g := l.env.get("TOKEN_PATH"); !g.empty() {
		return l.readTokenFile(g, true)
	}
	if l.env.Home == "" {
		return nil
	}
	return l.readTokenFile(given{value: filepath.Join(l.env.Home, ".vault-token"), by: "token file"}, false)
}

// readTokenFile reads a file that somebody named, or that may be there.
func (l *loader) readTokenFile(g given, named bool) error {
	f, err := os.Open(g.value)
	if errors.Is(err, fs.ErrNotExist) {
		if named {
			l.warn("%s: there is no file %s", g.by, g.value)
		}
		return nil
	}
	if err != nil {
		return g.wrong("%w", err)
	}
	defer f.Close()
	if l.Token, err = readToken(f); err != nil {
		return g.wrong("%s: %w", g.value, err)
	}
	if mode, open := openToOthers(f); open {
		l.warn("%s can be read by others (mode %04o); chmod 600 closes it", g.value, mode)
	}
	return nil
}

// openToOthers says whether anyone but its owner may read or change the file. Pipes pass, since their mode says nothing.
func openToOthers(f *os.File) (fs.FileMode, bool) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Mode().Perm(), info.Mode().Perm()&0o066 != 0
}

// readToken reads a token into one buffer, which leaves no copies behind.
func readToken(r io.Reader) (keys.Secret, error) {
	buf := make([]byte, maxToken+1)
	n, err := io.ReadFull(r, buf)
	switch {
	case err == nil:
		clear(buf)
		return keys.Secret{}, fmt.Errorf("the token is longer than %d bytes", maxToken)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return newToken(buf[:n])
	}
	clear(buf)
	return keys.Secret{}, err
}

// newToken takes the bytes over, without the white space around them, and zeroes them.
func newToken(b []byte) (keys.Secret, error) {
	defer clear(b)
	token := bytes.TrimSpace(b)
	if bytes.ContainsFunc(token, unprintable) {
		return keys.Secret{}, errors.New("the token holds a line break or another character that no token has")
	}
	return keys.NewSecret(token), nil
}
