package ceremony

import (
	"context"

	"warder/vault"
)

// StepDown has the active node give its place to another.
type StepDown struct{ Node }

// SteppedDown answers StepDown.
type SteppedDown struct{ Err error }

func (SteppedDown) event() {}

// doStepDown does it at a node that is active, and is nil for all else.
func doStepDown(ctx context.Context, c *vault.Client, e Effect) Event {
	if _, ok := e.(StepDown); ok {
		return SteppedDown{Err: c.StepDown(ctx)}
	}
	return nil
}
