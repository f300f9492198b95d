package conformance

import (
	"testing"

	"warder/vault"
)

// step is one thing that is tried. It leaves the cluster running whole, for the next one.
type step struct {
	name string
	try  func(*testing.T, *cluster)
}

// shamirSteps begin with three nodes that nobody initialised.
var shamirSteps = []step{
	{"nobody initialised them", uninitialised},
	{"initialised once and no more", initialised},
	{"sealed", sealedReads},
	{"unsealed by shares", unsealed},
	{"joined by the other nodes", joined},
	{"read by every call", everyRead},
	{"read by way of a standby", standbyReads},
	{"read by those who may not", refusedReads},
	{"one address leads to all", discovered},
	{"generate-root by OTP", rootByOTP},
	{"generate-root by PGP", rootByPGP},
	{"generate-root refuses", rootRefusals},
	{"rekey refuses", rekeyRefusals},
	{"rekey at a standby", rekeyAtStandby},
	{"rekey with verification", rekeyVerified},
	{"step-down discards what was handed out", rekeyDiscarded},
	{"rekey to PGP keys", rekeyToPGP},
	{"the server keeps a rekey's shares until it is told to delete them", backupKept(vault.BarrierKey)},
	{"the barrier's key is rotated", keyRotated},
	{"a standby sealed", sealedStandby},
	{"the leader dies", leaderDies},
	{"the leader is left alone", leaderAlone},
	{"a standby is left alone", standbyAlone},
	{"the machine unseals", machineUnseals},
	{"the machine rekeys", machineRekeys},
	{"two machines generate root", machinesCarry},
}

// automaticSteps begin with a cluster that its seal opens, and with its recovery shares.
var automaticSteps = []step{
	{"opened by its seal", openedBySeal},
	{"rekey of the recovery key", recoveryRekeyed},
	{"the server keeps a recovery rekey's shares until it is told to delete them", backupKept(vault.RecoveryKey)},
	{"the barrier's key is rotated", keyRotated},
	{"generate-root by recovery shares", rootByOTP},
	{"opened again after its death", reopenedBySeal},
	{"the machine rekeys the recovery key", machineRekeysRecovery},
	{"a verification of recovery shares goes wrong and begins anew", recoveryVerifiedAnew},
	{"the machine rekeys the key behind the seal", machineRekeysBehindSeal},
	{"two machines generate root by recovery shares", machinesCarry},
}

// tries takes the steps in order. After one that failed the cluster is in no known state, so that the rest would say nothing.
func (c *cluster) tries(t *testing.T, steps []step) {
	for _, s := range steps {
		if !t.Run(s.name, func(t *testing.T) { s.try(t, c) }) {
			t.Fatalf("%s: the steps after %q were not tried", c.kind, s.name)
		}
	}
}
