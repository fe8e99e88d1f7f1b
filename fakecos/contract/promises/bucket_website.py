"""Put, Get and DeleteBucketWebsite: the document, not what a website host answers."""

from __future__ import annotations

from typing import Any

from fakecos.contract.promise import Service, cases, promise
from fakecos.contract.steps.answers import http_status, members_of
from fakecos.contract.steps.messages import MALFORMED_XML
from fakecos.contract.steps.names import BUCKET
from fakecos.contract.steps.refused import refused

INDEX = {"Suffix": "index.html"}
ELSEWHERE = {"HostName": "example.com"}


def put_website(client: Any, **document: Any) -> Any:
    return client.put_bucket_website(Bucket=BUCKET, WebsiteConfiguration=document)


def rules(**rule: Any) -> dict[str, Any]:
    return {"IndexDocument": INDEX, "RoutingRules": [rule]}


@promise
@cases(
    "document",
    [
        {"IndexDocument": INDEX},
        {"IndexDocument": INDEX, "ErrorDocument": {"Key": "error.html"}},
        {"RedirectAllRequestsTo": {"HostName": "example.com", "Protocol": "https"}},
        rules(
            Condition={"KeyPrefixEquals": "docs/", "HttpErrorCodeReturnedEquals": "404"},
            Redirect={"ReplaceKeyPrefixWith": "", "HttpRedirectCode": "307", "Protocol": "https"},
        ),
    ],
    ids=str,
)
def a_website_comes_back_as_it_was_put(client: Any, document: dict[str, Any]) -> None:
    # the documents of aws-bucket-configuration 45, 49-52
    assert http_status(put_website(client, **document)) == 200
    assert members_of(client.get_bucket_website(Bucket=BUCKET)) == document


@promise
def deleting_succeeds_twice(cos: Service, client: Any) -> None:
    """Source: recorded aws-bucket-configuration 46."""
    put_website(client, IndexDocument=INDEX)
    assert [http_status(client.delete_bucket_website(Bucket=BUCKET)) for _ in range(2)] == [204, 204]
    message = "The specified bucket does not have a website configuration"
    with refused(cos, "NoSuchWebsiteConfiguration", message, 404, BucketName=BUCKET):
        client.get_bucket_website(Bucket=BUCKET)


INVALID_ARGUMENTS = [
    (
        {},
        "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
        ("IndexDocument", "null"),
    ),
    ({"IndexDocument": {"Suffix": "a/b"}}, "The IndexDocument Suffix is not well formed", ("IndexDocument", "a/b")),
    ({"IndexDocument": {"Suffix": ""}}, "The IndexDocument Suffix is not well formed", ("IndexDocument", None)),
    (
        {"IndexDocument": INDEX, "ErrorDocument": {"Key": ""}},
        "The ErrorDocument Key is not well formed",
        ("ErrorDocument", None),
    ),
    (
        {"IndexDocument": INDEX, "RedirectAllRequestsTo": ELSEWHERE},
        "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
        ("RedirectAllRequestsTo", "not null"),
    ),
]


@promise
@cases(("document", "message", "argument"), INVALID_ARGUMENTS)
def a_wrong_argument(
    cos: Service, make_client: Any, document: dict[str, Any], message: str, argument: tuple[str, str | None]
) -> None:
    """Source: public."""
    client = make_client(config={"parameter_validation": False})
    name, value = argument
    with refused(cos, "InvalidArgument", message, 400, ArgumentName=name, ArgumentValue=value):
        put_website(client, **document)


PROTOCOL = (
    "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically."
)
CONDITION = (
    "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be "
    "present."
)
INVALID_REQUESTS = [
    ({"RedirectAllRequestsTo": {**ELSEWHERE, "Protocol": "ftp"}}, PROTOCOL),
    (rules(Redirect={"Protocol": "ftp"}), PROTOCOL),
    (
        rules(Redirect={"ReplaceKeyPrefixWith": "a", "ReplaceKeyWith": "b"}),
        "You can only define ReplaceKeyPrefix or ReplaceKey but not both.",
    ),
    (
        rules(Condition={}, Redirect=ELSEWHERE),
        CONDITION,
    ),
    (
        rules(Redirect={"HttpRedirectCode": "300"}),
        "The provided HTTP redirect code (300) is not valid. Valid codes are 3XX except 300.",
    ),
    (
        rules(Condition={"HttpErrorCodeReturnedEquals": "302"}, Redirect=ELSEWHERE),
        "The provided HTTP error code (302) is not valid. Valid codes are 4XX or 5XX.",
    ),
    (
        {"IndexDocument": INDEX, "RoutingRules": [{"Redirect": ELSEWHERE}] * 51},
        "51 routing rules provided, the number of routing rules in a website configuration is limited to 50.",
    ),
]


@promise
@cases(("document", "message"), INVALID_REQUESTS, ids=[str(n) for n in range(len(INVALID_REQUESTS))])
def a_wrong_redirect(cos: Service, aws: Any, document: dict[str, Any], message: str) -> None:
    """Source: public."""
    put_website(aws, IndexDocument=INDEX)
    with refused(cos, "InvalidRequest", message, 400):
        put_website(aws, **document)


@promise
@cases("document", [rules(Redirect={}), {"IndexDocument": INDEX, "RoutingRules": []}], ids=str)
def rules_that_say_nothing_are_malformed(cos: Service, aws: Any, document: dict[str, Any]) -> None:
    """Source: public."""
    with refused(cos, "MalformedXML", MALFORMED_XML, 400):
        put_website(aws, **document)
