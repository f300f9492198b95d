package vault

import (
	"context"
	"errors"
)

// SealStatus is the answer of sys/seal-status, which a node gives in every state and without a token.
type SealStatus struct {
	Type             string // shamir, or the automatic seal's: awskms, transit, …
	Initialised      bool
	Sealed           bool
	Threshold        int // of the unseal shares; of the recovery shares where RecoverySeal
	Shares           int
	Progress         int
	Nonce            string
	Version          string
	Migration        bool // a seal migration is under way
	ClusterName      string
	ClusterID        string
	RecoverySeal     bool // an automatic seal: the shares are recovery shares and do not unseal
	RecoverySealType string
	StorageType      string
	Removed          bool
	FromVault        bool // a field that only Vault sends was there
	FromOpenBao      bool // likewise
}

type wireSealStatus struct {
	Type         string  `json:"type"`
	Initialised  *bool   `json:"initialized"`
	Sealed       *bool   `json:"sealed"`
	T            int     `json:"t"`
	N            int     `json:"n"`
	Progress     int     `json:"progress"`
	Nonce        string  `json:"nonce"`
	Version      string  `json:"version"`
	Migration    bool    `json:"migration"`
	ClusterName  string  `json:"cluster_name"`
	ClusterID    string  `json:"cluster_id"`
	Recovery     bool    `json:"recovery_seal"`
	RecoveryType string  `json:"recovery_seal_type"`
	Storage      string  `json:"storage_type"`
	Removed      *bool   `json:"removed_from_cluster"`
	CommitDate   *string `json:"commit_date"`
}

// SealStatus asks GET sys/seal-status. It needs no token.
func (c *Client) SealStatus(ctx context.Context) (SealStatus, error) {
	return ask(ctx, c, call{path: "sys/seal-status"}, decodeSealStatus)
}

func decodeSealStatus(body []byte) (SealStatus, error) {
	var w wireSealStatus
	if err := decode(body, &w); err != nil {
		return SealStatus{}, err
	}
	return w.status()
}

func (w wireSealStatus) status() (SealStatus, error) {
	if w.Initialised == nil || w.Sealed == nil {
		return SealStatus{}, errors.New("initialized or sealed is missing")
	}
	return SealStatus{
		Type: clean(w.Type), Initialised: *w.Initialised, Sealed: *w.Sealed,
		Threshold: w.T, Shares: w.N, Progress: w.Progress, Nonce: clean(w.Nonce),
		Version: clean(w.Version), Migration: w.Migration,
		ClusterName: clean(w.ClusterName), ClusterID: clean(w.ClusterID),
		RecoverySeal: w.Recovery, RecoverySealType: clean(w.RecoveryType), StorageType: clean(w.Storage),
		Removed: w.Removed != nil && *w.Removed, FromVault: w.Removed != nil, FromOpenBao: w.CommitDate != nil,
	}, nil
}

// InitStatus asks GET sys/init: whether the cluster is initialised. It needs no token.
func (c *Client) InitStatus(ctx context.Context) (bool, error) {
	return ask(ctx, c, call{path: "sys/init"}, decodeInitStatus)
}

func decodeInitStatus(body []byte) (bool, error) {
	var w struct {
		Initialised *bool `json:"initialized"`
	}
	if err := decode(body, &w); err != nil {
		return false, err
	}
	if w.Initialised == nil {
		return false, errors.New("initialized is missing")
	}
	return *w.Initialised, nil
}

// ask gets an answer of status 200 and decodes it; an answer it cannot decode is Malformed.
func ask[T any](ctx context.Context, c *Client, k call, decode func([]byte) (T, error)) (T, error) {
	var zero T
	r, err := c.get(ctx, k)
	if err != nil {
		return zero, err
	}
	v, err := decode(r.body)
	if err != nil {
		return zero, &Error{Op: k.path, Address: c.address, Kind: Malformed, Status: r.status, Cause: err}
	}
	return v, nil
}
