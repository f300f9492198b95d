package ceremony

// rekeyStage is where a rekey is. Those up to rekeyReady come before it runs on the server.
type rekeyStage int

const (
	rekeyTold        rekeyStage = iota // what will happen
	rekeyKind                          // which key, where the seal is automatic
	rekeyApproach                      // how far it is, is asked
	rekeyJoining                       // somebody began one: join or end it
	rekeyEnding                        // the end of one of others is to be confirmed
	rekeySizing                        // how many shares
	rekeySized                         // what that means
	rekeyHiding                        // in the open or with PGP keys
	rekeyKeying                        // the PGP keys, one after the other
	rekeyKeysShown                     // are it those
	rekeyComparing                     // what changed since last time
	rekeyChallenging                   // the custodians prove that they can decrypt
	rekeyBacking                       // does the server keep a backup
	rekeyVerifying                     // with verification or without
	rekeyFiling                        // where the ciphertexts go
	rekeyReady                         // all is chosen
	rekeyForeign                       // the new shares would be encrypted to keys that nobody here gave
	rekeyCollecting                    // old shares are given
	rekeyStoring                       // the ciphertexts need a file
	rekeyUnstored                      // they could not be written: which way out
	rekeyUnsaved                       // that they are shown without a file is to be confirmed
	rekeyNaming                        // who is the next custodian
	rekeyRevealing                     // one new share is shown
	rekeyTypingBack                    // some of its characters are typed back
	rekeyHandedOut                     // all are handed out, which is to be acknowledged
	rekeyOrphaned                      // the new shares are not here
	rekeyProvingSome                   // new shares are given back to the server
	rekeyProvingRest                   // those left over are held against their fingerprints
	rekeyConcluding                    // what is in force is asked of the active node
	rekeyForgetting                    // that it is ended where it is remembered is to be confirmed
	rekeyDone
)

// rekeyVerdict is which shares are in force, as far as that is known.
type rekeyVerdict int

const (
	oldInForce rekeyVerdict = iota
	newInForce
	notKnown
	otherInForce // replaced once more, since
)
