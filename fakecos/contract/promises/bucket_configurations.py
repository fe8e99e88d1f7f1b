"""What every kind of configuration has in common: the bucket first, the owner, the checksum, snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakecos.contract.promise import Service, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused


@promise
def a_policy_is_set_without_a_digest(cos: Service, send: ByHand) -> None:
    """Source: assumed, of clients that work without: aws-changes 20."""
    policy = (
        b'{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:GetObject",'
        b'"Resource":"arn:aws:s3:::photos/*"}]}'
    )
    assert send("PUT", f"/{BUCKET}", "policy", body=policy).status == 204
    assert send("GET", f"/{BUCKET}", "policy").body == policy
    with refused(cos, "BadDigest"):
        send("PUT", f"/{BUCKET}", "policy", {"content-md5": md5_base64(b"another")}, policy)


@promise
def a_digest_that_nobody_asks_for_is_verified(cos: Service, send: ByHand) -> None:
    on = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    with refused(cos, "BadDigest"):
        send("PUT", f"/{BUCKET}", "versioning", {"content-md5": md5_base64(b"other")}, on)
