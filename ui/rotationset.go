package ui

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"warder/theme"
	"warder/ui/components"
	"warder/ui/views"
	"warder/vault"
	"warder/vault/rules"
)

// The fields of the automatic rotation, and its two ways.
const (
	fieldOn       = "enabled"
	fieldInterval = "interval"
	fieldMaximum  = "max_operations"
	on, off       = "on", "off"
)

// settings change when the servers rotate by themselves.
func (k *keyring) settings() act {
	x := act{
		name: "Set automatic rotation", hint: "when the servers rotate by themselves",
		path: "sys/rotate/config", needs: []string{"update"},
		fields: k.fields(),
		follows: func(v map[string]string) []views.Fact {
			return []views.Fact{
				views.Say("now", rotates(k.auto), theme.Plain),
				views.Say("afterwards", rotates(wanted(v)), theme.Plain),
				views.Say("does", "The servers rotate by themselves from then on when one of these is reached; a key that is too old already is replaced soon.", theme.Plain),
			}
		},
		line: func(v map[string]string) string {
			w := wanted(v)
			return rules.Command(k.node, "write", "sys/rotate/config", "enabled="+strconv.FormatBool(w.Enabled),
				fmt.Sprintf("interval=%d", int64(w.Interval/time.Second)), fmt.Sprintf("max_operations=%d", w.MaxOperations))
		},
		do: func(v map[string]string) error { return k.client().SetRotateConfig(k.ctx, wanted(v)) },
		prove: func(v map[string]string) (bool, []views.Fact, error) {
			c, err := k.leader()
			if err != nil {
				return false, nil, err
			}
			now, err := c.RotateConfig(k.ctx)
			if err != nil {
				return false, nil, err
			}
			return now == wanted(v), []views.Fact{views.Say("by itself", rotates(now), theme.Plain)}, nil
		},
	}
	if k.autoErr != nil {
		x.refuse = "the settings cannot be read (" + vault.Reason(k.autoErr) + ")"
	}
	return x
}

func (k *keyring) fields() []components.Field {
	state := off
	if k.auto.Enabled {
		state = on
	}
	return []components.Field{
		components.Choice{Key: fieldOn, Title: "Automatic rotation", Default: state, Options: []components.Option{{Key: on, Label: "on"}, {Key: off, Label: "off"}}},
		components.Input{
			Key: fieldInterval, Title: "When the key is so old", Hint: "days or hours, 24h at least: 90d, 36h; 0: age is no reason",
			Default: spanText(k.auto.Interval), Check: checkInterval,
		},
		components.Input{
			Key: fieldMaximum, Title: "After so many encryptions", Hint: fmt.Sprintf("from %d to %d", vault.LeastRotateOperations, vault.MostRotateOperations),
			Default: strconv.FormatUint(k.auto.MaxOperations, 10), Check: checkMaximum,
		},
	}
}

// wanted are the settings that were filled in, which were checked there.
func wanted(values map[string]string) vault.RotateConfig {
	every, _ := parseSpan(values[fieldInterval])
	most, _ := strconv.ParseUint(values[fieldMaximum], 10, 64)
	return vault.RotateConfig{Enabled: values[fieldOn] == on, Interval: every, MaxOperations: most}
}

func checkInterval(text string) error {
	every, err := parseSpan(text)
	if err != nil {
		return err
	}
	return vault.RotateConfig{Interval: every, MaxOperations: vault.MostRotateOperations}.Problem()
}

func checkMaximum(text string) error {
	most, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return errors.New("a whole number, without gaps")
	}
	return vault.RotateConfig{MaxOperations: most}.Problem()
}

// longestSpan is a hundred years, far from what a duration can hold.
const longestSpan = 100 * 365 * 24 * time.Hour

var errSpan = errors.New("days like 90d, or hours like 36h, or 0")

// parseSpan reads days or hours in whole numbers. Every unit that is let in gives whole seconds, which is what the servers keep.
func parseSpan(text string) (time.Duration, error) {
	if text == "0" {
		return 0, nil
	}
	unit := time.Hour
	number, ok := strings.CutSuffix(text, "h")
	if !ok {
		unit = 24 * time.Hour
		if number, ok = strings.CutSuffix(text, "d"); !ok {
			return 0, errSpan
		}
	}
	n, err := strconv.ParseUint(number, 10, 32)
	if err != nil || time.Duration(n) > longestSpan/unit {
		return 0, errSpan
	}
	return time.Duration(n) * unit, nil
}

// spanText writes what parseSpan reads, and what it does not as it is.
func spanText(d time.Duration) string {
	switch {
	case d == 0:
		return "0"
	case d%(24*time.Hour) == 0:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return d.String()
}
