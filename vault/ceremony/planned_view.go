package ceremony

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"warder/vault/plan"
)

// Prompt implements Machine.
func (p Planned) Prompt() Prompt {
	switch p.stage {
	case planTold:
		return p.told()
	case planChecking:
		return Pick{
			Title: fmt.Sprintf("Check %d of %d", p.check+1, len(p.plan.Checks)), Text: []string{p.plan.Checks[p.check]},
			Options: []Option{
				{Key: "yes", Label: "It is so", Hint: "goes into the record"},
				{Key: "no", Label: "It is not so", Hint: "needs a noted exception"},
			},
		}
	}
	switch at := p.Machine.Prompt().(type) {
	case Fill:
		return p.filledIn(at)
	case Pick:
		if want := p.wanted(at); want != "" {
			at.Options = firstOf(at.Options, want)
		}
		return at
	default:
		return at
	}
}

func (p Planned) told() Tell {
	t := Tell{Title: "Plan: " + p.plan.Name(), Go: "Go on"}
	if p.guide.Rehearsal {
		t.Text = append(t.Text, "REHEARSAL: the cluster is a simulated one, and need not bear the name of the plan's.")
	}
	var facts []string
	for _, f := range p.plan.Facts() {
		facts = append(facts, strings.ToLower(f.Name[:1])+f.Name[1:]+" "+f.Value)
	}
	t.Text = append(t.Text, capital(strings.Join(facts, "; "))+".")
	for _, r := range p.plan.Roles {
		t.Text = append(t.Text, capital(r.Role)+": "+r.Name+".")
	}
	if names := custodianNames(p.plan); len(names) > 0 {
		t.Text = append(t.Text, "New custodians, in this order: "+list(names)+".")
	}
	if len(p.plan.Witnesses) > 0 {
		t.Text = append(t.Text, "Witnesses: "+list(p.plan.Witnesses)+".")
	}
	t.Text = append(t.Text, "What departs from the plan is refused, unless an exception is noted just before (ctrl+n).")
	return Tell{Title: t.Title, Go: t.Go, Text: append(t.Text, p.guide.Said...)}
}

func custodianNames(p plan.Plan) []string {
	var out []string
	for _, c := range p.Custodians {
		out = append(out, c.Name)
	}
	return out
}

// filledIn has the planned values stand in the fields.
func (p Planned) filledIn(fill Fill) Fill {
	fill.Fields = slices.Clone(fill.Fields)
	for i, f := range fill.Fields {
		if want := p.value(fill, f.Key); want != "" {
			fill.Fields[i].Default = want
		}
	}
	return fill
}

// value is what the plan says for a field, or "".
func (p Planned) value(fill Fill, key string) string {
	q := p.plan.Parameters
	var who plan.Custodian
	if t := fill.Turn; t > 0 && t <= len(p.plan.Custodians) {
		who = p.plan.Custodians[t-1]
	}
	switch key {
	case "shares":
		return positive(q.Shares)
	case "threshold":
		return positive(q.Threshold)
	case "name":
		return who.Name
	case "key":
		return who.PGPKey
	case "path":
		return q.File
	}
	return ""
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// wanted is the key of the option that the plan says, or "". A choice is known by two of its options together.
func (p Planned) wanted(at Prompt) string {
	pick, ok := at.(Pick)
	if !ok || p.plan.Kind == plan.Initialise && strings.Contains(pick.Title, "token") {
		return ""
	}
	q := p.plan.Parameters
	for _, c := range []struct {
		one, other string
		said, of   bool // whether the plan says it, and whether it says the first
	}{
		{"open", "pgp", q.HandOut != "", q.HandOut == "screen"},
		{"otp", "pgp", q.HandOut != "", q.HandOut == "screen"},
		{"barrier", "recovery", q.Key != "", q.Key == "barrier"},
		{"verify", "trust", q.Verification != nil, q.Verification != nil && *q.Verification},
		{"backup", "none", q.Backup != nil, q.Backup != nil && *q.Backup},
	} {
		switch {
		case !c.said || !offers(pick, c.one) || !offers(pick, c.other):
		case c.of:
			return c.one
		default:
			return c.other
		}
	}
	return ""
}

func offers(p Pick, key string) bool {
	return slices.ContainsFunc(p.Options, func(o Option) bool { return o.Key == key })
}

// firstOf sets the planned option first, where the focus is, and says that it is that.
func firstOf(options []Option, key string) []Option {
	var first, rest []Option
	for _, o := range options {
		if o.Key == key {
			o.Hint += "; as planned"
			first = append(first, o)
		} else {
			rest = append(rest, o)
		}
	}
	return append(first, rest...)
}

// Keeps implements Keeper.
func (p Planned) Keeps() string {
	if k, able := p.Machine.(Keeper); able {
		return k.Keeps()
	}
	return ""
}
