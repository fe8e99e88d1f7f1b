"""Fakes of other services beside this one, such as moto: what they know of a destination, and what S3 sends there.

They are asked by an ordinary client of botocore, and only where somebody in this process or at a loopback address
answers: moto, or what a service that may pass (`FakeCOS(passthrough=...)`) has as its endpoint. Nothing leaves the
machine.
"""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fakecos.clients.botocore import destination_policy, moto
from fakecos.facts import hosts
from fakecos.facts.services.aws_principals import S3, endpoint_of
from fakecos.model.destinations import Standing
from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fakecos.model.bucket import Bucket

SUBJECT = "Amazon S3 Notification"  # recorded aws-bucket-configuration 70
MISSING = frozenset(
    {
        *("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "NotFound", "NotFoundException"),
        *("ResourceNotFoundException", "ResourceNotFound"),
    }
)
NOUNS = {"sqs": "queue", "sns": "topic", "lambda": "function"}
ACTIONS = {"sqs": "sqs:SendMessage", "sns": "sns:Publish", "lambda": "lambda:InvokeFunction"}  # documented
ACCOUNT_HEADER = "x-moto-account-id"  # moto's own, by which a request is for another account than its key's


class OtherFakes:
    """The fakes beside one fake of S3. `passes`: whether requests to a service by these names may leave the process."""

    def __init__(self, passes: Callable[[Collection[str]], bool]) -> None:
        self._passes = passes
        self._clients: dict[tuple[str, str, str], Any] = {}

    # --- what they know ---------------------------------------------------------------------------

    def standing(self, arn: str, bucket: Bucket) -> Standing | None:
        """Return what the fake of its service knows of a destination, None if there is none beside this one."""
        service, region, account, name = _parts(arn)
        client = self._client(service, region, account)
        if client is None:
            return None
        try:
            policy = _POLICIES[service](client, arn, name)
        except client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] not in MISSING:
                raise
            return Standing(exists=False, why=self._story(service, client, name, region, account))
        action = ACTIONS[service]
        if policy is None:  # S3 would refuse it: kept as a notice (docs/explanation/decisions/operations.md)
            needed = f"a policy that lets {S3} do {action}"
            return Standing(why=f"PutBucketNotificationConfiguration, since {arn} has no policy: it needs {needed}")
        if destination_policy.allows(policy, action, arn, bucket):
            return Standing()
        why = f"its policy does not let {S3} do {action} for {bucket.name}: {policy}"
        return Standing(allows=False, why=why)

    def _story(self, service: str, client: Any, name: str, region: str, account: str) -> str:
        names = _NAMES[service](client)
        has = f"has only {', '.join(names)}" if names else f"has no {NOUNS[service]}"
        near = did_you_mean(name.rpartition(":")[2], names)
        return (
            f"the fake of {service} beside this one {has} in {region} of {account}{near or ': create it there first'}."
        )

    # --- what is sent -----------------------------------------------------------------------------

    def send(self, arn: str, document: dict[str, Any]) -> None:
        """Send a message to a queue, topic, function or bus, if there is a fake that answers for it.

        Raises what the client raises, and what the fake raises.
        """
        service, region, account, name = _parts(arn)
        client = self._client(service, region, account)
        if client is None:
            return
        if service == "events":
            _put_event(client, document)
            return
        text = json.dumps(document, separators=(",", ":"))
        if service == "sqs":
            client.send_message(QueueUrl=client.get_queue_url(QueueName=name)["QueueUrl"], MessageBody=text)
        elif service == "sns":
            client.publish(TopicArn=arn, Subject=SUBJECT, Message=text)
        else:  # documented: S3 invokes it asynchronously
            client.invoke(FunctionName=arn, InvocationType="Event", Payload=text.encode())

    # --- by whom ----------------------------------------------------------------------------------

    def _client(self, service: str, region: str, account: str) -> Any:
        """Return a client of a service, None if nobody answers it here."""
        if "botocore.session" not in sys.modules:  # then no fake of another service is here either
            return None
        is_moto = moto.answers(service, f"https://{endpoint_of(service, region)}/")
        if not is_moto and not self._passes((service,)):
            return None
        key = (service, region, account)
        if key not in self._clients:
            self._clients[key] = _make(service, region, account)
        client = self._clients[key]
        if is_moto or hosts.is_loopback(urlsplit(client.meta.endpoint_url).hostname or ""):
            return client
        return None


def _make(service: str, region: str, account: str) -> Any:
    """Return a client of a service, for requests of an account."""
    from botocore.config import Config

    once = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=5)
    keys = {name.lower(): os.environ.get(name) or "fakecos" for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    session = _session(moto.is_loaded())
    client = session.create_client(service, region_name=region, config=once, **keys)

    def name_account(params: dict[str, Any], **_: Any) -> None:
        params["headers"][ACCOUNT_HEADER] = account

    client.meta.events.register("before-call", name_account)
    return client


@cache
def _session(with_moto: bool) -> Any:  # noqa: ARG001, FBT001  moto puts its handler into sessions that are made later
    """Return a session for all fakes: it has read the service models, which takes longer than all the rest."""
    return sys.modules["botocore.session"].Session()


def _put_event(client: Any, event: dict[str, Any]) -> None:
    """Put an event on the default bus; its fake makes the envelope anew: version, id, account and region."""
    entry = {
        "Time": event["time"],
        "Source": event["source"],
        "Resources": event["resources"],
        "DetailType": event["detail-type"],
        "Detail": json.dumps(event["detail"]),
    }
    failed = client.put_events(Entries=[entry])["Entries"][0]
    if failed.get("ErrorCode"):
        message = f"PutEvents answered {failed['ErrorCode']}: {failed.get('ErrorMessage')}"
        raise RuntimeError(message)


def _parts(arn: str) -> tuple[str, str, str, str]:
    """Return service, region, account and name of an ARN."""
    service, region, account, name = arn.split(":", 5)[2:]
    return service, region, account, name


# Source of what each operation answers: the service models of botocore, and the answers of moto 5.


def _policy_of_queue(client: Any, arn: str, name: str) -> str | None:  # noqa: ARG001  as the others
    url = client.get_queue_url(QueueName=name)["QueueUrl"]
    found = client.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])
    return found.get("Attributes", {}).get("Policy") or None


def _policy_of_topic(client: Any, arn: str, name: str) -> str | None:  # noqa: ARG001  as the others
    policy: str = client.get_topic_attributes(TopicArn=arn)["Attributes"].get("Policy", "")
    return None if not policy or destination_policy.is_default(policy) else policy


def _policy_of_function(client: Any, arn: str, name: str) -> str | None:  # noqa: ARG001  as the others
    client.get_function_configuration(FunctionName=arn)
    try:
        policy: str = client.get_policy(FunctionName=arn)["Policy"]
    except client.exceptions.ResourceNotFoundException:
        return None
    return policy


_POLICIES = {"sqs": _policy_of_queue, "sns": _policy_of_topic, "lambda": _policy_of_function}
_NAMES: dict[str, Callable[[Any], list[str]]] = {
    "sqs": lambda client: [url.rpartition("/")[2] for url in client.list_queues().get("QueueUrls", [])],
    "sns": lambda client: [topic["TopicArn"].rpartition(":")[2] for topic in client.list_topics().get("Topics", [])],
    "lambda": lambda client: [found["FunctionName"] for found in client.list_functions().get("Functions", [])],
}
