package vault

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// addresses are those of all nodes, the learnt ones with a star.
func addresses(s Snapshot) []string {
	var out []string
	for _, n := range s.Nodes {
		if n.Learnt {
			out = append(out, "*"+n.Address)
		} else {
			out = append(out, n.Address)
		}
	}
	return out
}

// leading is a reading of an active node that announces the address.
func leading(address, announced, cluster string) *Node {
	n := healthy(address, noon, CodeActive)
	n.Leader = known(noon, Leader{HAEnabled: true, IsSelf: true, Address: announced, ClusterAddress: cluster})
	return n
}

// following is a reading of a standby that takes the address for the active node.
func following(address, leader string) *Node {
	n := healthy(address, noon, CodeStandby)
	n.Leader = known(noon, Leader{HAEnabled: true, Address: leader})
	return n
}

func TestMergeLearnsWhomAReadingNames(t *testing.T) {
	t.Parallel()
	ha := leading("http://a:1", "http://a:1", "https://a:2")
	ha.HA = known(noon, []HANode{
		{Address: "http://a:1", ClusterAddress: "https://a:2", Active: true},
		{Address: "http://b:1", ClusterAddress: "https://b:2"},
		{Address: "HTTPS://C:443/", ClusterAddress: "https://c:2"},
		{Address: "ftp://d:1"},
		{Address: "unix:///run/e.sock"},
		{Address: ""},
		{Address: "http://u:p@f:1"},
		{Address: "http://g:0"},
	})
	alias := leading("http://a:1", "http://10.0.0.1:1", "https://10.0.0.1:2")
	alias.HA = known(noon, []HANode{{Address: "http://10.0.0.1:1", ClusterAddress: "https://10.0.0.1:2", Active: true}})
	for name, c := range map[string]struct {
		reading *Node
		want    []string
	}{
		"a standby names the leader":    {following("http://a:1", "https://b"), []string{"http://a:1", "*https://b:443"}},
		"the leader names itself":       {leading("http://a:1", "http://a:1", ""), []string{"http://a:1"}},
		"the leader has another name":   {alias, []string{"http://a:1"}},
		"nobody leads":                  {following("http://a:1", ""), []string{"http://a:1"}},
		"ha-status names all but odd":   {ha, []string{"http://a:1", "*http://b:1"}},
		"a stranger is not listened to": {following("http://x:1", "http://y:1"), []string{"http://a:1"}},
		"a failed leader call names none": {
			&Node{Address: "http://a:1", Leader: Section[Leader]{Value: Leader{Address: "http://b:1"}, Tried: noon, Err: errDown}},
			[]string{"http://a:1"},
		},
	} {
		if got := addresses(NewSnapshot("http://a:1").Merge(c.reading)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestMergeLeavesTheOldSnapshotBe(t *testing.T) {
	t.Parallel()
	old := NewSnapshot("http://a:1", "http://b:1")
	before := slices.Clone(old.Nodes)
	r := leading("http://a:1", "http://a:1", "https://a:2")
	r.HA = known(noon, []HANode{{Address: "http://b:1", ClusterAddress: "https://b:2"}, {Address: "http://c:1"}})
	next := old.Merge(r)
	if !slices.Equal(old.Nodes, before) || old.Nodes[0].State() != Unknown || old.Nodes[1].ClusterAddress != "" {
		t.Error("the old snapshot changed")
	}
	if next.Nodes[1].ClusterAddress != "https://b:2" || next.Nodes[0].ClusterAddress != "https://a:2" {
		t.Errorf("cluster addresses %q, %q", next.Nodes[0].ClusterAddress, next.Nodes[1].ClusterAddress)
	}
}

func TestServersCannotMakeUsAskForEver(t *testing.T) {
	t.Parallel()
	s := NewSnapshot("http://a:1")
	for round := range 3 {
		r := leading("http://a:1", "http://a:1", "https://a:2")
		r.Health.Tried = noon.Add(time.Duration(round) * time.Second)
		var list []HANode
		for i := range maxLearnt {
			list = append(list, HANode{Address: fmt.Sprintf("http://n%d-%d:1", round, i)})
		}
		r.HA = known(r.Health.Tried, list)
		s = s.Merge(r)
	}
	if len(s.Nodes) != maxLearnt+1 {
		t.Errorf("%d nodes", len(s.Nodes))
	}
}

func TestOnlyReplacedNodesAreForgotten(t *testing.T) {
	t.Parallel()
	alone := []HANode{{Address: "http://a:1", ClusterAddress: "https://a:2", Active: true}}
	config := []RaftServer{{ID: "a", Address: "a:2"}, {ID: "b", Address: "b:2"}}
	for name, c := range map[string]struct {
		learnt   bool
		failures int
		cluster  string
		raft     Section[[]RaftServer]
		gone     bool
	}{
		"gone from Raft, silent":         {true, 3, "https://old:2", known(noon, config), true},
		"gone from Raft, a first time":   {true, 2, "https://old:2", known(noon, config), false},
		"gone from Raft, but answering":  {true, 0, "https://old:2", known(noon, config), false},
		"still in Raft, silent":          {true, 9, "https://b:2", known(noon, config), false},
		"given":                          {false, 9, "https://old:2", known(noon, config), false},
		"Raft not to be seen, just died": {true, 9, "https://b:2", failed[[]RaftServer](noon, errDenied), false},
		"Raft not to be seen, for long":  {true, 121, "https://b:2", failed[[]RaftServer](noon, errDenied), true},
	} {
		n := silent("http://n:1", noon)
		n.Learnt, n.Failures, n.ClusterAddress = c.learnt, c.failures, c.cluster
		s := Snapshot{Nodes: []*Node{{Address: "http://a:1"}, n}}
		r := leading("http://a:1", "http://a:1", "https://a:2")
		r.HA, r.Raft = known(noon, alone), c.raft
		if gone := s.Merge(r).Node("http://n:1") == nil; gone != c.gone {
			t.Errorf("%s: forgotten %v", name, gone)
		}
	}
}

func TestClusterIsToldByTheNewestAnswer(t *testing.T) {
	t.Parallel()
	a, b := healthy("http://a:1", noon, CodeActive), healthy("http://b:1", noon.Add(time.Second), CodeActive)
	a.Health.Value.ClusterName, b.Health.Value.ClusterID = "prod", "id"
	a.Raft = known(noon.Add(time.Minute), []RaftServer{{ID: "new"}})
	b.Raft = known(noon, []RaftServer{{ID: "old"}}).merged(failed[[]RaftServer](noon.Add(time.Hour), errDenied))
	s := Snapshot{Nodes: []*Node{a, b, silent("http://c:1", noon.Add(time.Hour))}}
	raft, from := s.Raft()
	if from != a || raft.Value[0].ID != "new" || raft.Fresh() || !raft.Tried.Equal(noon.Add(time.Hour)) {
		t.Errorf("%+v from %+v", raft, from)
	}
	if keys, from := s.Keys(); keys.Known() || from != nil {
		t.Errorf("%+v", keys)
	}
	if s.Name() != "prod" || s.ID() != "id" || !s.At().Equal(b.Health.At) || len(s.Active()) != 2 {
		t.Errorf("%s, %s, %s", s.Name(), s.ID(), s.At())
	}
	if none := (Snapshot{}); none.Name() != "" || none.ID() != "" || !none.At().IsZero() || none.Node("x") != nil {
		t.Error("an empty snapshot tells something")
	}
}

func TestTokenLeftCountsFromItsAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		token Section[TokenInfo]
		left  time.Duration
		ok    bool
	}{
		"not known":       {Section[TokenInfo]{}, 0, false},
		"does not expire": {known(noon, TokenInfo{}), 0, false},
		"expires":         {known(noon, TokenInfo{Expires: true, TTL: time.Hour}), 50 * time.Minute, true},
		"has expired":     {known(noon, TokenInfo{Expires: true, TTL: time.Minute}), 0, true},
	} {
		s := Snapshot{Nodes: []*Node{{Address: "http://a:1", Token: c.token}}}
		if left, ok := s.TokenLeft(noon.Add(10 * time.Minute)); left != c.left || ok != c.ok {
			t.Errorf("%s: %s, %v", name, left, ok)
		}
	}
}
