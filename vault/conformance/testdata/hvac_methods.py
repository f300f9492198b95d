"""Drives a healthy three-node cluster through hvac's Health, Seal, Leader, Key and Raft methods.

Reads {"addresses", "token", "shares"} from standard input. Ends with 0 when every answer was as a real Vault gives it,
else with the first assertion that failed.
"""

import base64
import json
import sys
import time

import hvac

PATIENCE = 60  # seconds for an election


def clients(given):
    return [hvac.Client(url=a, token=given["token"]) for a in given["addresses"]]


def active(nodes):
    """Waits for one node to lead, and gives it and the others."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        lead = [n for n in nodes if n.sys.read_health_status(method="HEAD").status_code == 200]
        if lead:
            return lead[0], [n for n in nodes if n is not lead[0]]
        time.sleep(0.05)
    raise AssertionError("no node leads")


def refused(kind, text, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind as err:
        assert text in str(err), err
    else:
        raise AssertionError("not refused: %s" % call.__name__)


def health(nodes):
    lead, others = active(nodes)
    for node in others:
        assert node.sys.read_health_status(method="HEAD").status_code == 429
        assert node.sys.read_health_status(method="GET", standby_code=299).status_code == 299
        assert node.sys.read_health_status(method="GET", standby_ok=True)["standby"]  # the body, since the code is 200
    body = lead.sys.read_health_status(method="GET")
    assert body["initialized"] and not body["sealed"] and not body["standby"], body
    leader = others[0].sys.read_leader_status()
    assert leader["leader_address"] == lead.url and not leader["is_self"], leader
    assert lead.sys.is_initialized() and lead.is_authenticated()


def raft(nodes):
    lead, _ = active(nodes)
    servers = lead.sys.read_raft_config()["data"]["config"]["servers"]
    assert len(servers) == len(nodes) and sum(s["leader"] for s in servers) == 1, servers
    assert lead.sys.join_raft_cluster(nodes[0].url) == {"joined": True}


def encryption_key(nodes):
    lead, _ = active(nodes)
    before = lead.sys.get_encryption_key_status()["data"]["term"]
    assert lead.sys.rotate_encryption_key().status_code == 204
    assert lead.sys.get_encryption_key_status()["data"]["term"] == before + 1


def root_generation(nodes, shares):
    lead, others = active(nodes)
    begun = lead.sys.start_root_token_generation()
    assert begun["started"] and len(begun["otp"]) == begun["otp_length"], "begun"
    refused(hvac.exceptions.InvalidRequest, "already in progress", lead.sys.start_root_token_generation)
    lead.sys.generate_root(shares[0], begun["nonce"])
    refused(hvac.exceptions.InvalidRequest, "already been provided", lead.sys.generate_root, shares[0], begun["nonce"])
    assert lead.sys.read_root_generation_progress()["progress"] == 1
    others[0].sys.generate_root(shares[1], begun["nonce"])  # which Vault's standbys forward
    done = lead.sys.generate_root(shares[2], begun["nonce"])
    assert done["complete"] and done["encoded_token"], "the last share"
    hidden = base64.b64decode(done["encoded_token"] + "==")  # it comes without padding
    token = "".join(chr(a ^ b) for a, b in zip(hidden, begun["otp"].encode()))
    assert hvac.Client(url=lead.url, token=token).lookup_token()["data"]["policies"] == ["root"]
    lead.sys.start_root_token_generation()
    assert lead.sys.cancel_root_generation().status_code == 204
    assert not lead.sys.read_root_generation_progress()["started"]


def rekey(nodes, shares):
    """Goes to 2 of 3 with verification, and gives the new shares."""
    lead, _ = active(nodes)
    begun = lead.sys.start_rekey(secret_shares=3, secret_threshold=2, require_verification=True)
    assert lead.sys.read_rekey_progress()["verification_required"]
    # It sends no nonce, without which Vault has cancelled nothing since 1.20.
    refused(hvac.exceptions.InvalidRequest, "EOF", lead.sys.cancel_rekey)
    done = lead.sys.rekey_multi(shares[:3], nonce=begun["nonce"])
    new, nonce = done["keys_base64"], done["verification_nonce"]
    assert len(new) == 3 and nonce, "the last share"
    lead.sys.rekey_verify(new[0], nonce)
    assert lead.sys.read_rekey_verify_progress()["progress"] == 1
    lead.sys.cancel_rekey_verify()
    again = lead.sys.read_rekey_verify_progress()
    assert again["progress"] == 0 and again["nonce"] != nonce, again
    done = lead.sys.rekey_verify_multi(new[:2], nonce=again["nonce"])
    assert done["complete"], done
    refused(hvac.exceptions.InvalidRequest, "no backed-up keys found", lead.sys.read_backup_keys)
    refused(hvac.exceptions.InvalidRequest, "recovery rekeying not supported", lead.sys.read_rekey_progress, recovery_key=True)
    return new


def seal(nodes, shares):
    """Seals the active node and opens it with the new shares; another leads meanwhile."""
    lead, others = active(nodes)
    lead.sys.step_down()
    lead, others = active(nodes)
    refused(hvac.exceptions.InternalServerError, "standby", others[0].sys.seal)
    assert lead.sys.seal().status_code == 204
    assert lead.sys.is_sealed() and lead.sys.read_seal_status()["t"] == 2
    active(others)
    assert lead.sys.submit_unseal_key(shares[0])["progress"] == 1
    assert lead.sys.submit_unseal_key(reset=True)["progress"] == 0
    assert not lead.sys.submit_unseal_keys(shares[1:])["sealed"]


def removal(nodes):
    lead, others = active(nodes)
    servers = lead.sys.read_raft_config()["data"]["config"]["servers"]
    other = next(s["node_id"] for s in servers if not s["leader"])
    assert lead.sys.remove_raft_node(other).status_code == 204
    servers = lead.sys.read_raft_config()["data"]["config"]["servers"]
    assert other not in [s["node_id"] for s in servers], servers


def main():
    given = json.load(sys.stdin)
    nodes, shares = clients(given), given["shares"]
    for part, args in (health, []), (raft, []), (encryption_key, []), (root_generation, [shares]):
        part(nodes, *args)
        print(part.__name__)
    new = rekey(nodes, shares)
    print("rekey")
    seal(nodes, new)
    print("seal")
    removal(nodes)
    print("removal")


if __name__ == "__main__":
    main()
