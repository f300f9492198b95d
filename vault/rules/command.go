package rules

import (
	"strings"

	"warder/vault"
)

// cli is Command; a scene's rules say it often.
func (s Scene) cli(n *vault.Node, args string, operands ...string) string {
	return Command(n, args, operands...)
}

// Command is the vendor's command line for the cluster, sent to the node; what follows the flags comes last, as the CLIs want it.
func Command(n *vault.Node, args string, operands ...string) string {
	if n == nil {
		return ""
	}
	bin := "vault"
	if n.Product() == vault.OpenBao {
		bin = "bao"
	}
	words := []string{bin, args, "-address=" + quoted(n.Address)}
	for _, o := range operands {
		words = append(words, quoted(o))
	}
	return strings.Join(words, " ")
}

// quoted makes one word of the text for a shell. Addresses may come from servers: one with a semicolon in its path must not
// become a second command on the line that a person pastes.
func quoted(text string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(":/.-_%", r)
	}
	if text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !plain(r) }) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
