package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/hashicorp/hcl"

	"warder/keys"
)

// helperPatience is how long a token helper may take: it may ask a person for a PIN.
const helperPatience = time.Minute

// tokenHelper is the program that the CLIs' configuration file names.
func (l *loader) tokenHelper() (given, error) {
	file, text, err := l.configFile()
	if err != nil || text == nil {
		return given{}, err
	}
	helper := given{by: file.by}
	if helper.value, err = parseConfig(text); err != nil {
		return given{}, file.wrong("%s: %w", file.value, err)
	}
	if helper.empty() {
		return given{}, nil
	}
	if helper.value, err = filepath.Abs(helper.value); err != nil {
		return given{}, helper.wrong("%w", err)
	}
	return helper, nil
}

// configFile reads the file that the variable names, else the first of the CLIs' own that exists; nil where there is none.
func (l *loader) configFile() (given, []byte, error) {
	if g := l.env.get("CONFIG_PATH"); !g.empty() {
		if rest, ok := strings.CutPrefix(g.value, "~/"); ok && l.env.Home != "" {
			g.value = filepath.Join(l.env.Home, rest)
		}
		text, err := os.ReadFile(g.value)
		if errors.Is(err, fs.ErrNotExist) {
			l.warn("%s: there is no file %s", g.by, g.value)
			return g, nil, nil
		}
		if err != nil {
			return g, nil, g.wrong("%w", err)
		}
		return g, text, nil
	}
	if l.env.Home == "" {
		return given{}, nil, nil
	}
	for _, name := range []string{".bao", ".vault"} {
		g := given{value: filepath.Join(l.env.Home, name), by: "configuration file"}
		// A directory of that name belongs to something else.
		if info, err := os.Stat(g.value); err != nil || info.IsDir() {
			continue
		}
		text, err := os.ReadFile(g.value)
		if err != nil {
			return g, nil, g.wrong("%w", err)
		}
		return g, text, nil
	}
	return given{}, nil, nil
}

// parseConfig finds the helper in the text of a configuration file. Nothing of the text is quoted, the parser's errors
// included: whoever names the token file by mistake must not see the token on the screen.
func parseConfig(text []byte) (helper string, err error) {
	// The parser panics on some broken literals, {"\0 for one.
	defer func() {
		if recover() != nil {
			helper, err = "", errors.New("not HCL")
		}
	}()
	var config map[string]any
	if hcl.Decode(&config, string(text)) != nil {
		return "", errors.New("neither HCL nor JSON; a file of that name may belong to another tool")
	}
	for key, value := range config {
		path, isText := value.(string)
		if key != "token_helper" || !isText {
			return "", errors.New(`only token_helper = "a program" may stand in it`)
		}
		helper = path
	}
	return helper, nil
}

// askHelper asks the helper as the CLIs do.
func askHelper(ctx context.Context, path string, patience time.Duration) (keys.Secret, error) {
	return tokenOf(ctx, []string{path, "get"}, patience)
}

var errGivenUp = errors.New("was given up")

// tokenOf runs a program with its arguments and takes the token from its output. The error continues a sentence about the
// program; what it printed is not told, only what it complained of.
func tokenOf(parent context.Context, words []string, patience time.Duration) (keys.Secret, error) {
	ctx, cancel := context.WithTimeout(parent, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.WaitDelay = time.Second
	var complaint prefix
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		return keys.Secret{}, fmt.Errorf("could not be started: %w", err)
	}
	if err := cmd.Start(); parent.Err() != nil && err != nil {
		return keys.Secret{}, errGivenUp
	} else if err != nil {
		return keys.Secret{}, fmt.Errorf("could not be started: %w", err)
	}
	// A child of the helper may hold the pipe open after the helper was killed.
	stop := context.AfterFunc(ctx, func() { out.Close() })
	defer stop()
	token, tokenErr := readToken(out)
	// Closed before waiting, so that a helper that has more to say ends too.
	out.Close()
	waitErr := cmd.Wait()
	if tokenErr == nil && waitErr == nil {
		return token, nil
	}
	token.Wipe()
	switch {
	case parent.Err() != nil:
		return keys.Secret{}, errGivenUp
	case ctx.Err() != nil:
		return keys.Secret{}, fmt.Errorf("gave no token within %s", patience)
	case waitErr != nil && complaint.line() != "":
		return keys.Secret{}, fmt.Errorf("failed: %s", complaint.line())
	case tokenErr != nil:
		return keys.Secret{}, fmt.Errorf("gave no token: %w", tokenErr)
	}
	return keys.Secret{}, fmt.Errorf("failed: %w", waitErr)
}

// prefix keeps the beginning of what is written to it.
type prefix struct{ b []byte }

// Write never fails: a helper must not die of talking much.
func (p *prefix) Write(b []byte) (int, error) {
	p.b = append(p.b, b[:min(len(b), maxText-len(p.b))]...)
	return len(b), nil
}

// line is the first line that says something.
func (p *prefix) line() string {
	for line := range bytes.Lines(p.b) {
		if text := clean(string(line)); strings.TrimSpace(text) != "" {
			return text
		}
	}
	return ""
}
