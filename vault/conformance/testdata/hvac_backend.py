"""Drives a cluster through hvac's methods for what an operator configures, and for snapshots and wrapping.

Reads {"addresses", "token", "bao"} from standard input. Ends with 0 when every answer was as a real server gives it,
else with the first assertion that failed. It leaves the cluster as it was.
"""

import json
import sys
import time

import hvac
from hvac.exceptions import InvalidPath, InvalidRequest


def active(nodes):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for n in nodes:
            if n.sys.read_health_status(method="HEAD").status_code == 200:
                return n
        time.sleep(0.05)
    raise AssertionError("no node leads")


def refused(kind, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except kind:
        return
    raise AssertionError("not refused: %s" % call.__name__)


def mounts(s, bao):
    s.enable_secrets_engine("kv", path="py/kv", description="d", options={"version": "1"})
    listed = s.list_mounted_secrets_engines()["data"]
    assert listed["py/kv/"]["type"] == "kv", listed
    assert s.retrieve_mount_option("py/kv", "version") == "1"
    s.tune_mount_configuration("py/kv", default_lease_ttl="30m", max_lease_ttl="2h")
    assert s.read_mount_configuration("py/kv")["data"]["max_lease_ttl"] == 7200
    s.move_backend("py/kv", "py/moved")
    end = time.monotonic() + 30
    while "py/moved/" not in s.list_mounted_secrets_engines()["data"]:
        assert time.monotonic() < end, "it does not move"
        time.sleep(0.05)
    s.disable_secrets_engine("py/moved")
    refused(InvalidRequest, s.enable_secrets_engine, "nosuchengine", path="x")


def auth(s, bao):
    s.enable_auth_method("userpass", path="py-people")
    assert "py-people/" in s.list_auth_methods()["data"]
    s.tune_auth_method("py-people", max_lease_ttl="3h")
    assert s.read_auth_method_tuning("py-people")["data"]["max_lease_ttl"] == 10800
    s.disable_auth_method("py-people")


def audit(s, bao):
    if bao:
        refused(InvalidRequest, s.enable_audit_device, "file", options={"file_path": "/dev/null"}, path="py")
        return
    s.enable_audit_device("file", options={"file_path": "/dev/null"}, path="py")
    assert "py/" in s.list_enabled_audit_devices()["data"]
    assert s.calculate_hash("py", "text")["data"]["hash"].startswith("hmac-sha256:")
    s.disable_audit_device("py")


def policies(s, bao):
    text = 'path "sys/health" { capabilities = ["read"] }'
    s.create_or_update_policy("py", text)
    assert s.read_policy("py")["data"]["rules"] == text
    assert "py" in s.list_policies()["data"]["policies"]
    s.delete_policy("py")
    refused(InvalidPath, s.read_policy, "py")
    if not hasattr(s, "create_or_update_acl_policy"):
        return  # an old hvac
    s.create_or_update_acl_policy("py", text)
    assert s.read_acl_policy("py")["data"]["policy"] == text
    assert "py" in s.list_acl_policies()["data"]["keys"]
    s.delete_acl_policy("py")


def quotas(s, bao):
    if not hasattr(s, "create_or_update_quota"):
        return  # an old hvac
    s.create_or_update_quota("py", 1000.5, interval="2s")
    assert s.read_quota("py")["data"]["rate"] == 1000.5
    assert "py" in s.list_quotas()["data"]["keys"]
    s.delete_quota("py")
    refused(InvalidPath, s.read_quota, "py")


def namespaces(s, bao):
    if not bao:
        refused(InvalidPath, s.list_namespaces)
        return
    s.create_namespace("py")
    assert "py/" in s.list_namespaces()["data"]["keys"]
    s.delete_namespace("py")


def leases(client, s):
    client.auth.token.create(policies=["default"], ttl="20m")
    names = s.list_leases("auth/token/create")["data"]["keys"]
    id = "auth/token/create/" + names[0]
    assert s.read_lease(id)["data"]["id"] == id
    s.revoke_lease(id)
    s.revoke_prefix("auth/token/create")
    s.revoke_force("auth/token/create")
    refused(InvalidPath, s.list_leases, "auth/token/create")


def wrapping(client, s):
    wrapped = client.auth.token.create(policies=["default"], ttl="20m", wrap_ttl="60s")["wrap_info"]["token"]
    assert s.unwrap(token=wrapped)["auth"]["client_token"]
    refused(InvalidRequest, s.unwrap, token=wrapped)


def capabilities(client, s):
    made = client.auth.token.create(policies=["default"], ttl="20m")["auth"]
    for of in {"token": made["client_token"]}, {"accessor": made["accessor"]}:
        assert s.get_capabilities(["sys/seal"], **of)["data"]["sys/seal"] == ["deny"], of
    assert s.get_capabilities(["sys/seal"])["data"]["sys/seal"] == ["root"]


def snapshots(s):
    taken = s.take_raft_snapshot().content
    s.enable_secrets_engine("kv", path="py-later")
    assert s.restore_raft_snapshot(taken).status_code in (200, 204)
    end = time.monotonic() + 60
    while True:
        try:
            if "py-later/" not in s.list_mounted_secrets_engines()["data"]:
                return
        except hvac.exceptions.VaultError:
            pass  # it is at it
        assert time.monotonic() < end, "it does not go back"
        time.sleep(0.1)


def main():
    given = json.load(sys.stdin)
    nodes = [hvac.Client(url=a, token=given["token"]) for a in given["addresses"]]
    client = active(nodes)
    s, bao = client.sys, given["bao"]
    for part in mounts, auth, audit, policies, quotas, namespaces:
        part(s, bao)
        print(part.__name__)
    for part in leases, wrapping, capabilities:
        part(client, s)
        print(part.__name__)
    snapshots(s)
    print("snapshots")


if __name__ == "__main__":
    main()
