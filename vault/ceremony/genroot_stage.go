package ceremony

// rootStage is where a generate-root is.
type rootStage int

const (
	rootTold       rootStage = iota // what will happen
	rootApproach                    // how far it is, is asked
	rootChoosing                    // OTP or PGP key
	rootKeying                      // which PGP key
	rootKeyShown                    // is it that one
	rootJoining                     // somebody began it: join or end it
	rootEnding                      // the end of an attempt of others is to be confirmed
	rootForeign                     // its token would be encrypted to a key that nobody here gave
	rootCollecting                  // shares are given
	rootElsewhere                   // it ended elsewhere; the encoded token may be carried here
	rootHandover                    // the token is here: show, store or wrap it
	rootStoring                     // to which file
	rootUnstored                    // the ciphertext could not be written: which way out
	rootUnsaved                     // that it is shown without a file is to be confirmed
	rootWrapping                    // for how long
	rootShowing                     // the token, the encoded token or the wrapping token is shown
	rootReturning                   // the active node is sought again, for the token
	rootDone
)
