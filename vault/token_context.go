package vault

import (
	"context"
	"os"

	"warder/keys"
)

// contextToken takes the token where the context says. Own says that no other place is to be looked at: a token of another
// cluster must not come here.
func (l *loader) contextToken() (own bool, err error) {
	c := l.context
	variable := l.env.variable("TOKEN")
	switch {
	case c.Name == "":
		return false, nil
	case c.TokenFile != "":
		err = l.readTokenFile(given{value: c.TokenFile, by: c.by("token_file")}, true)
	case len(c.TokenCommand) > 0:
		var failure error
		if l.Token, failure = tokenOf(l.ctx, c.TokenCommand, helperPatience); failure != nil {
			err = given{by: c.by("token_command")}.wrong("%s %w", clean(c.TokenCommand[0]), failure)
		}
	case c.Switched:
		l.warn("context %s names no source of a token: it is shown without one; token_file or token_command would name it", c.Name)
		return true, nil
	default:
		by := l.elsewhere(c, nil)
		if by == "" {
			return false, nil
		}
		l.warn("%s is of another cluster, so its token does not go to context %s; token_file or token_command would name its own", by, c.Name)
		return true, nil
	}
	if !variable.empty() && err == nil {
		l.warn("%s is not used: context %s names its own source of a token", variable.by, c.Name)
	}
	return true, err
}

// OwnToken reads a token for something beside the cluster, such as a key store, from a file or from the output of a program.
// By names the setting in the error.
func OwnToken(ctx context.Context, by, file string, command []string) (keys.Secret, error) {
	g := given{by: by}
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return keys.Secret{}, g.wrong("%w", err)
		}
		defer f.Close()
		token, err := readToken(f)
		if err != nil {
			return token, g.wrong("%s: %w", file, err)
		}
		return token, nil
	}
	token, err := tokenOf(ctx, command, helperPatience)
	if err != nil {
		return token, g.wrong("%s %w", clean(command[0]), err)
	}
	return token, nil
}
