package rules

import "slices"

// owned are the rules whose finding about a node says why it is missing: one about the whole cluster that rests on that
// node alone says the same once more.
var owned = []string{
	"sealed", "unseal-stalled", "uninitialised-node", "removed", "unreachable", "dead-voter", "peer-unhealthy",
	"tls-name", "tls-authority", "tls-expired", "tls-handshake",
}

// merged joins what has one cause: a cluster that can lose no voter because of one node takes over what that node's finding
// says to do.
func merged(findings []Finding) []Finding {
	for i, f := range findings {
		if len(f.names) != 1 {
			continue
		}
		at := slices.IndexFunc(findings, func(x Finding) bool { return x.Node == f.names[0] && slices.Contains(owned, x.Rule) })
		if at < 0 {
			continue
		}
		cause := findings[at]
		f.Node, f.Do, f.Remedy, f.Command = cause.Node, cause.Do, cause.Remedy, cause.Command
		f.Evidence = bounded(append(slices.Clone(cause.Evidence), f.Evidence...))
		findings[i] = f
		return slices.Delete(findings, at, at+1)
	}
	return findings
}
