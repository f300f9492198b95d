package vault

import (
	"context"
	"errors"
	"net/http"
)

// Rewrap is the state of the seal rewrap. There is no total: a share of the whole cannot be told.
type Rewrap struct {
	Running   bool
	Processed uint64
	Succeeded uint64
	Failed    uint64
}

type wireRewrap struct {
	Entries *struct {
		Failed    uint64 `json:"failed"`
		Processed uint64 `json:"processed"`
		Succeeded uint64 `json:"succeeded"`
	} `json:"entries"`
	Running *bool `json:"is_running"`
}

const pathRewrap = "sys/sealwrap/rewrap"

// Rewrap asks GET sys/sealwrap/rewrap. It needs a token; only Vault Enterprise has it.
func (c *Client) Rewrap(ctx context.Context) (Rewrap, error) {
	return ask(ctx, c, call{path: pathRewrap, token: true}, decodeRewrap)
}

func decodeRewrap(body []byte) (Rewrap, error) {
	w, err := decodeData[wireRewrap](body)
	if err != nil {
		return Rewrap{}, err
	}
	if w.Entries == nil || w.Running == nil {
		return Rewrap{}, errors.New("entries or is_running is missing")
	}
	return Rewrap{
		Running: *w.Running, Processed: w.Entries.Processed, Succeeded: w.Entries.Succeeded, Failed: w.Entries.Failed,
	}, nil
}

// StartRewrap sends POST sys/sealwrap/rewrap, once. It needs a token. started is false when one was running already.
func (c *Client) StartRewrap(ctx context.Context) (started bool, err error) {
	r, err := c.do(ctx, call{method: http.MethodPost, path: pathRewrap, token: true})
	switch {
	case err != nil:
		return false, err
	case r.status == http.StatusNoContent:
		return true, nil
	case r.status == http.StatusOK:
		return false, nil
	}
	return false, refusal(pathRewrap, c.address, r)
}
