package conformance

import (
	"fmt"
	"net"
	"os"
	"sync"
	"testing"
)

// ports are handed out once in a process, and from below those that the system gives to outgoing connections: a node that
// was killed finds its own free when it starts again.
var ports = struct {
	sync.Mutex
	next int
}{next: 20000 + os.Getpid()%1000*10} // not where another process began

const lastPort = 32000

// freePorts finds so many loopback ports in a row that nobody uses now, and gives the first.
func freePorts(t *testing.T, n int) int {
	t.Helper()
	ports.Lock()
	defer ports.Unlock()
	for first := ports.next; first+n <= lastPort; first++ {
		if free(first, n) {
			ports.next = first + n
			return first
		}
	}
	t.Fatalf("no %d free ports in a row up to %d", n, lastPort)
	return 0
}

func free(first, n int) bool {
	for port := first; port < first+n; port++ {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			return false
		}
		_ = l.Close()
	}
	return true
}
