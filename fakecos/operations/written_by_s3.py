"""Objects that S3 itself writes into a bucket: log objects and inventories. The one place where it does.

It writes as a service of AWS, for which the bucket's policy is judged, and goes by the bucket's versioning, its default
encryption and its default retention.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts import checksums
from fakecos.facts.checksums import CRC64NVME
from fakecos.facts.services.aws_principals import REQUESTER
from fakecos.model.attributes import Attributes
from fakecos.model.bucket import POLICY
from fakecos.model.content import Content
from fakecos.model.principal import Principal, Service
from fakecos.operations import encryption, object_lock
from fakecos.operations.policy import Question, decide
from fakecos.operations.put_object import new_object
from fakecos.operations.server_access_logs.log_fields import (
    CIPHER_SUITE,
    QUOTED_NOTHING,
    TLS_VERSION,
    Fields,
    note,
    number,
    once_encoded,
    quoted,
    twice_encoded,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from fakecos.model.acl import Acl
    from fakecos.model.bucket import Bucket
    from fakecos.model.encryption import Encryption
    from fakecos.model.object import StoredObject
    from fakecos.operations.context import Context

    ContextOf = Callable[[str, Principal], Context]
    """Makes what an operation may see, for a bucket by its name, and who asks."""


def service_for(name: str, source: str, account: str) -> Principal:
    """Return who writes on behalf of a bucket of an account; `name` is that of policies."""
    return Principal(None, None, None, service=Service(name, f"arn:aws:s3:::{source}", account))


def decision(context: Context, bucket: Bucket, key: str, params: Mapping[str, Any]) -> bool | None:
    """Return what the bucket's policy says to the write: False if it denies, True if it allows, None if nothing.

    Block Public Access leaves services of AWS alone (documented: RestrictPublicBuckets). UsageError: the policy has a
    condition that is not evaluated here.
    """
    policy = bucket.configurations.get(POLICY)
    return None if policy is None else decide(policy, Question(context, bucket, "PutObject", "PutObject", params, key))


def write(
    context: Context,
    bucket: Bucket,
    key: str,
    body: bytes,
    moment: dt.datetime,
    *,
    content_type: str,
    acl: Acl | None = None,
    encrypted: Encryption | None = None,
) -> StoredObject:
    """Store an object, which dates from `moment`, and note it in the bucket's own access log if it has one.

    Whether S3 may write is asked before. `encrypted` is the encryption if not the bucket's default one.
    """
    how = encrypted or encryption.default_of(context)
    carried = Attributes({"ContentType": content_type}, encryption=how, acl=acl)
    made = new_object(context, key, Content.of(body), carried, checksums.ALGORITHMS[CRC64NVME.name])
    made.last_modified = moment
    with context.store.lock:
        made.version_id = context.version_id(bucket)
        stored = object_lock.retained(bucket, made)
        bucket.put(stored)
        context.note(bucket, "ObjectCreated:Put", stored)
    _note(context, bucket, stored, moment)
    return stored


def _note(context: Context, bucket: Bucket, stored: StoredObject, moment: dt.datetime) -> None:
    """Let the write stand in the bucket's own access log (reported: aws-logs-and-inventory 11)."""
    key = twice_encoded(stored.key)
    fields = Fields(
        requester=REQUESTER,
        request_id=context.ids.request_id(),
        operation="REST.PUT.OBJECT",
        key=key,
        request_uri=quoted(f"PUT /{bucket.name}/{once_encoded(stored.key)} HTTP/1.1"),
        http_status="200",
        object_size=number(stored.size),
        referer=QUOTED_NOTHING,
        user_agent=QUOTED_NOTHING,
        host_id=context.ids.host_id(),
        signature_version="SigV4",
        cipher_suite=CIPHER_SUITE,
        authentication_type="AuthHeader",
        host_header=context.dialect.endpoint.format(region=bucket.region),
        tls_version=TLS_VERSION,
    )
    note(context.store, bucket, moment, fields)
