package vault

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// leastCleanupQuorum is how many servers autopilot has to leave when it may remove dead ones.
const leastCleanupQuorum = 3

// Problem says what a server would refuse of the settings, or what would make autopilot call every peer unhealthy; or it is nil.
func (a AutopilotConfig) Problem() error {
	switch {
	case a.CleanupDead && a.MinQuorum < leastCleanupQuorum:
		return errors.New("where dead servers are removed, at least 3 have to be left")
	case a.ContactThreshold < time.Second:
		return errors.New("contact is from 1s on: leaders hear of their peers about every second")
	case a.DeadThreshold < time.Minute:
		return errors.New("a server is dead after 1m at the earliest")
	case a.StabilizationTime < 0:
		return errors.New("a time is not negative")
	}
	return nil
}

// SetAutopilotConfig sends POST sys/storage/raft/autopilot/configuration, once. It needs a token with update on the path.
// Durations go as text with their unit; what is not named in a request keeps its value, so that all of it is named.
func (c *Client) SetAutopilotConfig(ctx context.Context, a AutopilotConfig) error {
	body, err := json.Marshal(wireAutopilotConfig{
		CleanupDead: a.CleanupDead, Dead: a.DeadThreshold.String(), Contact: a.ContactThreshold.String(), Trailing: a.MaxTrailing,
		MinQuorum: a.MinQuorum, Stabilization: a.StabilizationTime.String(),
	})
	if err != nil {
		return err
	}
	return c.write(ctx, http.MethodPost, "sys/storage/raft/autopilot/configuration", body)
}
