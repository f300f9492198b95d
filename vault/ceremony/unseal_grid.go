package ceremony

import (
	"fmt"
	"slices"

	"warder/vault"
)

// grid is every node with every share typed here.
func (u Unseal) grid() Grid {
	var g Grid
	for _, n := range u.nodes {
		row := GridRow{Name: n.Name, State: n.state(), Progress: n.status.Progress, Needed: n.status.Threshold}
		row.Cells = slices.Clone(n.cells)
		for i, c := range row.Cells {
			if c == Taken && n.status.Sealed && !n.joining() && !n.has(i) {
				row.Cells[i] = Dropped
			}
		}
		for len(row.Cells) < len(u.typed) {
			row.Cells = append(row.Cells, NotNeeded)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// Account implements Machine.
func (u Unseal) Account() []string {
	var text []string
	for _, n := range u.nodes {
		text = append(text, n.account(u.agreed.has(n.Node)))
	}
	return append(text, "The shares and what they open have not changed. Leaving changes nothing on the nodes.")
}

func (n sealedNode) account(confirmed bool) string {
	s := n.status
	switch {
	case n.automatic() && s.Sealed:
		return n.Name + " is sealed. Recovery keys do not unseal: its " + s.Type + " seal has to."
	case s.Removed:
		return n.Name + " is removed from the cluster and cannot be unsealed."
	case n.trouble != nil:
		return fmt.Sprintf("%s does not answer (%s). When it last did, it was %s.", n.Name, vault.Reason(n.trouble), n.last())
	case !confirmed && !n.known:
		return n.Name + " was given nothing here: nobody confirmed it."
	case !n.known:
		return n.Name + " has not answered yet."
	case n.joining():
		return n.Name + " has all shares and joins the cluster; it is still sealed."
	case !s.Initialised:
		return n.Name + " is not initialised: there is nothing to unseal."
	}
	return n.Name + " is " + n.last() + "."
}

// last is how the node last said it was.
func (n sealedNode) last() string {
	s := n.status
	switch {
	case !n.known:
		return "never asked here"
	case !s.Sealed:
		return "unsealed"
	case s.Progress > 0:
		return fmt.Sprintf("sealed with %d of %d shares, which stay until it is unsealed, reset or restarted", s.Progress, s.Threshold)
	}
	return fmt.Sprintf("sealed with 0 of %d shares", s.Threshold)
}
