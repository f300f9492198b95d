package ceremony

// initStage is where an initialisation is. Those before initSending come before anything is written.
type initStage int

const (
	initTold          initStage = iota // what will happen
	initRefused                        // there are keys already, or nobody to make them at
	initSilent                         // that silent nodes hold no data is to be confirmed
	initChoosing                       // at which node
	initAgreeing                       // is it that one
	initAsking                         // it is asked what seal it has
	initSizing                         // how many shares
	initSized                          // what that means
	initHiding                         // in the open or with PGP keys
	initKeying                         // the PGP keys, one after the other
	initKeysShown                      // are it those
	initChallenging                    // the custodians prove that they can decrypt
	initFiling                         // where the ciphertexts go
	initRooting                        // the root token in the open or with a PGP key
	initRootKeying                     // which
	initRootKeyShown                   // is it that one
	initReady                          // all is chosen
	initRisking                        // that a dropped line loses the keys is to be confirmed
	initLooking                        // the node is asked once more whether it has keys
	initSending                        // the keys are made
	initSettling                       // whether they were made is read, since the answer does not tell
	initUnmade                         // they were not
	initLost                           // they were, and nobody has them
	initHanding                        // the shares are handed out
	initToken                          // what becomes of the root token
	initTokenStoring                   // to which file
	initTokenWrapping                  // for how long
	initTokenShowing                   // it is shown
	initHub                            // the nodes, and what can be done about them
	initUnsealing                      // shares are given to sealed nodes
	initJoining                        // where the others find the cluster
	initJoinAgreeing                   // are it those
	initDone
)

// made says that the keys were made and came here.
func (s initStage) made() bool { return s >= initHanding }
