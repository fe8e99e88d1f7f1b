"""PostObject: what a browser's form uploads, stored by the rules of PutObject."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from fakecos.operations import put_object

if TYPE_CHECKING:
    from fakecos.operations.context import Context
    from fakecos.wire.types import PostObjectOutput, PostObjectRequest, PutObjectRequest

OF_THE_FORM = ("SuccessActionStatus", "SuccessActionRedirect")


def post_object(context: Context, params: PostObjectRequest) -> PostObjectOutput:
    """Store the file of a form whose policy and signature were judged (recorded aws-presigned 17-20).

    `Location` is the object's URL at the address that the form was sent to; a slash in the key is encoded (public).
    """
    of_object = {name: value for name, value in params.items() if name not in OF_THE_FORM}
    result = put_object.put_object(context, cast("PutObjectRequest", of_object))
    return {
        **result,
        "SuccessActionStatus": params.get("SuccessActionStatus"),
        "SuccessActionRedirect": params.get("SuccessActionRedirect"),
        "Location": f"{context.request_info.url.rstrip('/')}/{quote(params['Key'], safe='')}",
        "Bucket": params["Bucket"],
        "Key": params["Key"],
    }
