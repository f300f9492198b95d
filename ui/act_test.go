package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"warder/theme"
	"warder/ui/views"
	"warder/vault"
)

func TestWhatCameOfAnActIsToldAsItIsKnown(t *testing.T) {
	t.Parallel()
	cut := &vault.Error{Op: "sys/rotate", Kind: vault.Unreachable, Why: vault.Cut}
	for name, c := range map[string]struct {
		wrote, unread error
		done          bool
		tone          theme.Tone
		says          string
		reads         bool
	}{
		"done":                     {nil, nil, true, theme.OK, "Done, and read back.", true},
		"accepted and not shown":   {nil, nil, false, theme.Warn, "does not show that", true},
		"accepted and unread":      {nil, cut, false, theme.Warn, "could not be read back: connection broken", true},
		"lost and done":            {cut, nil, true, theme.Warn, "The answer was lost (connection broken). Read back, it has been done.", true},
		"lost and not done":        {cut, nil, false, theme.Bad, "it has not been done. It is not sent again", true},
		"lost and unread":          {cut, cut, false, theme.Bad, "whether it was done is not known", true},
		"an error of the server's": {&vault.Error{Kind: vault.Failed, Status: 500, Messages: []string{"boom"}}, nil, false, theme.Bad, "The server answered 500: boom. Read back, it has not been done.", true},
		"refused":                  {&vault.Error{Kind: vault.Denied}, nil, false, theme.Bad, "Refused: the token does not permit it. Nothing was changed.", false},
		"not sent":                 {&vault.Error{Kind: vault.Unreachable, Why: vault.ConnRefused}, nil, false, theme.Bad, "Not sent: connection refused. Nothing was changed.", false},
		"something else":           {errors.New("odd"), nil, true, theme.Warn, "The answer was lost (odd). Read back, it has been done.", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			read, sent := 0, 0
			got := act{
				do:    func(map[string]string) error { sent++; return c.wrote },
				prove: func(map[string]string) (bool, []views.Fact, error) { read++; return c.done, nil, c.unread },
			}.done(nil)
			if got.Tone != c.tone || !strings.Contains(got.Title, c.says) {
				t.Errorf("%v %q", got.Tone, got.Title)
			}
			if sent != 1 || (read == 1) != c.reads {
				t.Errorf("sent %d times, read %d times", sent, read)
			}
		})
	}
}

func TestWhatTheServerIsStillAtIsNotCalledUndone(t *testing.T) {
	t.Parallel()
	got := act{
		pending: "It is at it.", do: func(map[string]string) error { return nil },
		prove: func(map[string]string) (bool, []views.Fact, error) { return false, nil, nil },
	}.done(nil)
	if got.Tone != theme.Warn || got.Title != "It is at it." {
		t.Errorf("%v %q", got.Tone, got.Title)
	}
}

func TestMissingCapabilitiesAreNamed(t *testing.T) {
	t.Parallel()
	x := act{path: "sys/rotate", needs: []string{"update", "sudo"}}
	for caps, want := range map[string]string{
		"root":        "",
		"update,sudo": "",
		"update":      "the token's policies do not give sudo on sys/rotate",
		"deny":        "the token's policies do not give update and sudo on sys/rotate",
	} {
		if got := x.lacks(vault.Capabilities{"sys/rotate": strings.Split(caps, ",")}); got != want {
			t.Errorf("%s: %q", caps, got)
		}
	}
}

func TestSpansAreWrittenAsTheyAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{"0": 0, "24h": 24 * time.Hour, "36h": 36 * time.Hour, "90d": 90 * 24 * time.Hour, "36500d": longestSpan} {
		got, err := parseSpan(text)
		if err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
		if again, err := parseSpan(spanText(got)); err != nil || again != got {
			t.Errorf("%s: written %q and read %v", text, spanText(got), again)
		}
	}
	for _, text := range []string{"", "h", "d", "-1d", "1", "36501d", "1.5h", "99999999999d", "1w", "24 h"} {
		if got, err := parseSpan(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func FuzzSpan(f *testing.F) {
	for _, s := range []string{"0", "24h", "90d", "876000h", "-", "dd"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := parseSpan(text)
		if err != nil {
			return
		}
		if again, err := parseSpan(spanText(d)); err != nil || again != d || d < 0 || d > longestSpan {
			t.Errorf("%q: %v, written %q", text, d, spanText(d))
		}
	})
}
