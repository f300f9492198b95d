package demo

import (
	"context"
	"net"
	"sync"
)

// pipeListener is a listener in memory: both ends of a connection are net.Pipe's.
type pipeListener struct {
	name     string
	incoming chan net.Conn
	once     sync.Once
	closed   chan struct{}

	mu   sync.Mutex
	ends map[net.Conn]bool // the server's, that are open
}

func newPipeListener(name string) *pipeListener {
	return &pipeListener{name: name, incoming: make(chan net.Conn), closed: make(chan struct{}), ends: map[net.Conn]bool{}}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.incoming:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return pipeAddr(l.name) }

func (l *pipeListener) dial(ctx context.Context) (net.Conn, error) {
	select { // a server that stops may wait for connections a moment longer
	case <-l.closed:
		return nil, refusedDial()
	default:
	}
	near, far := net.Pipe()
	l.note(far, true)
	select {
	case l.incoming <- pipeEnd{far, l}:
		return near, nil
	case <-l.closed:
		l.note(far, false)
		return nil, refusedDial()
	case <-ctx.Done():
		l.note(far, false)
		return nil, ctx.Err()
	}
}

// pipeEnd is the server's end of a connection.
type pipeEnd struct {
	net.Conn
	listener *pipeListener
}

func (e pipeEnd) Close() error {
	e.listener.note(e.Conn, false)
	return e.Conn.Close()
}

func (l *pipeListener) note(end net.Conn, open bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if delete(l.ends, end); open {
		l.ends[end] = true
	}
}

// breakOff breaks all connections without a word. Under TLS both ends of a pipe would else say goodbye and wait for each other to read,
// with a mutex of the server's held meanwhile: where time is false it would stand still for good.
func (l *pipeListener) breakOff() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for end := range l.ends {
		end.Close()
	}
	clear(l.ends)
}

type pipeAddr string

func (pipeAddr) Network() string  { return "pipe" }
func (a pipeAddr) String() string { return string(a) }

// ListenPipe serves the same over connections in memory, for tests that turn the clock: nothing of it waits for the
// operating system. The addresses are names such as http://vault-1.demo:8200, to be reached by Dial.
func (c *Cluster) ListenPipe() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance(c.now())
	for _, n := range c.nodes {
		n.api = c.scheme() + n.host()
	}
	// A listener in memory cannot fail to open.
	_ = c.openAll(func(n *node) (net.Listener, error) {
		n.pipe = newPipeListener(n.host())
		return c.secured(n, n.pipe), nil
	}, nil)
	_ = c.openStores(inMemory)
}
