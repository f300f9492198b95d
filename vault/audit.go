package vault

import (
	"context"
	"slices"
	"strings"
)

// AuditDevice is one place to which requests and answers are written.
type AuditDevice struct {
	Path        string // with its slash at the end
	Type        string // file, syslog or socket
	Description string
	Local       bool
	Options     map[string]string
}

type wireAuditDevice struct {
	Type        string            `json:"type"`
	Description string            `json:"description"`
	Local       bool              `json:"local"`
	Options     map[string]string `json:"options"`
}

// AuditDevices asks GET sys/audit, by path. It needs a token with read and sudo, in the root namespace: the devices are the cluster's.
func (c *Client) AuditDevices(ctx context.Context) ([]AuditDevice, error) {
	return ask(ctx, c, call{path: "sys/audit", token: true}, decodeAudit)
}

func decodeAudit(body []byte) ([]AuditDevice, error) {
	w, err := decodeData[map[string]wireAuditDevice](body)
	if err != nil {
		return nil, err
	}
	out := make([]AuditDevice, 0, len(w))
	for path, a := range w {
		d := AuditDevice{Path: clean(path), Type: clean(a.Type), Description: clean(a.Description), Local: a.Local}
		for name, value := range a.Options {
			if d.Options == nil {
				d.Options = map[string]string{}
			}
			d.Options[clean(name)] = clean(value)
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b AuditDevice) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}
