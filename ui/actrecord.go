package ui

import (
	"fmt"
	"maps"
	"slices"

	"warder/theme"
	"warder/ui/views"
	"warder/vault/record"
)

// beginRecord begins a record of an act.
type beginRecord func(kind string) (*record.Writer, error)

// beginRecord is how acts are written down on the cluster as it is now; nil where no record is kept.
func (a *App) beginRecord() beginRecord {
	k, snap := a.opts.Keeping, a.snap
	if k.Archive == nil {
		return nil
	}
	facts := []record.Fact{{Name: "context", Value: a.opts.called()}}
	return func(kind string) (*record.Writer, error) { return k.Archive.Begin(kind, snap, facts...) }
}

// recorded does an act between the lines of a record: what is about to be sent is on the disk before it is sent, and what came
// of it after. An act that cannot be written down is not done.
func (s stage) recorded(x act) func(map[string]string) views.Result {
	if s.begin == nil {
		return x.done
	}
	return func(values map[string]string) views.Result {
		w, err := s.begin(x.name)
		if err == nil {
			err = w.Add(s.requested(x, values))
		}
		if err != nil {
			return views.Result{Tone: theme.Bad, Title: "Not done, since it could not be written down: " + err.Error() + ". Nothing was changed. " +
				"Mend that, or start warder with --no-record."}
		}
		out := x.done(values)
		answer := record.Line{Kind: record.Answer, Node: s.name, Text: out.Title, Facts: recordFacts(out.Facts)}
		if err = w.Add(answer); err == nil {
			err = w.Close(x.name, record.Fact{Name: "outcome", Value: out.Title})
		}
		if err != nil {
			out.Facts = append(out.Facts, views.Say("record", fmt.Sprintf("it ends before what came of it: %v", err), theme.Bad))
			return out
		}
		out.Facts = append(out.Facts, views.Say("record", w.Path(), theme.Muted), views.Say("its last hash", w.Head(), theme.Muted))
		return out
	}
}

// requested is what is about to be sent. No field of an act holds a secret.
func (s stage) requested(x act, values map[string]string) record.Line {
	facts := []record.Fact{{Name: "address", Value: s.node.Address}}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		facts = append(facts, record.Fact{Name: name, Value: values[name]})
	}
	if x.noted != nil {
		facts = append(facts, recordFacts(x.noted())...)
	}
	facts = append(facts, record.Fact{Name: "the same as", Value: x.line(values)})
	return record.Line{Kind: record.Request, Node: s.name, Text: x.name, Facts: facts}
}

func recordFacts(facts []views.Fact) []record.Fact {
	var out []record.Fact
	for _, f := range facts {
		out = append(out, record.Fact{Name: f.Label, Value: f.Value.Text})
	}
	return out
}
