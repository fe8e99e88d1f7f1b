"""Mistakes with inject and the words of fakecos.faults: each row is what was written, and what must be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fakecos import FakeCOS

if TYPE_CHECKING:
    from tests.mistakes.conftest import Said


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("http=503", "that is not what http= takes: write http=Http(503)"),
        ('http="SlowDown"', 'write error="SlowDown", an error of S3'),
        ("transport=ReadTimeoutError", "write transport=Transport.READ_TIMEOUT"),
        ("transport=ConnectTimeoutError", "write transport=Transport.CONNECT_TIMEOUT"),
        ("transport=EndpointConnectionError", "write transport=Transport.CONNECT"),
        ("transport=ConnectionResetError()", "write transport=Transport.RESET"),
        ('transport="timeout"', "write transport=Transport.READ_TIMEOUT"),
        ('transport="read_timeout"', "write transport=Transport.READ_TIMEOUT"),
        ('transport="dns"', "write transport=Transport.DNS"),
        ("transport=True", "write it as transport=Transport.RESET"),
        ('corrupt="flip"', "write corrupt=Corrupt.flip()"),
        ("corrupt=Corrupt.flip", "write corrupt=Corrupt.flip(), with its brackets"),
        ('corrupt_answer="cut"', "write corrupt_answer=Corrupt.cut(100)"),
        ("error=503", 'write error="SlowDown" or error="ServiceUnavailable", or http=Http(503) for a bare answer'),
        ("error=404", 'write error="NoSuchKey", or http=Http(404)'),
        ("error=type('SlowDown', (Exception,), {})", 'write error="SlowDown"'),
        ('error=ClientError({"Error": {"Code": "SlowDown"}}, "UploadPart")', 'write error="SlowDown"'),
        ("error=TimeoutError", "write transport=Transport.READ_TIMEOUT"),
        ('error="slowdown"', "There is no error 'slowdown' in S3's table; did you mean SlowDown?"),
        ('error="NoSuchBuckt"', "did you mean NoSuchBucket?"),
        ('eror="SlowDown"', "there is no keyword 'eror'; did you mean error?"),
        ("status=503", "write http=Http(503), or the code of S3's error"),
        ("timeout=5", "write transport=Transport.READ_TIMEOUT, or delay=5"),
        ('error="SlowDown", count=2', "write times=2"),
        ('error="SlowDown", PartNumber=2', "write part_number=2"),
        ('error="SlowDown", times="2"', "a whole number; write times=2"),
        ('error="SlowDown", times="forever"', "write times=None, which has no end"),
        ('error="SlowDown", times=0', "times=None has no end"),
        ('error="SlowDown", part_number="1"', "write part_number=1"),
        ('error="SlowDown", attempt=0', "a number from 1 up"),
        ('error="SlowDown", bucket=cos.bucket("photos")', "write bucket='photos'"),
        ('error="SlowDown", key=b"a"', "write key='a'"),
        ('error="SlowDown", when="stored"', "write when=When.STORED"),
        ('error="SlowDown", where="a"', "a function of one Request, such as lambda request"),
        ('error="SlowDown", probability=0.5', "needs a seed="),
        ('delay="5s"', "write delay=5: it is in seconds"),
        ("delay=dt.timedelta(minutes=1)", "write delay=60: it is in seconds"),
        ("delay=-5", "time and sizes are not negative"),
        (
            'error="SlowDown", where=lambda: True',
            "a function of one Request, such as lambda request: request.part_number == 3",
        ),
        ("raises=OSError", "write transport=Transport.RESET for a broken connection"),
        ('meanwhile="upload_aborted"', "write meanwhile=Meanwhile.UPLOAD_ABORTED"),
        ('outcomes="SlowDown"', 'such as outcomes=[error("SlowDown"), None]'),
        ('outcomes=["SlowDown"]', "outcomes=[error('SlowDown'), None]"),
        ("", "nothing says what happens; give just one of error, http"),
        ('error="SlowDown", http=Http(502)', "error and http are given; give just one of"),
    ],
)
def test_a_fault_says_what_to_write(said: Said, given: str, message: str) -> None:
    text = said(f'cos.inject("UploadPart", {given})')
    assert text.startswith("fakecos.UsageError: ")
    assert message in text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("cos.inject()", 'operation is missing. It is written cos.inject("UploadPart", error="SlowDown")'),
        ('cos.inject("UploadPart", "SlowDown")', "cos.inject(..., error='SlowDown')"),
        ('cos.inject("UploadPart", 503)', "cos.inject(..., http=Http(503))"),
        ('cos.inject(cos.client().put_object, error="SlowDown")', "inject(put_object, error='SlowDown')"),
        ('cos.inject("PutObject", part_number=1, error="SlowDown")', "PutObject has no part number"),
        ("Http()", "status is missing"),
        ('Http("503")', "a number from 200 to 599"),
        ('Http(503, body="x")', 'a body is bytes, such as b"Bad Gateway"'),
        ('Delay("5")', "Delay(seconds='5'): it is a number, of seconds"),
        ("delay(sec=5)", "there is no keyword 'sec'"),
        ('error("SlowDown", mesage="x")', "do not fit; did you mean message?"),
        ("error(503)", "S3 names an error by its code"),
        ("Corrupt.cut()", "to is missing. It is written Corrupt.cut(to)"),
        ('Corrupt.cut("5")', "it is a whole number, 0 at least"),
        ('Corrupt.flip("5")', "it is the number of a bit"),
        ('transport("reset")', "a member of Transport, such as Transport.RESET"),
        ('meanwhile("gone")', "a member of Meanwhile"),
        ('corrupt("flip")', "what Corrupt makes, such as Corrupt.flip()"),
        ('redirect("eu-west-1", status=302)', "S3 redirects with 301, 307 and 400"),
        ('cos.corrupt_stored("photos", "a.tx")', "no object 'a.tx' in 'photos'"),
        ('cos.corrupt_stored("phots", "a.txt")', "no bucket 'phots'; did you mean photos?"),
        ('cos.corrupt_stored("photos", "a.txt", byte=5)', "write bit=8 * 5"),
        ('cos.corrupt_stored("photos", "a.txt", bit="1")', "it is the number of a bit"),
    ],
)
def test_the_words_for_faults_say_what_to_write(said: Said, line: str, message: str) -> None:
    text = said(line)
    assert text.startswith("fakecos.UsageError: ")
    assert message in text


def test_a_predicate_that_asks_for_what_a_request_has_not_is_told_the_nearest() -> None:
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        misspelt: Any = lambda request: request.partnumber == 1  # noqa: E731
        fault = cos.inject("ListObjectsV2", error="SlowDown", where=misspelt)
        with pytest.raises(AttributeError, match=r"'partnumber'; did you mean part_number\?"):
            cos.client().list_objects_v2(Bucket="photos")
        fault.cancel()
        cos.errors.clear()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Transport.TIMEOUT", "'Transport' has no attribute 'TIMEOUT'; did you mean READ_TIMEOUT?"),
        ("Meanwhile.ABORTED", "did you mean UPLOAD_ABORTED?"),
        ("Corrupt.filp()", "did you mean flip?"),
        ("When.STORD", "did you mean STORED?"),
    ],
)
def test_a_member_that_is_not_there_names_the_nearest(said: Said, line: str, message: str) -> None:
    text = said(line)
    assert text.startswith("AttributeError: ")
    assert message in text
