"""The examples of AWS's documentation, to the letter: each is right, and no longer is when a bit of it is changed.

"Signature Calculations for the Authorization Header", "Authenticating Requests: Using Query Parameters", "Transferring
Payload in Multiple Chunks", also "Including Trailing Headers", and for version 2 "Signing and authenticating REST
requests".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from freezegun import freeze_time

from fakecos.auth.signature import SCHEME, judge_of
from fakecos.auth.signed_chunks import verifier_of
from fakecos.facts.errors import S3Error
from fakecos.wire.addressing import address
from fakecos.wire.messages import HttpRequest, RawBody
from fakecos.wire.payload import Payload
from fakecos.wire.route import split_query

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = "AKIAIOSFODNN7EXAMPLE"
KEYS = {KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
WELCOME = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"
HOST = "examplebucket.s3.amazonaws.com"
DATE = "20130524T000000Z"
MAY_2013 = "2013-05-24T00:00:00Z"
SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"


def request(
    method: str, path: str, query: str, headers: Mapping[str, str], body: bytes = b"", host: str = HOST
) -> HttpRequest:
    return HttpRequest(method, "https", host, path, query, headers, RawBody(body))


def judge(message: HttpRequest) -> str | None:
    query = split_query(message.query)
    judge = judge_of(message.headers.get("authorization", "")[:SCHEME], tuple(query))
    assert judge is not None
    return judge(message, query, KEYS, address(message, {}), None)


def v4(signed: str, signature: str) -> str:
    return (
        f"AWS4-HMAC-SHA256 Credential={KEY}/20130524/us-east-1/s3/aws4_request,"
        f"SignedHeaders={signed},Signature={signature}"
    )


HEADERS = "host;x-amz-content-sha256;x-amz-date"
EXAMPLES = {
    "GET Object": request(
        "GET",
        "/test.txt",
        "",
        {
            "authorization": v4(
                f"host;range;{HEADERS[5:]}", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
            ),
            "range": "bytes=0-9",
            "x-amz-content-sha256": EMPTY,
            "x-amz-date": DATE,
        },
    ),
    "PUT Object": request(
        "PUT",
        "/test$file.text",
        "",
        {
            "authorization": v4(
                f"date;{HEADERS};x-amz-storage-class",
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            ),
            "date": "Fri, 24 May 2013 00:00:00 GMT",
            "x-amz-content-sha256": WELCOME,
            "x-amz-date": DATE,
            "x-amz-storage-class": "REDUCED_REDUNDANCY",
        },
    ),
    "GET Bucket Lifecycle": request(
        "GET",
        "/",
        "lifecycle",
        {
            "authorization": v4(HEADERS, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
            "x-amz-content-sha256": EMPTY,
            "x-amz-date": DATE,
        },
    ),
    "GET Bucket": request(
        "GET",
        "/",
        "max-keys=2&prefix=J",
        {
            "authorization": v4(HEADERS, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
            "x-amz-content-sha256": EMPTY,
            "x-amz-date": DATE,
        },
    ),
    "presigned GET": request(
        "GET",
        "/test.txt",
        f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={KEY}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        f"&X-Amz-Date={DATE}&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        {},
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_of_version_4_is_right(name: str) -> None:
    with freeze_time(MAY_2013):
        assert judge(EXAMPLES[name]) == KEY


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("slot", ["method", "host", "whole_path", "query"])
def test_an_example_of_version_4_that_was_changed_is_not(name: str, slot: str) -> None:
    example = EXAMPLES[name]
    changed = request(example.method, example.path, example.query, example.headers)
    other = {"method": "HEAD", "host": "other.s3.amazonaws.com", "query": f"{example.query}&a", "whole_path": "/x"}
    setattr(changed, slot, other[slot])
    with freeze_time(MAY_2013), pytest.raises(S3Error, match="SignatureDoesNotMatch"):
        judge(changed)


JOHN = "johnsmith.s3.amazonaws.com"
OLD_EXAMPLES = {
    "GET": ("GET", "/photos/puppy.jpg", "", {}, "27 Mar 2007 19:36:42", "bWq2s1WEIj+Ydj0vQ697zp+IXMU="),
    "PUT": (
        "PUT",
        "/photos/puppy.jpg",
        "",
        {"content-type": "image/jpeg", "content-length": "94328"},
        "27 Mar 2007 21:15:45",
        "MyyxeRY7whkBe+bq8fHCL/2kKUg=",
    ),
    "list": (
        "GET",
        "/",
        "prefix=photos&max-keys=50&marker=puppy",
        {},
        "27 Mar 2007 19:42:41",
        "htDYFYduRNen8P9ZfE/s9SuKy0U=",
    ),
    "acl": ("GET", "/", "acl", {}, "27 Mar 2007 19:44:46", "c2WLPFtWHVgbEmeEG93a4cG37dM="),
}


@pytest.mark.parametrize("name", OLD_EXAMPLES)
def test_an_example_of_version_2_is_right(name: str) -> None:
    method, path, query, headers, date, signature = OLD_EXAMPLES[name]
    sent = {"authorization": f"AWS {KEY}:{signature}", "date": f"Tue, {date} +0000", **headers}
    with freeze_time(date):
        assert judge(request(method, path, query, sent, host=JOHN)) == KEY
        with pytest.raises(S3Error, match="SignatureDoesNotMatch"):
            judge(request("DELETE", path, query, sent, host=JOHN))


def test_the_example_of_a_query_of_version_2_is_right() -> None:
    query = f"AWSAccessKeyId={KEY}&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620"
    with freeze_time("2007-03-28"):
        assert judge(request("GET", "/photos/puppy.jpg", query, {}, host=JOHN)) == KEY


# --- chunks -----------------------------------------------------------------------------------------------

SIZES = (65536, 1024, 0)
WITHOUT_TRAILER = (
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
)
WITH_TRAILER = (
    "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
    "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
    "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
)
TRAILER = b"x-amz-checksum-crc32c:sOO8/Q==\r\n"
TRAILER_SIGNATURE = b"x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n"


def framed(signatures: tuple[str, ...], trailers: bytes = b"") -> bytes:
    chunks = [
        b"%x;chunk-signature=%s\r\n%s" % (size, signature.encode(), b"a" * size + b"\r\n" if size else b"")
        for size, signature in zip(SIZES, signatures, strict=True)
    ]
    return b"".join(chunks) + trailers + b"\r\n"


def streamed(body: bytes, *, trailer: bool) -> HttpRequest:
    kind = f"{SIGNED}-TRAILER" if trailer else SIGNED
    seed = (
        "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"
        if trailer
        else "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"
    )
    length = "" if trailer else "content-length;"
    more = "x-amz-decoded-content-length;x-amz-storage-class" + (";x-amz-trailer" if trailer else "")
    headers = {
        "authorization": v4(f"content-encoding;{length}{HEADERS};{more}", seed),
        "content-encoding": "aws-chunked",
        "content-length": str(len(body)),
        "x-amz-content-sha256": kind,
        "x-amz-date": DATE,
        "x-amz-decoded-content-length": "66560",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
    }
    if trailer:
        headers["x-amz-trailer"] = "x-amz-checksum-crc32c"
    return request("PUT", "/examplebucket/chunkObject.txt", "", headers, body, host="s3.amazonaws.com")


def receive(message: HttpRequest) -> bytes:
    assert judge(message) == KEY
    payload = Payload(message)
    payload.verifier = verifier_of(message, KEYS)
    return payload.receive().read()


def test_the_example_of_signed_chunks_is_right() -> None:
    with freeze_time(MAY_2013):
        assert receive(streamed(framed(WITHOUT_TRAILER), trailer=False)) == b"a" * 66560


def test_the_example_of_signed_chunks_with_a_trailer_is_right() -> None:
    body = framed(WITH_TRAILER, TRAILER + TRAILER_SIGNATURE)
    with freeze_time(MAY_2013):
        assert receive(streamed(body, trailer=True)) == b"a" * 66560


@pytest.mark.parametrize("place", range(3))
def test_a_wrong_signature_of_a_chunk_is_refused(place: int) -> None:
    # public
    signatures = list(WITHOUT_TRAILER)
    signatures[place] = "0" * 64
    with freeze_time(MAY_2013), pytest.raises(S3Error, match="SignatureDoesNotMatch") as caught:
        receive(streamed(framed(tuple(signatures)), trailer=False))
    fields = caught.value.fields
    assert fields["SignatureProvided"] == "0" * 64
    assert str(fields["StringToSign"]).startswith("AWS4-HMAC-SHA256-PAYLOAD\n20130524T000000Z\n20130524/us-east-1/s3/")
    assert str(fields["CanonicalRequest"]).startswith("PUT\n/examplebucket/chunkObject.txt\n\n")


def test_a_changed_chunk_is_refused() -> None:
    body = framed(WITHOUT_TRAILER).replace(b"\r\na", b"\r\nb", 1)
    with freeze_time(MAY_2013), pytest.raises(S3Error, match="SignatureDoesNotMatch"):
        receive(streamed(body, trailer=False))


def test_a_changed_trailer_is_refused() -> None:
    body = framed(WITH_TRAILER, TRAILER.replace(b"sOO8", b"AAAA") + TRAILER_SIGNATURE)
    with freeze_time(MAY_2013), pytest.raises(S3Error, match="SignatureDoesNotMatch") as caught:
        receive(streamed(body, trailer=True))
    assert str(caught.value.fields["StringToSign"]).startswith("AWS4-HMAC-SHA256-TRAILER\n")
