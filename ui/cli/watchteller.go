package cli

import (
	"fmt"
	"slices"
	"time"

	"warder/vault"
	"warder/vault/keystore"
	"warder/vault/poller"
	"warder/vault/rules"
	"warder/vault/timeline"
)

// The kinds of line beside those of the time line.
const (
	kindVerdict       timeline.Kind = "verdict"
	kindFinding       timeline.Kind = "finding"
	kindFindingBegins timeline.Kind = "finding-begins"
	kindFindingEnds   timeline.Kind = "finding-ends"
	kindFindingTurns  timeline.Kind = "finding-turns"
)

// lineKinds tells of every kind of line.
func lineKinds() []timeline.Meaning {
	return append([]timeline.Meaning{
		{Kind: kindVerdict, Means: "The verdict and how many nodes there are: the first line, and whenever the verdict changes."},
		{Kind: kindFinding, Means: "A finding that is there when the watch begins."},
		{Kind: kindFindingBegins, Means: "A finding that was not there before."},
		{Kind: kindFindingTurns, Means: "One finding about a node took the place of another, or became graver or less so."},
		{Kind: kindFindingEnds, Means: "A finding that is not there any more."},
	}, timeline.Kinds()...)
}

// line is one line of the output.
type line struct {
	timeline.Event
	Cluster string // what the cluster calls itself; "" where it hides that
}

// teller makes lines of steps. It says nothing until the picture is whole, so that nothing is taken for news which only was
// not asked yet.
type teller struct {
	history  timeline.History
	stores   []keystore.Reading
	judgedAt time.Time
	told     bool
	verdict  rules.Health
	findings map[string]rules.Finding
	order    []string
}

// patience is how long a whole picture is waited for. Where something is always awaited, as over a slow line, there is none.
const patience = 10 * time.Second

// take gives the lines of a step. Findings are judged on whole pictures only: of two nodes of which one was asked again and
// the other not yet, both may seem to lead, or none.
func (t *teller) take(s poller.Step) []line {
	events := t.history.Observe(s.Was, s.Is, s.Now)
	if t.judgedAt.IsZero() {
		t.judgedAt = s.Now
	}
	if s.Idle || s.Now.Sub(t.judgedAt) >= patience {
		events = t.judge(s, events)
		t.judgedAt = s.Now
	}
	if !t.told {
		return nil
	}
	var out []line
	for _, e := range events {
		out = append(out, line{e, s.Is.Name()})
	}
	return out
}

// judge adds what is judged to the events. The first time it stands for them: it is what is.
func (t *teller) judge(s poller.Step, events []timeline.Event) []timeline.Event {
	found := rules.NewScene(s.Is, s.Now, rules.Past{History: &t.history, Stores: t.stores}).Judge()
	if verdict := rules.Verdict(s.Is, found); !t.told || verdict != t.verdict {
		events = append(events, t.judged(s, verdict))
		t.verdict = verdict
	}
	if !t.told {
		events = events[len(events)-1:]
	}
	events = append(events, t.compare(found, s.Now)...)
	t.told = true
	return events
}

// judged is the line of the verdict.
func (t *teller) judged(s poller.Step, verdict rules.Health) timeline.Event {
	text := fmt.Sprintf("%s: %s", verdict, count(s.Is))
	mood := timeline.Neutral
	if t.told {
		text = fmt.Sprintf("%s (before: %s): %s", verdict, t.verdict, count(s.Is))
		switch {
		case verdict > t.verdict && t.verdict != rules.Untold:
			mood = timeline.Worse
		case verdict < t.verdict && verdict != rules.Untold:
			mood = timeline.Better
		}
	}
	return timeline.Event{At: s.Now, Kind: kindVerdict, Text: text, Mood: mood}
}

// count tells how many nodes are asked, and how many of them serve.
func count(s vault.Snapshot) string {
	serving := 0
	for _, n := range s.Nodes {
		if n.State().Serving() {
			serving++
		}
	}
	return fmt.Sprintf("%d of %d nodes unsealed", serving, len(s.Nodes))
}

// compare gives the findings that came, the worst first, and then those that went.
func (t *teller) compare(found []rules.Finding, now time.Time) []timeline.Event {
	is := make(map[string]rules.Finding, len(found))
	var came, went []rules.Finding
	var order []string
	for _, f := range found {
		key := identity(f, is)
		is[key] = f
		order = append(order, key)
		if _, was := t.findings[key]; !was {
			came = append(came, f)
		}
	}
	for _, key := range t.order {
		if _, still := is[key]; !still {
			went = append(went, t.findings[key])
		}
	}
	t.findings, t.order = is, order
	var out []timeline.Event
	for _, f := range came {
		var e timeline.Event
		e, went = t.came(f, went)
		e.At = now
		out = append(out, e)
	}
	for _, f := range went {
		e := about(f, kindFindingEnds, timeline.Better)
		e.At = now
		out = append(out, e)
	}
	return out
}

// came tells of a finding that was not there before. Where another about the same node ended with it, the one took the
// other's place: to tell of an end, for the better, would be no truth about a node that fares worse.
func (t *teller) came(f rules.Finding, went []rules.Finding) (timeline.Event, []rules.Finding) {
	if !t.told {
		return about(f, kindFinding, timeline.Neutral), went
	}
	at := slices.IndexFunc(went, func(x rules.Finding) bool { return f.Node != "" && x.Node == f.Node })
	if at < 0 {
		return about(f, kindFindingBegins, timeline.Worse), went
	}
	was := went[at]
	e := about(f, kindFindingTurns, timeline.Neutral)
	e.Text += " (before: " + was.Rule + ")"
	switch {
	case f.Severity > was.Severity:
		e.Mood = timeline.Worse
	case f.Severity < was.Severity:
		e.Mood = timeline.Better
	}
	return e, slices.Delete(went, at, at+1)
}

// about is a line about a finding. A notice is neither for the worse nor for the better.
func about(f rules.Finding, kind timeline.Kind, mood timeline.Mood) timeline.Event {
	if f.Severity == rules.Notice {
		mood = timeline.Neutral
	}
	return timeline.Event{Kind: kind, Node: f.Node, Text: f.Rule + ": " + f.What, Mood: mood}
}

// identity tells findings apart whose words change: by the rule, the node, the severity, and a number where those are one.
func identity(f rules.Finding, taken map[string]rules.Finding) string {
	for i := 0; ; i++ {
		key := fmt.Sprintf("%s\x00%s\x00%d\x00%d", f.Rule, f.Node, f.Severity, i)
		if _, there := taken[key]; !there {
			return key
		}
	}
}
