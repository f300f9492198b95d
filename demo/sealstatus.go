package demo

import "time"

// vaultSealStatus is Vault's sys/seal-status.
type vaultSealStatus struct {
	Type         string `json:"type"`
	Initialized  bool   `json:"initialized"`
	Sealed       bool   `json:"sealed"`
	T            int    `json:"t"`
	N            int    `json:"n"`
	Progress     int    `json:"progress"`
	Nonce        string `json:"nonce"`
	Version      string `json:"version"`
	BuildDate    string `json:"build_date"`
	Migration    bool   `json:"migration"`
	ClusterName  string `json:"cluster_name,omitempty"`
	ClusterID    string `json:"cluster_id,omitempty"`
	RecoverySeal bool   `json:"recovery_seal"`
	StorageType  string `json:"storage_type"`
	RecoveryType string `json:"recovery_seal_type,omitempty"`
	Removed      bool   `json:"removed_from_cluster"`
}

// baoSealStatus is OpenBao's.
type baoSealStatus struct {
	Type         string `json:"type"`
	Initialized  bool   `json:"initialized"`
	Sealed       bool   `json:"sealed"`
	T            int    `json:"t"`
	N            int    `json:"n"`
	Progress     int    `json:"progress"`
	Nonce        string `json:"nonce"`
	RecoverySeal bool   `json:"recovery_seal"`
	RecoveryType string `json:"recovery_seal_type,omitempty"`
	Version      string `json:"version"`
	CommitDate   string `json:"commit_date"`
	Migration    bool   `json:"migration"`
	ClusterName  string `json:"cluster_name,omitempty"`
	ClusterID    string `json:"cluster_id,omitempty"`
	StorageType  string `json:"storage_type"`
}

const builtOn = "2026-03-04T16:20:00Z"

func getSealStatus(q *request) answer {
	if no := q.c.betweenSeals(q.asked); no != nil {
		return *no
	}
	return reply(q.c.sealStatus(q.asked))
}

func (c *Cluster) sealStatus(n *node) any {
	s := vaultSealStatus{
		Type: c.kindOf(n), Initialized: n.joined, Sealed: n.sealed, Version: n.version, BuildDate: builtOn,
		RecoverySeal: c.automatic(n), StorageType: "raft", Removed: n.removed,
		Progress: len(n.unseal.shares), Nonce: n.unseal.nonce, Migration: c.migrates(n),
	}
	if n.joined {
		s.T, s.N = n.shown.threshold, n.shown.shares
	}
	if c.automatic(n) && (n.joined || c.product.bao()) {
		s.RecoveryType = "shamir"
	}
	if !n.sealed {
		s.ClusterName, s.ClusterID = c.name(), c.id
	}
	if !c.product.bao() {
		return s
	}
	return baoSealStatus{
		Type: s.Type, Initialized: s.Initialized, Sealed: s.Sealed, T: s.T, N: s.N, Progress: s.Progress,
		Nonce: s.Nonce, RecoverySeal: s.RecoverySeal, RecoveryType: s.RecoveryType, Version: s.Version,
		CommitDate: builtOn, Migration: s.Migration, ClusterName: s.ClusterName, ClusterID: s.ClusterID,
		StorageType: s.StorageType,
	}
}

type sealBackends struct {
	Healthy  bool          `json:"healthy"`
	Since    string        `json:"unhealthy_since,omitempty"`
	Backends []sealBackend `json:"backends"`
	Wrapped  bool          `json:"fully_wrapped"`
}

type sealBackend struct {
	Name    string `json:"name"`
	Healthy bool   `json:"healthy"`
	Since   string `json:"unhealthy_since,omitempty"`
}

// getSealBackends answers for the asked node alone, as it saw its backends when it last tested or used them.
//
// After the documentation: a recording shows one healthy backend only.
func getSealBackends(q *request) answer {
	out := sealBackends{Healthy: true, Backends: []sealBackend{}, Wrapped: q.c.seal.wrapped}
	var first time.Time
	for i, view := range q.asked.backends {
		b := sealBackend{Name: q.c.backendName(q.asked, i), Healthy: view.healthy}
		if !view.healthy {
			out.Healthy = false
			b.Since = unhealthySince(view.since)
			if first.IsZero() || view.since.Before(first) {
				first = view.since
			}
		}
		out.Backends = append(out.Backends, b)
	}
	if !out.Healthy {
		out.Since = unhealthySince(first)
	}
	return reply(out)
}

// unhealthySince is a time as the server prints this one, which is not as its documentation says.
func unhealthySince(at time.Time) string { return at.UTC().Round(0).String() }
