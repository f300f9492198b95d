package vault

import (
	"context"
	"time"
)

// KeyStatus describes the encryption key of the barrier.
type KeyStatus struct {
	Term        uint64
	Installed   time.Time
	Encryptions uint64 // as the asked node counts them
}

type wireKeyStatus struct {
	Term        uint64 `json:"term"`
	Installed   string `json:"install_time"`
	Encryptions uint64 `json:"encryptions"`
}

// KeyStatus asks GET sys/key-status. It needs a token.
func (c *Client) KeyStatus(ctx context.Context) (KeyStatus, error) {
	return ask(ctx, c, call{path: "sys/key-status", token: true}, decodeKeyStatus)
}

func decodeKeyStatus(body []byte) (KeyStatus, error) {
	w, err := decodeData[wireKeyStatus](body)
	if err != nil {
		return KeyStatus{}, err
	}
	at, err := parseTime(w.Installed)
	if err != nil {
		return KeyStatus{}, err
	}
	return KeyStatus{Term: w.Term, Installed: at, Encryptions: w.Encryptions}, nil
}
