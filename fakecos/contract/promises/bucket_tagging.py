"""Put, Get and DeleteBucketTagging, and tags at creation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.contract.promise import Service, cases, promise

if TYPE_CHECKING:
    from fakecos.contract.by_hand import ByHand

from typing import TYPE_CHECKING

from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.digests import md5_base64
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

SYSTEM_TAG_AT_CREATION = (
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. '
    'Remove "aws:" from your tag keys and try again.'
)
TAGS = [{"Key": "tag1", "Value": "value1"}, {"Key": "tag2", "Value": ""}]


def put_tagging(client: Any, *tags: dict[str, str], bucket: str = BUCKET) -> Any:
    return client.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": list(tags)})


@promise
def an_empty_tag_set_takes_the_tags_away(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 12."""
    put_tagging(client, *TAGS)
    answer = put_tagging(client)
    assert (http_status(answer), members_of(answer)) == (204, {})
    with refused(cos, "NoSuchTagSet", "The TagSet does not exist", 404, BucketName=BUCKET):
        client.get_bucket_tagging(Bucket=BUCKET)


@promise
def deleting_succeeds_twice(cos: Service, client: Any) -> None:
    put_tagging(client, *TAGS)
    assert [http_status(client.delete_bucket_tagging(Bucket=BUCKET)) for _ in range(2)] == [204, 204]
    with refused(cos, "NoSuchTagSet"):
        client.get_bucket_tagging(Bucket=BUCKET)


@promise
def a_missing_bucket(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 11."""
    message = "The specified bucket does not exist"
    for name in ("get_bucket_tagging", "delete_bucket_tagging"):
        with refused(cos, "NoSuchBucket", message, 404, BucketName="no-such-bucket"):
            getattr(client, name)(Bucket="no-such-bucket")
    with refused(cos, "NoSuchBucket", message, 404, BucketName="no-such-bucket"):
        put_tagging(client, *TAGS, bucket="no-such-bucket")


REFUSALS = [
    ([{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}], "Cannot provide multiple Tags with the same key"),
    ([{"Key": "aws:a", "Value": "1"}], "System tags cannot be added/updated by requester"),
    ([{"Key": "a" * 129, "Value": "1"}], "The TagKey you have provided is invalid"),
    ([{"Key": "a!", "Value": "1"}], "The TagKey you have provided is invalid"),
    ([{"Key": "a", "Value": "1" * 257}], "The TagValue you have provided is invalid"),
]


@promise
@cases(("tags", "message"), REFUSALS, ids=[message for _, message in REFUSALS[:-1]] + ["value"])
def a_wrong_tag_is_refused_and_the_tags_stay(cos: Service, aws: Any, tags: list[dict[str, str]], message: str) -> None:
    """Source: documented rules; the words: public."""
    put_tagging(aws, *TAGS)
    with refused(cos, "InvalidTag", status=400) as answer:
        put_tagging(aws, *tags)
    assert answer["Error"]["Message"] == message
    if tags[0]["Key"].startswith("aws:"):  # a sentence of its own, and no TagKey (recorded aws-changes 14)
        message = SYSTEM_TAG_AT_CREATION
    with refused(cos, "InvalidTag", status=400) as answer:
        aws.create_bucket(Bucket="new-bucket", CreateBucketConfiguration={"Tags": tags})
    assert answer["Error"]["Message"] == message


@promise
def more_than_fifty_tags_are_refused(cos: Service, client: Any) -> None:
    """Source: documented limit; the words: public."""
    tags = [{"Key": f"k{number}", "Value": ""} for number in range(51)]
    with refused(cos, "BadRequest", "Bucket tag count cannot be greater than 50", 400):
        put_tagging(client, *tags)
    put_tagging(client, *tags[:50])


@promise
def tags_at_creation(aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 9."""
    tags = TAGS[:1]
    answer = aws.create_bucket(Bucket="tagged", CreateBucketConfiguration={"Tags": tags})
    assert members_of(answer) == {"BucketArn": "arn:aws:s3:::tagged", "Location": "/tagged"}
    assert members_of(aws.get_bucket_tagging(Bucket="tagged")) == {"TagSet": tags}


@promise
def an_empty_list_of_tags_at_creation_is_none(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 10."""
    for _ in range(2):
        answer = aws.create_bucket(Bucket="untagged", CreateBucketConfiguration={"Tags": []})
        assert members_of(answer) == {"BucketArn": "arn:aws:s3:::untagged", "Location": "/untagged"}
    with refused(cos, "NoSuchTagSet", "The TagSet does not exist", 404, BucketName="untagged"):
        aws.get_bucket_tagging(Bucket="untagged")


@promise
def a_system_tag_at_creation_is_refused_in_words_of_its_own(cos: Service, aws: Any) -> None:
    """Source: recorded aws-changes 14."""
    tags = [{"Key": "ok", "Value": "1"}, {"Key": "aws:name", "Value": "1"}]
    with refused(cos, "InvalidTag", SYSTEM_TAG_AT_CREATION, 400):  # and no TagKey
        aws.create_bucket(Bucket="new-bucket", CreateBucketConfiguration={"Tags": tags})


@promise
@cases("tags", [TAGS[:1], [{"Key": "other", "Value": "1"}]], ids=["the same", "others"])
def tags_at_a_repeated_creation_are_refused(cos: Service, aws: Any, tags: list[dict[str, str]]) -> None:
    """Source: recorded aws-changes 13."""
    aws.create_bucket(Bucket="tagged", CreateBucketConfiguration={"Tags": TAGS[:1]})
    with refused(cos, "BucketAlreadyOwnedByYou", status=409):
        aws.create_bucket(Bucket="tagged", CreateBucketConfiguration={"Tags": tags})


@promise
@cases("configuration", [None, {"Tags": []}], ids=["none", "an empty list"])
def a_repeated_creation_without_tags_keeps_the_old_ones(aws: Any, configuration: Any) -> None:
    """Source: recorded aws-changes 13."""
    aws.create_bucket(Bucket="tagged", CreateBucketConfiguration={"Tags": TAGS[:1]})
    more = {} if configuration is None else {"CreateBucketConfiguration": configuration}
    assert http_status(aws.create_bucket(Bucket="tagged", **more)) == 200
    assert members_of(aws.get_bucket_tagging(Bucket="tagged")) == {"TagSet": TAGS[:1]}


@promise
@cases("tags", [[], TAGS[:1]], ids=["no tags", "tags"])
def in_other_regions_a_repeated_creation_is_refused_with_tags_or_without(
    cos: Service, make_client: Any, tags: list[dict[str, str]]
) -> None:
    """Source: documented: only us-east-1 answers 200."""
    client = make_client(region_name="eu-west-1")
    configuration = {"LocationConstraint": "eu-west-1", "Tags": tags}
    client.create_bucket(Bucket="in-ireland", CreateBucketConfiguration=configuration)
    with refused(cos, "BucketAlreadyOwnedByYou", status=409):
        client.create_bucket(Bucket="in-ireland", CreateBucketConfiguration=configuration)


@promise
def a_document_without_a_tag_set_takes_the_tags_away(cos: Service, send: ByHand, aws: Any) -> None:
    """Source: recorded aws-changes 16; of COS: assumed."""
    put_tagging(aws, *TAGS)
    document = b"<Tagging/>"
    assert send("PUT", f"/{BUCKET}", "tagging", {"content-md5": md5_base64(document)}, document).status == 204
    with refused(cos, "NoSuchTagSet"):
        aws.get_bucket_tagging(Bucket=BUCKET)
