"""The three headers of a customer's key: what is wrong with them is told by every operation in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, before_each, cases, promise
from fakecos.contract.promises.sse_c import ANOTHER, CUSTOMER_KEY, KEY_MD5, OTHER_KEY, SSE_C, WRONG_KEY
from fakecos.contract.steps.answers import http_status
from fakecos.contract.steps.digests import base64_of, md5_base64
from fakecos.contract.steps.names import BUCKET, KEY
from fakecos.contract.steps.objects import put_object
from fakecos.contract.steps.part_by_hand import part_by_hand
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import create_upload, upload_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakecos.contract.by_hand import ByHand

PREFIX = "x-amz-server-side-encryption-customer-"

NO_ALGORITHM = (
    "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm."
)

NO_KEY = (
    "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key."
)

NO_MD5 = (
    "Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of "
    "the secret key."
)

INVALID_KEY = "The secret key was invalid for the specified algorithm."

WRONG_MD5 = "The calculated MD5 hash of the key did not match the hash that was provided."

ALGORITHM = "The Encryption request you specified is not valid. Supported value: AES256."

BOTH = "Server Side Encryption with Customer provided key is incompatible with the encryption method specified"

SHORT_KEY = b"short"


def triple(**changes: str | None) -> dict[str, str]:
    given = {"algorithm": "AES256", "key": base64_of(CUSTOMER_KEY), "key-md5": KEY_MD5, **changes}
    return {PREFIX + name.replace("_", "-"): value for name, value in given.items() if value is not None}


def argument(message: str, value: str | None = "") -> dict[str, Any]:
    """Return what `refused` wants: InvalidArgument with the header's name, and an ArgumentValue if one is given."""
    wanted = {"code": "InvalidArgument", "message": message, "status": 400}
    wanted["ArgumentName"] = "x-amz-server-side-encryption"  # recorded: always this one
    return wanted if value == "" else {**wanted, "ArgumentValue": value}


def unsupported(value: str) -> dict[str, Any]:
    return {**argument(ALGORITHM, value), "code": "InvalidEncryptionAlgorithmError"}


FORMS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "wrong algorithm": (triple(algorithm="KMS"), unsupported("KMS")),
    "no algorithm": (triple(algorithm=None), argument(NO_ALGORITHM)),
    "only the key": ({PREFIX + "key": base64_of(CUSTOMER_KEY)}, argument(NO_ALGORITHM)),
    "only the MD5": ({PREFIX + "key-md5": KEY_MD5}, argument(NO_ALGORITHM)),
    "no key": (triple(key=None), argument(NO_KEY)),
    "only the algorithm": ({PREFIX + "algorithm": "AES256"}, argument(NO_KEY)),
    "wrong key size": (
        triple(**{"key": base64_of(SHORT_KEY), "key-md5": md5_base64(SHORT_KEY)}),
        argument(INVALID_KEY),
    ),
    "wrong MD5": (triple(**{"key-md5": md5_base64(OTHER_KEY)}), argument(WRONG_MD5)),
    "key not base64": (triple(key="not base64"), argument(WRONG_MD5)),
    "key with a character that is none of base64": (triple(key="!" + base64_of(CUSTOMER_KEY)), argument(WRONG_MD5)),
    "everything wrong": (
        triple(algorithm="KMS", key=base64_of(SHORT_KEY), **{"key-md5": KEY_MD5}),
        argument(WRONG_MD5),
    ),
}


@before_each
def keys_are_taken(sse_c_allowed: None) -> None:
    """Let the bucket take keys of the customer, which a new one blocks since April 2026 (aws-changes 1)."""


@promise
@cases("form", FORMS)
def put_object_judges_the_headers(cos: Service, form: str, send: ByHand) -> None:
    """Source: recorded aws-multipart 48; public for what is not base64 and for several mistakes at once."""
    given, wants = FORMS[form]
    with refused(cos, **wants):
        send("PUT", f"/{BUCKET}/{KEY}", "", given, b"x")


@promise
@cases("form", FORMS)
def create_multipart_upload_judges_the_headers(cos: Service, form: str, send: ByHand) -> None:
    """Source: as PutObject (public: mostly the same)."""
    given, wants = FORMS[form]
    with refused(cos, **wants):
        send("POST", f"/{BUCKET}/{KEY}", "uploads", given)


@promise
@cases("form", FORMS)
def upload_part_judges_the_headers(cos: Service, aws: Any, form: str, send: ByHand) -> None:
    """Source: public."""
    given, wants = FORMS[form]
    upload_id = create_upload(aws, **SSE_C)
    with refused(cos, **wants):
        part_by_hand(send, upload_id, b"x", given)


@promise
@cases("form", FORMS)
def upload_part_copy_judges_the_headers(cos: Service, aws: Any, form: str, send: ByHand) -> None:
    """Source: public."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"source")
    given, wants = FORMS[form]
    upload_id = create_upload(aws, **SSE_C)
    with refused(cos, **wants):
        part_by_hand(send, upload_id, b"", {"x-amz-copy-source": f"{BUCKET}/source", **given})


@promise
@cases("form", FORMS)
def get_object_judges_the_headers(cos: Service, aws: Any, form: str, send: ByHand) -> None:
    """Source: recorded aws-multipart 49 (wrong algorithm, key size and MD5); public."""
    aws.put_object(Bucket=BUCKET, Key=KEY, Body=b"x", **SSE_C)
    given, wants = FORMS[form]
    with refused(cos, **wants):
        send("GET", f"/{BUCKET}/{KEY}", "", given)


@promise
@cases("form", FORMS)
def the_source_of_a_copy_is_judged_in_the_same_words(cos: Service, aws: Any, form: str, send: ByHand) -> None:
    """Source: recorded aws-multipart 50 (wrong algorithm; neither name nor text has a prefix); public."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"source", **SSE_C)
    given, wants = FORMS[form]
    prefixed = {name.replace("x-amz-", "x-amz-copy-source-", 1): value for name, value in given.items()}
    upload_id = create_upload(aws)
    with refused(cos, **wants):
        part_by_hand(send, upload_id, b"", {"x-amz-copy-source": f"{BUCKET}/source", **prefixed})


def _put(client: Any, **given: Any) -> Any:
    return put_object(client, Key=KEY, **given)


def _create(client: Any, **given: Any) -> Any:
    return client.create_multipart_upload(Bucket=BUCKET, Key=KEY, **given)


@promise
@cases("write", [_put, _create])
def a_customer_key_beside_sse_s3_is_refused(cos: Service, client: Any, write: Callable[..., Any]) -> None:
    """Source: recorded aws-multipart 48."""
    with refused(cos, **argument(BOTH, "AES256")):
        write(client, ServerSideEncryption="AES256", **SSE_C)


@promise
@cases("write", [_put, _create])
def a_customer_key_beside_sse_kms_is_refused(cos: Service, aws: Any, write: Callable[..., Any]) -> None:
    """Source: by analogy with recorded aws-multipart 48."""
    with refused(cos, **argument(BOTH, "aws:kms")):
        write(aws, ServerSideEncryption="aws:kms", **SSE_C)


@promise
@cases("write", [_put, _create])
def a_key_encoded_twice_is_of_a_wrong_size(cos: Service, client: Any, write: Callable[..., Any]) -> None:
    """Source: recorded aws-multipart 48 `no-md5`.

    A client that is given a key without its MD5 encodes the key and adds the MD5 (botocore): a key that was base64
    already is then too long, and its MD5 is right.
    """
    with refused(cos, **argument(INVALID_KEY)):
        write(client, SSECustomerAlgorithm="AES256", SSECustomerKey=base64_of(CUSTOMER_KEY))


@promise
def a_key_encoded_twice_does_not_open_the_object(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 49 `no-md5`: 403, while its `wrong-key-size` is 400.

    That this is the difference between a key that is too long and one that is too short is assumed.
    """
    put_object(client, Key=KEY, **SSE_C)
    twice = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": base64_of(CUSTOMER_KEY)}
    with refused(cos, "AccessDenied", WRONG_KEY, 403):
        client.get_object(Bucket=BUCKET, Key=KEY, **twice)
    with refused(cos, "403", "Forbidden", 403):
        client.head_object(Bucket=BUCKET, Key=KEY, **twice)


@promise
def a_wrong_algorithm_of_a_head_has_no_body(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 49."""
    put_object(client, Key=KEY, **SSE_C)
    with refused(cos, "400", "Bad Request", 400):
        client.head_object(Bucket=BUCKET, Key=KEY, **{**SSE_C, "SSECustomerAlgorithm": "KMS"})


@promise
def a_part_needs_the_md5_of_its_key(cos: Service, aws: Any, send: ByHand) -> None:
    """Source: public."""
    upload_id = create_upload(aws, **SSE_C)
    with refused(cos, **argument(NO_MD5)):
        part_by_hand(send, upload_id, b"x", triple(**{"key-md5": None}))


@promise
def a_put_needs_the_md5_of_its_key(cos: Service, send: ByHand) -> None:
    """Source: recorded aws-multipart 48, read literally (clients always send it)."""
    with refused(cos, **argument(INVALID_KEY)):
        send("PUT", f"/{BUCKET}/{KEY}", "", triple(**{"key-md5": None}), b"x")


@promise
def a_get_needs_the_md5_of_its_key(cos: Service, aws: Any, send: ByHand) -> None:
    """Source: recorded aws-multipart 49, read literally; public suites say that AWS takes it: stricter here."""
    put_object(aws, Key=KEY, **SSE_C)
    with refused(cos, "AccessDenied", WRONG_KEY, 403):
        send("GET", f"/{BUCKET}/{KEY}", "", triple(**{"key-md5": None}))


@promise
def a_malformed_content_md5_is_told_before_malformed_headers(cos: Service, aws: Any, send: ByHand) -> None:
    """Source: public."""
    upload_id = create_upload(aws, **SSE_C)
    message = "The Content-MD5 you specified was invalid."
    with refused(cos, "InvalidDigest", message, 400, **{"Content-MD5": "MTIz"}):
        part_by_hand(send, upload_id, b"x", {"content-md5": "MTIz", PREFIX + "algorithm": "AES256"})


@promise
def a_wrong_key_is_told_before_a_wrong_checksum(cos: Service, client: Any) -> None:
    """Source: public: the headers are judged before the body."""
    upload_id = create_upload(client, **SSE_C)
    with refused(cos, "InvalidRequest", ANOTHER, 400):
        upload_part(client, upload_id, b"x", ChecksumSHA256="A" * 43 + "=", **{**SSE_C, "SSECustomerKey": OTHER_KEY})


@promise
def an_unknown_upload_is_told_before_malformed_headers(cos: Service, send: ByHand) -> None:
    """Source: public."""
    with refused(cos, "NoSuchUpload"):
        part_by_hand(send, "fakeid", b"x", {PREFIX + "algorithm": "AES256"})


@promise
@cases("name", ["UploadPart", "UploadPartCopy", "CompleteMultipartUpload"])
def the_header_of_sse_s3_is_only_for_create(cos: Service, aws: Any, name: str, send: ByHand) -> None:
    """Source: public. Complete, UploadPart and UploadPartCopy refuse the header of Create."""
    aws.put_object(Bucket=BUCKET, Key="source", Body=b"source")
    upload_id = create_upload(aws)
    upload_part(aws, upload_id)
    message = "x-amz-server-side-encryption header is not supported for this operation."
    given = {"x-amz-server-side-encryption": "AES256"}
    with refused(cos, **argument(message, "AES256")):
        if name == "CompleteMultipartUpload":
            body = b"<CompleteMultipartUpload/>"
            send("POST", f"/{BUCKET}/{KEY}", f"uploadId={upload_id}", given, body)
        elif name == "UploadPart":
            part_by_hand(send, upload_id, b"x", given)
        else:
            part_by_hand(send, upload_id, b"", {"x-amz-copy-source": f"{BUCKET}/source", **given})


@promise
def the_id_of_a_kms_key_is_only_for_create(cos: Service, aws: Any, send: ByHand) -> None:
    """Source: public."""
    upload_id = create_upload(aws)
    message = (
        "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms"
    )
    with refused(cos, **argument(message)):
        part_by_hand(send, upload_id, b"x", {"x-amz-server-side-encryption-aws-kms-key-id": "key"})


@promise
def an_encrypted_part_is_taken_over_https(client: Any) -> None:
    upload_id = create_upload(client, **SSE_C)
    assert http_status(upload_part(client, upload_id, **SSE_C)) == 200
