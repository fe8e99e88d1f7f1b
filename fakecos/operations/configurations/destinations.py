"""Whether the destinations of a notification configuration can be there, and take what S3 sends.

Which there are is asked of `context.destinations`. What S3 answers: recorded aws-bucket-configuration 67 to 69.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos import urls
from fakecos.facts import errors
from fakecos.facts.errors import S3Error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fakecos.model.bucket import Bucket
    from fakecos.operations.configurations.schema import Document
    from fakecos.operations.context import Context


class Kind(NamedTuple):
    """One kind of destination.

    - `member`, `arn_member`: its list in the document, and the ARN's member in an entry; `element`: that on the wire.
    - `service`: its name in an ARN; `noun`: what S3 calls it.
    """

    member: str
    arn_member: str
    element: str
    service: str
    noun: str


KINDS = (
    Kind("TopicConfigurations", "TopicArn", "Topic", "sns", "topic"),
    Kind("QueueConfigurations", "QueueArn", "Queue", "sqs", "queue"),
    Kind("LambdaFunctionConfigurations", "LambdaFunctionArn", "CloudFunction", "lambda", "function"),
)
LAMBDA = "lambda"
FIFO = {"sqs": errors.FIFO_QUEUE, "sns": errors.FIFO_TOPIC}


def entries_of(document: Mapping[str, Any]) -> Iterator[tuple[Kind, Document]]:
    """Return the configurations of a document, each with its kind."""
    for kind in KINDS:
        for entry in document.get(kind.member, ()):
            yield kind, entry


def is_arn(arn: str, kind: Kind) -> bool:
    """Whether a text is the ARN of a destination of this kind."""
    return re.fullmatch(rf"arn:aws[a-z-]*:{kind.service}:[a-z0-9-]+:[0-9]{{12}}:.+", arn) is not None


def require_arn(arn: str, kind: Kind) -> None:
    """Refuse what is no ARN of this kind, and queues and topics that are first in, first out (documented)."""
    if not is_arn(arn, kind):
        raise S3Error(errors.ARN_NOT_PARSED, ArgumentName=kind.element, ArgumentValue=arn)
    if arn.endswith(".fifo") and kind.service in FIFO:
        raise S3Error(FIFO[kind.service], ArgumentName=kind.element, ArgumentValue=arn)


def require_destinations(context: Context, bucket: Bucket, document: Document, params: Mapping[str, Any]) -> None:
    """Refuse a destination in another region than the bucket, and those that are not there or take nothing of S3.

    `SkipDestinationValidation` leaves out the second (recorded aws-bucket-configuration 67). An ARN that is none was
    refused before, whatever that says.
    """
    for kind, entry in entries_of(document):
        arn = entry[kind.arn_member]
        if arn.split(":")[3] != bucket.region:
            raise S3Error(errors.DESTINATION_REGION, ArgumentName=kind.arn_member, ArgumentValue=arn)
    if params.get("SkipDestinationValidation") is True:
        return
    accounts = {bucket.account, context.caller.account}
    refusals: dict[str, str] = {}
    explanations: list[str] = []
    for kind, entry in entries_of(document):
        arn = entry[kind.arn_member]
        standing = context.destinations.standing(arn, bucket, accounts)
        if standing.exists and standing.allows:
            if standing.why:
                context.notice(f"would be refused by S3: {standing.why}")
            continue
        shown = f"{arn}, null" if kind.service == LAMBDA else arn
        if shown not in refusals:
            refusals[shown] = _refusal(kind, arn, exists=standing.exists)
            explanations.append(f"{arn}: {standing.why}")
    if refusals:
        explanations.append(f"SkipDestinationValidation=True takes it unseen. See {urls.page(PAGE)}")
        raise _unable(refusals, " ".join(explanations))
    note_tests(context, bucket, document)


def note_tests(context: Context, bucket: Bucket, document: Document) -> None:
    """Note that each queue and topic is tried, once; of a function S3 looks at the permissions alone (documented).

    Once for each destination, and at each PutBucketNotificationConfiguration: assumed.
    """
    tried: set[str] = set()
    for kind, entry in entries_of(document):
        arn = entry[kind.arn_member]
        if kind.service != LAMBDA and arn not in tried:
            tried.add(arn)
            context.note_test(bucket, arn, entry["Id"])


PAGE = "how-to/events-with-moto"


def _refusal(kind: Kind, arn: str, *, exists: bool) -> str:
    """Return what S3 says of one destination; it cannot tell a function that is not there from one it may not use."""
    if kind.service == LAMBDA:
        return f"Not authorized to invoke function [{arn}]"
    if not exists:
        return f"The destination {kind.noun} does not exist"
    return f"Permissions on the destination {kind.noun} do not allow S3 to publish notifications from this bucket"


def _unable(refusals: Mapping[str, str], explanation: str) -> S3Error:
    """Return the refusal of all of them: each has a name and a value with its number (recorded)."""
    error = S3Error(errors.NO_SUCH_DESTINATION, explanation=explanation)
    for number, (name, value) in enumerate(refusals.items(), 1):
        error.fields[f"ArgumentName{number}"] = name
        error.fields[f"ArgumentValue{number}"] = value
    return error
