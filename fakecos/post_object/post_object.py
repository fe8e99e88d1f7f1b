"""PostObject: what a browser's form uploads, stored by the rules of PutObject."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from fakecos.operations import put_object

if TYPE_CHECKING:
    from fakecos.operations.context import Context, Params, Result

OF_THE_FORM = ("SuccessActionStatus", "SuccessActionRedirect")


def post_object(context: Context, params: Params) -> Result:
    """Store the file of a form whose policy and signature were judged (recorded aws-presigned 17-20).

    `Location` is the object's URL at the address that the form was sent to; a slash in the key is encoded (public).
    """
    result = put_object.put_object(context, {name: value for name, value in params.items() if name not in OF_THE_FORM})
    return {
        **result,
        **{name: params.get(name) for name in OF_THE_FORM},
        "Location": f"{context.request_info.url.rstrip('/')}/{quote(params['Key'], safe='')}",
        "Bucket": params["Bucket"],
        "Key": params["Key"],
    }
