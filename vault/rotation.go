package vault

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// RotateConfig says when the servers replace the barrier's key by themselves.
type RotateConfig struct {
	Enabled       bool
	Interval      time.Duration // 0: age alone is no reason
	MaxOperations uint64        // so many encryptions are one; 0 where the server does not say
}

type wireRotateConfig struct {
	Enabled  *bool           `json:"enabled"`
	Interval json.RawMessage `json:"interval"` // a text, or the number 0 where there is none
	Maximum  uint64          `json:"max_operations"`
}

// RotateConfig asks GET sys/rotate/config. It needs a token.
func (c *Client) RotateConfig(ctx context.Context) (RotateConfig, error) {
	return ask(ctx, c, call{path: "sys/rotate/config", token: true}, decodeRotateConfig)
}

func decodeRotateConfig(body []byte) (RotateConfig, error) {
	w, err := decodeData[wireRotateConfig](body)
	if err != nil {
		return RotateConfig{}, err
	}
	if w.Enabled == nil {
		return RotateConfig{}, errors.New("enabled is missing")
	}
	text := strings.Trim(string(w.Interval), `"`)
	if text == "null" {
		text = ""
	}
	every, err := parseSpan(text)
	if err != nil {
		return RotateConfig{}, err
	}
	return RotateConfig{Enabled: *w.Enabled, Interval: every, MaxOperations: w.Maximum}, nil
}
