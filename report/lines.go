package report

import (
	"fmt"
	"strings"
	"time"

	"warder/vault/rules"
)

// The sentences of a report for people: the same in plain text and in Markdown.

// headline is the verdict and, where something is wrong, what.
func (r Report) headline() string {
	word := strings.ToUpper(string(r.Verdict))
	if len(r.Findings) > 0 && !r.Verdict.Healthy() {
		return word + ": " + shown(r.Findings[0].What)
	}
	return word
}

// facts are what is known beside the nodes, as "what: how".
func (r Report) facts() []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, s := range r.seals() {
		add("seal: %s", s)
	}
	if r.Raft != nil && r.Raft.Tolerance != nil {
		add("raft: can lose %d of %s", *r.Raft.Tolerance, plural(r.Raft.Voters, "voter", "voters"))
	} else if r.Raft != nil {
		add("raft: %s", plural(r.Raft.Voters, "voter", "voters"))
	}
	if w := r.Rewrap; w != nil {
		word := "not running"
		if w.Running {
			word = "running"
		}
		add("rewrap: %s, processed %d, succeeded %d, failed %d", word, w.Processed, w.Succeeded, w.Failed)
	}
	if c := r.Ceremonies; c != nil {
		for _, u := range []struct {
			name string
			*Underway
		}{{"rekey", c.Rekey}, {"rekey of the recovery key", c.Recovery}, {"generate root", c.Root}} {
			if u.Underway != nil {
				add("under way: %s, %s", u.name, u.Underway.text())
			}
		}
	}
	if t := r.Token; t != nil {
		left := "does not expire"
		if t.TTLS != nil {
			left = rules.Span(time.Duration(*t.TTLS*float64(time.Second))) + " left"
		}
		add("token: %s, policies %s", left, strings.Join(t.Policies, ", "))
	}
	return append(out, r.notSeen()...)
}

func (u *Underway) text() string {
	what := "shares"
	if u.Verifying {
		what = "new shares, for verification"
	}
	return fmt.Sprintf("%d of %d %s given", u.Progress, u.Required, what)
}

// seals are the different seals of the nodes, as one line each; a healthy cluster has one.
func (r Report) seals() []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range r.Nodes {
		s := n.Seal
		if s == nil || s.Type == "" {
			continue
		}
		text := s.Type
		switch {
		case s.Threshold != nil && s.Recovery:
			text += fmt.Sprintf(", recovery shares %d of %d", *s.Threshold, *s.Shares)
		case s.Threshold != nil:
			text += fmt.Sprintf(", %d of %d shares", *s.Threshold, *s.Shares)
		}
		if s.Migration {
			text += ", a migration is under way"
		}
		if !seen[text] {
			seen[text] = true
			out = append(out, text)
		}
	}
	return out
}

// notSeen gathers what was not told by its reason.
func (r Report) notSeen() []string {
	var reasons []string
	of := map[string][]string{}
	for _, u := range r.Unseen {
		if u.Unsupported {
			continue // there is nothing to be seen
		}
		what := u.Source
		if u.Node != "" {
			what += " of " + u.Node
		}
		if of[u.Reason] == nil {
			reasons = append(reasons, u.Reason)
		}
		of[u.Reason] = append(of[u.Reason], what)
	}
	var out []string
	for _, reason := range reasons {
		out = append(out, "not seen: "+strings.Join(of[reason], ", ")+": "+reason)
	}
	return out
}

// origin is of when the report is, and whose.
func (r Report) origin() string {
	parts := []string{moment(r.At)}
	if r.Name != "" {
		parts = append(parts, r.Name)
	}
	if c := r.Cluster; c != nil && c.Name != "" && c.Name != r.Name {
		parts = append(parts, c.Name)
	}
	if c := r.Cluster; c != nil && c.ID != "" {
		parts = append(parts, c.ID)
	}
	return strings.Join(parts, "  ")
}
