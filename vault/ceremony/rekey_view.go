package ceremony

import "fmt"

// Steps implements Machine.
func (r Rekey) Steps() ([]string, int) {
	names := []string{"What happens", "Active node", "Choices", "Old shares", "New shares", "Verification", "Done"}
	switch s := r.stage; {
	case s <= rekeyKind:
		return names, 0
	case s == rekeyApproach || s < rekeyForeign && r.approaching():
		return names, 1
	case s < rekeyForeign:
		return names, 2
	case s <= rekeyCollecting:
		return names, 3
	case s < rekeyOrphaned:
		return names, 4
	case s < rekeyConcluding:
		return names, 5
	}
	return names, 6
}

// Prompt implements Machine.
func (r Rekey) Prompt() Prompt {
	switch {
	case r.safe.shut:
		return End{Title: "Left", Text: r.Account()}
	case r.awaits != callNone && !r.polls() && r.stage != rekeyDone || r.next != nil:
		return r.waiting()
	case r.approaching():
		return r.seat.prompt(r.ways())
	case r.stage < rekeyForeign:
		return r.askPlan()
	}
	return r.ask()
}

// ways are the endpoints of the key that is chosen.
func (r Rekey) ways() endpoints {
	out := rekeyEndpoints
	if r.plan.kind != 0 {
		out.vault, out.bao = "sys/rekey-recovery-key/*", "sys/rotate/recovery/*"
	}
	return out
}

func (r Rekey) waiting() Wait {
	w := r.desk.waiting("rekey", gathered(r.state).completes())
	if r.awaits == callStart && r.keyless() {
		w.Hold = true
		w.Text = []string{"The answer holds the new shares and comes to this console only: do not leave before it is there."}
	}
	if r.awaits == callFormer {
		w.Title, w.Text = "Asking "+r.home.Name, []string{"It is asked whether it still has the rekey that ran there."}
	}
	if r.awaits == callStore && r.stage != rekeyChallenging {
		w.Hold = true
		w.Text = []string{"The encrypted shares are written to " + r.plan.path + "."}
	}
	return w
}

// ask is what is asked once the rekey runs.
func (r Rekey) ask() Prompt {
	switch r.stage {
	case rekeyForeign:
		return foreignKeys("rekey", r.plan.keys, r.state.PGPFingerprints)
	case rekeyCollecting:
		return r.enterOld()
	case rekeyStoring, rekeyUnstored, rekeyUnsaved:
		return r.askStore()
	case rekeyNaming:
		return r.name()
	case rekeyRevealing:
		return r.reveal()
	case rekeyTypingBack:
		return r.typeBack()
	case rekeyHandedOut:
		return r.handedOut()
	case rekeyOrphaned:
		return Pick{Title: "The new shares are not here", Text: append(r.fate[:len(r.fate):len(r.fate)], r.inForce()), Options: []Option{
			{Key: "verify", Label: "Give new shares back here", Hint: "where another console has handed them out"},
			{Key: "end", Label: "End the rekey", Hint: "with its nonce; the old shares hold"},
		}}
	case rekeyProvingSome:
		return r.enterNew()
	case rekeyProvingRest:
		return r.enterRest()
	case rekeyForgetting:
		return r.askForget()
	case rekeyConcluding:
		return Wait{Title: "Which shares are in force", Text: []string{"The active node is asked."}}
	}
	return r.end()
}

func (r Rekey) enterOld() EnterShare {
	s := r.state
	p := EnterShare{Title: "Give an old share", Number: s.Progress + 1, Needed: s.Required, Text: []string{
		fmt.Sprintf("Nonce %s. The server has %d of %d.", s.Nonce, s.Progress, s.Required),
	}}
	if p.Number < p.Needed {
		return p
	}
	p.After = fmt.Sprintf("This share completes the set. The answer holds the %d new shares and comes to this console only, once.", s.Shares)
	if !s.VerificationRequired {
		p.After += " There is no verification: with that answer the old shares are void."
	}
	return p
}

func (r Rekey) enterNew() EnterShare {
	v := r.verify
	p := EnterShare{Title: "Give a new share back", Number: v.Progress + 1, Needed: v.Threshold, Text: []string{
		fmt.Sprintf("Verification nonce %s. The server has %d of %d.", v.Nonce, v.Progress, v.Threshold), r.inForce(),
	}}
	if v.Progress > 0 {
		p.Options = []Option{{Key: "restart", Label: "Begin the verification anew", Hint: "drops the new shares given back so far; they stay good"}}
	}
	if p.Number >= p.Needed {
		p.After = "With this share the new shares are in force, and the old ones open nothing any more."
		if r.keyless() {
			p.After = "With this share the new shares are in force."
		}
	}
	return p
}

func (r Rekey) enterRest() EnterShare {
	missing := r.made.missing()
	n := len(r.made.names)
	return EnterShare{
		Title: "Prove a share that is left over", Number: n - len(missing) + 1, Needed: n,
		Text: []string{
			r.restText(),
			"Not proved yet: " + list(missing) + ".",
		},
		Options: []Option{{Key: "skip", Label: "Leave them unproved", Hint: "the end then says whose shares nobody has proved"}},
	}
}

// restText says why shares are proved though the new ones are in force.
func (r Rekey) restText() string {
	if r.proofs {
		return "The new shares are in force: the verification is complete, and the server does not say with whose shares. Those not proved at this console are held against their fingerprints here and sent nowhere."
	}
	return "The new shares are in force. The server has seen as many as the threshold; the others are held against their fingerprints here and sent nowhere."
}

func (r Rekey) end() End {
	e := End{Title: "The rekey is complete", Text: append(r.fate[:len(r.fate):len(r.fate)], r.inForce()), Good: r.verdict == newInForce, Options: r.endFormer()}
	switch {
	case r.fixed() && r.verdict == newInForce:
	case r.verdict == newInForce && r.keyless():
		e.Text = append(e.Text, r.unproved()...)
		e.Good = !r.made.short && (len(r.made.missing()) == 0 || len(r.made.traces) == 0)
	case r.verdict == newInForce:
		e.Text = append(e.Text, r.unproved()...)
		e.Text = append(e.Text, "Standbys may go on saying the old sizes until they lead or restart: that is no fault. Nodes that are sealed now ask for the new shares once they hear of them.", "Collect the old shares and destroy them.")
		e.Good = !r.made.short && (len(r.made.missing()) == 0 || len(r.made.traces) == 0)
	case r.verdict == oldInForce:
		e.Title = "No shares were replaced"
	case r.verdict == otherInForce:
		e.Title = "The shares were replaced again"
	default:
		e.Title = "It is not known which shares are in force"
	}
	return e
}
