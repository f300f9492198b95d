package report

import (
	"strings"
	"time"

	"warder/vault"
	"warder/vault/keystore"
	"warder/vault/rules"
	"warder/vault/timeline"
)

// New makes the report of a scene and its findings, the worst first. Name is what whoever asks calls the cluster; it may be "".
func New(s rules.Scene, findings []rules.Finding, name string) Report {
	r := Report{
		Schema: Schema, At: s.Now.UTC(), Name: name, Verdict: verdicts[rules.Verdict(s.Snapshot, findings)],
		Nodes: nodes(s), Raft: raftOf(s), Rewrap: rewrapOf(s), BarrierKey: barrierKey(s), Ceremonies: ceremoniesOf(s), Token: tokenOf(s),
		Unseen: unseen(s), Findings: []Finding{},
	}
	if n, id := s.Name(), s.ID(); n != "" || id != "" {
		r.Cluster = &Cluster{n, id}
	}
	hide := withheld(s.Snapshot)
	for _, f := range findings {
		r.Findings = append(r.Findings, findingOf(f, hide))
	}
	for _, e := range s.History.Events() {
		r.Events = append(r.Events, eventOf(e))
	}
	for _, k := range s.Stores {
		r.KeyStores = append(r.KeyStores, storeOf(k))
	}
	return r
}

// withheld replaces what a finding may cite and nobody needs who reads a report: a nonce is half of what cancels a ceremony.
func withheld(s vault.Snapshot) *strings.Replacer {
	var pairs []string
	add := func(texts ...string) {
		for _, text := range texts {
			if text != "" {
				pairs = append(pairs, text, "(withheld)")
			}
		}
	}
	for _, n := range s.Nodes {
		c := n.Ceremonies.Value
		add(n.Seal.Value.Nonce, n.Token.Value.Accessor, c.Rekey.Nonce, c.Recovery.Nonce, c.Root.Nonce)
	}
	return strings.NewReplacer(pairs...)
}

func findingOf(f rules.Finding, hide *strings.Replacer) Finding {
	out := Finding{
		Rule: f.Rule, Severity: severities[f.Severity], Node: f.Node, What: hide.Replace(f.What), Follows: f.Follows,
		Do: hide.Replace(f.Do), Key: Remedies[f.Remedy], Command: hide.Replace(f.Command),
	}
	for _, e := range f.Evidence {
		out.Evidence = append(out.Evidence, Evidence{e.Node, e.Source, hide.Replace(e.Says), utc(e.At)})
	}
	return out
}

func eventOf(e timeline.Event) Event {
	return Event{utc(e.At), e.Told, string(e.Kind), e.Node, e.Text, moods[e.Mood]}
}

func storeOf(k keystore.Reading) KeyStore {
	out := KeyStore{Name: k.Name, Kind: k.Kind, Address: k.Address}
	if k.Err != nil {
		out.Reason = vault.Reason(k.Err)
	}
	if !k.Known() {
		return out
	}
	v := k.Value
	out.At, out.Type, out.Status, out.Health = utc(k.At), v.Type, v.Text, storeHealths[v.Condition.Health()]
	for _, u := range v.Unread {
		out.Unread = append(out.Unread, UnreadField{u.Field, u.Text})
	}
	out.CACertEnds, out.ClientEnds = utc(v.CACertEnds), utc(v.ClientEnds)
	out.LastRotation, out.LastUpdate = utc(v.LastRotation), utc(v.LastUpdate)
	return out
}

// utc keeps a missing time missing.
func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}

// ms and seconds are rounded to what a measurement is worth.
func ms(d time.Duration) *float64 {
	return new(float64(d.Round(10*time.Microsecond)) / float64(time.Millisecond))
}
func seconds(d time.Duration) *float64 { return new(d.Round(100 * time.Millisecond).Seconds()) }
