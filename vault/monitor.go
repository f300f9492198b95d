package vault

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
)

// maxLogLine bounds a line of a log; what is longer is cut there.
const maxLogLine = 16 << 10

// LogLevels are those that sys/monitor knows, from the most to the fewest lines.
var LogLevels = []string{"trace", "debug", "info", "warn", "error"}

// Monitor asks GET sys/monitor and gives each line of the node's log, from now on, of the level and above, until the context
// ends, the server ends it (it does when it is sealed), or each says false; begun is called when the stream is open. It needs a token with read on the path, and tells of
// the node that is asked; a standby of Vault sends the caller to the active one instead, and one of OpenBao's that may not read by itself answers 400. What a server does not send fast enough it drops,
// and says so in a line of its own.
func (c *Client) Monitor(ctx context.Context, level string, begun func(), each func(LogLine) bool) error {
	s, err := c.open(ctx, call{method: http.MethodGet, path: "sys/monitor?log_format=json&log_level=" + url.QueryEscape(level), token: true}, nil, 0, http.StatusOK)
	if err != nil {
		return err
	}
	defer s.close()
	begun()
	r := bufio.NewReaderSize(s.patient(), maxLogLine)
	for cut := false; ; {
		line, err := r.ReadSlice('\n')
		long := errors.Is(err, bufio.ErrBufferFull)
		if len(line) > 0 && !cut && !each(decodeLogLine(line)) {
			return nil
		}
		// The rest of a line that is too long is passed over.
		if cut = long; err == nil || long {
			continue
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	}
}
