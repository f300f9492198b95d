package vault

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Known is an address that a server named, and the cluster address that belongs to it.
type Known struct {
	Address        string `json:"address"`
	ClusterAddress string `json:"cluster_address"`
}

// Memory keeps learnt addresses from one run to the next, so that a node which is sealed when warder starts, and therefore
// named by nobody, still has its row. What is remembered is learnt, never given: it gets the token on a learnt address's terms.
type Memory struct {
	path string
}

// maxMemory bounds the file, and maxClusters what it holds.
const (
	maxMemory   = 4 << 20
	maxClusters = 50
)

type record struct {
	ClusterID string    `json:"cluster_id"`
	Seen      time.Time `json:"seen"`
	Nodes     []Known   `json:"nodes"`
}

// NewMemory keeps the file below a state directory, such as $XDG_STATE_HOME.
func NewMemory(state string) Memory { return Memory{filepath.Join(state, "warder", "addresses.json")} }

// StateDir is $XDG_STATE_HOME or its default; "" when there is no home.
func StateDir(getenv func(string) string) string {
	if dir := getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir
	}
	if home := getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "state")
	}
	return ""
}

// Recall gives the nodes of the cluster to which one of the given addresses belongs. A file that is missing or unreadable is
// no error worth a word: everything in it can be learnt again.
func (m Memory) Recall(given []string) []Known {
	for _, r := range m.read() {
		for _, k := range r.Nodes {
			if slices.Contains(given, k.Address) {
				return r.Nodes
			}
		}
	}
	return nil
}

func (m Memory) read() []record {
	info, err := os.Stat(m.path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxMemory {
		return nil
	}
	raw, err := os.ReadFile(m.path)
	if err != nil {
		return nil
	}
	var records []record
	if json.Unmarshal(raw, &records) != nil {
		return nil
	}
	return records
}

// Remember puts a cluster's nodes in place of what was known of it, the newest cluster first. The file is replaced whole.
func (m Memory) Remember(clusterID string, nodes []Known, now time.Time) error {
	records := slices.DeleteFunc(m.read(), func(r record) bool { return r.ClusterID == clusterID })
	records = append([]record{{clusterID, now.UTC(), nodes}}, records...)
	raw, err := json.MarshalIndent(records[:min(len(records), maxClusters)], "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(m.path), 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(m.path), ".addresses-*") // made with mode 0600
	if err != nil {
		return err
	}
	_, err = tmp.Write(raw)
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), m.path)
	}
	if err != nil {
		if gone := os.Remove(tmp.Name()); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// Known is what of the snapshot is worth remembering; nothing unless the cluster has told who its nodes are.
func (s Snapshot) Known() []Known {
	if ha, _ := s.HA(); !ha.Fresh() {
		return nil
	}
	var out []Known
	for _, n := range s.Nodes {
		if n.ClusterAddress != "" {
			out = append(out, Known{n.Address, n.ClusterAddress})
		}
	}
	return out
}

// Recalled adds what was remembered to a snapshot in which nothing is known yet.
func (s Snapshot) Recalled(known []Known) Snapshot {
	cluster := map[string]string{}
	var addresses []string
	for _, k := range known {
		if a, ok := learnable(k.Address); ok {
			addresses = append(addresses, a)
			cluster[a] = clean(k.ClusterAddress)
		}
	}
	next := Snapshot{Nodes: slices.Clone(s.Nodes)}.learn(addresses)
	for i, n := range next.Nodes {
		if c := cluster[n.Address]; c != "" {
			m := *n
			m.ClusterAddress = c
			next.Nodes[i] = &m
		}
	}
	return next
}
