package demo

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

func (f Strand) apply(c *Cluster) error {
	if f.Text == "" {
		f.Text = "connection refused"
	}
	found := false
	for id, l := range c.holdings.Leases {
		if strings.HasPrefix(id, f.Prefix) {
			l.Stuck, found = f.Text, true
		}
	}
	if !found {
		return fmt.Errorf("no lease below %q", f.Prefix)
	}
	return nil
}

func (f Log) apply(c *Cluster) error {
	n := c.raft.leader
	if f.Node != "" {
		var err error
		if n, err = c.node(f.Node); err != nil {
			return err
		}
	}
	if n == nil {
		return errors.New("no active node to log")
	}
	if f.Level == "" {
		f.Level = "info"
	}
	if !slices.Contains(logLevels, f.Level) {
		return fmt.Errorf("no log level %q: want one of %s", f.Level, strings.Join(logLevels, ", "))
	}
	c.logAt(n, f.Level, "core", f.Text)
	return nil
}
