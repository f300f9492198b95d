package rules

import (
	"fmt"
	"strings"
	"time"

	"warder/vault"
)

// beatsMissed is for how long a cluster may be silent before its replication counts as broken: they beat every few seconds.
const beatsMissed = 2 * time.Minute

// replication: another cluster is not followed, or does not follow.
func replication(s Scene) []Finding {
	r, by := s.Replication()
	if !told(s, r) {
		return nil
	}
	var out []Finding
	for _, k := range []struct {
		name string
		side vault.ReplicationSide
	}{{"DR", r.Value.DR}, {"Performance", r.Value.Performance}} {
		for _, what := range faults(k.side, r.At) {
			f := Finding{
				Rule: "replication", Severity: Degraded, What: k.name + " replication: " + what,
				Follows:  "the secondary falls behind, and would miss the newest data if it had to take over",
				Do:       "check the network between the clusters (8201) and the logs of both active nodes; do not promote meanwhile without need",
				Command:  s.cli(by, "read", fromReplication),
				Evidence: replicationTold(s, r, by, strings.ToLower(k.name), k.side),
			}
			if k.name == "Performance" {
				f.Follows = "clients of the secondary read what is old, and their writes may fail"
			}
			out = append(out, f)
		}
	}
	return out
}

// faults says what is wrong on one side; nothing where replication is off. Several peers of a secondary are one cluster's.
func faults(r vault.ReplicationSide, at time.Time) []string {
	var out []string
	switch {
	case r.Corrupted:
		out = append(out, "the server calls its Merkle tree corrupted")
	case r.Mode == "primary" && r.State != "" && r.State != "running":
		out = append(out, "the primary's state is "+r.State+", not running")
	case r.Mode == "secondary" && r.State != "" && r.State != "stream-wals":
		out = append(out, "the secondary does not stream: its state is "+r.State)
	case r.Mode == "secondary" && r.Connection != "" && r.Connection != "ready" && !anyConnected(r):
		out = append(out, "no connection to the primary ("+r.Connection+")")
	}
	if r.Mode != "primary" {
		if r.Mode == "secondary" && len(out) == 0 && len(r.Peers) > 0 && !anyConnected(r) {
			out = append(out, "disconnected from all nodes of the primary")
		}
		return out
	}
	for _, p := range r.Peers {
		switch {
		case p.Status != "" && p.Status != "connected":
			out = append(out, fmt.Sprintf("secondary %s is %s", p.Name, p.Status))
		case !p.Heartbeat.IsZero() && at.Sub(p.Heartbeat) > beatsMissed:
			out = append(out, fmt.Sprintf("secondary %s is silent for %s", p.Name, Span(at.Sub(p.Heartbeat))))
		}
	}
	return out
}

func anyConnected(r vault.ReplicationSide) bool {
	for _, p := range r.Peers {
		if p.Status == "connected" {
			return true
		}
	}
	return false
}

func replicationTold(s Scene, r vault.Section[vault.Replication], by *vault.Node, name string, side vault.ReplicationSide) []Evidence {
	says := []string{name + " " + side.Mode}
	for _, x := range []string{side.State, side.Connection} {
		if x != "" {
			says = append(says, x)
		}
	}
	out := []Evidence{cite(s, r, by, fromReplication, strings.Join(says, ", "))}
	for _, p := range side.Peers {
		beat := ""
		if !p.Heartbeat.IsZero() {
			beat = ", last heartbeat " + p.Heartbeat.UTC().Format("15:04:05 UTC")
		}
		out = append(out, cite(s, r, by, fromReplication, p.Name+" "+p.Status+beat))
	}
	return bounded(out)
}
