package ceremony

import (
	"cmp"

	"warder/keys"
)

// act is what each stage takes.
func (i *Initialise) act(e Event) ([]Effect, bool) {
	switch i.stage {
	case initHanding:
		return i.handsOut(e)
	case initUnsealing:
		return i.unseals(e)
	case initChallenging:
		if _, back := e.(Back); !back {
			return i.challenged(e)
		}
	}
	switch e := e.(type) {
	case Continue:
		return i.goOn()
	case Back:
		return nil, i.back()
	case Picked:
		return i.picked(e.Key)
	case Filled:
		return i.filled(e.Values)
	case Confirmed:
		return i.confirmed()
	case Shown:
		if i.stage == initTokenShowing {
			i.tokenShown()
			return nil, true
		}
	}
	return nil, false
}

// goOn goes on from what was told.
func (i *Initialise) goOn() ([]Effect, bool) {
	switch i.stage {
	case initTold:
		if !i.excuse(initChoosing) {
			i.seekNode()
		}
	case initSized:
		i.stage = initHiding
		if i.plan.shares == 0 {
			i.stage = initRooting
		}
	case initKeysShown:
		i.stage, i.problem = initChallenging, ""
		i.check.begins(i.plan.owners, i.hand.random)
	case initRootKeyShown:
		i.stage = initReady
	case initReady:
		switch {
		case i.excuse(initReady):
		case len(i.plan.keys) == 0 && i.plan.shares > 0 || i.plan.root.Fingerprint == "":
			i.stage = initRisking
		default:
			return i.lookAgain(), true
		}
	default:
		return nil, false
	}
	return nil, true
}

// confirmed takes what was typed.
func (i *Initialise) confirmed() ([]Effect, bool) {
	switch i.stage {
	case initSilent:
		i.excused = append(i.excused[:len(i.excused):len(i.excused)], i.field().unheard...)
		if i.stage = i.then; i.then == initChoosing {
			i.seekNode()
		}
	case initAgreeing, initJoinAgreeing:
		return i.agrees(), true
	case initRisking:
		return i.lookAgain(), true
	default:
		return nil, false
	}
	return nil, true
}

// picked takes one of the options of the stage.
func (i *Initialise) picked(key string) ([]Effect, bool) {
	switch i.stage {
	case initChoosing:
		return nil, i.choosesNode(key)
	case initHiding, initRooting:
		return nil, i.hidingPicked(key)
	case initSettling:
		if key == "ask" {
			return i.settle(), true
		}
	case initUnmade:
		if key == "again" {
			i.stage, i.fate = initReady, nil
			return nil, true
		}
	case initToken:
		return i.tokenPicked(key)
	case initHub:
		return i.hubPicked(key)
	}
	return nil, false
}

func (i *Initialise) hidingPicked(key string) bool {
	i.problem = ""
	switch {
	case i.stage == initHiding && key == "open":
		i.plan.owners, i.stage = owners{}, initRooting
	case i.stage == initHiding && key == "pgp":
		i.plan.owners, i.stage = owners{}, initKeying
	case i.stage == initRooting && key == "open":
		i.plan.root, i.stage = keys.PublicKey{}, initReady
	case i.stage == initRooting && key == "pgp":
		i.stage = initRootKeying
	default:
		return false
	}
	return true
}

func (i *Initialise) filled(v map[string]string) ([]Effect, bool) {
	switch i.stage {
	case initSizing:
		i.sized(v["shares"], v["threshold"])
	case initKeying:
		if i.problem = cmp.Or(i.plan.named(v["name"]), i.plan.reached(v["contact"])); i.problem == "" {
			return i.keyNamed(i, v["key"]), true
		}
	case initRootKeying:
		return i.keyNamed(i, v["key"]), true
	case initFiling:
		if path, ok := i.fileNamed(v["path"]); ok {
			i.hand.path, i.stage = path, initRooting
		}
	case initTokenStoring:
		return i.storeToken(v["path"]), true
	case initTokenWrapping:
		return i.lifeGiven(v["life"]), true
	case initJoining:
		return i.leaderNamed(v["leader"], v["ca"]), true
	default:
		return nil, false
	}
	return nil, true
}

// back goes to the stage before, while that undoes nothing.
func (i *Initialise) back() bool {
	switch i.stage {
	case initSilent, initChoosing, initAgreeing:
		i.stage = initTold
		if i.then == initReady && i.status.Type != "" {
			i.stage = initReady
		}
	case initSized, initHiding:
		i.stage = initSizing
	case initChallenging:
		if !i.check.back() {
			i.stage, i.plan.owners = initHiding, owners{}
		}
	case initKeying, initKeysShown, initFiling:
		i.stage, i.plan.owners = initHiding, owners{}
	case initRooting, initReady:
		i.stage = initSizing
	case initRootKeying, initRootKeyShown:
		i.stage = initRooting
	case initRisking:
		i.stage = initReady
	case initTokenStoring, initTokenWrapping:
		i.stage = initToken
	case initJoining, initJoinAgreeing:
		i.stage = initHub
	default:
		return false
	}
	i.problem, i.seat.asks = "", confirmation{}
	return true
}

// Backs implements Backer.
func (i Initialise) Backs() bool {
	switch {
	case i.awaits != callNone || i.stage == initUnsealing:
		return false
	case i.stage == initHanding:
		return i.hand.back(&i.desk)
	}
	return i.back()
}
