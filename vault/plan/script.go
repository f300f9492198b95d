package plan

import (
	"fmt"
	"strconv"
	"strings"
)

// step is a line of the script, with a box to be initialled.
type step struct{ part, text string }

// Fact is a parameter as it is printed, and held against what is chosen.
type Fact struct{ Name, Value string }

// Facts are the parameters that the plan fixes.
func (p Plan) Facts() []Fact {
	q := p.Parameters
	out := []Fact{{"Ceremony", p.Kind.Words()}}
	add := func(name, value string) {
		if value != "" {
			out = append(out, Fact{name, value})
		}
	}
	add("Cluster", p.Cluster.Name)
	add("Cluster id", p.Cluster.ID)
	add("Key", q.Key)
	if q.Shares > 0 {
		add("New shares", fmt.Sprintf("any %d of %d", q.Threshold, q.Shares))
	}
	add("Handed out", map[string]string{"screen": "at the screen", "pgp": "encrypted with PGP"}[q.HandOut])
	add("Verification", yes(q.Verification))
	add("Backup on the server", yes(q.Backup))
	add("File of the encrypted shares", q.File)
	return out
}

func yes(b *bool) string {
	if b == nil {
		return ""
	}
	return map[bool]string{true: "yes", false: "no"}[*b]
}

// steps are what is done, in its order.
func (p Plan) steps() []step {
	var out []step
	for _, c := range p.Checks {
		out = append(out, step{"Before", c})
	}
	out = append(out,
		step{"Before", "The SHA-256 of the warder that is used is the one that was agreed on: ________________"},
		step{"Before", "The page of recipients names the nodes of this cluster; address and certificate of each were compared."})
	switch p.Kind {
	case Unseal:
		out = append(out, step{"Shares", "As many custodians as the threshold have given their shares, one after the other."},
			step{"End", "The end says of every node that it is unsealed."})
	case GenerateRoot:
		out = append(out, step{"Shares", "As many custodians as the threshold have given their shares, one after the other."},
			step{"Token", "The root token went to: ________________"},
			step{"End", "The token is revoked, or its accessor is written down for who will: ________________"})
	case Rekey:
		out = append(out, step{"Shares", "As many custodians as the old threshold have given their old shares."})
		out = append(out, p.handingOut()...)
		if v := p.Parameters.Verification; v == nil || *v {
			out = append(out, step{"Verification", "The new shares were given back; the end says that they are in force."})
		}
		out = append(out, step{"End", "The old shares are collected and destroyed: number collected ____"})
	case Initialise:
		out = append(out, p.handingOut()...)
		out = append(out, step{"End", "The cluster is unsealed, all nodes are in, and the root token is revoked or handed on to: ________________"})
	}
	return append(out,
		step{"End", "The last hash of the record is on the page of every witness."},
		step{"End", "The file of the record was copied to: ________________"})
}

func (p Plan) handingOut() []step {
	var out []step
	for i, c := range p.Custodians {
		text := c.Name + " got new share " + strconv.Itoa(i+1) + " and wrote it down; nobody else saw it."
		if c.PGPKey != "" {
			text = c.Name + " compared the fingerprint of the key " + c.PGPKey + ", and got the share that is encrypted to it."
		}
		out = append(out, step{"New shares", text})
	}
	if len(out) == 0 {
		out = append(out, step{"New shares", "Every new custodian got one share; nobody else saw it."})
	}
	return out
}

// Name is the plan's title, or what it is of.
func (p Plan) Name() string {
	switch {
	case p.Title != "":
		return p.Title
	case p.Cluster.Name != "":
		return p.Kind.Words() + " of the cluster " + p.Cluster.Name
	}
	return p.Kind.Words()
}

// People are who is there, by what they do.
func (p Plan) People() []Role {
	out := append([]Role{}, p.Roles...)
	for i, c := range p.Custodians {
		out = append(out, Role{fmt.Sprintf("custodian %d", i+1), c.Name})
	}
	for _, w := range p.Witnesses {
		out = append(out, Role{"witness", w})
	}
	return out
}

// hashBoxes are two lines of eight groups, as warder shows the hash.
const hashBoxes = "____ ____ ____ ____ ____ ____ ____ ____"

// Text is the script for a page of 80 columns.
func (p Plan) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", p.Name(), strings.Repeat("=", min(80, len([]rune(p.Name())))))
	for _, f := range p.Facts() {
		fmt.Fprintf(&b, "  %-28s  %s\n", f.Name, f.Value)
	}
	b.WriteString("\n  Date ______________  Place ______________  Begun ________ UTC  Ended ________ UTC\n\nWho is there\n\n")
	for _, r := range p.People() {
		fmt.Fprintf(&b, "  %-28s  %-24s  ______________\n", r.Role, r.Name)
	}
	part := ""
	for i, s := range p.steps() {
		if s.part != part {
			part = s.part
			fmt.Fprintf(&b, "\n%s\n\n", part)
		}
		for j, line := range wrap(s.text, 60) {
			if j == 0 {
				fmt.Fprintf(&b, "  %2d  [ ]  %-60s  ____\n", i+1, line)
				continue
			}
			fmt.Fprintf(&b, "           %s\n", line)
		}
	}
	fmt.Fprintf(&b, "\nThe last hash, as each witness wrote it down from the screen\n\n  %s\n  %s\n", hashBoxes, hashBoxes)
	b.WriteString("\nExceptions (also noted in the record, ctrl+n)\n\n")
	for range 4 {
		fmt.Fprintf(&b, "  %s\n", strings.Repeat("_", 76))
	}
	return b.String()
}

// Markdown is the script with a column for initials.
func (p Plan) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n| | |\n|---|---|\n", escape(p.Name()))
	for _, f := range append(p.Facts(), Fact{"Date and place", ""}, Fact{"Begun, ended (UTC)", ""}) {
		fmt.Fprintf(&b, "| %s | %s |\n", f.Name, escape(f.Value))
	}
	b.WriteString("\n## Who is there\n\n| role | name | signature |\n|---|---|---|\n")
	for _, r := range p.People() {
		fmt.Fprintf(&b, "| %s | %s | |\n", escape(r.Role), escape(r.Name))
	}
	b.WriteString("\n## Steps\n\n| # | | done | what | initials |\n|---|---|---|---|---|\n")
	for i, s := range p.steps() {
		fmt.Fprintf(&b, "| %d | %s | ☐ | %s | |\n", i+1, s.part, escape(s.text))
	}
	fmt.Fprintf(&b, "\n## The last hash, as each witness wrote it down from the screen\n\n```\n%s\n%s\n```\n\n## Exceptions\n\n| UTC | what, and who decided it | initials |\n|---|---|---|\n| | | |\n| | | |\n", hashBoxes, hashBoxes)
	return b.String()
}
