package sys

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"warder/vault"
)

// Mount is a secrets engine or an auth method.
type Mount struct {
	Path           string // with its slash at the end
	Type           string
	Description    string
	Accessor       string
	Local          bool // not replicated
	SealWrap       bool
	DefaultTTL     time.Duration // 0: the server's own
	MaxTTL         time.Duration // 0: the server's own
	Options        map[string]string
	RunningVersion string // of the plugin, where the server tells it
}

// MountConfig is what a mount is made of or tuned to. What is zero is not sent.
type MountConfig struct {
	Type        string            `json:"type,omitempty"` // needed to enable, not to tune
	Description string            `json:"description,omitempty"`
	Config      map[string]string `json:"config,omitempty"` // times to live with their unit, such as "768h"
	Options     map[string]string `json:"options,omitempty"`
	Local       bool              `json:"local,omitempty"`
	SealWrap    bool              `json:"seal_wrap,omitempty"`
}

// Tuning is how a mount is tuned.
type Tuning struct {
	DefaultTTL, MaxTTL time.Duration
	Description        string
	ForceNoCache       bool
}

type wireMount struct {
	Type        string `json:"type"`
	Description string `json:"description"`
	Accessor    string `json:"accessor"`
	Local       bool   `json:"local"`
	SealWrap    bool   `json:"seal_wrap"`
	Config      struct {
		Default int64 `json:"default_lease_ttl"`
		Max     int64 `json:"max_lease_ttl"`
	} `json:"config"`
	Options        map[string]string `json:"options"`
	RunningVersion string            `json:"running_plugin_version"`
}

type wireTuning struct {
	Default      int64  `json:"default_lease_ttl"`
	Max          int64  `json:"max_lease_ttl"`
	Description  string `json:"description"`
	ForceNoCache bool   `json:"force_no_cache"`
}

func mounts(wire map[string]wireMount) []Mount {
	out := make([]Mount, 0, len(wire))
	for path, w := range wire {
		out = append(out, Mount{
			Path: vault.Clean(path), Type: vault.Clean(w.Type), Description: vault.Clean(w.Description), Accessor: vault.Clean(w.Accessor),
			Local: w.Local, SealWrap: w.SealWrap, DefaultTTL: seconds(w.Config.Default), MaxTTL: seconds(w.Config.Max),
			RunningVersion: vault.Clean(w.RunningVersion), Options: cleaned(w.Options),
		})
	}
	slices.SortFunc(out, func(a, b Mount) int { return strings.Compare(a.Path, b.Path) })
	return out
}

func (w wireTuning) tuning() Tuning {
	return Tuning{seconds(w.Default), seconds(w.Max), vault.Clean(w.Description), w.ForceNoCache}
}

// Mounts asks GET sys/mounts, by path. It needs read. (hvac's documentation gives POST; the servers answer GET.)
func (c Client) Mounts(ctx context.Context) ([]Mount, error) {
	var w map[string]wireMount
	err := c.get(ctx, "sys/mounts", &w)
	return mounts(w), err
}

// EnableMount sends POST sys/mounts/{path}, once. It needs create or update. A path in use is 400.
func (c Client) EnableMount(ctx context.Context, path string, m MountConfig) error {
	return c.send(ctx, http.MethodPost, "sys/mounts", path, m)
}

// DisableMount sends DELETE sys/mounts/{path}, once: everything stored below is gone. It needs delete.
func (c Client) DisableMount(ctx context.Context, path string) error {
	return c.delete(ctx, "sys/mounts", path)
}

// MountTuning asks GET sys/mounts/{path}/tune. It needs read. Times to live are in seconds on the line.
func (c Client) MountTuning(ctx context.Context, path string) (Tuning, error) {
	var w wireTuning
	err := c.read(ctx, "sys/mounts", path, "/tune", &w)
	return w.tuning(), err
}

// TuneMount sends POST sys/mounts/{path}/tune, once. It needs update. What the map does not name stays as it is.
func (c Client) TuneMount(ctx context.Context, path string, settings map[string]any) error {
	return c.tune(ctx, "sys/mounts", path, settings)
}

func (c Client) tune(ctx context.Context, endpoint, name string, settings map[string]any) error {
	path, err := vault.Path(endpoint, name)
	if err != nil {
		return err
	}
	return c.Do(ctx, vault.Request{Method: http.MethodPost, Path: path + "/tune", Body: settings, Namespaced: true}, nil)
}

// MoveMount sends POST sys/remount, once, and gives the id of the migration, which goes on behind it. It needs update and sudo.
func (c Client) MoveMount(ctx context.Context, from, to string) (migration string, err error) {
	var w struct {
		ID string `json:"migration_id"`
	}
	err = c.Do(ctx, vault.Request{
		Method: http.MethodPost, Path: "sys/remount", Namespaced: true, Body: map[string]string{"from": from, "to": to},
	}, &w)
	return vault.Clean(w.ID), err
}
