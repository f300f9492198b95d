package demo

import (
	"net"
	"runtime"
	"testing"
)

// TestAStoppedNodeTookOneMoreConnection: its server still waited for one, and what was sent was lost instead of refused.
func TestAStoppedNodeTookOneMoreConnection(t *testing.T) {
	t.Parallel()
	l := newPipeListener("n1")
	taken := make(chan net.Conn)
	go func() {
		for conn := range l.incoming {
			taken <- conn
		}
	}()
	defer close(l.incoming)
	l.Close()
	for range 100 {
		runtime.Gosched() // so that it does wait
		if conn, err := l.dial(t.Context()); err == nil {
			conn.Close()
			<-taken
			t.Fatal("a connection to a stopped node")
		}
	}
}
