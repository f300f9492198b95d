package cli

import (
	"runtime/debug"
	"time"

	"warder/vault"
)

// closing is time enough for the goroutines of closed connections to end, which hold their buffers until then.
const closing = 100 * time.Millisecond

// release lowers the copies of shares that net/http and crypto/tls leave in buffers out of reach: connections are closed, and
// the collector gives the pages back to the system, which zeroes them.
func release(clients *vault.Clients) {
	clients.ClosePinned()
	time.Sleep(closing)
	debug.FreeOSMemory()
}
