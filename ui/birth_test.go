package ui_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"warder/demo"
	"warder/ui"
	"warder/vault/ceremony"
)

// openThrough starts a console with what becomes of an effect in the hands of the test.
func openThrough(t *testing.T, o demo.Options, w, h int, change func(ceremony.Effect, ceremony.Event) ceremony.Event) *console {
	t.Helper()
	return openChanged(t, o, w, h, func(o *ui.Options) {
		do := o.Ceremonies
		o.Ceremonies = func(ctx context.Context, e ceremony.Effect) ceremony.Event { return change(e, do(ctx, e)) }
	})
}

// unlooked loses every look-up of the new token.
func unlooked(e ceremony.Effect, out ceremony.Event) ceremony.Event {
	if _, look := e.(ceremony.LookupToken); look {
		return ceremony.TokenLooked{Err: context.DeadlineExceeded}
	}
	return out
}

// rootMade goes through the ceremony until the token is there.
func (c *console) rootMade() {
	c.t.Helper()
	c.wait(3 * time.Second)
	c.press("g", "enter", "yes", "enter")
	c.wait(2 * time.Second)
	c.press("enter")
	c.wait(2 * time.Second)
	for i := range 3 {
		c.give(c.share(i, base))
	}
}

func TestARootTokenWhoseAccessorIsUnknownIsRemindedOfUntilSomebodyAcknowledges(t *testing.T) {
	for product, command := range map[demo.Product]string{
		demo.Vault: "vault list -address=", demo.OpenBao: "bao list -address=",
	} {
		t.Run(product.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := openThrough(t, demo.Options{Scenario: "healthy", Product: product, TLS: true}, 120, 36, unlooked)
				c.rootMade()
				c.see("its accessor is not known")
				made := time.Now().Add(-2 * time.Second).UTC().Format("15:04 UTC")
				c.press("esc", "y")
				told := []string{"Root token made " + made + ", accessor unknown: unknown since " + made, command, "auth/token/accessors"}
				c.see(told...)
				c.wait(3 * time.Minute)
				c.see(told...)
				c.press("a")
				c.see("Nobody has said that the token is gone")
				c.press("enter") // the button in focus keeps it
				c.see(told...)
				c.press("a", "y")
				c.miss("accessor unknown")
			})
		})
	}
}

// TestATokenWhoseAnswerCameTooLateIsRemindedOf: nobody can read it, and it is there.
func TestATokenWhoseAnswerCameTooLateIsRemindedOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		last := make(chan struct{})
		c := openThrough(t, demo.Options{Scenario: "healthy", TLS: true}, 120, 36, func(_ ceremony.Effect, out ceremony.Event) ceremony.Event {
			if given, ok := out.(ceremony.RootGiven); ok && !given.Attempt.EncodedToken.Empty() {
				<-last
			}
			return out
		})
		c.rootMade()
		c.press("esc", "y")
		c.miss("accessor unknown")
		close(last)
		c.wait(time.Second)
		c.see("accessor unknown")
	})
}

func TestATokenThatWasRevokedUnseenIsNotRemindedOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := openThrough(t, demo.Options{Scenario: "healthy", TLS: true}, 120, 36, unlooked)
		c.rootMade()
		c.press("up", "enter") // from the first option to the last
		c.wait(2 * time.Second)
		c.see("The root token is revoked")
		c.press("esc")
		c.wait(2 * time.Second)
		c.miss("A root token")
		c.miss("accessor unknown")
	})
}
