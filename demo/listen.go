package demo

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"time"
)

// entrance is how callers reach the nodes.
type entrance struct {
	doors  doors
	closed chan struct{}
	authority
	control    *http.Server
	controlURL string
}

// doors has a way in per node. A stopped node's is closed: its listener is gone, so that connections are refused, and
// its open connections are broken.
type doors struct {
	listen  func(n *node) (net.Listener, error) // nil before Listen and ListenPipe
	handler func(n *node) http.Handler
	servers map[*node]door
}

// door is a way in. A server that has not begun to serve yet does not close its listener by itself.
type door struct {
	*http.Server
	listener net.Listener
}

// open lets callers in to a node. An address that meanwhile is taken leaves the node unreachable.
func (d *doors) open(n *node) error {
	if _, open := d.servers[n]; d.listen == nil || open {
		return nil
	}
	l, err := d.listen(n)
	if err != nil {
		return err
	}
	s := &http.Server{
		Handler:           d.handler(n),
		ReadHeaderTimeout: 30 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	d.servers[n] = door{s, l}
	go s.Serve(l)
	return nil
}

func (d *doors) close(n *node) {
	if s, open := d.servers[n]; open {
		if n.pipe != nil {
			n.pipe.breakOff()
		}
		s.Close()
		s.listener.Close()
		delete(d.servers, n)
	}
}

// Listen serves on loopback: node i on port+i, or on any free ports when the port is 0. A stopped node's port refuses
// connections.
func (c *Cluster) Listen(addr string) error {
	held, err := c.bind(addr)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance(c.now())
	for n, l := range held {
		n.address(l.Addr().(*net.TCPAddr), c.scheme())
	}
	err = c.openAll(func(n *node) (net.Listener, error) {
		l := held[n]
		if delete(held, n); l == nil {
			var err error
			if l, err = net.Listen("tcp", n.host()); err != nil {
				return nil, err
			}
		}
		return c.secured(n, l), nil
	}, held)
	if err != nil {
		return err
	}
	host, _, _ := net.SplitHostPort(addr)
	return c.openStores(onLoopback(host))
}

// bind takes every node's port, or none.
func (c *Cluster) bind(addr string) (map[*node]net.Listener, error) {
	host, text, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listen address %q: %w", addr, err)
	}
	port, err := strconv.Atoi(text)
	if err != nil || port < 0 || port > 65535 {
		return nil, fmt.Errorf("listen address %q: the port must be a number up to 65535", addr)
	}
	held := map[*node]net.Listener{}
	for i, n := range c.nodes {
		at := port
		if port != 0 {
			at += i
		}
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(at)))
		if err != nil {
			for _, l := range held {
				l.Close()
			}
			return nil, err
		}
		held[n] = l
	}
	return held, nil
}

// openAll opens the doors of the nodes that run, and lets go of the listeners of those that do not.
func (c *Cluster) openAll(listen func(*node) (net.Listener, error), held map[*node]net.Listener) error {
	c.doors = doors{
		listen:  listen,
		handler: func(n *node) http.Handler { return front{c, n} },
		servers: map[*node]door{},
	}
	for _, n := range c.nodes {
		if n.process == down {
			if l := held[n]; l != nil {
				l.Close()
				delete(held, n)
			}
			continue
		}
		if err := c.doors.open(n); err != nil {
			return err
		}
	}
	return nil
}

func (c *Cluster) scheme() string {
	if c.authority.config == nil {
		return "http://"
	}
	return "https://"
}

func (c *Cluster) secured(n *node, l net.Listener) net.Listener {
	if c.authority.config == nil {
		return l
	}
	return tls.NewListener(l, &tls.Config{GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.authority.config[n], nil
	}})
}

// Dial reaches the nodes behind ListenPipe, by the addresses that Addresses gives. A node that is down refuses, as a
// real one would.
func (c *Cluster) Dial(ctx context.Context, _, addr string) (net.Conn, error) {
	c.mu.Lock()
	c.advance(c.now())
	var l *pipeListener
	for _, n := range c.nodes {
		if n.host() == addr && n.process != down {
			l = n.pipe
		}
	}
	for _, s := range c.stores {
		if s.host == addr {
			l = s.pipe
		}
	}
	c.mu.Unlock()
	if l == nil {
		return nil, refusedDial()
	}
	return l.dial(ctx)
}

// Addresses are the nodes' API addresses, in the order of their names.
func (c *Cluster) Addresses() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []string
	for _, n := range c.nodes {
		out = append(out, n.api)
	}
	return out
}

// Close ends all serving. What is asked of a hanging node ends with it.
func (c *Cluster) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.closed:
		return
	default:
	}
	close(c.closed)
	for _, n := range c.nodes {
		c.doors.close(n)
	}
	c.closeStores()
	if c.control != nil {
		c.control.Close()
	}
	c.doors.listen = nil
}
