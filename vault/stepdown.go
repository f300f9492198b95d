package vault

import (
	"context"
	"net/http"
)

// StepDown sends PUT sys/step-down, once: the active node gives its place to another. It needs a token with update and sudo on
// the path. A node that is not active says that it did it, too, and does nothing.
func (c *Client) StepDown(ctx context.Context) error {
	return c.write(ctx, http.MethodPut, "sys/step-down", nil)
}
