"""The page on the permissions that operations need, made by asking what requests need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.facts.permissions import READS
from fakecos.operations.access_control import JUDGED_ELSEWHERE
from fakecos.operations.registry import operations
from fakecos.operations.required_actions import ANY, KmsKey, Known, of_request, of_source, to_learn_that_it_is_missing
from fakecos.wire import service_model
from tools.reference.markdown import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

KEY = KmsKey("arn:aws:kms:us-east-1:123456789012:key/k1", is_managed=False, context={})
VALUES = ("x", True, {"Tags": [{"Key": "a", "Value": "b"}]})
"""Values that a parameter may have: which of them need an action is asked for."""
HEAD = """\
# Permissions

Which actions of an IAM policy each operation needs, on what, and when. By this requests are judged that come with
`FakeCOS(identity_policy=...)` or from a user with a policy, and `cos.required_policy()` makes
[the smallest policy](../how-to/least-privilege.md). Bucket policies name the same actions.

Source: *documented*, "Required permissions for Amazon S3 API operations" of the user guide and the pages of the
operations (aws-permissions 1), unless a line says something else. The numbers are those of
[our notes](../facts/aws-permissions.md).

"""
BY_STORE = """
## By what is stored

- **An object that is not there.** Who may read it and may also `s3:ListBucket` on the bucket is told 404, who may not
  list 403 (aws-permissions 7; of annotations assumed). So it is for {reads}.
- **A copy** needs {source} on its source, with a version id {version}. If it copies tags that are there, also
  {tags} (aws-permissions 2). Annotations that are copied need `s3:GetObjectAnnotation` there and
  `s3:PutObjectAnnotation` here (documented: CopyObject).
- **A bucket that is not there** is told before permissions are looked at (recorded aws-bucket-configuration 7).

## Keys of KMS

Of an object, or an upload, that is encrypted with a customer managed key, on the key. The key `aws/s3` needs no
permission in its own account (aws-permissions 3).

"""


def permissions() -> str:
    """The actions that each operation needs, and on what."""
    model = service_model.load("aws")
    names = sorted(operations().keys() & (model.operations.keys() | {"PostObject"}))
    rows = [_row(name) for name in names]
    parameters = [row for name in names for row in _of_parameters(name)]
    source = {"Bucket": "b", "Key": "k"}
    copied = list(of_source(source, {"Bucket": "c", "Key": "k"}, Known(tags=True)))
    text = BY_STORE.format(
        reads=", ".join(f"`{name}`" for name in sorted(READS) if list(to_learn_that_it_is_missing(name, source))),
        source=_quoted(need.action for need in of_source(source, {}) if need.operation == "GetObject"),
        version=_quoted(need.action for need in of_source({**source, "VersionId": "1"}, {})),
        tags=" and ".join(
            f"`{need.action}` {'on the source' if need.params is source else 'on the copy'}" for need in copied[1:]
        ),
    )
    return (
        HEAD
        + table(("operation", "actions", "with a version id", "on"), rows)
        + "\n## By parameters\n\n"
        + table(("operation", "parameter", "also needs"), parameters)
        + text
        + table(("operation", "of the key of what it writes", "of the key of what it reads"), _of_keys(names))
    )


def _members(name: str) -> frozenset[str]:
    model = service_model.load("aws")
    spec = model.operations.get("PutObject" if name == "PostObject" else name)
    return frozenset() if spec is None or not spec.get("input") else frozenset(model.members(spec["input"]))


def _params(name: str) -> dict[str, Any]:
    return {member: "x" for member in ("Bucket", "Key") if member in _members(name)}


def _row(name: str) -> Sequence[str]:
    if name in JUDGED_ELSEWHERE:
        return f"`{name}`", "of each key what `DeleteObject` needs", "with one of an entry its action", "each object"
    asked = "PutObject" if name == "PostObject" else name
    needs = list(of_request(asked, _params(name)))
    with_version = list(of_request(asked, {**_params(name), "VersionId": "1"})) if "VersionId" in _members(name) else []
    changed = [one.action for one in with_version] != [one.action for one in needs]
    where = "`*`" if needs[0].resource == ANY else "the object" if "Key" in _members(name) else "the bucket"
    return (
        f"`{name}`",
        _quoted(need.action for need in needs),
        _quoted(need.action for need in with_version) if with_version and changed else "",
        where,
    )


def _of_parameters(name: str) -> Iterator[Sequence[str]]:
    """Yield the parameters that need actions of their own; those with the same ones together."""
    plain = {need.action for need in of_request(name, _params(name))}
    found: dict[str, list[str]] = {}
    for member in sorted(_members(name) - {"Bucket", "Key", "VersionId"}):
        for value in VALUES:
            try:
                needs = {need.action: None for need in of_request(name, {**_params(name), member: value})}
            except AttributeError:  # of another type
                continue
            if more := [action for action in needs if action not in plain]:
                found.setdefault(_quoted(more), []).append(member)
                break
    yield from ((f"`{name}`", _quoted(members), actions) for actions, members in found.items())


def _of_keys(names: Iterable[str]) -> Iterator[Sequence[str]]:
    for name in names:
        given = {**_params(name), "ChecksumMode": "ENABLED"}
        written, read = (
            [need.action for need in of_request(name, given, known) if need.key is not None]
            for known in (Known(written=KEY), Known(read=KEY))
        )
        if written or read:
            title = f"`{name}`" + (", where it asks for the checksum" if name == "HeadObject" else "")
            yield title, _quoted(written), _quoted(read)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
