package demo

import (
	"strconv"
	"strings"
	"time"
)

// scene is what happened in the recorded run before the first request of a label.
type scene struct {
	label string
	wait  time.Duration
	do    []Fault // to the Shamir cluster; names of the recording
}

// scenes are the recorded run's stage directions. The times are those between the recorded answers, roundly.
var scenes = []scene{
	{label: "join node1", wait: 2 * time.Second},
	{label: "join node2", wait: 8 * time.Second},
	{label: "active with token", wait: 18 * time.Second},
	{label: "0s after step-down node0", wait: 0},
	{label: "1s after step-down node0", wait: time.Second},
	{label: "2s after step-down node0", wait: 1200 * time.Millisecond},
	{label: "after step-down node0", wait: 200 * time.Millisecond},
	{label: "seal a standby", wait: 10 * time.Second},
	{label: "one node dead: autopilot", wait: 27 * time.Second, do: []Fault{Stop{"node2"}}},
	{label: "quorum lost", wait: 12 * time.Second, do: []Fault{Stop{"node0"}}},
	{label: "restarted node unseal", wait: 5 * time.Second, do: []Fault{Start{"node0"}}},
	{label: "quorum back", wait: 15 * time.Second},
	{label: "removed node unseal", wait: 2 * time.Second, do: []Fault{Start{"node2"}}},
	{label: "removed node", wait: 5500 * time.Millisecond},
	{label: "auto-unseal running", wait: 10 * time.Second},
}

// prepare lets happen what happened before this label's first request.
func (r *replay) prepare(label string) {
	r.now = r.now.Add(time.Millisecond)
	if strings.HasPrefix(label, "auto-unseal") {
		r.second = true
	}
	if r.seen[label] {
		return
	}
	r.seen[label] = true
	for _, s := range scenes {
		if s.label != label {
			continue
		}
		for _, f := range s.do {
			r.happen(r.shamir, f)
		}
		r.now = r.now.Add(s.wait)
	}
	if label == "0s after step-down node0" && r.product == Vault {
		// Vault's answer to step-down came after the election, OpenBao's before it.
		r.now = r.now.Add(800 * time.Millisecond)
	}
	switch label {
	case "provider down for 100 s":
		r.happen(r.transit, Break{Backend: "transit"})
		r.now = r.now.Add(100 * time.Second)
	case "restarted with the provider down":
		r.happen(r.transit, Stop{r.transit.nodes[0].id})
		r.happen(r.transit, Start{r.transit.nodes[0].id})
	}
}

func (r *replay) happen(c *Cluster, f Fault) {
	switch named := f.(type) {
	case Stop:
		f = Stop{r.nameOf(named.Node)}
	case Start:
		f = Start{r.nameOf(named.Node)}
	}
	if err := c.Apply(f); err != nil {
		r.t.Fatal(err)
	}
}

func (r *replay) nameOf(recorded string) string {
	if name := r.known[recorded]; name != "" {
		return name
	}
	return recorded
}

// addressee is whom the recorded run asked, as far as labels tell: node0 led until it stepped down, node1 afterwards.
func (r *replay) addressee(e exchange) (*Cluster, int) {
	if r.second {
		return r.transit, 0
	}
	if _, digit, named := strings.Cut(e.Label, " node"); named && len(digit) == 1 {
		if n, err := strconv.Atoi(digit); err == nil {
			return r.shamir, n
		}
	}
	switch {
	case e.Label == "standby with token", e.Label == "HEAD health", strings.HasSuffix(e.Label, "via standby"):
		return r.shamir, 1
	case strings.Contains(e.Label, "seal a standby"), strings.HasPrefix(e.Label, "sealed standby"), strings.HasPrefix(e.Label, "removed node"):
		return r.shamir, 2
	case e.Label == "restarted node unseal":
		return r.shamir, 0
	case r.seen["after step-down node2"]:
		return r.shamir, 1
	}
	return r.shamir, 0
}
