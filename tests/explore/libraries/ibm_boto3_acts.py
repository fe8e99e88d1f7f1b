"""ibm_boto3: IBM COS with an API key, for which IBM's IAM gives tokens."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from tests.explore.libraries.acts import BUCKET, PART, SMALL, act, three_parts

if TYPE_CHECKING:
    from tests.explore.libraries.acts import Function, Place

ENDPOINT = "https://s3.eu-de.cloud-object-storage.appdomain.cloud"


def session() -> Any:
    """Return what makes clients."""
    import ibm_boto3

    return ibm_boto3.session.Session()


def client(made: Any) -> Any:
    """Return a client that has no token yet."""
    from ibm_botocore.config import Config

    return made.client(
        "s3",
        ibm_api_key_id="an-api-key",
        ibm_service_instance_id="an-instance",
        config=Config(signature_version="oauth"),
        endpoint_url=ENDPOINT,
    )


def in_parts(size: int, threads: int = 2) -> Any:
    """Return settings by which transfers are cut into parts; those of uploads have 5 MiB at least."""
    from ibm_boto3.s3.transfer import TransferConfig

    return TransferConfig(multipart_threshold=size, multipart_chunksize=size, max_concurrency=threads)


@act("ibm-cos-sdk", "ibm_boto3", dialect="ibm")
def upload_fileobj(place: Place) -> Function:
    """`upload_fileobj` of three parts over an object, by a new client"""
    made = session()
    place.put("film")
    return lambda: client(made).upload_fileobj(io.BytesIO(three_parts()), BUCKET, "film", Config=in_parts(PART))


@act("ibm-cos-sdk", "ibm_boto3", dialect="ibm")
def download_fileobj(place: Place) -> Function:
    """`download_fileobj` of three ranges by one thread, by a new client"""
    made = session()
    place.put("film", three_parts(SMALL))

    def run() -> bytes:
        file = io.BytesIO()
        client(made).download_fileobj(BUCKET, "film", file, Config=in_parts(SMALL, threads=1))
        return file.getvalue()

    return run


@act("ibm-cos-sdk", "ibm_boto3", dialect="ibm")
def put_object(place: Place) -> Function:
    """`put_object` over an object, by a new client"""
    made = session()
    place.put("note")
    return lambda: client(made).put_object(Bucket=BUCKET, Key="note", Body=b"new") and None
