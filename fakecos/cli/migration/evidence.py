"""Which services of AWS a file speaks of: what says S3, and what says another one.

A file is rewritten only if something in it says S3, and nothing says another service (measured on the suites of public
projects: where no client is made in the test itself, most files test other services).
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from fakecos.cli.migration.source import FUNCTIONS, Remark, dotted, keyword, last_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fakecos.cli.migration.source import Source

MAKERS = frozenset({"client", "resource", "create_client"})
WORDS = frozenset(
    {
        *("apigateway", "athena", "cloudformation", "cloudfront", "cloudtrail", "cloudwatch", "cognito", "dynamodb"),
        *(
            "ec2",
            "ecr",
            "ecs",
            "efs",
            "eks",
            "elasticache",
            "elasticbeanstalk",
            "elbv2",
            "emr",
            "eventbridge",
            "firehose",
        ),
        *(
            "fsx",
            "guardduty",
            "kinesis",
            "lightsail",
            "neptune",
            "opensearch",
            "quicksight",
            "rds",
            "redshift",
            "route53",
        ),
        *("sagemaker", "secretsmanager", "sns", "sqs", "ssm", "stepfunctions", "timestream"),
    }
)
"""Services whose names mean nothing else, so that a name with one of them in it speaks of the service."""
SERVICES = WORDS | {
    *(
        "acm",
        "appsync",
        "autoscaling",
        "backup",
        "batch",
        "bedrock",
        "codebuild",
        "codecommit",
        "codepipeline",
        "config",
    ),
    *(
        "cognito-idp",
        "dms",
        "dynamodbstreams",
        "elb",
        "events",
        "glacier",
        "glue",
        "iam",
        "iot",
        "kms",
        "lambda",
        "logs",
    ),
    *(
        "mediaconvert",
        "mq",
        "organizations",
        "pinpoint",
        "pipes",
        "polly",
        "rds-data",
        "rekognition",
        "scheduler",
        "ses",
    ),
    *("sesv2", "sts", "support", "swf", "textract", "transcribe", "transfer", "translate", "wafv2", "xray"),
}
KEYWORDS = {
    "TableName": "dynamodb",
    "QueueName": "sqs",
    "QueueUrl": "sqs",
    "TopicArn": "sns",
    "SecretId": "secretsmanager",
    "StreamName": "kinesis",
    "FunctionName": "lambda",
    "DeliveryStreamName": "firehose",
    "UserPoolId": "cognito",
}
"""Parameters that only one service takes."""
OF_S3 = frozenset({"create_bucket", "upload_fileobj", "download_fileobj", "list_objects_v2", "create_multipart_upload"})
NAMED_S3 = re.compile(r"(?:(?<![A-Za-z0-9])s3|(?<![A-Z])S3|(?<=AWS)S3)")
OF_AWS = re.compile(r"boto|aws|session|(?<!test_)client|resource", re.IGNORECASE)
STUBS = re.compile(r"(?:mypy|types)_boto3_(\w+)")


def says_s3(source: Source, within: ast.AST | None = None) -> bool:
    """Whether a file, or a part of it, says S3: by a client, a parameter or method of S3, a URL, or a name."""
    if within is None and NAMED_S3.search(source.path.stem):
        return True
    return any(_says_s3(source, node) for node in (source.nodes if within is None else ast.walk(within)))


def other_services(source: Source) -> Iterator[Remark]:
    """Yield what says another service, and the clients whose service the file does not say."""
    for node in source.nodes:
        if isinstance(node, ast.Call):
            yield from _of_call(source, node)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for service in _imported(node):
                yield _uses(node, service)
        elif isinstance(node, ast.Attribute) and dotted(node.value) == "moto" and (mocked := _mocked(node.attr)):
            yield _uses(node, mocked)
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            for name, line in _names(node):
                if words := _words(name) & WORDS:
                    yield Remark(line, f"{name} speaks of {min(words)}, which fakecos does not answer:")


def _says_s3(source: Source, node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        value = node.value
        return isinstance(value, str) and (value == "s3" or value.startswith(("s3://", "arn:aws:s3", "s3.", "s3:")))
    if isinstance(node, ast.keyword):
        return node.arg == "Bucket" or bool(node.arg and NAMED_S3.search(node.arg))
    if isinstance(node, ast.Attribute):
        return node.attr in OF_S3 or bool(NAMED_S3.search(node.attr))
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        module = getattr(node, "module", None) or ""
        names = [name for alias in node.names for name in (alias.name, alias.asname or "")]
        return any(NAMED_S3.search(name) for name in (module, *names))
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return bool(NAMED_S3.search(node.name))
    name = node.id if isinstance(node, ast.Name) else node.arg if isinstance(node, ast.arg) else ""
    return bool(NAMED_S3.search(name)) or (isinstance(node, ast.Name) and source.text_of(node) == "s3")


def _of_call(source: Source, call: ast.Call) -> Iterator[Remark]:
    for one in call.keywords:
        if one.arg in KEYWORDS:
            yield Remark(
                call.lineno, f"{one.arg}= is a parameter of {KEYWORDS[one.arg]}, which fakecos does not answer:"
            )
    name = last_name(call)
    named = keyword(call, "service_name")
    service = named if named is not None else next(iter(call.args), None)
    if service is None or isinstance(service, ast.Starred):
        return
    text = source.text_of(service)
    receiver = dotted(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call):
        receiver = last_name(call.func.value)  # boto3.Session().client(...)
    is_of_aws = bool(re.search(r"boto|session|aws", receiver, re.IGNORECASE))
    is_maker = name in MAKERS and (is_of_aws or _is_from_boto3(source, call.func))
    if text is not None and text != "s3":
        if is_maker or (text in SERVICES and OF_AWS.search(name)):
            yield _uses(call, text)
    elif text is None and is_maker and not isinstance(service, ast.Constant):
        written = ast.unparse(service)
        yield Remark(call.lineno, f"it does not say which service {written} is: unless it is s3,")


def _uses(node: ast.stmt | ast.expr, service: str) -> Remark:
    return Remark(node.lineno, f"it uses {service!r} too, which fakecos does not answer:")


def _is_from_boto3(source: Source, function: ast.expr) -> bool:
    """Whether a function was imported from boto3 by its own name."""
    return isinstance(function, ast.Name) and any(
        isinstance(node, ast.ImportFrom) and node.module == "boto3" and any(a.name == function.id for a in node.names)
        for node in source.nodes
    )


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    names = [alias.name for alias in node.names]
    if module == "moto":
        yield from filter(None, map(_mocked, names))
    for name in (module, *names) if not module.startswith("moto") else ():
        stubs = STUBS.match(name)
        words = {stubs[1]} & SERVICES if stubs else _words(name) & WORDS
        yield from sorted(words)


def _mocked(name: str) -> str | None:
    """Return the service that a mock of moto 4 is of."""
    service = name.removeprefix("mock_")
    if service == name or service in {"aws", "s3"}:
        return None
    return "dynamodb" if service == "dynamodb2" else service


def _names(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the names of a function's arguments, which are its fixtures, and that of a class."""
    if isinstance(node, ast.ClassDef):
        yield node.name, node.lineno
    elif isinstance(node, FUNCTIONS):
        arguments = node.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            yield argument.arg, argument.lineno


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]+[0-9]*", re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()))
