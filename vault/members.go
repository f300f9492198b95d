package vault

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
)

// Member is one node of the cluster as all sources together know it. Node is nil when nobody told us its API address; Raft
// when it is not in the configuration or we may not see it.
type Member struct {
	Name      string
	Node      *Node
	HA        *HANode
	Raft      *RaftServer
	Autopilot *AutopilotServer
	// Asked says of a server without a Node that it is one of the nodes that are asked, on the same host, and only which one is
	// not told. It must not be counted beside them.
	Asked bool
}

// Members joins the sources: the Raft configuration knows node ids and cluster addresses, ha-status cluster and API
// addresses, and we know whom we asked. A hostname is no identity, and API ports are never guessed.
func (s Snapshot) Members() []Member {
	j := s.join()
	out := make([]Member, 0, len(s.Nodes))
	seen := map[string]bool{}
	for _, n := range s.Nodes {
		m := Member{Node: n, Raft: j.server(n)}
		m.HA = j.ha[hostPort(n.ClusterAddress)]
		m.Name = nameOf(m)
		if m.Raft != nil {
			m.Autopilot = j.judged[m.Raft.ID]
			seen[m.Raft.ID] = true
		}
		out = append(out, m)
	}
	for _, r := range j.raft {
		if !seen[r.ID] {
			host := hostOf("//" + r.Address)
			out = append(out, Member{
				Name: r.ID, Raft: r, HA: j.ha[hostPort(r.Address)], Autopilot: j.judged[r.ID],
				Asked: j.loneNode[host] >= j.loneServer[host],
			})
		}
	}
	slices.SortStableFunc(out, func(a, b Member) int { return compareNames(a.Name, b.Name) })
	return out
}

// join holds the sources by what they share.
type join struct {
	ha        map[string]*HANode // by cluster address
	raft      []*RaftServer
	byCluster map[string]*RaftServer
	byID      map[string]*RaftServer
	judged    map[string]*AutopilotServer // by node id
	lone      map[string]*RaftServer      // by host: a server that no node claims, alone on its host
	loneNode  map[string]int              // by host: how many nodes claim no server
	// loneServer is, by host, how many servers no node claims.
	loneServer map[string]int
}

func (s Snapshot) join() join {
	ha, _ := s.HA()
	raft, _ := s.Raft()
	auto, _ := s.Autopilot()
	j := join{
		ha: map[string]*HANode{}, byCluster: map[string]*RaftServer{}, byID: map[string]*RaftServer{},
		judged: map[string]*AutopilotServer{}, lone: map[string]*RaftServer{}, loneNode: map[string]int{}, loneServer: map[string]int{},
	}
	for i := range ha.Value {
		// Who tells no cluster address must not be taken for everybody of whom we know none.
		if c := hostPort(ha.Value[i].ClusterAddress); c != "" {
			j.ha[c] = &ha.Value[i]
		}
	}
	for i := range raft.Value {
		r := &raft.Value[i]
		j.raft = append(j.raft, r)
		j.byCluster[hostPort(r.Address)], j.byID[r.ID] = r, r
	}
	for i := range auto.Value.Servers {
		j.judged[auto.Value.Servers[i].ID] = &auto.Value.Servers[i]
	}
	j.findLone(s.Nodes)
	return j
}

// findLone finds, for each host, the one server that no node claims.
func (j *join) findLone(nodes []*Node) {
	claimed := map[string]bool{}
	for _, n := range nodes {
		if r := j.claim(n); r != nil {
			claimed[r.ID] = true
		} else {
			j.loneNode[hostOf(n.Address)]++
		}
	}
	for _, r := range j.raft {
		if !claimed[r.ID] {
			host := hostOf("//" + r.Address)
			j.loneServer[host]++
			j.lone[host] = r
		}
	}
	for host, n := range j.loneServer {
		if n > 1 {
			delete(j.lone, host)
		}
	}
}

// claim is the server that the node itself, or ha-status, says it is.
func (j *join) claim(n *Node) *RaftServer {
	if r := j.byID[n.RaftID]; n.RaftID != "" && r != nil {
		return r
	}
	if n.ClusterAddress == "" {
		return nil
	}
	return j.byCluster[hostPort(n.ClusterAddress)]
}

// server finds the node's place in the Raft configuration. A node that ha-status leaves out, as it does a sealed one, is
// taken for the one server that nobody else claims on the same host, if there is but one such node and one such server.
func (j *join) server(n *Node) *RaftServer {
	if r := j.claim(n); r != nil {
		return r
	}
	if host := hostOf(n.Address); host != "" && j.loneNode[host] == 1 {
		return j.lone[host]
	}
	return nil
}

func nameOf(m Member) string {
	switch {
	case m.Raft != nil:
		return m.Raft.ID
	case m.Node.RaftID != "":
		return m.Node.RaftID
	}
	return hostPort(m.Node.Address)
}

// hostPort is an address without its scheme.
func hostPort(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Hostname()
	}
	return ""
}

// compareNames orders names as people count: vault-2 before vault-10.
func compareNames(a, b string) int {
	for a != "" && b != "" {
		da, db := digits(a), digits(b)
		if da > 0 && db > 0 {
			na, nb := strings.TrimLeft(a[:da], "0"), strings.TrimLeft(b[:db], "0")
			if c := cmp.Or(cmp.Compare(len(na), len(nb)), strings.Compare(na, nb)); c != 0 {
				return c
			}
			a, b = a[da:], b[db:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits is how many bytes of the beginning are digits.
func digits(s string) int {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}
