"""Put and GetBucketNotificationConfiguration: kept, returned, which destinations; what is sent: tests/notifications."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

QUEUE = "arn:aws:sqs:us-east-1:123456789012:queue"


def queue(*events: str, **rules: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"QueueArn": QUEUE, "Events": list(events)}
    if rules:
        entry["Filter"] = {"Key": {"FilterRules": [{"Name": name, "Value": value} for name, value in rules.items()]}}
    return entry


def put_notification(client: Any, *queues: dict[str, Any], **document: Any) -> Any:
    if queues:
        document["QueueConfigurations"] = list(queues)
    return client.put_bucket_notification_configuration(Bucket=BUCKET, NotificationConfiguration=document)


def get_notification(client: Any) -> Any:
    return members_of(client.get_bucket_notification_configuration(Bucket=BUCKET))


@promise
def every_kind_of_destination_comes_back(aws: Any) -> None:
    """Source: documented."""
    assert get_notification(aws) == {}  # documented
    document: dict[str, Any] = {
        "TopicConfigurations": [
            {"Id": "t", "TopicArn": "arn:aws:sns:us-east-1:123456789012:topic", "Events": ["s3:ObjectCreated:Put"]}
        ],
        "QueueConfigurations": [{"Id": "q", **queue("s3:ObjectRemoved:*", prefix="in/", suffix=".zip")}],
        "LambdaFunctionConfigurations": [
            {
                "Id": "l",
                "LambdaFunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:f",
                "Events": ["s3:ObjectRestore:*", "s3:ObjectTagging:Put"],
            }
        ],
        "EventBridgeConfiguration": {},
    }
    answer = put_notification(aws, **document)
    assert (http_status(answer), members_of(answer)) == (200, {})
    rules = document["QueueConfigurations"][0]["Filter"]["Key"]["FilterRules"]
    rules[:] = [{**rule, "Name": rule["Name"].capitalize()} for rule in rules]  # aws-event-notifications 10
    assert get_notification(aws) == document
    put_notification(aws)
    assert get_notification(aws) == {}


@promise
def a_configuration_without_an_id_gets_one(aws: Any) -> None:
    """Source: documented."""
    put_notification(aws, queue("s3:ObjectCreated:Put"), queue("s3:ObjectCreated:Post"))
    first, second = get_notification(aws)["QueueConfigurations"]
    assert first["Id"] != second["Id"]


@promise
def a_missing_bucket(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 55."""
    message = "The specified bucket does not exist"
    with refused(cos, "NoSuchBucket", message, 404, BucketName="no-such-bucket"):
        aws.get_bucket_notification_configuration(Bucket="no-such-bucket")


INVALID = [
    (
        {"QueueArn": "arn:aws:sns:us-east-1:123456789012:topic", "Events": ["s3:ObjectCreated:*"]},
        "The ARN could not be parsed",
        ("Queue", "arn:aws:sns:us-east-1:123456789012:topic"),
    ),
    (queue("s3:ObjectMoved"), "The event is not supported for notifications", ("Event", "s3:ObjectMoved")),
    (
        queue("s3:ObjectCreated:*", infix="a"),
        "filter rule name must be either prefix or suffix",
        ("FilterRule.Name", "infix"),
    ),
    (
        queue("s3:ObjectCreated:*", prefix="a", Prefix="b"),
        "Cannot specify more than one prefix rule in a filter.",
        ("FilterRule.Name", "Prefix"),
    ),
]


@promise
@cases(("entry", "message", "argument"), INVALID)
def a_wrong_argument(cos: Service, aws: Any, entry: dict[str, Any], message: str, argument: tuple[str, str]) -> None:
    """Source: public."""
    put_notification(aws, {"Id": "q", **queue("s3:ObjectCreated:*")})
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=argument[0], ArgumentValue=argument[1]):
        put_notification(aws, entry)
    assert get_notification(aws) == {"QueueConfigurations": [{"Id": "q", **queue("s3:ObjectCreated:*")}]}


@promise
def a_filter_rule_without_a_value_is_malformed(cos: Service, aws: Any) -> None:
    """Source: public."""
    entry = {**queue("s3:ObjectCreated:*"), "Filter": {"Key": {"FilterRules": [{"Name": "prefix"}]}}}
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_notification(aws, entry)


OVERLAP = "Configurations overlap. Configurations on the same bucket cannot share a common event type."


@promise
@cases(
    ("first", "second", "overlap"),
    [
        (queue("s3:ObjectCreated:*"), queue("s3:ObjectCreated:Put"), True),
        (queue("s3:ObjectCreated:Put", prefix="a"), queue("s3:ObjectCreated:Put", prefix="ab"), True),
        (queue("s3:ObjectCreated:Put", prefix="a"), queue("s3:ObjectCreated:Put", suffix=".b"), True),
        (queue("s3:ObjectCreated:Put", prefix="a"), queue("s3:ObjectCreated:Put", prefix="b"), False),
        (queue("s3:ObjectCreated:Put", suffix=".a"), queue("s3:ObjectCreated:Put", suffix=".b"), False),
        (queue("s3:ObjectCreated:Put"), queue("s3:ObjectCreated:Copy"), False),
    ],
)
def two_configurations_for_one_event(
    cos: Service, aws: Any, first: dict[str, Any], second: dict[str, Any], overlap: bool
) -> None:
    """Source: documented by AWS: "Examples of valid and invalid notification configurations with object key name
    filtering"."""
    if overlap:
        with refused(cos, "InvalidArgument", OVERLAP, 400):
            put_notification(aws, first, second)
    else:
        put_notification(aws, first, second)


UNABLE = "Unable to validate the following destination configurations"
CREATED = ["s3:ObjectCreated:*"]
FUNCTION = "arn:aws:lambda:us-east-1:999999999999:function:f"
NO_QUEUE = "The destination queue does not exist"
NO_TOPIC = "The destination topic does not exist"
ELSEWHERE = [
    ("QueueConfigurations", "QueueArn", "arn:aws:sqs:us-east-1:999999999999:queue", NO_QUEUE),
    ("TopicConfigurations", "TopicArn", "arn:aws:sns:us-east-1:999999999999:topic", NO_TOPIC),
    ("LambdaFunctionConfigurations", "LambdaFunctionArn", FUNCTION, f"Not authorized to invoke function [{FUNCTION}]"),
]


@promise
@cases(("member", "name", "arn", "said"), ELSEWHERE, ids=["queue", "topic", "function"])
def a_destination_that_is_not_there_is_refused_unless_that_is_skipped(
    cos: Service, aws: Any, member: str, name: str, arn: str, said: str
) -> None:
    """Source: recorded aws-bucket-configuration 67, 69; of a topic: as of a queue; that one of another account is not
    there."""
    # recorded aws-bucket-configuration 67, 69; of a topic: as of a queue; that one of another account is not there
    # where nobody knows: our own choice
    document = {member: [{"Id": "x", name: arn, "Events": CREATED}]}
    told = {"ArgumentName1": f"{arn}, null" if arn == FUNCTION else arn, "ArgumentValue1": said}
    named = {"Bucket": BUCKET, "NotificationConfiguration": document}
    for skip in ({}, {"SkipDestinationValidation": False}):
        with refused(cos, "InvalidArgument", UNABLE, 400, **told):
            aws.put_bucket_notification_configuration(**named, **skip)
    aws.put_bucket_notification_configuration(**named, SkipDestinationValidation=True)
    assert get_notification(aws) == document


@promise
def several_destinations_that_are_not_there_are_each_named(cos: Service, aws: Any) -> None:
    """Source: recorded aws-bucket-configuration 68."""
    first, second = (f"arn:aws:sqs:us-east-1:999999999999:{name}" for name in ("my-queue", "my-queue-2"))
    told = {"ArgumentName1": first, "ArgumentValue1": NO_QUEUE, "ArgumentName2": second, "ArgumentValue2": NO_QUEUE}
    with refused(cos, "InvalidArgument", UNABLE, 400, **told):
        put_notification(
            aws,
            {"QueueArn": first, "Events": ["s3:ObjectCreated:*"]},
            {"QueueArn": second, "Events": ["s3:ObjectRemoved:*"]},
        )
    # recorded aws-bucket-configuration 68: an ARN that is none comes first, and is refused without validation too (67)
    for skip in (False, True):
        with refused(
            cos,
            "InvalidArgument",
            "The ARN could not be parsed",
            400,
            ArgumentName="Queue",
            ArgumentValue="invalid_arn",
        ):
            aws.put_bucket_notification_configuration(
                Bucket=BUCKET,
                NotificationConfiguration={
                    "QueueConfigurations": [
                        {"QueueArn": first, "Events": ["s3:ObjectCreated:*"]},
                        {"QueueArn": "invalid_arn", "Events": ["s3:ObjectRemoved:*"]},
                    ]
                },
                SkipDestinationValidation=skip,
            )


@promise
@cases(
    ("member", "name", "arn", "said", "element"),
    [
        ("QueueConfigurations", "QueueArn", f"{QUEUE}.fifo", "FIFO SQS queues are not supported.", "Queue"),
        (
            *("TopicConfigurations", "TopicArn", "arn:aws:sns:us-east-1:123456789012:topic.fifo"),
            *("FIFO SNS topics are not supported.", "Topic"),
        ),
    ],
)
def what_is_first_in_first_out_is_refused(
    cos: Service, aws: Any, member: str, name: str, arn: str, said: str, element: str
) -> None:
    """Source: documented: only standard queues and topics; the words for queues: public, for topics: assumed."""
    with refused(cos, "InvalidArgument", said, 400, ArgumentName=element, ArgumentValue=arn):
        put_notification(aws, **{member: [{name: arn, "Events": CREATED}]})


@promise
def a_destination_in_another_region_is_refused(cos: Service, aws: Any) -> None:
    """Source: documented: "must be in the same Region as the bucket"; the words: public; the fields: assumed."""
    said = "The notification destination service region is not valid for the bucket location constraint"
    arn = "arn:aws:sqs:eu-west-1:123456789012:queue"
    with refused(cos, "InvalidArgument", said, 400, ArgumentName="QueueArn", ArgumentValue=arn):
        put_notification(aws, {"QueueArn": arn, "Events": CREATED})


@promise
@cases("arn", ["arn:aws:sqs:", "arn:aws:sqs:us-east-1::queue", "arn:aws:sqs:us-east-1:123456789012:"])
def an_arn_that_lacks_something_is_refused(cos: Service, aws: Any, arn: str) -> None:
    """Source: recorded aws-bucket-configuration 67; that these are none: public."""
    with refused(cos, "InvalidArgument", "The ARN could not be parsed", 400, ArgumentName="Queue", ArgumentValue=arn):
        put_notification(aws, {"QueueArn": arn, "Events": CREATED})
