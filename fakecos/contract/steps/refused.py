"""Refusals: exactly this error, and nothing that is stored has changed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fakecos.contract.steps.raising import raises
from fakecos.facts.services.ibm import IBM_COS

if TYPE_CHECKING:
    from collections.abc import Iterator


def changeable(version: Any) -> Any:
    """Return what can be changed of a version that is there, None for a delete marker."""
    if version.is_delete_marker:
        return None
    attributes = version.attributes
    carried = attributes.metadata, attributes.tags, attributes.lock, attributes.restore, attributes.encryption
    annotations = {
        name: (one.content.read(), one.etag, one.last_modified, one.checksum.text)
        for name, one in version.annotations.items()
    }
    return carried, annotations


def stored_state(cos: Any) -> Any:
    """Return everything that is stored, in a form that compares equal only if nothing changed."""
    if hasattr(cos, "described"):
        return cos.described()
    return {
        name: (
            bucket.region,
            bucket.versioning,
            bucket.acl,
            [stored.attributes.acl for stored in bucket.stored()],
            dict(bucket.configurations),
            [
                (repr(version), version.version_id, changeable(version))
                for key in bucket.versions.keys
                for version in bucket.versions_of(key)
            ],
            [
                (key, stored.etag, stored.size, stored.last_modified, stored.checksum, changeable(stored))
                for key, stored in bucket.objects.items()
            ],
            [
                (
                    upload.key,
                    upload.upload_id,
                    [(n, p.etag, p.size, p.checksum, p.last_modified) for n, p in sorted(upload.parts.items())],
                )
                for upload in bucket.uploads.values()
            ],
        )
        for name, bucket in cos.store.buckets.items()
    }


def in_words_of_ibm(code: str, message: str | None) -> tuple[str, str | None, dict[str, Any]]:
    """Return code, message and further fields of a refusal of IBM's, by those of AWS: each difference is data."""
    words = IBM_COS.errors.get(code)
    if words is None or message == "":
        for phrase, own in IBM_COS.phrases.items():
            message = message and message.replace(phrase, own)
        return code, message, {}  # it does not name the fields of AWS
    return words.code, None if message is None else words.message, {}


@contextmanager
def refused(cos: Any, code: str, message: str | None = None, status: int | None = None, **fields: Any) -> Iterator[Any]:
    """Assert that the block is refused with exactly this error, and that nothing changed.

    `fields` are the further children of `<Error>`; a value of None is an empty element; fields that are not named must
    be absent. Yields the error's answer, filled in when the block has ended.

    Of a service that can only be asked, code and status are asserted. Its message and fields are compared with the
    fake's, as all that it answers: another wording breaks no promise.
    """
    before = stored_state(cos)
    with raises(Exception) as caught:
        yield (answer := {})
    is_ibm = type(caught.value).__module__.startswith("ibm_botocore")
    if is_ibm:
        code, message, fields = in_words_of_ibm(code, message)
    response = getattr(caught.value, "response", None)
    if response is None:
        raise caught.value  # not an answer of S3
    answer.update(response)
    error = dict(response["Error"])
    came = error.pop("Code")
    assert came == code, f"it was to be refused with {code}, and was with {came}"
    shown_message = error.pop("Message", None)
    if status is not None:
        got = response["ResponseMetadata"]["HTTPStatusCode"]
        assert got == status, f"the status of {code} was to be {status}, and is {got}"
    is_fake = not hasattr(cos, "described")
    if message is not None and is_fake:
        assert (shown_message or "") == message
    if (message is not None or fields) and is_fake:
        error.pop("RequestId", None)
        error.pop("Resource" if is_ibm else "HostId", None)
        error.pop("httpStatusCode" if is_ibm else "HostId", None)
        assert {name: value or None for name, value in error.items()} == fields
    assert stored_state(cos) == before, "a refused request changed what is stored"
