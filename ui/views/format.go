package views

import (
	"fmt"
	"strconv"
	"time"

	"warder/theme"
	"warder/ui/components"
	"warder/vault"
	"warder/vault/rules"
)

// staleAfter is the age from which an answer of a node is shown with its age: two rounds missed.
const staleAfter = 6 * time.Second

// latency is a round trip in bands, so that nothing is redrawn for noise.
func latency(d time.Duration) components.Cell {
	switch {
	case d <= 0:
		return cell("", theme.Muted)
	case d < 5*time.Millisecond:
		return cell("< 5 ms", theme.Plain)
	case d < 20*time.Millisecond:
		return cell("5–20 ms", theme.Plain)
	case d < 100*time.Millisecond:
		return cell("20–100 ms", theme.Plain)
	case d < 500*time.Millisecond:
		return cell("0.1–0.5 s", theme.Warn)
	}
	return cell("> 0.5 s", theme.Bad)
}

// contact is the time since a peer's last contact, in bands, judged by the server's own threshold.
func contact(d, threshold time.Duration) components.Cell {
	tone := theme.Plain
	if threshold > 0 && d > threshold {
		tone = theme.Bad
	}
	switch {
	case d < 5*time.Second:
		return cell("< 5 s", tone)
	case d < 10*time.Second:
		return cell("5–10 s", tone)
	}
	return cell(rules.Span(d), tone)
}

// lag is how many log entries a peer is behind, judged by the server's own limit and rounded, since it never stands still.
func lag(behind, limit uint64) components.Cell {
	tone := theme.Plain
	if limit > 0 && behind > limit {
		tone = theme.Bad
	}
	switch {
	case behind == 0:
		return cell("0", tone)
	case behind < 10:
		return cell("< 10", tone)
	case behind < 100:
		return cell("< 100", tone)
	}
	unit := uint64(10)
	for behind/unit >= 100 {
		unit *= 10
	}
	return cell("~ "+grouped(behind/unit*unit), tone)
}

// expiry is how long a certificate is still valid.
func expiry(c *vault.Certificate, now time.Time) components.Cell {
	left := c.NotAfter.Sub(now)
	switch {
	case left <= 0:
		return cell("expired", theme.Bad)
	case left < 14*24*time.Hour:
		return cell(rules.Span(left)+" !", theme.Warn)
	}
	return cell(rules.Span(left), theme.Plain)
}

// skew is a difference of clocks, where there is one.
func skew(d time.Duration) components.Cell {
	switch {
	case d == 0:
		return components.Cell{}
	case d > 0:
		return cell("+"+rules.Span(d), theme.Warn)
	}
	return cell("-"+rules.Span(d), theme.Warn)
}

// grouped writes a number with thin gaps between the thousands.
func grouped(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + " " + s[i:]
	}
	return s
}

// clock is a moment as the header and events write it.
func clock(t, now time.Time) string {
	if now.Sub(t).Abs() > 20*time.Hour {
		return t.UTC().Format("2006-01-02 15:04 UTC")
	}
	return t.UTC().Format("15:04 UTC")
}

// aged says how old a value is when it is not of now.
func aged(at, now time.Time, limit time.Duration) string {
	if age := now.Sub(at); age > limit {
		return rules.Span(age) + " old"
	}
	return ""
}

func plural(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, one)
	}
	return fmt.Sprintf("%d %s", n, many)
}
