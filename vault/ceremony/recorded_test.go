package ceremony_test

import (
	"context"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"warder/demo"
	"warder/vault/ceremony"
	"warder/vault/record"
)

func TestTheRecordOfAnUnsealTellsAllButTheShares(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		seen := r.look()
		c := r.recorded("Unseal", ceremony.NewUnseal(ceremony.Sealed(seen, false), seen, &r.prints))
		if _, err := os.Stat(c.book.Path()); err == nil {
			t.Error("the record is there before anybody went on")
		}
		c.through()
		for i := range 3 {
			c.give(r.share(i))
		}
		c.wait(20 * time.Second)
		rec, text := c.finish()
		clean(t, text, r.oldShares()...)
		sent := wantLine(t, rec, record.Request, "A share is sent")
		if sent.Node == "" {
			t.Errorf("nobody is named in %+v", sent)
		}
		wantLine(t, rec, record.Answer, "1 of 3")
		if l := wantLine(t, rec, record.Answer, "The node is unsealed."); l.Fact("cluster id") != r.look().ID() {
			t.Errorf("which cluster it is, is told as %+v", l)
		}
		if l := wantLine(t, rec, record.Person, "Entered a share"); l.Fact("fingerprint (salted)") == "" {
			t.Errorf("the share bears no fingerprint: %+v", l)
		}
		if l := rec.Lines[len(rec.Lines)-1]; l.Fact("outcome") != "ended: Unsealed" {
			t.Errorf("it ends with %+v", l)
		}
		if introduced := strings.Count(string(text), `"name":"address"`); introduced != 3 {
			t.Errorf("%d nodes are named with address and certificate, want each of 3 once", introduced)
		}
	})
}

func TestTheRecordOfARekeyTellsAllButTheShares(t *testing.T) {
	t.Parallel()
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		scene(t, demo.Options{Scenario: "healthy", Product: p}, func(r *rig) {
			secrets := r.oldShares()
			c := r.recorded("Rekey", ceremony.NewRekey(r.look(), false, &r.prints, rand.NewChaCha8([32]byte{3})))
			c.through()
			c.fill("4", "2")
			c.through()
			c.pick("open")
			c.through()
			for i := range 3 {
				c.give(r.share(i))
			}
			papers := c.handOut()
			c.do(ceremony.Confirmed{})
			for i := range 4 {
				c.give(papers.share(t, i))
			}
			c.untilItEnds(t)
			rec, text := c.finish()
			clean(t, text, append(secrets, papers.shares...)...)
			begun := wantLine(t, rec, record.Request, "A rekey is begun.")
			for name, want := range map[string]string{"shares": "4", "threshold": "2", "verification": "true", "backup": "false"} {
				if got := begun.Fact(name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
			if l := wantLine(t, rec, record.Person, "Was shown and hid again: New share 1 of 4"); l.Who != "custodian 1" || l.Fact("fingerprint (salted)") == "" {
				t.Errorf("who was shown a share: %+v", l)
			}
			if l := wantLine(t, rec, record.Answer, "The set of old shares is complete"); !strings.Contains(l.Text, "4 new shares") {
				t.Errorf("%+v", l)
			}
			wantLine(t, rec, record.Answer, "the new shares are in force")
			if l := wantLine(t, rec, record.Answer, "with 0 of 3 old shares"); l.Nonce == "" {
				t.Errorf("no nonce: %+v", l)
			}
			last := rec.Lines[len(rec.Lines)-1]
			if all := last.Facts; !slices.ContainsFunc(all, func(f record.Fact) bool { return strings.Contains(f.Value, "All 4 new shares were proved") }) {
				t.Errorf("what is in force in the end: %+v", all)
			}
		})
	}
}

func TestTheRecordOfARootTokenHoldsNeitherTokenNorPassword(t *testing.T) {
	t.Parallel()
	for _, p := range []demo.Product{demo.Vault, demo.Vault2, demo.OpenBao} {
		scene(t, demo.Options{Scenario: "healthy", Product: p}, func(r *rig) {
			var secrets [][]byte
			c := r.recorded("Generate root", ceremony.NewGenerateRoot(r.look(), false, &r.prints))
			c.runnerHears(&secrets)
			c.through()
			c.pick("otp")
			for i := range 3 {
				c.through()
				c.give(r.share(i))
			}
			c.through()
			c.pick("show")
			shown := prompt[ceremony.Reveal](c)
			shown.Secret.Use(func(b []byte) { secrets = append(secrets, slices.Clone(b)) })
			c.do(ceremony.Shown{})
			c.pick("revoke")
			rec, text := c.finish()
			if len(secrets) < 3 {
				t.Fatalf("only %d secrets were met", len(secrets))
			}
			clean(t, text, append(secrets, r.oldShares()...)...)
			wantLine(t, rec, record.Answer, "The token is revoked")
			if l := wantLine(t, rec, record.Answer, "The server knows the new token"); l.Fact("accessor") == "" {
				t.Errorf("no accessor: %+v", l)
			}
		})
	}
}

func TestARequestIsOnTheDiskBeforeItIsSentAndItsAnswerAfter(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy"}, func(r *rig) {
		c := r.recorded("Rekey", ceremony.NewRekey(r.look(), false, &r.prints, rand.NewChaCha8([32]byte{3})))
		c.through()
		c.fill("4", "2")
		c.through()
		c.pick("open")
		var before record.Record
		c.apply(ceremony.Continue{})
		e := c.queue[0]
		c.queue = nil
		c.apply(c.book.Do(c.t.Context(), e, func(ctx context.Context, e ceremony.Effect) ceremony.Event {
			before, _ = c.read()
			return c.runner.Do(ctx, e)
		}))
		if last := before.Lines[len(before.Lines)-1]; last.Kind != record.Request || last.Text != "A rekey is begun." {
			t.Errorf("before it was sent, the last line was %+v", last)
		}
		after, _ := c.read()
		if last := after.Lines[len(after.Lines)-1]; last.Kind != record.Answer {
			t.Errorf("after the answer, the last line was %+v", last)
		}
	})
}

func TestNothingIsSentWhenTheRecordCannotBeWritten(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		dir := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(dir, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		seen := r.look()
		c := r.recordedIn(ceremony.Archive{Dir: dir, Now: time.Now, Self: func() []record.Fact { return nil }}, "Unseal", ceremony.NewUnseal(ceremony.Sealed(seen, false), seen, &r.prints))
		c.do(ceremony.Continue{})
		asked := prompt[ceremony.TypeOut](c)
		if asked.Want != "no record" || !strings.Contains(strings.Join(asked.Text, " "), "not a directory") {
			t.Fatalf("%+v", asked)
		}
		c.do(ceremony.GaveShare{Share: r.share(0)})
		c.wait(5 * time.Second)
		if s := r.sealStatus(0); s.Progress != 0 {
			t.Fatalf("a share was sent: %+v", s)
		}
		c.do(ceremony.Confirmed{})
		if marks := c.machine.(ceremony.Recorded).Marks(); !slices.Contains(marks, "no record") {
			t.Errorf("the screen says %q", marks)
		}
		c.through()
		for i := range 3 {
			c.give(r.share(i))
		}
		c.wait(20 * time.Second)
		if end := prompt[ceremony.End](c); !end.Good || slices.ContainsFunc(end.Options, func(o ceremony.Option) bool { return o.Key == "close-record" }) {
			t.Errorf("%+v", end)
		}
	})
}

// An answer comes once: it reaches the ceremony although the disk is full, and the next request waits.
func TestAnAnswerThatCannotBeWrittenIsNotLostAndHoldsTheNextRequestBack(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		seen := r.look()
		c := r.recorded("Unseal", ceremony.NewUnseal(ceremony.Sealed(seen, false)[:1], seen, &r.prints))
		c.through()
		c.apply(ceremony.GaveShare{Share: r.share(0)})
		e := c.queue[0]
		c.queue = nil
		c.apply(c.book.Do(c.t.Context(), e, func(ctx context.Context, e ceremony.Effect) ceremony.Event {
			out := c.runner.Do(ctx, e)
			c.book.Fail(errors.New("no space left on the disk"))
			return out
		}))
		if asked := prompt[ceremony.TypeOut](c); asked.Want != "no record" {
			t.Fatalf("%+v", asked)
		}
		c.do(ceremony.Confirmed{})
		if p := prompt[ceremony.EnterShare](c); p.Number != 2 {
			t.Errorf("the answer to the first share is lost: %+v", p)
		}
		rec, _ := c.read()
		if rec.Whole() {
			t.Error("a record that stopped is taken for whole")
		}
	})
}

func TestARecordOfACeremonyThatWasLeftSaysSo(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*console){
		"by a person": func(c *console) { c.do(ceremony.Left{}) },
		"with the program": func(c *console) {
			if err := c.book.BreakOff("warder was ended"); err != nil {
				c.t.Error(err)
			}
		},
	} {
		scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
			seen := r.look()
			c := r.recorded("Unseal", ceremony.NewUnseal(ceremony.Sealed(seen, false), seen, &r.prints))
			c.through()
			c.give(r.share(0))
			leave(c)
			rec, _ := c.read()
			last := rec.Lines[len(rec.Lines)-1]
			if !rec.Whole() || last.Kind != record.End || last.Fact("outcome") != "broken off" || last.Fact("true then") == "" {
				t.Errorf("%s: %v %+v", name, rec.Problems, last)
			}
			if !strings.Contains(rec.Text(), "BROKEN OFF") {
				t.Errorf("%s: the transcript does not say it:\n%s", name, rec.Text())
			}
		})
	}
}

func TestExceptionsAreNotedAndSharesAmongThemRefused(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "sealed"}, func(r *rig) {
		seen := r.look()
		c := r.recorded("Unseal", ceremony.NewUnseal(ceremony.Sealed(seen, false), seen, &r.prints))
		c.through()
		c.do(ceremony.Noted{Text: "The second witness came at 10."})
		secret := r.oldShares()[0]
		c.do(ceremony.Noted{Text: "this is " + hex.EncodeToString(secret)})
		c.wantHeard("Not noted")
		c.do(ceremony.Left{})
		rec, text := c.read()
		wantLine(t, rec, record.Exception, "The second witness")
		clean(t, text, secret)
	})
}
