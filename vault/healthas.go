package vault

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// HealthCodes are the codes with which sys/health is to answer, state by state; 0 leaves a state its own. A load balancer that
// knows nothing but codes asks so. Standby 200 is what hvac calls standby_ok.
//
// A server passes over a parameter that it does not know: OpenBao those of replication, any the codes of later states.
type HealthCodes struct {
	StandbyOK, PerfStandbyOK                          bool
	Active, Standby, DRSecondary, PerfStandby, CutOff int
	Sealed, Uninit, Removed                           int
}

func (h HealthCodes) query() string {
	q := url.Values{}
	for name, code := range map[string]int{
		"activecode": h.Active, "standbycode": h.Standby, "drsecondarycode": h.DRSecondary, "performancestandbycode": h.PerfStandby,
		"haunhealthycode": h.CutOff, "sealedcode": h.Sealed, "uninitcode": h.Uninit, "removedcode": h.Removed,
	} {
		if code != 0 {
			q.Set(name, strconv.Itoa(code))
		}
	}
	for name, ok := range map[string]bool{"standbyok": h.StandbyOK, "perfstandbyok": h.PerfStandbyOK} {
		if ok {
			q.Set(name, "true")
		}
	}
	if len(q) == 0 {
		return "sys/health"
	}
	return "sys/health?" + q.Encode()
}

// HealthAs asks GET sys/health for an answer with the codes given. It needs no token. What the node is, the body says: the codes
// say only what was asked for.
func (c *Client) HealthAs(ctx context.Context, codes HealthCodes) (Health, error) {
	k := call{method: http.MethodGet, path: codes.query()}
	r, err := c.do(ctx, k)
	if err != nil {
		return Health{}, err
	}
	var w wireHealth
	err = decode(r.body, &w)
	if err == nil {
		var h Health
		if h, err = w.health(r.status); err == nil {
			return h, nil
		}
	}
	if _, spoken := messages(r.body); spoken {
		return Health{}, refusal("sys/health", c.address, r)
	}
	return Health{}, &Error{Op: "sys/health", Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
}

// HealthCode asks HEAD sys/health, whose answer is its code alone. It needs no token.
func (c *Client) HealthCode(ctx context.Context, codes HealthCodes) (int, error) {
	r, err := c.do(ctx, call{method: http.MethodHead, path: codes.query()})
	return r.status, err
}
