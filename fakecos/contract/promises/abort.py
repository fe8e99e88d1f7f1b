"""AbortMultipartUpload: the upload ends, and its parts are freed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import http_headers, http_status, members_of
from fakecos.contract.steps.names import BUCKET, IBM, KEY
from fakecos.contract.steps.refused import refused
from fakecos.contract.steps.uploads import complete_upload, completed_part, create_upload, no_such_upload, upload_part


def abort(client: Any, upload_id: str, key: str = KEY) -> Any:
    return client.abort_multipart_upload(Bucket=BUCKET, Key=key, UploadId=upload_id)


@promise
def the_answer_is_204_and_empty(client: Any) -> None:
    """Source: documented."""
    upload_id = create_upload(client)
    upload_part(client, upload_id)
    answer = abort(client, upload_id)
    assert http_status(answer) == 204
    assert members_of(answer) == {}
    assert "content-type" not in http_headers(answer)
    assert "content-length" not in http_headers(answer)


@promise
def an_upload_without_parts_is_aborted_too(client: Any) -> None:
    upload_id = create_upload(client)
    assert http_status(abort(client, upload_id)) == 204
    assert "Uploads" not in client.list_multipart_uploads(Bucket=BUCKET)


@promise
def an_object_of_the_key_stays(client: Any) -> None:
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"before")
    upload_id = create_upload(client)
    upload_part(client, upload_id, b"never")
    abort(client, upload_id)
    assert client.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == b"before"


@promise
def an_unknown_id_is_404_and_not_204(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 4."""
    with refused(cos, **no_such_upload("fakeid")):
        abort(client, "fakeid")


@promise
def an_id_of_another_key_is_not_found(cos: Service, client: Any) -> None:
    """Source: recorded aws-multipart 6."""
    upload_id = create_upload(client)
    with refused(cos, **no_such_upload(upload_id)):
        abort(client, upload_id, "another")


@promise
def an_ended_upload_takes_no_part_and_is_not_listed(cos: Service, aws: Any) -> None:
    """Source: recorded aws-multipart 4, 5; only Abort knows it (aws-changes 7)."""
    upload_id = create_upload(aws)
    part = upload_part(aws, upload_id)
    abort(aws, upload_id)
    with refused(cos, **no_such_upload(upload_id)):
        upload_part(aws, upload_id)
    with refused(cos, **no_such_upload(upload_id)):
        aws.list_parts(Bucket=BUCKET, Key=KEY, UploadId=upload_id)
    with refused(cos, **no_such_upload(upload_id)):
        complete_upload(aws, upload_id, completed_part(1, part))


@promise
def on_cos_a_second_abort_is_404(cos: Service, make_client: Any) -> None:
    """Source: assumed: of COS nothing is known (aws-changes 7)."""
    ibm = make_client(IBM)
    upload_id = create_upload(ibm)
    abort(ibm, upload_id)
    with refused(cos, **no_such_upload(upload_id)):
        abort(ibm, upload_id)
    completed = create_upload(ibm)
    complete_upload(ibm, completed, completed_part(1, upload_part(ibm, completed)))
    with refused(cos, **no_such_upload(completed)):
        abort(ibm, completed)


@promise
def a_missing_bucket_is_told_first(cos: Service, client: Any) -> None:
    """Source: public."""
    with refused(cos, "NoSuchBucket"):
        client.abort_multipart_upload(Bucket="elsewhere", Key=KEY, UploadId="fakeid")


@promise
def an_ended_upload_is_known_by_its_bucket_and_key_alone(cos: Service, aws: Any) -> None:
    """Source: recorded aws-multipart 6 for the key; the bucket: assumed."""
    aws.create_bucket(Bucket="other")
    upload_id = create_upload(aws)
    abort(aws, upload_id)
    with refused(cos, **no_such_upload(upload_id)):
        abort(aws, upload_id, "another")
    with refused(cos, **no_such_upload(upload_id)):
        aws.abort_multipart_upload(Bucket="other", Key=KEY, UploadId=upload_id)


@promise
def an_empty_id_is_not_found(cos: Service, send: ByHand) -> None:
    """Source: public. It must not delete the object of that key either."""
    with refused(cos, **{**no_such_upload(""), "UploadId": None}):
        send("DELETE", f"/{BUCKET}/{KEY}", "uploadId=")
