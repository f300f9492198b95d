package ceremony_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"warder/demo"
	"warder/vault"
	"warder/vault/ceremony"
)

// leavesBehind is a console that handed new shares out of the same sizes when the leader, bao-2, stepped down.
func leavesBehind(r *rig) (*console, paper) {
	c := r.replacing(5, 3)
	for i := range 3 {
		c.give(r.share(i))
	}
	p := c.handOut()
	c.do(ceremony.Confirmed{})
	c.give(p.share(r.t, 0))
	r.happens(demo.StepDown{})
	c.give(p.share(r.t, 1))
	c.through()
	c.wantAlarm("it stayed behind in the memory of bao-2")
	return c, p
}

// leadsAgain has bao-2 elected.
func (r *rig) leadsAgain() {
	r.t.Helper()
	r.happens(demo.Stop{Node: "bao-1"})
	time.Sleep(20 * time.Second)
	if r.look().Active()[0].Address != r.cluster.Addresses()[1] {
		r.happens(demo.StepDown{})
		time.Sleep(20 * time.Second)
	}
	if r.look().Active()[0].Address != r.cluster.Addresses()[1] {
		r.t.Fatal("bao-2 does not lead")
	}
}

// TestNewSharesAtAFormerLeaderWereCalledVoid: OpenBao's node goes on with them when it leads again. Cancelled there they are void.
func TestNewSharesAtAFormerLeaderWereCalledVoid(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao}, func(r *rig) {
		c, _ := leavesBehind(r)
		c.wantAccount("In force are the old shares (any 3 of 5)", "it was not completed", "open nothing now, and are not void")
		c.pick("forget")
		c.do(ceremony.Back{})
		c.pick("forget")
		if p := prompt[ceremony.TypeOut](c); p.Want != "cancel" || !strings.Contains(p.Title, "bao-2") {
			t.Errorf("asked %+v", p)
		}
		c.do(ceremony.Confirmed{})
		c.wantAccount("It is cancelled at bao-2, which was asked afterwards", "are void: collect and destroy them")
		if e := prompt[ceremony.End](c); len(e.Options) != 0 {
			t.Errorf("offered %+v", e.Options)
		}
		k, err := r.clients.Client(r.cluster.Addresses()[1], false).Rekey(r.t.Context(), vault.DoorsClosed, vault.BarrierKey)
		if err != nil || k.Started {
			t.Errorf("bao-2 says %+v, %v", k, err)
		}
		r.leadsAgain()
		c.observe()
		if c.heard("leads again") {
			t.Errorf("said:\n%s", texts(c.said))
		}
		c.wantNoSecret()
	})
}

// TestSharesThatTookForceAfterTheEndWereNotNoticed: the sizes are the same, so that only the former leader tells.
func TestSharesThatTookForceAfterTheEndWereNotNoticed(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao}, func(r *rig) {
		c, p := leavesBehind(r)
		r.leadsAgain()
		c.observe()
		c.wantAlarm("bao-2 leads again and goes on with the rekey")
		c.wantAccount("In force are the old shares (any 3 of 5)")
		other := r.rekeying()
		other.pick("join")
		other.give(p.share(t, 1))
		other.give(p.share(t, 2))
		other.wantAccount("The new shares (any 3 of 5) are in force")
		c.wait(11 * time.Second)
		c.wantAlarm("bao-2 has the rekey no more, and this console did not end it")
		c.wantAccount("is not known")
		c.wantNoSecret()
		other.wantNoSecret()
	})
}

// TestAFormerLeaderThatDoesNotAnswerMayRemember: nothing is called void then.
func TestAFormerLeaderThatDoesNotAnswerMayRemember(t *testing.T) {
	t.Parallel()
	scene(t, demo.Options{Scenario: "healthy", Product: demo.OpenBao}, func(r *rig) {
		c := r.replacing(3, 2)
		for i := range 3 {
			c.give(r.share(i))
		}
		c.handOut()
		c.do(ceremony.Confirmed{})
		r.happens(demo.Stop{Node: "bao-2"})
		c.wait(20 * time.Second)
		c.wait(20 * time.Second)
		c.through()
		c.wantAccount("bao-2 could not be asked", "are not void: once bao-2 leads again")
		c.pick("forget")
		c.do(ceremony.Confirmed{})
		c.wantAlarm("It is not proved that bao-2 has it no more")
		r.happens(demo.Start{Node: "bao-2"})
		r.happens(demo.Unseal{Node: "bao-2"})
		time.Sleep(5 * time.Second)
		c.pick("forget")
		c.do(ceremony.Confirmed{})
		c.wantAlarm("bao-2 has the rekey no more, and this console did not end it")
		c.wantNoSecret()
	})
}

// TestThePreflightTellsHowALeftoverIsFound: each of OpenBao's nodes tells only itself what it remembers.
func TestThePreflightTellsHowALeftoverIsFound(t *testing.T) {
	t.Parallel()
	for _, era := range eras {
		t.Run(era.String(), func(t *testing.T) {
			scene(t, demo.Options{Scenario: "healthy", Product: era}, func(r *rig) {
				c := r.console(ceremony.NewRekey(r.look(), false, &r.prints, rand.NewChaCha8([32]byte{3})))
				told := strings.Join(prompt[ceremony.Tell](c).Text, " ")
				if tells := strings.Contains(told, "bao read sys/rotate/root/init"); tells != (era == demo.OpenBao) {
					t.Errorf("told %q", told)
				}
			})
		})
	}
}
