package vault

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"
)

// The limits of one node's connections. Dialling goes on after its request was given up, so that it needs its own end.
const (
	dialTimeout    = 5 * time.Second
	idleTimeout    = 90 * time.Second
	pingAfter      = 15 * time.Second
	pingTimeout    = 5 * time.Second
	maxConns       = 6
	maxHeaderBytes = 64 << 10
	// Requests and nearly all answers are small, and a thousand nodes have thousands of connections.
	readBuffer, writeBuffer = 2 << 10, 1 << 10
	keepAlivePeriod         = 15 * time.Second
	// connectionLife is how long connections are kept. A server that reloads its certificate shows the new one on new connections
	// only, and one that is kept for ever would show the old one until it expires.
	connectionLife = 10 * time.Minute
)

// refresh lets idle connections go that are old. Only the vital lane calls it, which never overlaps with itself.
func (c *Client) refresh(now time.Time) {
	if c.renewed.IsZero() {
		c.renewed = now
	}
	if now.Sub(c.renewed) >= connectionLife {
		c.renewed = now
		c.transport.CloseIdleConnections()
	}
}

// transport makes the connections to one address. It sends nothing twice but what the node said it has not looked at.
func (s Settings) transport(address string) *http.Transport {
	t := &http.Transport{
		Proxy:                  s.Proxy,
		DialContext:            s.Dial,
		TLSClientConfig:        s.TLS.Clone(),
		TLSHandshakeTimeout:    dialTimeout,
		MaxConnsPerHost:        maxConns,
		MaxIdleConnsPerHost:    maxConns,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		ReadBufferSize:         readBuffer,
		WriteBufferSize:        writeBuffer,
		ForceAttemptHTTP2:      true,
		// Without pings a connection that leads nowhere any more would be asked again and again.
		HTTP2: &http.HTTP2Config{SendPingTimeout: pingAfter, PingTimeout: pingTimeout},
		// A compressed answer could be a thousand times its size.
		DisableCompression: true,
	}
	if t.DialContext == nil {
		dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: keepAlivePeriod}
		t.DialContext = dialer.DialContext
	}
	if path, ok := strings.CutPrefix(address, unixScheme); ok {
		t.Proxy = nil
		dial := t.DialContext
		t.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx, "unix", path) }
	}
	return t
}
