package ceremony

import (
	"fmt"
	"slices"
	"time"

	"warder/keys"
	"warder/vault"
)

// How often, and how far apart, a node is asked whether it has keys, when the answer that should have held them was lost: a
// slow one may still be making them.
const (
	settleReads = 10
	settlePause = time.Second
)

// lookAgain asks the node right before the keys are made whether it still has none.
func (i *Initialise) lookAgain() []Effect {
	i.stage = initLooking
	return i.do(callSeal, ReadSeal{Node: i.seat.node})
}

// send makes the keys, once.
func (i *Initialise) send() []Effect {
	switch {
	case len(i.field().keyed) > 0:
		i.bar()
		return nil
	case i.unexcused():
		i.excuse(initReady)
		return nil
	}
	i.stage, i.refusal, i.reads = initSending, nil, settleReads
	return i.do(callInit, MakeKeys{Node: i.seat.node, Config: i.config()})
}

// keysMade takes the one answer that holds the keys.
func (i *Initialise) keysMade(e KeysMade) []Effect {
	i.safe.keep(secretsOf(e)...)
	if i.awaits != callInit {
		discard(e)
		return nil
	}
	i.awaits = callNone
	switch {
	case unsent(e.Err):
		discard(e)
		i.unmade(fmt.Sprintf("Nothing was sent: %s.", vault.Reason(e.Err)))
		return nil
	case e.Err != nil:
		discard(e)
		i.stage, i.refusal = initSettling, e.Err
		return i.settle()
	}
	i.status.Initialised, i.status.Sealed = true, true
	i.status.Shares, i.status.Threshold = i.plan.shares, i.plan.threshold
	return i.received(e.Result)
}

// received looks at what came before anybody else does.
func (i *Initialise) received(made vault.InitResult) []Effect {
	shares := slices.DeleteFunc(slices.Concat(made.Shares, made.RecoveryShares), keys.Secret.Empty)
	if short := len(shares); short < i.plan.shares {
		text := fmt.Sprintf("The answer holds %d of the %d shares that were asked for. It says them once.", short, i.plan.shares)
		i.notices.alarm("%s", text)
		if short < i.plan.threshold {
			discard(KeysMade{Result: made})
			i.lost([]string{text})
			return nil
		}
	}
	to := i.plan.owners
	if len(to.keys) > 0 && slices.ContainsFunc(shares, bareShare) {
		i.notices.alarm("The server gave shares that are not encrypted, although PGP keys were sent. They are handed out at this screen, and written to no file.")
		to = owners{}
	}
	if i.token = made.RootToken; i.plan.root.Fingerprint != "" {
		i.encoded, i.token = made.RootToken, keys.Secret{}
	}
	if made.RootToken.Empty() {
		i.notices.alarm("The answer holds no root token: as many custodians as the threshold make one (generate root).")
	}
	if len(shares) == 0 {
		i.toToken()
		return nil
	}
	i.stage = initHanding
	return i.hand.begins(&i.desk, shares, to)
}

// bareShare says that it is as long as a share, which no OpenPGP message is.
func bareShare(s keys.Secret) bool { return s.Len() <= 33 }

// settle reads whether there are keys.
func (i *Initialise) settle() []Effect {
	i.stage = initSettling
	return i.do(callSeal, ReadSeal{Node: i.seat.node, After: settlePause})
}

// settled says what the node's own word tells of an attempt whose answer does not.
func (i *Initialise) settled(e Unsealed) []Effect {
	asked := size{i.plan.threshold, i.plan.shares}
	switch now := (size{e.Status.Threshold, e.Status.Shares}); {
	case e.Err != nil:
		if i.reads--; i.reads > 0 {
			return i.settle()
		}
		return nil
	case !e.Status.Initialised && lost(i.refusal) && i.reads > 1:
		i.reads--
		return i.settle()
	case !e.Status.Initialised:
		i.unmade(fmt.Sprintf("It was not initialised: %s. %s says that it has no keys.", reasonOr(i.refusal, "nothing was sent"), i.seat.node.Name))
	case now != (size{}) && now != asked:
		i.lost([]string{fmt.Sprintf("%s says that it is initialised with %v, where %v were asked for: somebody else initialised it at the same moment, and has the shares. Find out who.", i.seat.node.Name, now, asked)})
	case i.refusal == nil:
		i.lost([]string{i.seat.node.Name + " is initialised by now, and nothing was sent from here: somebody else has the shares. Find out who."})
	case !lost(i.refusal):
		i.lost([]string{
			fmt.Sprintf("%s refused (%s), and is initialised now, which it was not right before.", i.seat.node.Name, vault.Reason(i.refusal)),
			"If somebody else initialised it at that moment, they have the shares: ask. If nobody did, it made keys that nobody has.", i.wipeIt(),
		})
	default:
		i.lost([]string{
			fmt.Sprintf("%s is initialised, which it was not right before, with the sizes that were asked for (%v): this attempt did it, and its answer was lost (%s).", i.seat.node.Name, asked, vault.Reason(i.refusal)),
			"The shares and the root token were in that answer only. Nobody has them, and nothing opens this cluster any more.", i.wipeIt(),
		})
	}
	return nil
}

func (i Initialise) wipeIt() string {
	return "Initialised, shares lost: stop " + i.seat.node.Name + ", wipe its storage, start it, and initialise it anew. There is no data in it yet."
}

func (i *Initialise) unmade(why string) {
	i.stage, i.fate = initUnmade, []string{why}
}

func (i *Initialise) lost(why []string) {
	i.stage, i.fate = initLost, why
	i.notices.alarm("%s", why[0])
}
