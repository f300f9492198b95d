package ui

import (
	"testing"
	"time"

	"warder/vault"
	"warder/vault/ceremony"
)

func TestAnEncodedTokenThatWasMistypedIsNoTokenToRemindOf(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	denied := ceremony.TokenLooked{Err: &vault.Error{Kind: vault.Denied}}
	if b := (birth{}).asks(ceremony.LookupToken{}, now).hears(denied, now); !b.at.IsZero() {
		t.Error("reminded of what no server knows")
	}
	complete := ceremony.RootGiven{Attempt: vault.RootAttempt{Complete: true}}
	if b := (birth{}).hears(complete, now).asks(ceremony.LookupToken{}, now).hears(denied, now); b.at != now {
		t.Error("what a server said it made is forgotten")
	}
}
