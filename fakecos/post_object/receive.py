"""A form on its way in: taken apart, its signature and its policy judged, and made into parameters."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from fakecos.facts import errors
from fakecos.facts.errors import S3Error
from fakecos.model.content import Content
from fakecos.model.store import now
from fakecos.post_object import form as form_data
from fakecos.post_object import signature
from fakecos.post_object.policy import require_allowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.model.payload import Payload
    from fakecos.wire.service_model import Table

FILENAME = "${filename}"


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

    Raises what the form (`forms.read`), its signature (`post.require_signed_form`) and its policy
    (`post_policy.require_allowed`) deserve, in this order, and InvalidArgument without a key (public).
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
    params = form_data.params_of(table, bucket, fields["key"], fields)
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
