"""A form as the parameters of a PutObject, once its signature and its policy were judged."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.clock import now
from fakecos.model.content import Content
from fakecos.operations import encoded_words
from fakecos.post_object import form as form_data
from fakecos.post_object import signature
from fakecos.post_object.policy import require_allowed
from fakecos.wire import xml
from fakecos.wire.messages import KEPT_HEADERS, METADATA, as_latin
from fakecos.wire.parse import parse, structure
from fakecos.wire.payload import require_known_checksums

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.payload import Payload
    from fakecos.wire.service_model import Table

FILENAME = "${filename}"
# Fields that are the same as a header of PutObject under another name (documented).
_AS_HEADERS = {"acl": "x-amz-acl", "x-amz-checksum-algorithm": "x-amz-sdk-checksum-algorithm"}
_TAGGING = "Tagging"


class File:
    """The file of a form as the body of the PutObject that the form stands for."""

    __slots__ = ("_content", "content_encoding")

    trailer: str | None = None

    def __init__(self, data: bytes, content_encoding: str | None) -> None:
        self._content = Content.of(data)
        self.content_encoding = content_encoding

    @property
    def declared_size(self) -> int:
        """Bytes of the file."""
        return self._content.size

    @property
    def trailers(self) -> dict[str, str]:
        """None: a form has no trailers."""
        return {}

    def require_headers(self) -> None:
        """Nothing in the headers of a form is about its file."""

    def receive(self) -> Content:
        """Return the file."""
        return self._content


def receive_form(
    table: Table,
    bucket: str,
    content_type: str,
    payload: Payload,
    keys: Mapping[str, str] | None,
    region: str | None,
) -> tuple[dict[str, Any], str | None]:
    """Return the parameters of a PostObject, and the access key id that signed it, None for an anonymous one.

    `keys` are the secrets that are known, None to take any signature; `region` is the one that SigV4 must be for.

    Raises what the form (`form.read`), its signature (`signature.require_signed_form`) and its policy
    (`policy.require_allowed`) deserve, in this order, and InvalidArgument without a key (public).
    """
    form = form_data.read(content_type, payload.receive().read())
    fields = dict(form.fields)
    if not fields.get("key"):
        raise signature.missing(field="key")
    access_key = signature.require_signed_form(fields, keys, region)
    if form.filename is not None:  # a file without a name leaves it as it is (recorded aws-presigned 23)
        fields["key"] = fields["key"].replace(FILENAME, form.filename)
    if "policy" in fields:
        require_allowed(_policy(fields, keys), fields, bucket, len(form.file), now())
    params = params_of(table, bucket, fields["key"], fields)
    params["Body"] = File(form.file, params.get("ContentEncoding"))
    params["SuccessActionStatus"] = fields.get("success_action_status")
    # `redirect` is its older name (documented).
    params["SuccessActionRedirect"] = fields.get("success_action_redirect", fields.get("redirect"))
    return params, access_key


def _policy(fields: Mapping[str, str], keys: Mapping[str, str] | None) -> bytes:
    """Return the policy's document.

    What is no base64 was altered after it was signed, which AWS sees by the signature (recorded aws-presigned 27);
    where the keys are known, the signature was judged already.
    """
    try:
        return base64.b64decode("".join(fields["policy"].split()), validate=True)
    except ValueError:  # no base64, or no ASCII
        if keys is None:
            raise signature.mismatch(fields) from None
        raise S3Error(errors.INVALID_POLICY, reason="invalid Base64 encoding.") from None


def params_of(table: Table, bucket: str | None, key: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the parameters of the PutObject that a form stands for.

    Raises InvalidRequest for a checksum that S3 does not have (public), MalformedXML for its tags (recorded 22).
    """
    require_known_checksums(tuple(fields))
    headers = {_AS_HEADERS.get(name, name): _as_header(name, value) for name, value in fields.items()}
    params = parse(table, "PutObject", bucket, key, {}, headers, None)
    if "tagging" in fields:
        params[_TAGGING] = _tagging(table, fields["tagging"])
    return params


def _as_header(name: str, value: str) -> str:
    """Return a field's value as the header would have it of which the object keeps the same.

    System headers come back as their UTF-8 bytes read as ISO 8859-1 (recorded aws-changes 18). Of metadata encoded
    words are kept as they came, and control characters are taken (recorded aws-changes 19).
    """
    if name in KEPT_HEADERS:
        return as_latin(value)
    if not name.startswith(METADATA) or ("=?" not in value and encoded_words.ASCII.fullmatch(value)):
        return value
    return encoded_words.word(value)


def _tagging(table: Table, document: str) -> str:
    """Return the tags of a document as the x-amz-tagging header writes them; one of another kind has none (public)."""
    root = xml.read(document.encode())
    if xml.local(root.tag) != _TAGGING:
        return ""
    tags = structure(table, _TAGGING, strict=True)(root).get("TagSet") or []
    return "&".join(f"{quote(tag['Key'], safe='')}={quote(tag['Value'], safe='')}" for tag in tags)
