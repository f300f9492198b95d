package ceremony

import (
	"fmt"
	"strconv"
	"strings"

	"warder/vault"
	"warder/vault/record"
)

// initFacts are the parameters of an initialisation.
func initFacts(c vault.InitConfig) []record.Fact {
	shares, threshold, owners, what := c.Shares, c.Threshold, c.PGPKeys, "unseal"
	if shares == 0 {
		shares, threshold, owners, what = c.RecoveryShares, c.RecoveryThreshold, c.RecoveryPGPKeys, "recovery"
	}
	out := []record.Fact{
		{Name: what + " shares", Value: strconv.Itoa(shares)},
		{Name: "threshold", Value: strconv.Itoa(threshold)},
	}
	for i, k := range owners {
		out = append(out, record.Fact{Name: fmt.Sprintf("PGP key %d", i+1), Value: printOf(k)})
	}
	if c.RootTokenPGPKey != "" {
		out = append(out, record.Fact{Name: "PGP key of the root token", Value: printOf(c.RootTokenPGPKey)})
	}
	return out
}

func joinFacts(c vault.JoinConfig) []record.Fact {
	return []record.Fact{{Name: "address of a member", Value: c.Leader}, {Name: "CA certificates sent", Value: strconv.FormatBool(c.CACert != "")}}
}

func keysSaid(made vault.InitResult) string {
	text := fmt.Sprintf("The cluster is initialised. The answer holds %s", count(len(made.Shares)+len(made.RecoveryShares), "share"))
	if made.RootToken.Empty() {
		return text + " and no root token."
	}
	return text + " and the root token."
}

func raftSaid(servers []vault.RaftServer) (string, []record.Fact) {
	var voters, others []string
	for _, s := range servers {
		if s.Voter {
			voters = append(voters, s.ID)
		} else {
			others = append(others, s.ID)
		}
	}
	facts := []record.Fact{{Name: "voters", Value: list(voters)}}
	if len(others) > 0 {
		facts = append(facts, record.Fact{Name: "without a vote", Value: list(others)})
	}
	return fmt.Sprintf("The Raft configuration has %s, of which %d vote.", count(len(servers), "member"), len(voters)), facts
}

func certificatesSaid(pem string) string {
	return count(strings.Count(pem, "BEGIN CERTIFICATE"), "certificate") + " of a CA read."
}
