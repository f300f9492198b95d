package rules

import (
	"fmt"
	"slices"
	"time"

	"warder/vault"
)

// From when on a difference of clocks is told, and from when on it harms. Whole seconds are all that sys/health tells. Ten of
// them are a third of the life of a one-time code, and more than the leeway that signed tokens and new certificates are given.
const (
	clockOff  = 2 * time.Second
	clockHarm = 10 * time.Second
)

// clocks: a node's clock differs from the others'. Which of two is right cannot be told, and ours may be the one that is wrong.
func clocks(s Scene) []Finding {
	asked := s.members(func(m vault.Member) bool { return heard(m) && !m.Node.Health.Value.ServerTime.IsZero() })
	if len(asked) == 0 {
		return nil
	}
	usual, agreed := usualSkew(asked)
	var out []Finding
	for _, m := range asked {
		off, by := m.Node.Skew-usual, []Evidence{clockSeen(m)}
		// To its active node a standby compares itself, in milliseconds; the active one may be the one that is off.
		way := way(off, agreed)
		own := m.Node.Health.Value.ClockSkew
		if own.Abs() > off.Abs() && !agreed {
			off, way = own, "off the active node's"
		}
		if own.Abs() >= time.Second {
			by = append(by, Evidence{Node: m.Name, Source: fromHealth, Says: fmt.Sprintf("clock_skew_ms %d, to the active node", own.Milliseconds()), At: m.Node.Health.At})
		}
		if off.Abs() <= clockOff {
			continue
		}
		out = append(out, clock(m, off, way, by))
	}
	if len(out) == 0 && usual.Abs() > clockOff {
		return []Finding{ourClock(asked, usual)}
	}
	return out
}

// usualSkew is what most nodes show against our clock. Of one or two nodes none is a majority: then ours is taken.
func usualSkew(asked []vault.Member) (usual time.Duration, agreed bool) {
	if len(asked) < 3 {
		if len(asked) == 1 || (asked[0].Node.Skew-asked[1].Node.Skew).Abs() <= clockOff {
			return asked[0].Node.Skew, false
		}
		return 0, false
	}
	var all []time.Duration
	for _, m := range asked {
		all = append(all, m.Node.Skew)
	}
	slices.Sort(all)
	return all[len(all)/2], true
}

// way says in which way a clock is off, and against whose.
func way(off time.Duration, agreed bool) string {
	word := "ahead of "
	if off < 0 {
		word = "behind "
	}
	if agreed {
		return word + "the others"
	}
	return word + "ours"
}

func clock(m vault.Member, off time.Duration, way string, evidence []Evidence) Finding {
	f := Finding{
		Rule: "clock-skew", Severity: Notice, Node: m.Name, What: fmt.Sprintf("The clock of %s is %s %s", m.Name, Span(off), way),
		Follows: "times in its logs are off by that", Do: "check its time service (chrony, ntpd) before it grows", Evidence: evidence,
	}
	if off.Abs() >= clockHarm {
		f.Severity = Degraded
		f.Follows = "where it answers or leads, leases, one-time codes, signed tokens and new certificates are judged by a wrong time"
		f.Do = "mend its time service (chrony, ntpd); step the clock while the node does not lead"
	}
	return f
}

// ourClock: all nodes agree with one another, and not with us.
func ourClock(asked []vault.Member, usual time.Duration) Finding {
	way := "behind"
	if usual < 0 {
		way = "ahead of"
	}
	who := "all nodes'"
	if len(asked) == 1 {
		who = "that of " + asked[0].Name
	}
	return Finding{
		Rule: "clock-ours", Severity: Notice, What: fmt.Sprintf("The clock of this machine is %s %s %s", Span(usual), way, who),
		Follows: "ages and times left are shown with that error", Do: "compare both with a third clock",
		Evidence: each(asked, func(m vault.Member) []Evidence { return []Evidence{clockSeen(m)} }),
	}
}

func clockSeen(m vault.Member) Evidence {
	says := "server_time_utc is ours"
	if d := m.Node.Skew; d != 0 {
		says = fmt.Sprintf("server_time_utc less our time: %+d s", int(d.Seconds()))
	}
	return Evidence{Node: m.Name, Source: fromHealth, Says: says, At: m.Node.Health.At}
}
