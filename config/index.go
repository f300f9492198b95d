package config

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// entry is a key of the file with its line.
type entry struct {
	path  []string
	line  int
	token bool // its value looks like a token
}

// index lists the keys of a text in order. It ends where the text is no TOML, which the decoder tells better.
func index(text []byte) []entry {
	var out []entry
	var p unstable.Parser
	p.Reset(text)
	var table []string
	count := map[string]int{} // of the tables of an array, whose number stands in the path
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			path, line := keyOf(&p, e)
			if e.Kind == unstable.ArrayTable {
				name := strings.Join(path, ".")
				count[name]++
				path = append(path, strconv.Itoa(count[name]))
			}
			table = path
			out = append(out, entry{path: path, line: line})
		case unstable.KeyValue:
			out = values(&p, e, table, out)
		}
	}
	return out
}

// values adds a key, and those of the inline tables that are its value.
func values(p *unstable.Parser, n *unstable.Node, within []string, out []entry) []entry {
	key, line := keyOf(p, n)
	path := slices.Concat(within, key)
	at := len(out)
	out = append(out, entry{path: path, line: line})
	var walk func(v *unstable.Node)
	walk = func(v *unstable.Node) {
		switch v.Kind {
		case unstable.String:
			out[at].token = out[at].token || tokenLike(string(v.Data))
		case unstable.Array:
			for it := v.Children(); it.Next(); {
				walk(it.Node())
			}
		case unstable.InlineTable:
			for it := v.Children(); it.Next(); {
				if it.Node().Kind == unstable.KeyValue {
					out = values(p, it.Node(), path, out)
				}
			}
		}
	}
	walk(n.Value())
	return out
}

func keyOf(p *unstable.Parser, n *unstable.Node) (path []string, line int) {
	for it := n.Key(); it.Next(); {
		part := it.Node()
		if line == 0 {
			line = p.Shape(part.Raw).Start.Line
		}
		path = append(path, string(part.Data))
	}
	return path, line
}

// tokenLike says that a text has the form of a token of Vault or OpenBao.
func tokenLike(s string) bool {
	for _, prefix := range []string{"hvs.", "hvb.", "hvr.", "s.", "b.", "r."} {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(s), prefix); ok {
			return len(prefix) == len("hvs.") || len(rest) >= len("s3cr3ts3cr3ts3cr3ts3cr3t") && !strings.ContainsAny(rest, "./\\ ")
		}
	}
	return false
}

// secretKeys are keys below which a person might put a secret.
var secretKeys = []string{"token", "tokens", "vault_token", "bao_token", "password", "passwd", "secret", "share", "shares", "unseal_key"}

// lineOf is the line of a key, or of the nearest one above it; 0 when there is none.
func lineOf(entries []entry, path ...string) int {
	for ; len(path) > 0; path = path[:len(path)-1] {
		for _, e := range entries {
			if slices.Equal(e.path, path) {
				return e.line
			}
		}
	}
	return 0
}
