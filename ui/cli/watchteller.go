package cli

import (
	"fmt"
	"time"

	"warder/vault"
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
)

// lineKinds tells of every kind of line.
func lineKinds() []timeline.Meaning {
	return append([]timeline.Meaning{
		{Kind: kindVerdict, Means: "The verdict and how many nodes there are: the first line, and whenever the verdict changes."},
		{Kind: kindFinding, Means: "A finding that is there when the watch begins."},
		{Kind: kindFindingBegins, Means: "A finding that was not there before, or was of another severity."},
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
	found := rules.NewScene(s.Is, s.Now, rules.Past{History: &t.history}).Judge()
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
	var out []timeline.Event
	is := make(map[string]rules.Finding, len(found))
	var order []string
	for _, f := range found {
		key := identity(f, is)
		is[key] = f
		order = append(order, key)
		if _, was := t.findings[key]; was {
			continue
		}
		kind, mood := kindFindingBegins, timeline.Worse
		if !t.told {
			kind, mood = kindFinding, timeline.Neutral
		}
		if f.Severity == rules.Notice {
			mood = timeline.Neutral
		}
		out = append(out, timeline.Event{At: now, Kind: kind, Node: f.Node, Text: f.Rule + ": " + f.What, Mood: mood})
	}
	for _, key := range t.order {
		f := t.findings[key]
		if _, still := is[key]; still {
			continue
		}
		mood := timeline.Better
		if f.Severity == rules.Notice {
			mood = timeline.Neutral
		}
		out = append(out, timeline.Event{At: now, Kind: kindFindingEnds, Node: f.Node, Text: f.Rule + ": " + f.What, Mood: mood})
	}
	t.findings, t.order = is, order
	return out
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
