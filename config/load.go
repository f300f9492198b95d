package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// DefaultPath is where the file is looked for when none is named: below $XDG_CONFIG_HOME, else below ~/.config; "" where there
// is no such place.
func DefaultPath(getenv func(string) string) string {
	dir := getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(dir) {
		home := getenv("HOME")
		if !filepath.IsAbs(home) {
			return ""
		}
		dir = filepath.Join(home, ".config")
	}
	return filepath.Join(dir, "warder", "config.toml")
}

// Load reads the file that was named, or else the one at the default place, which need not be there. Paths within it may begin
// with ~/, and where they are not absolute they begin at the directory of the file.
func Load(named string, getenv func(string) string) (File, error) {
	path := named
	if path == "" {
		if path = DefaultPath(getenv); path == "" {
			return File{}, nil
		}
	}
	text, err := read(path)
	switch {
	case named == "" && errors.Is(err, fs.ErrNotExist):
		return File{}, nil
	case err != nil:
		return File{}, fmt.Errorf("configuration file: %w", err)
	}
	f, err := Parse(text)
	if err != nil {
		return File{}, fmt.Errorf("%s: %w", path, err)
	}
	if path, err = filepath.Abs(path); err != nil {
		return File{}, fmt.Errorf("configuration file: %w", err)
	}
	f.Path = path
	return f.located(filepath.Dir(path), getenv("HOME")), nil
}

// read takes in no more than is needed to see that a file is too large: it may be a device.
func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}

// located makes the paths absolute. A program without a slash is looked for as a shell would.
func (f File) located(dir, home string) File {
	place := func(p *string) {
		rest, atHome := strings.CutPrefix(*p, "~/")
		switch {
		case *p == "":
		case atHome && home != "":
			*p = filepath.Join(home, rest)
		case !filepath.IsAbs(*p):
			*p = filepath.Join(dir, *p)
		}
	}
	source := func(s *Source) {
		place(&s.TokenFile)
		if len(s.TokenCommand) > 0 && strings.Contains(s.TokenCommand[0], "/") {
			place(&s.TokenCommand[0])
		}
	}
	for i := range f.Contexts {
		c := &f.Contexts[i]
		for _, p := range []*string{&c.CACert, &c.CAPath, &c.ClientCert, &c.ClientKey} {
			place(p)
		}
		source(&c.Source)
		for j := range c.KeyStores {
			place(&c.KeyStores[j].CACert)
			source(&c.KeyStores[j].Source)
		}
	}
	return f
}
