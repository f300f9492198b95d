// Package demo is a simulated Vault or OpenBao cluster that speaks the real HTTP API.
package demo
