package views

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
	"warder/vault/keystore"
	"warder/vault/rules"
)

// stores is the table of the key stores, which stands below the seal backends.
type stores struct {
	p     *Picture
	table *components.Table
}

func newStores() stores {
	return stores{&Picture{}, components.NewTable(
		components.Column{Title: "KEY STORE", Min: 14},
		components.Column{Title: "KIND", Priority: 3},
		components.Column{Title: "STATUS", Min: 29, Grow: true},
		components.Column{Title: "CERT", Priority: 1},
		components.Column{Title: "ROTATED", Priority: 2},
		components.Column{Title: "READ", Priority: 4, Right: true},
	)}
}

// set takes what is to be drawn. A row's ID is its place: two stores may bear one name.
func (s *stores) set(p *Picture) {
	s.p = p
	rows := make([]components.Row, len(p.Stores))
	for i, r := range p.Stores {
		rows[i] = storeRow(p, r)
		rows[i].ID = strconv.Itoa(i)
	}
	s.table.SetRows(rows)
}

func storeRow(p *Picture, r keystore.Reading) components.Row {
	row := components.Row{Cells: []components.Cell{cell(r.Name, theme.Plain), cell(r.Kind, theme.Muted), storeState(r)}}
	if !r.Fresh() {
		return row
	}
	read := cell("", theme.Muted)
	if old := aged(r.At, p.Now, keystore.Cadence+staleAfter); old != "" {
		read = cell(old, theme.Warn)
	}
	row.Cells = append(row.Cells, storeCertificate(r.Value, p.Now), storeRotation(r.Value, p.Now), read)
	return row
}

// storeState is the store's own word, or why there is none.
func storeState(r keystore.Reading) components.Cell {
	switch {
	case r.Tried.IsZero():
		return cell("asking …", theme.Muted)
	case r.Err != nil:
		return cell(vault.Reason(r.Err), theme.Bad)
	}
	tones := map[keystore.Health]theme.Tone{keystore.Good: theme.OK, keystore.Bad: theme.Bad}
	tone, judged := tones[r.Value.Condition.Health()]
	if !judged {
		tone = theme.Warn
	}
	return cell(r.Value.Text, tone)
}

// storeCertificate is the end of the certificate that ends first; what cannot be read stands there as it is.
func storeCertificate(s keystore.Status, now time.Time) components.Cell {
	if c := unread(s, "client_cert_expiry", "ca_cert_expiry"); c.Text != "" {
		return c
	}
	ends := s.ClientEnds
	if ends.IsZero() || !s.CACertEnds.IsZero() && s.CACertEnds.Before(ends) {
		ends = s.CACertEnds
	}
	if ends.IsZero() {
		return cell("", theme.Muted)
	}
	return storeExpiry(ends, now)
}

// storeExpiry warns earlier than that of a node's certificate: a new one has to come from whoever runs the key service.
func storeExpiry(ends, now time.Time) components.Cell {
	c := expiry(&vault.Certificate{NotAfter: ends}, now)
	if left := ends.Sub(now); c.Tone == theme.Plain && left < 30*24*time.Hour {
		return cell(c.Text+" !", theme.Warn)
	}
	return c
}

func storeRotation(s keystore.Status, now time.Time) components.Cell {
	if c := unread(s, "last_key_rotation_time"); c.Text != "" || s.LastRotation.IsZero() {
		return c
	}
	tone := theme.Plain
	if now.Sub(s.LastRotation) > 365*24*time.Hour {
		tone = theme.Warn
	}
	return cell(rules.Span(now.Sub(s.LastRotation))+" ago", tone)
}

// unread is the text of the first of the fields that is not understood.
func unread(s keystore.Status, fields ...string) components.Cell {
	for _, f := range fields {
		for _, u := range s.Unread {
			if u.Field == f {
				return cell(strconv.Quote(u.Text), theme.Warn)
			}
		}
	}
	return cell("", theme.Muted)
}

// need is the heading and all rows; nothing without stores.
func (s *stores) need() int {
	if len(s.p.Stores) == 0 {
		return 0
	}
	return 1 + len(s.p.Stores)
}

// shown says that a row can be selected.
func (s *stores) shown() bool {
	n, _ := s.table.Shown()
	return n > 0
}

// moves says whether the key changed the selection.
func moves(t *components.Table, k tea.KeyPressMsg) bool {
	was, _ := t.Selected()
	t.Key(k)
	is, _ := t.Selected()
	return was != is
}

// line tells the stores of which not all is well, or else how many are; "" without stores.
func (s *stores) line() (text string, bad bool) {
	var ill []string
	well := 0
	for _, r := range s.p.Stores {
		switch {
		case r.Tried.IsZero():
		case r.Err == nil && r.Value.Condition.Health() == keystore.Good:
			well++
		default:
			ill = append(ill, "key store "+r.Name+": "+storeState(r).Text)
		}
	}
	if len(ill) > 0 {
		return strings.Join(ill, "; "), true
	}
	if well == 0 {
		return "", false
	}
	return plural(well, "key store", "key stores") + " healthy", false
}

// detail tells all that the selected store said.
func (s *stores) detail() (Detail, bool) {
	id, ok := s.table.Selected()
	i, err := strconv.Atoi(id)
	if !ok || err != nil || i >= len(s.p.Stores) {
		return Detail{}, false
	}
	r := s.p.Stores[i]
	return Detail{r.Name, storeFacts(s.p, r)}, true
}

func storeFacts(p *Picture, r keystore.Reading) []Fact {
	out := []Fact{fact("key store", r.Kind+" at "+r.Address)}
	if r.Tried.IsZero() {
		return append(out, fact("", "It was not asked yet."))
	}
	if r.Err != nil {
		out = append(out, toned("because", vault.Reason(r.Err), theme.Bad))
	}
	if r.Known() {
		out = append(out, toldFacts(p, r)...)
	}
	out = append(out, fact("endpoint", r.Source), fact("", ""),
		fact("", "A store asks its key service from time to time, and tells what it last found."))
	if r.Command != "" {
		out = append(out, fact("", "The same by the maker's tool: "+r.Command))
	}
	return out
}

func toldFacts(p *Picture, r keystore.Reading) []Fact {
	v := r.Value
	said := r
	said.Err = nil
	state := storeState(said)
	told := fact("told", age(r.Age(p.Now))+" ago")
	if r.Err != nil {
		told = toned("last answer", age(r.Age(p.Now))+" ago; what follows is of then", theme.Warn)
	}
	out := []Fact{
		told, toned("status", state.Text, state.Tone), fact("type", v.Type),
		certificateFact(p, "client cert", v.ClientEnds, unread(v, "client_cert_expiry")),
		certificateFact(p, "key service's CA", v.CACertEnds, unread(v, "ca_cert_expiry")),
		momentFact(p, "key in use since", v.LastRotation, storeRotation(v, p.Now)),
		momentFact(p, "status found", v.LastUpdate, unread(v, "last_status_update_time")),
	}
	if u := unread(v, "type"); u.Text != "" {
		out[2].Value.Tone = theme.Warn
	}
	return out
}

func certificateFact(p *Picture, label string, ends time.Time, raw components.Cell) Fact {
	if ends.IsZero() {
		return untold(label, raw)
	}
	e := storeExpiry(ends, p.Now)
	return toned(label, "valid until "+ends.Format("2006-01-02 15:04 UTC")+" ("+strings.TrimSuffix(e.Text, " !")+")", e.Tone)
}

func momentFact(p *Picture, label string, at time.Time, tone components.Cell) Fact {
	if at.IsZero() {
		return untold(label, tone)
	}
	since := age(p.Now.Sub(at)) + " ago"
	if at.After(p.Now) {
		since = age(at.Sub(p.Now)) + " ahead of this machine's clock"
	}
	return toned(label, at.Format("2006-01-02 15:04:05 UTC")+" ("+since+")", tone.Tone)
}

// untold is a time that was not told, or that was told in a way that is not understood.
func untold(label string, raw components.Cell) Fact {
	if raw.Text == "" {
		return toned(label, "not told", theme.Muted)
	}
	return toned(label, raw.Text+", which is no time known here", theme.Warn)
}
