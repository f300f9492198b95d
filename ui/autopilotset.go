package ui

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

// The fields of autopilot's settings, by the names that the servers have for them.
const (
	fieldCleanup       = "cleanup_dead_servers"
	fieldDead          = "dead_server_last_contact_threshold"
	fieldContact       = "last_contact_threshold"
	fieldTrailing      = "max_trailing_logs"
	fieldQuorum        = "min_quorum"
	fieldStabilisation = "server_stabilization_time"
)

// pilot is autopilot's settings just before they are changed.
type pilot struct {
	stage
	now vault.AutopilotConfig
	err error
}

func (p pilot) settings() act {
	x := act{
		name: "Set autopilot", hint: "whom it calls unhealthy, and whether it removes the dead",
		path: "sys/storage/raft/autopilot/configuration", needs: []string{"update"},
		fields:  p.fields(),
		follows: p.changes,
		line: func(v map[string]string) string {
			c := piloted(v)
			return rules.Command(p.node, "operator raft autopilot set-config", "-cleanup-dead-servers="+strconv.FormatBool(c.CleanupDead),
				"-dead-server-last-contact-threshold="+c.DeadThreshold.String(), "-last-contact-threshold="+c.ContactThreshold.String(),
				fmt.Sprintf("-max-trailing-logs=%d", c.MaxTrailing), fmt.Sprintf("-min-quorum=%d", c.MinQuorum),
				"-server-stabilization-time="+c.StabilizationTime.String())
		},
		do: func(v map[string]string) error {
			if bad := piloted(v).Problem(); bad != nil {
				return &vault.Error{Kind: vault.Refused, Says: bad.Error()}
			}
			return p.client().SetAutopilotConfig(p.ctx, piloted(v))
		},
		prove: func(v map[string]string) (bool, []views.Fact, error) {
			c, err := p.leader()
			if err != nil {
				return false, nil, err
			}
			after, err := c.AutopilotConfig(p.ctx)
			return err == nil && after == piloted(v), differing(p.now, after), err
		},
	}
	if p.err != nil {
		x.refuse = "its settings cannot be read (" + vault.Reason(p.err) + ")"
	}
	return x
}

func (p pilot) fields() []components.Field {
	state := off
	if p.now.CleanupDead {
		state = on
	}
	span := func(key, title string, d time.Duration) components.Field {
		return components.Input{Key: key, Title: title, Hint: "such as 10s, 30m or 24h", Default: d.String(), Check: checkDuration}
	}
	number := func(key, title string, n uint64) components.Field {
		return components.Input{Key: key, Title: title, Default: strconv.FormatUint(n, 10), Check: checkNumber}
	}
	return []components.Field{
		span(fieldContact, "Unhealthy without contact for", p.now.ContactThreshold),
		number(fieldTrailing, "Unhealthy when behind by so many log entries", p.now.MaxTrailing),
		span(fieldStabilisation, "A new peer votes after being healthy for", p.now.StabilizationTime),
		components.Choice{Key: fieldCleanup, Title: "Remove dead servers", Default: state, Options: []components.Option{{Key: off, Label: "off"}, {Key: on, Label: "on"}}},
		span(fieldDead, "Dead without contact for", p.now.DeadThreshold),
		number(fieldQuorum, "Leave at least so many servers", uint64(max(0, p.now.MinQuorum))),
	}
}

func checkDuration(text string) error {
	if d, err := time.ParseDuration(text); err != nil || d < 0 || d > longestSpan || d%time.Second != 0 {
		return errors.New("a time in whole seconds, such as 10s, 30m or 24h")
	}
	return nil
}

func checkNumber(text string) error {
	if _, err := strconv.ParseUint(text, 10, 31); err != nil {
		return errors.New("a whole number, without gaps")
	}
	return nil
}

// piloted are the settings that were filled in, each of which was checked there.
func piloted(v map[string]string) vault.AutopilotConfig {
	span := func(key string) time.Duration { d, _ := time.ParseDuration(v[key]); return d }
	number := func(key string) uint64 { n, _ := strconv.ParseUint(v[key], 10, 31); return n }
	return vault.AutopilotConfig{
		CleanupDead: v[fieldCleanup] == on, DeadThreshold: span(fieldDead), ContactThreshold: span(fieldContact),
		MaxTrailing: number(fieldTrailing), MinQuorum: int(number(fieldQuorum)), StabilizationTime: span(fieldStabilisation),
	}
}

// changes say what will be otherwise, and what the servers would refuse.
func (p pilot) changes(v map[string]string) []views.Fact {
	want := piloted(v)
	out := differing(p.now, want)
	if bad := want.Problem(); bad != nil {
		out = append(out, views.Say("refused", bad.Error()+"; nothing would be sent", theme.Bad))
	}
	if want.CleanupDead {
		out = append(out, views.Say("removes", "A server that is silent for longer is taken out of Raft for good, without anybody being asked.", theme.Warn))
	}
	return out
}

// differing lists the settings that are not the same.
func differing(was, is vault.AutopilotConfig) []views.Fact {
	var out []views.Fact
	add := func(label string, a, b any) {
		if a != b {
			out = append(out, views.Say(label, fmt.Sprintf("%v, before it was %v", b, a), theme.Plain))
		}
	}
	add("contact", was.ContactThreshold, is.ContactThreshold)
	add("lag", was.MaxTrailing, is.MaxTrailing)
	add("votes after", was.StabilizationTime, is.StabilizationTime)
	add("remove dead", was.CleanupDead, is.CleanupDead)
	add("dead after", was.DeadThreshold, is.DeadThreshold)
	add("leave", was.MinQuorum, is.MinQuorum)
	if len(out) == 0 {
		out = append(out, views.Say("settings", "all as they are", theme.Plain))
	}
	return out
}
