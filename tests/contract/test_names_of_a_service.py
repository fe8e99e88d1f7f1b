"""What `fakecos verify` writes for the names of a promise: those of the service's buckets, and of its account."""

from __future__ import annotations

import base64
import json

import pytest

from fakecos.comparison.exchange import Exchange
from fakecos.comparison.normalised import Normaliser
from fakecos.contract.bucket_names import ACCOUNT, BucketNames, NotAsked
from fakecos.contract.by_hand import Answer, ByHand, ErrorAnswer, Headers, Keys, Request
from fakecos.contract.forms import Form
from fakecos.contract.not_asked import require_safe_by_hand
from fakecos.contract.ways import OverHttp
from fakecos.model.store import ACCOUNT as ACCOUNT_OF_THE_FAKE

OWN = BucketNames("verify", "0001", account="999988887777")


def test_the_account_of_a_promise_is_the_one_that_asks() -> None:
    assert ACCOUNT == ACCOUNT_OF_THE_FAKE
    sent = OWN.params_there({"Bucket": "photos", "ExpectedBucketOwner": ACCOUNT})
    assert sent == {"Bucket": "verify-0001-photos", "ExpectedBucketOwner": "999988887777"}
    assert OWN.there(f"a-{ACCOUNT}-us-east-1-an") == "verify-0001-a-999988887777-us-east-1-an"
    assert OWN.here(b"<Owner>999988887777</Owner>") == f"<Owner>{ACCOUNT}</Owner>".encode()
    assert OWN.here({"x-amz-owner": "999988887777"}) == {"x-amz-owner": ACCOUNT}


def test_headers_by_hand_name_the_buckets_and_the_account_of_the_service() -> None:
    way = OverHttp("https://localhost:9", names=OWN)
    assert way.place("/photos/a/b") == ("https", "localhost:9", "/verify-0001-photos/a/b")
    given = {"x-amz-copy-source": "photos/a", "x-amz-expected-bucket-owner": ACCOUNT}
    assert way.headers_there(given) == {
        "x-amz-copy-source": "verify-0001-photos/a",
        "x-amz-expected-bucket-owner": "999988887777",
    }


def judged(request: Request) -> None:
    bucket = request.path.removeprefix("/").partition("/")[0]
    require_safe_by_hand(request, bucket, OWN)


@pytest.mark.parametrize(
    ("path", "query", "headers", "body", "why"),
    [
        ("/", "", {}, b"", "no bucket of its own"),
        ("/photos", "retention", {}, b"<Mode>COMPLIANCE</Mode>", "COMPLIANCE"),
        ("/photos/key", "", {"x-amz-object-lock-mode": "COMPLIANCE"}, b"", "COMPLIANCE"),
        ("/photos", "policy", {}, b'{"Statement": {"Effect": "Deny", "Action": "s3:*"}}', "own account"),
        ("/photos", "policy", {}, b'{"Statement": [{"Effect": "Deny", "NotAction": "s3:GetObject"}]}', "own account"),
        ("/photos", "policy=", {}, b'{"Statement": {"Effect": "Deny", "Action": "s3:Delete*"}}', "own account"),
        ("/photos", "policy", {}, b'{"Statement": {"Resource": "arn:aws:s3:::photos/*"}}', "as it is"),
        ("/photos/key", "x-amz-object-lock-mode=COMPL%49ANCE", {}, b"", "COMPLIANCE"),
        ("/photos", "metadataTable", {}, b"", "tables of the account"),
        ("/photos/key", "restore&versionId=1", {}, b"<Tier>Expedited</Tier>", "expedited"),
        ("/photos/key", "", {"authorization": "Bearer x"}, b"", "not signed"),
        ("/photos/key", "", {"content-length": "9"}, b"x", "another length"),
        ("/photos/key", "", {"x-amz-copy-source-range": "bytes=0-1 "}, b"", "HTTP takes away"),
    ],
    ids=[
        *("all buckets", "retention", "a lock", "a policy", "all but one action", "a pattern", "a name in a document"),
        *("a lock in the query", "tables", "an expedited restore", "unsigned", "length", "a space"),
    ],
)
def test_what_could_not_be_undone_is_not_sent_by_hand_either(
    path: str, query: str, headers: dict[str, str], body: bytes, why: str
) -> None:
    send = ByHand(OverHttp("https://localhost:9", names=OWN, judge=judged), Keys("AKID", "secret"))
    with pytest.raises(NotAsked, match=why):
        send("PUT", path, query, headers, body)


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"x-amz-object-lock-mode": "COMPLIANCE"}, "COMPLIANCE"), ({"Retention-Period": "60"}, "what COS protects")],
    ids=["a lock", "retention of COS"],
)
def test_a_form_that_could_not_be_undone_is_not_sent_either(fields: dict[str, str], why: str) -> None:
    send = ByHand(OverHttp("https://localhost:9", names=OWN, judge=judged), Keys("AKID", "secret"))
    with pytest.raises(NotAsked, match=why):
        send.form("photos", Form({"key": "a", **fields}))


def test_the_policy_of_a_form_names_the_bucket_of_the_service() -> None:
    sent: list[Request] = []

    def judge(request: Request) -> None:
        sent.append(request)
        raise NotAsked

    with pytest.raises(NotAsked):
        ByHand(OverHttp("https://localhost:9", names=OWN, judge=judge), Keys("AKID", "secret", "token")).form(
            "photos", Form({"key": "a"})
        )
    fields = dict(sent[0].fields)
    conditions = json.loads(base64.b64decode(fields["policy"]))["conditions"]
    assert (sent[0].path, conditions[0]) == ("/verify-0001-photos", {"bucket": "verify-0001-photos"})
    assert {"x-amz-security-token": "token"} in conditions
    assert fields["x-amz-security-token"] == "token"


def test_an_error_by_hand_is_read_as_a_clients() -> None:
    body = b"<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>"
    error = ErrorAnswer(Answer(404, Headers({"a": "b"}), body))
    assert error.response["Error"] == {"Code": "NoSuchKey", "Message": "gone"}
    assert error.response["ResponseMetadata"] == {"HTTPStatusCode": 404, "HTTPHeaders": {"a": "b"}}
    assert ErrorAnswer(Answer(412, Headers(), b"")).response["Error"] == {"Code": "412"}


def test_what_an_error_repeats_of_a_request_is_compared_as_asked() -> None:
    def said(asked: str, answered: str) -> object:
        body = f"<Error><Code>InvalidArgument</Code><ArgumentValue>{answered}</ArgumentValue></Error>".encode()
        return Normaliser().answer(Exchange("GetObject", {"VersionId": asked}, 400, {}, body)).document

    here, there = "2mcuzq6p6LS9VKswqzwfktt0joozABCD", "721OxNcHHjG1IWMhHgc5Z0ZOFPggABCD"
    assert said(here, here) == said(there, there)
    assert said(here, here) != said(there, here)
    assert said("1", "1") != said("2", "2")


def test_where_something_is_stands_for_the_address_that_was_asked() -> None:
    def told(host: str, place: str) -> object:
        body = f"<LocationConstraint>{place}</LocationConstraint>".encode()
        headers = {"location": f"https://{host}/photos/a%2Fb"}
        return Normaliser().answer(Exchange("Post by hand", {"path": "/photos"}, 204, headers, body))

    assert told("127.0.0.1:9", "us-south-cold") == told("s3.eu-de.example.com", "eu-de-cold")
    assert told("127.0.0.1:9", "us-south-cold") != told("127.0.0.1:9", "us-south-vault")
    assert told("127.0.0.1:9", "eu-west-1") != told("127.0.0.1:9", "eu-west-2")
    page = [
        Normaliser().answer(Exchange("Post by hand", {"path": "/photos"}, 303, {"location": f"http://{name}/done"}))
        for name in ("one", "two")
    ]
    assert page[0] != page[1]
