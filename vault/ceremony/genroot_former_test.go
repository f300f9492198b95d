package ceremony_test

import (
	"testing"

	"warder/demo"
	"warder/vault/ceremony"
)

// TestAnAttemptAtAFormerLeaderWasCalledLost: OpenBao's node goes on with it when it leads again.
func TestAnAttemptAtAFormerLeaderWasCalledLost(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao}, func(r *rig) {
		c := r.rooting()
		c.pick("otp")
		c.give(r.share(0))
		r.happens(demo.StepDown{})
		c.give(r.share(1))
		c.through()
		c.wantAlarm("is in the memory of that node still, which goes on with it when it leads again")
		r.leadsAgain()
		again := r.rooting()
		if p := prompt[ceremony.Pick](again); p.Title != "Somebody began an attempt" {
			t.Errorf("asked %+v", p)
		}
		c.wantNoSecret()
	})
}
