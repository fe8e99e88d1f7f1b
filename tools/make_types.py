"""Make fakecos/wire/types.py, types of parameters and results, and fakecos/facts/literals.py, names in signatures.

Run `python tools/make_types.py`; `--check` writes nothing and fails if a file would change. What is known comes from
the tables `fakecos/wire/aws.json` and `ibm.json`, from `fakecos.wire.model_overrides` and from what stands below.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fakecos.facts import checksums, errors, event_types, iam  # noqa: E402
from fakecos.facts.errors import ErrorSpec  # noqa: E402
from fakecos.facts.services.dialects import BY_NAME  # noqa: E402
from fakecos.model.encryption import SSE_C_SETTINGS  # noqa: E402
from fakecos.operations.registry import operations  # noqa: E402
from fakecos.wire import model_overrides, service_model  # noqa: E402

TYPES = ROOT / "fakecos" / "wire" / "types.py"
LITERALS = ROOT / "fakecos" / "facts" / "literals.py"
TABLES = ("aws", "ibm")

STRICT = {"integer": "int", "long": "int", "boolean": "bool", "timestamp": "dt.datetime", "blob": "bytes"}
SAME = {"string": "str", "map": "dict[str, str]", "events": "list[dict[str, object]]"}

# What `lookup.bucket_of` looks for in every request for a bucket, also where IBM's model has no such header.
OF_EVERY_BUCKET = {"ExpectedBucketOwner": "str"}

# Members that a helper of several operations looks for, and that requests of this one never have.
LOOKED_FOR = {
    "ListPartsRequest": {"ServerSideEncryption": "str", "SSEKMSKeyId": "str"},
    "AddLegalHoldRequest": {"VersionId": "str"},
    "PutObjectAnnotationRequest": {"Body": "Payload"},  # what `integrity.receive` reads
    "DeleteLegalHoldRequest": {"VersionId": "str"},
    "ExtendObjectRetentionRequest": {"VersionId": "str"},
    "ListLegalHoldsRequest": {"VersionId": "str"},
}

# Members that no service model has: of the form of a browser, and what operations tell the serializer.
FORM = {"SuccessActionStatus": "str | None", "SuccessActionRedirect": "str | None"}
FURTHER = {
    "RestoreObjectOutput": {"Status": "int"},  # RestoreObject is 202 or 200 (model_overrides.VARYING)
    **{shape: {model_overrides.MIX: "list[str]"} for shape in model_overrides.MIXED},
}

# What several operations have in common: a helper of theirs reads no other member.
WITH_IDS = ("Analytics", "IntelligentTiering", "Inventory", "Metrics")
COMMON = {
    "AnnotationRequest": ("DeleteObjectAnnotation", "GetObjectAnnotation", "PutObjectAnnotation"),
    "ConditionalWrite": ("CompleteMultipartUpload", "CopyObject", "CreateMultipartUpload", "PutObject"),
    "ConfigurationListRequest": tuple(f"ListBucket{kind}Configurations" for kind in WITH_IDS),
    "ConfigurationRequest": tuple(
        f"{verb}Bucket{kind}Configuration" for kind in WITH_IDS for verb in ("Delete", "Get", "Put")
    ),
    "CopyRequest": ("CopyObject", "UploadPartCopy"),
    "DeleteRequest": ("DeleteObject", "DeleteObjects"),
    "KeyListRequest": ("ListObjects", "ListObjectsV2", "ListObjectVersions"),
    "ListRequest": ("ListMultipartUploads", "ListObjects", "ListObjectsV2", "ListObjectVersions"),
    "NewObjectRequest": ("CopyObject", "CreateMultipartUpload", "PutObject"),
    "ObjectRequest": (
        *("AddLegalHold", "DeleteLegalHold", "DeleteObjectTagging", "ExtendObjectRetention", "GetObject"),
        *("GetObjectAcl", "GetObjectAttributes", "GetObjectLegalHold", "GetObjectRetention", "GetObjectTagging"),
        *("HeadObject", "ListLegalHolds", "PutObjectAcl", "PutObjectLegalHold", "PutObjectRetention"),
        *("PutObjectTagging", "RestoreObject", "UpdateObjectEncryption", "PutObjectAnnotation"),
        *("GetObjectAnnotation", "ListObjectAnnotations", "DeleteObjectAnnotation"),
    ),
    "PartRequest": ("UploadPart", "UploadPartCopy"),
    "ReadRequest": ("GetObject", "HeadObject"),
    "SettledEncryptionRequest": (
        *("CompleteMultipartUpload", "GetObject", "GetObjectAttributes", "HeadObject", "ListParts", "UploadPart"),
        "UploadPartCopy",
    ),
    "StreamedRequest": ("PutObject", "PutObjectAnnotation", "UploadPart"),
    "UploadRequest": ("AbortMultipartUpload", "CompleteMultipartUpload", "ListParts", "UploadPart", "UploadPartCopy"),
}

# What answers are put together from, and what two operations make together before each adds its own.
PARTS = {
    "AbortFields": ("AbortDate", "AbortRuleId"),
    "ArchiveFields": ("IbmArchiveTransitionTime", "IbmRestoredCopyStorageClass", "IbmTransition"),
    "ChecksumFields": (*sorted(a.member for a in checksums.ALGORITHMS.values()), "ChecksumType"),
    "CopySourceFields": ("CopySourceVersionId", "RequestCharged"),
    "EncryptionContextFields": ("SSEKMSEncryptionContext",),
    "EncryptionFields": (
        *("BucketKeyEnabled", "SSECustomerAlgorithm", "SSECustomerKeyMD5", "SSEKMSKeyId", "ServerSideEncryption"),
    ),
    "ExpiryFields": ("Expiration",),
    "KeyProtectFields": ("IBMSSEKPCrkId", "IBMSSEKPEnabled"),
    "LockFields": ("ObjectLockLegalHoldStatus", "ObjectLockMode", "ObjectLockRetainUntilDate"),
    "ObjectVersionFields": ("ObjectVersionId",),
    "RestoreFields": ("Restore",),
    "RestoreStatusFields": ("RestoreStatus",),
    "RetentionFields": ("RetentionExpirationDate", "RetentionLegalHoldCount", "RetentionPeriod"),
    "ServiceFields": (
        *("IbmArchiveTransitionTime", "IbmRestoredCopyStorageClass", "IbmTransition"),
        *("RetentionExpirationDate", "RetentionLegalHoldCount", "RetentionPeriod"),
    ),
    "UploadOwnerFields": ("Initiator", "Owner"),
    "VersionFields": ("VersionId",),
}
TOGETHER = {
    "KeyListOutput": ("ListObjects", "ListObjectsV2", "ListObjectVersions"),
    "ReadOutput": ("GetObject", "HeadObject"),
}

HEAD = '''"""The types of parameters and results: made by tools/make_types.py, and never imported at run time.

{sources}

- A value that does not read as its type stays the text that came (`fakecos.wire.parse`): a part number is
  `int | str`, a date `dt.datetime | str`, and the operation judges it. So mypy sees that such a check can be reached.
- `Bucket` and `Key` are there where the address names them, and a document's members where its form is judged when
  it is read; every other member may be missing, even where the service model requires it: that refusal is S3's.
- A member of a result that is None is left out of the answer; a time may be given as the text that is sent.
- A structure of requests that comes back in a result, as most configurations do, is what was put, text included.
- The classes at the end are what several operations have in common: what a helper of theirs may read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    import datetime as dt

    from typing_extensions import Required

    from fakecos.model.content import Content
    from fakecos.model.payload import Payload


'''

Members = dict[str, str]


class Types:
    """The classes, made from both tables: a member that either service has is a member."""

    def __init__(self) -> None:
        self.tables = [service_model.load(name) for name in TABLES]
        self.names = sorted(operations())
        self.asked: dict[str, Members] = {}
        self.nested: dict[str, Members] = {}
        self.told: dict[str, Members] = {}
        self.found: dict[str, Members] = {}

    def make(self) -> str:
        """Return the text of the module."""
        for name in self.names:
            self._request(name)
        for name in self.names:
            self._result(name)
        common = {name: self._common(of) for name, of in COMMON.items()}
        common["BucketRequest"] = self._common(
            tuple(name for name in self.names if self._level(name) != "service" and name != "CreateBucket")
        )
        sources = ", ".join(f"`{table.package}` {table.version}" for table in self.tables)
        classes = [
            *(_class(f"{name}Request", self.asked[name], f"Parameters of {name}.") for name in self.names),
            *(_class(name, self.nested[name], "Of a request.") for name in sorted(self.nested)),
            *(_class(f"{name}Output", self.told[name], f"Result of {name}.") for name in self.names),
            *(_class(name, self.found[name], "Of a result.") for name in sorted(self.found)),
            *(_class(name, common[name], _words_of(name)) for name in sorted(common)),
            *(_class(name, self._part(of), "Of several results.") for name, of in PARTS.items()),
            *(_class(name, self._together(of), f"Result of {' or '.join(of)}.") for name, of in TOGETHER.items()),
        ]
        return HEAD.format(sources=f"Made from the service models of {sources}.") + "\n\n".join(classes)

    def _level(self, name: str) -> str:
        return next((str(t.operations[name]["level"]) for t in self.tables if name in t.operations), "object")

    def _common(self, names: tuple[str, ...]) -> Members:
        first, *others = (self.asked[name] for name in names)
        return {member: kind for member, kind in first.items() if all(other.get(member) == kind for other in others)}

    def _part(self, members: tuple[str, ...]) -> Members:
        all_results = (*self.told.values(), *self.found.values())
        kinds = {member: {told[member] for told in all_results if member in told} for member in members}
        return {member: _either(*sorted(found)) for member, found in kinds.items()}

    def _together(self, names: tuple[str, ...]) -> Members:
        made: Members = {}
        for name in names:
            _add(made, self.told[name])
        return made

    def _request(self, name: str) -> None:
        of = "PutObject" if name == model_overrides.POST_OBJECT else name
        members: Members = {}
        for table in self.tables:
            shape = table.operations.get(of, {}).get("input")
            if shape is not None:
                _add(members, self._members(table, shape, is_request=True))
        level = self._level(name)
        addressed = {"bucket": ("Bucket",), "object": ("Bucket", "Key")}.get(level, ())
        members.update(dict.fromkeys(addressed, "Required[str]"))
        if level != "service" and name != "CreateBucket":
            members.update(OF_EVERY_BUCKET)
        for further in (model_overrides.UNMODELLED_HEADERS, model_overrides.UNMODELLED_QUERY):
            members.update(dict.fromkeys(further.get(of, {}).values(), "str"))
        members.update(LOOKED_FOR.get(f"{name}Request", {}))
        if name == model_overrides.POST_OBJECT:
            members.update(FORM)
        self.asked[name] = _with_checksums(members, "str")

    def _result(self, name: str) -> None:
        of = "PutObject" if name == model_overrides.POST_OBJECT else name
        members: Members = {}
        for table in self.tables:
            shape = table.operations.get(of, {}).get("output")
            if shape is not None:
                _add(members, self._members(table, shape, is_request=False))
                members.update(FURTHER.get(shape, {}))
        if name == model_overrides.POST_OBJECT:
            members.update({**FORM, "Location": "str", "Bucket": "str", "Key": "str"})
        self.told[name] = _with_checksums(members, "str | None")

    def _members(self, table: Any, shape: str, *, is_request: bool) -> Members:
        in_body = {name for name, (_, place, _) in table.members(shape).items() if place in {"body", "attribute"}}
        is_nested = shape in self.nested
        made: Members = {}
        for name, (kind, _, _) in table.members(shape).items():
            text = self._kind(table, kind, is_request=is_request, is_verbatim=name in model_overrides.VERBATIM)
            required = is_nested and name in in_body and self._requires(shape, name)
            made[name] = f"Required[{text}]" if required else text if is_request or is_nested else f"{text} | None"
        return made

    def _requires(self, shape: str, member: str) -> bool:
        """Whether a document without the member is refused, whichever service reads it."""
        specs = [table.shapes[shape] for table in self.tables if shape in table.shapes]
        return all(member in spec.get("required", ()) for spec in specs)

    def _kind(self, table: Any, kind: str, *, is_request: bool, is_verbatim: bool = False) -> str:
        kind = kind.partition(" ")[0]
        if kind == "stream":
            return "Payload" if is_request else "Content"
        if kind in SAME or (is_verbatim and is_request):
            return SAME.get(kind, "str")
        if kind in STRICT:
            may_be_text = kind == "timestamp" or (is_request and kind != "blob")
            return f"{STRICT[kind]} | str" if may_be_text else STRICT[kind]
        spec = table.shapes[kind]
        item = spec.get("flat") or spec.get("list")
        if item is not None:
            return f"list[{self._kind(table, item, is_request=is_request)}]"
        return self._structure(table, kind, is_request=is_request)

    def _structure(self, table: Any, shape: str, *, is_request: bool) -> str:
        if not is_request and shape in self.nested:
            return f"{shape}"
        kept = self.nested if is_request else self.found
        known = kept.setdefault(shape, {})
        done = known.get("")
        if done is None or table.package not in done:
            known[""] = f"{done or ''} {table.package}"
            made = self._members(table, shape, is_request=is_request)
            _add(known, made)
            _with_checksums(known, "str" if is_request else "str | None")
        return shape


def _add(members: Members, further: Members) -> None:
    """Add what another table has; where the two differ in what they require, the member may be missing."""
    for name, kind in further.items():
        members[name] = kind if members.get(name, kind) == kind else _either(members[name], kind)


def _either(*kinds: str) -> str:
    """Return the union of types; what one table does not require is not required."""
    bare = (kind.removeprefix("Required[").removesuffix("]") if "Required[" in kind else kind for kind in kinds)
    parts = dict.fromkeys(part for kind in bare for part in kind.split(" | "))
    return " | ".join(sorted(parts, key=lambda part: part == "None"))


def _with_checksums(members: Members, kind: str) -> Members:
    """Give a structure that has one checksum those of all algorithms, as requests and answers have."""
    if checksums.CRC32.member in members:
        members.update({a.member: kind for a in checksums.ALGORITHMS.values() if a.member not in members})
    return members


def _words_of(name: str) -> str:
    if name == "BucketRequest":
        return "What all requests for a bucket have in common."
    *first, last = COMMON[name]
    return f"What several requests have in common.\n\nThose of {', '.join(first)} and {last}."


def _class(name: str, members: Members, what: str) -> str:
    """Return a class; its docstring is one line, or one line and a paragraph that is wrapped here."""
    summary, _, more = what.partition("\n\n")
    lines = [f"class {name}(TypedDict, total=False):", f'    """{summary}"""']
    if more:
        lines[-1] = f'    """{summary}'
        wrapped = textwrap.wrap(more, 120, initial_indent="    ", subsequent_indent="    ")
        lines += ["", *wrapped, '    """']
    body = [f"    {member}: {kind}" for member, kind in sorted(members.items()) if member]
    return "\n".join([*lines, *([""] if body else []), *body]) + "\n"


def literals() -> str:
    """Return the text of the module of names."""
    known = {name for table in TABLES for name in service_model.load(table).operations}
    known |= {model_overrides.POST_OBJECT, model_overrides.PREFLIGHT, iam.OPERATION}
    codes = {row.code for row in vars(errors).values() if isinstance(row, ErrorSpec)}
    parts = [
        '"""The names that signatures take: made by tools/make_types.py, and never imported at run time."""',
        "from __future__ import annotations",
        "from typing import Literal",
        _literal("ChecksumMember", sorted(a.member for a in checksums.ALGORITHMS.values())),
        _literal("DialectName", list(BY_NAME)),
        _literal("EventTypeName", sorted(event_types.NAMES)),
        _literal("ErrorCode", sorted(codes)),
        _literal("OperationName", sorted(known)),
        _literal("SseC", list(SSE_C_SETTINGS)),
    ]
    return "\n\n".join(parts) + "\n"


def _literal(name: str, values: list[str]) -> str:
    lines = "".join(f'    "{value}",\n' for value in values)
    return f"{name} = Literal[\n{lines}]"


def texts() -> dict[Path, str]:
    """Return the text of every file that is made here."""
    return {TYPES: Types().make(), LITERALS: literals()}


def main() -> int:
    """Write the files, or with `--check` compare them. Returns the exit code."""
    changed = 0
    for path, text in texts().items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        changed += 1
        print(f"{path.name} differs" if "--check" in sys.argv else f"{path.name}: {text.count(chr(10))} lines")
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    return 1 if changed and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
