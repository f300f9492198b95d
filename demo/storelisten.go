package demo

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// shelf is a store's http.Handler.
type shelf struct {
	c *Cluster
	s *store
}

// ServeHTTP takes the mutex, brings the clock to the present, and asks the store.
func (f shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.c.mu.Lock()
	f.c.advance(f.c.now())
	a := f.s.answer(r, f.c.at)
	f.c.mu.Unlock()
	write(w, r, a)
}

// openStores serves each store at what listen gives it: over TLS where the cluster is, under the same CA.
func (c *Cluster) openStores(listen func(*store) (net.Listener, error)) error {
	for _, s := range c.stores {
		l, err := listen(s)
		if err != nil {
			return err
		}
		s.address = c.scheme() + s.host
		if c.authority.shelf != nil {
			l = tls.NewListener(l, c.authority.shelf)
		}
		s.server = &http.Server{
			Handler: shelf{c, s}, ReadHeaderTimeout: 30 * time.Second, ErrorLog: log.New(io.Discard, "", 0),
		}
		go s.server.Serve(l)
	}
	return nil
}

// onLoopback lets a store listen on any free port of the host on which the nodes do.
func onLoopback(host string) func(*store) (net.Listener, error) {
	return func(s *store) (net.Listener, error) {
		l, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
		if err == nil {
			s.host = l.Addr().String()
		}
		return l, err
	}
}

// inMemory lets a store listen on a pipe.
func inMemory(s *store) (net.Listener, error) {
	s.pipe = newPipeListener(s.host)
	return s.pipe, nil
}

func (c *Cluster) closeStores() {
	for _, s := range c.stores {
		if s.server != nil {
			s.server.Close()
		}
	}
}
