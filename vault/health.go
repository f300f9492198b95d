package vault

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Health is the answer of sys/health. Its status code is a fact of its own, since some states are told by the code alone.
type Health struct {
	Code               int
	Initialised        bool
	Sealed             bool
	Standby            bool
	PerformanceStandby bool
	Removed            bool // from the Raft configuration; Vault since 1.19
	ReplicationDR      string
	ReplicationPerf    string
	ServerTime         time.Time // to the second
	Version            string    // may be hidden by the listener's redact_version
	ClusterName        string    // may be hidden by redact_cluster_name
	ClusterID          string
	Enterprise         bool
	FromVault          bool // a field that only Vault sends was there
	// HAConnection says whether a standby reaches the active node; nil where the server does not say.
	HAConnection *bool
	// ClockSkew is the difference to the active node that the standby itself measured; 0 where it does not say.
	ClockSkew time.Duration
}

// The codes of sys/health.
const (
	CodeActive      = 200
	CodeStandby     = 429
	CodeDRSecondary = 472
	CodePerfStandby = 473
	CodeCutOff      = 474 // a standby without a connection to the active node; Vault since 1.19
	CodeUninit      = 501
	CodeSealed      = 503
	CodeRemoved     = 530 // Vault since 1.19
)

type wireHealth struct {
	Initialised *bool  `json:"initialized"`
	Sealed      *bool  `json:"sealed"`
	Standby     *bool  `json:"standby"`
	PerfStandby *bool  `json:"performance_standby"`
	Removed     bool   `json:"removed_from_cluster"`
	DR          string `json:"replication_dr_mode"`
	Perf        string `json:"replication_performance_mode"`
	Time        int64  `json:"server_time_utc"`
	Version     string `json:"version"`
	ClusterName string `json:"cluster_name"`
	ClusterID   string `json:"cluster_id"`
	Enterprise  *bool  `json:"enterprise"`
	HAHealthy   *bool  `json:"ha_connection_healthy"`
	Skew        int64  `json:"clock_skew_ms"`
}

// Health asks GET sys/health. It needs no token; every code of the endpoint is an answer, not an error.
func (c *Client) Health(ctx context.Context) (Health, reply, error) {
	k := call{method: http.MethodGet, path: "sys/health"}
	r, err := c.do(ctx, k)
	if err != nil {
		return Health{}, r, err
	}
	h, err := decodeHealth(r.status, r.body)
	if err != nil {
		if _, spoken := messages(r.body); spoken || r.status/100 == 3 {
			return Health{}, r, refusal(k.path, c.address, r)
		}
		return Health{}, r, &Error{Op: k.path, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
	}
	return h, r, nil
}

func decodeHealth(code int, body []byte) (Health, error) {
	var w wireHealth
	if err := decode(body, &w); err != nil {
		return Health{}, err
	}
	switch code {
	case CodeActive, CodeStandby, CodeDRSecondary, CodePerfStandby, CodeCutOff, CodeUninit, CodeSealed, CodeRemoved:
	default:
		return Health{}, fmt.Errorf("code %d is none of sys/health's", code)
	}
	return w.health(code)
}

func (w wireHealth) health(code int) (Health, error) {
	if w.Initialised == nil || w.Sealed == nil || w.Standby == nil {
		return Health{}, errors.New("initialized, sealed or standby is missing")
	}
	h := Health{
		Code: code, Initialised: *w.Initialised, Sealed: *w.Sealed, Standby: *w.Standby,
		PerformanceStandby: w.PerfStandby != nil && *w.PerfStandby, Removed: w.Removed,
		ReplicationDR: clean(w.DR), ReplicationPerf: clean(w.Perf),
		Version: clean(w.Version), ClusterName: clean(w.ClusterName), ClusterID: clean(w.ClusterID),
		Enterprise: w.Enterprise != nil && *w.Enterprise, FromVault: w.Enterprise != nil || w.PerfStandby != nil,
		HAConnection: w.HAHealthy, ClockSkew: time.Duration(w.Skew) * time.Millisecond,
	}
	if w.Time > 0 {
		h.ServerTime = time.Unix(w.Time, 0).UTC()
	}
	return h, nil
}
