package ceremony_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"warder/keys"
	"warder/vault/ceremony"
	"warder/vault/record"
)

// recorded is a console that keeps a record of its ceremony.
func (r *rig) recorded(kind string, m ceremony.Machine) *console {
	r.t.Helper()
	a := ceremony.Archive{Dir: r.t.TempDir(), Now: time.Now, Self: func() []record.Fact { return []record.Fact{{Name: "warder", Value: "test"}} }}
	return r.recordedIn(a, kind, m)
}

func (r *rig) recordedIn(a ceremony.Archive, kind string, m ceremony.Machine) *console {
	book := a.Recorder(kind, r.seen, &r.prints)
	c := r.console(ceremony.Record(m, book))
	c.book = book
	return c
}

// read checks the record as it is on the disk.
func (c *console) read() (record.Record, []byte) {
	c.t.Helper()
	text, err := os.ReadFile(c.book.Path())
	if err != nil {
		c.t.Fatal(err)
	}
	out, err := record.Read(bytes.NewReader(text))
	if err != nil {
		c.t.Fatal(err)
	}
	return out, text
}

// wantLine wants a line of the kind with these words.
func wantLine(t *testing.T, r record.Record, kind record.Kind, words string) record.Line {
	t.Helper()
	for _, l := range r.Lines {
		if l.Kind == kind && strings.Contains(l.Text, words) {
			return l
		}
	}
	t.Errorf("no line %q says %q:\n%s", kind, words, r.Text())
	return record.Line{}
}

// finish ends the record and holds what is on the disk to what is shown.
func (c *console) finish() (record.Record, []byte) {
	c.t.Helper()
	c.pick("close-record")
	end := prompt[ceremony.End](c)
	r, text := c.read()
	if !r.Whole() {
		c.t.Errorf("the record is not whole: %v\n%s", r.Problems, r.Text())
	}
	if shown := strings.Join(end.Text, " "); !strings.Contains(shown, record.Spoken(r.Head[:32])+" "+record.Spoken(r.Head[32:])) {
		c.t.Errorf("the last hash %s is not shown: %s", r.Head, shown)
	}
	return r, text
}

// clean fails where one of the secrets is in the text, as bytes, in hex or in base64 of any alignment.
func clean(t *testing.T, text []byte, secrets ...[]byte) {
	t.Helper()
	for i, s := range secrets {
		if len(s) < 16 {
			t.Fatalf("secret %d has %d bytes: the test looks for nothing", i, len(s))
		}
		low := bytes.ToLower(text)
		for name, form := range map[string][]byte{
			"bytes": s, "hex": []byte(hex.EncodeToString(s)), "base64": []byte(base64.StdEncoding.EncodeToString(s)[:16]),
			"base64 for addresses": []byte(base64.URLEncoding.EncodeToString(s)[:16]), "half": s[:len(s)/2], "half in hex": []byte(hex.EncodeToString(s[:8])),
		} {
			if bytes.Contains(text, form) || bytes.Contains(low, bytes.ToLower(form)) && strings.Contains(name, "hex") {
				t.Errorf("secret %d is in the record, as %s", i, name)
			}
		}
	}
}

func (r *rig) oldShares() [][]byte {
	var out [][]byte
	for _, s := range r.cluster.Shares() {
		s.Use(func(b []byte) { out = append(out, slices.Clone(b)) })
	}
	return out
}

// untilItEnds waits until the end is asked for.
func (c *console) untilItEnds(t *testing.T) {
	t.Helper()
	for range 10 {
		if _, over := c.machine.Prompt().(ceremony.End); over {
			return
		}
		c.wait(time.Second)
	}
	t.Fatalf("it does not end: %#v", c.machine.Prompt())
}

// runnerHears remembers one-time passwords and encoded tokens on their way.
func (c *console) runnerHears(secrets *[][]byte) {
	c.spy = func(e ceremony.Event) {
		take := func(s keys.Secret) {
			if !s.Empty() {
				s.Use(func(b []byte) { *secrets = append(*secrets, slices.Clone(b)) })
			}
		}
		switch e := e.(type) {
		case ceremony.RootRead:
			take(e.Attempt.OTP)
		case ceremony.RootGiven:
			take(e.Attempt.EncodedToken)
		}
	}
}
