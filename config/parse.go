package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"
)

// maxFile bounds the file: nobody has so many clusters.
const maxFile = 1 << 20

// Parse reads the text of a file. Paths in it are taken as they are. An error is one line with the number of the line and the
// key at fault; a value is never quoted.
func Parse(text []byte) (File, error) {
	if len(text) > maxFile {
		return File{}, fmt.Errorf("the file is larger than %d bytes", maxFile)
	}
	entries := index(text)
	if err := secrets(entries); err != nil {
		return File{}, err
	}
	var w wireFile
	if err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(&w); err != nil {
		return File{}, told(err)
	}
	if err := spelt(entries); err != nil {
		return File{}, err
	}
	c := checker{entries: entries}
	f := c.file(w)
	if c.err != nil {
		return File{}, c.err
	}
	return f, nil
}

// secrets refuses what looks like a secret, before anything else could be said of it.
func secrets(entries []entry) error {
	for _, e := range entries {
		last := e.path[len(e.path)-1]
		if e.token || slices.Contains(secretKeys, strings.ToLower(last)) && !within(e.path, "keys") {
			return wrong(e.line, e.path, "a secret never stands in this file: say where the token is found, by token_file or token_command")
		}
	}
	return nil
}

// spelt refuses keys in capitals: the decoder would take them, and two spellings of one key.
func spelt(entries []entry) error {
	for _, e := range entries {
		if within(e.path, "keys") {
			continue
		}
		for i, part := range e.path {
			name := i == 1 && e.path[0] == "contexts"
			if !name && part != strings.ToLower(part) {
				return wrong(e.line, e.path, "no such key; keys are written in small letters")
			}
		}
	}
	return nil
}

func within(path []string, table string) bool { return len(path) > 1 && path[0] == table }

// told tells of the decoder's error in our words, since its own may quote the file.
func told(err error) error {
	var missing *toml.StrictMissingError
	if errors.As(err, &missing) && len(missing.Errors) > 0 {
		first := slices.MinFunc(missing.Errors, func(a, b toml.DecodeError) int { return cmp.Compare(row(&a), row(&b)) })
		return wrong(row(&first), first.Key(), "no such key")
	}
	var bad *toml.DecodeError
	if !errors.As(err, &bad) {
		return errors.New("not TOML")
	}
	said := strings.TrimPrefix(bad.Error(), "toml: ")
	switch {
	case strings.HasPrefix(said, "cannot ") || strings.Contains(said, " cannot be stored "):
		key := bad.Key()
		want := "a text"
		if len(key) > 0 {
			want = cmp.Or(kinds[key[len(key)-1]], want)
		}
		if len(key) == 2 && key[0] == "contexts" {
			want = "a table, [contexts.NAME]"
		}
		return wrong(row(bad), key, "not of its kind: want %s", want)
	case strings.Contains(said, " already "):
		return wrong(row(bad), bad.Key(), "it is there twice")
	}
	return wrong(row(bad), bad.Key(), "not TOML: %s", syntax(said))
}

// syntax is what the parser says, unless it may hold a piece of a value.
func syntax(said string) string {
	if strings.ContainsAny(said, "\"'`") || strings.Contains(said, "parse") || strings.Contains(said, "U+") || strings.ContainsFunc(said, unprintable) {
		return "a value, a quote or a bracket is not as it must be"
	}
	return said
}

func row(e *toml.DecodeError) int {
	line, _ := e.Position()
	return line
}

// wrong is an error at a line. A key that looks like a token is not shown either.
func wrong(line int, path []string, format string, args ...any) error {
	why := fmt.Sprintf(format, args...)
	at := ""
	if line > 0 {
		at = fmt.Sprintf("line %d: ", line)
	}
	key := strings.Join(path, ".")
	switch {
	case key == "":
		return errors.New(at + why)
	case slices.ContainsFunc(path, tokenLike) || tokenLike(key) || strings.Contains(key, "hvs.") || len(key) > maxKey || strings.ContainsFunc(key, unprintable):
		key = "(a key that is not shown)"
	}
	return errors.New(at + key + ": " + why)
}

// maxKey is longer than any key of the file.
const maxKey = 120

func unprintable(r rune) bool { return !unicode.IsPrint(r) }
