"""Identity policies, the policies of a user or a role: read when they are given, and judged as a whole.

Documented: aws-permissions 12. What IAM would refuse, and
what is not evaluated here, is a UsageError, since no request asks for it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from fakecos.facts.exceptions import UsageError
from fakecos.operations.policy.condition_keys import is_known, known
from fakecos.operations.policy.conditions import NEGATED, TESTS, WITH_VARIABLES, is_comparable, parts_of, text_of
from fakecos.operations.policy.statements import listed
from fakecos.operations.policy.variables import NEWEST, SIGNS, START, VARIABLE
from fakecos.operations.policy.variables import parts_of as parts_of_variable
from fakecos.operations.policy.wildcards import like
from fakecos.usage import close, did_you_mean

VERSIONS = (NEWEST, "2008-10-17")
EXAMPLE = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", '
    '"Resource": "arn:aws:s3:::photos/*"}]}'
)
WITH_DEFAULT = "${aws:username, 'nobody'}"
OF_A_FILE = 'Of a file write its text: pathlib.Path("policy.json").read_text().'
TAGS = (
    "aws:principaltag/",
    "aws:requesttag/",
    "aws:resourcetag/",
    "aws:tagkeys",
    "s3:buckettag/",
    "s3:accesspointtag/",
)
"""Keys about tags of principals and buckets, in lower case: nobody has any here."""
UNEVALUATED = frozenset(
    {
        "s3:inventoryaccessibleoptionalfields",
        *("s3:existingjoboperation", "s3:existingjobpriority", "s3:requestjoboperation", "s3:requestjobpriority"),
        *("s3:jobsuspendedcause", "s3:destinationregion", "s3:isreplicationpauserequest", "s3:accessgrantsinstancearn"),
        *("aws:ec2instancesourcevpc", "aws:ec2instancesourceprivateipv4", "aws:assumedroot"),
        *("aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths", "aws:chatbotsourcearn"),
        *("kms:requestalias", "kms:resourcealiases", "kms:keyorigin", "kms:keyspec", "kms:keyusage", "kms:multiregion"),
        *("kms:encryptionalgorithm", "kms:multiregionkeytype", "kms:reencryptonsamekey", "kms:grantoperations"),
        *("kms:granteeprincipal", "kms:grantisforawsresource", "kms:retiringprincipal", "kms:validto"),
    }
)
"""Keys of AWS that are not evaluated (documented: condition keys of S3, of KMS, and global ones), in lower case."""
DOCUMENT = ("Version", "Id", "Statement")
STATEMENT = ("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition")
PRINCIPALS = ("Principal", "NotPrincipal")
OURS = ("s3:", "kms:")
"""The services whose actions are asked for here; what a policy says of others is never asked."""
ARN = r"arn:[^:]+:[^:]+:[^:]*:[^:]*:.+"
ACTION = r"\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+"


def texts_of(given: object, written: str) -> tuple[str, ...]:
    """Return identity policies as JSON texts; given is one, or a list of them, each a dict or JSON text.

    `written`: how the caller gave it, such as `FakeCOS(identity_policy=...)`. UsageError: what is wrong with one.
    """
    if isinstance(given, (list, tuple)):
        return tuple(_Policy(f"{written}, policy {number}").text(one) for number, one in enumerate(given, 1))
    return (_Policy(written).text(given),)


class _Policy:
    """One policy, and where it was given."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._place = ""
        self._has_variables = False
        self._sids: dict[str, int] = {}

    def _refuse(self, problem: str) -> NoReturn:
        message = f"{self._written}{self._place}: {problem}"
        raise UsageError(message) from None

    def text(self, given: object) -> str:
        document = self._document(given)
        if "Statement" not in document and {"Effect", "Action"} & document.keys():
            self._refuse(f"that is a statement, and a policy is a document with statements: {EXAMPLE}.")
        if {"PolicyDocument", "PolicyVersion"} & document.keys():
            self._refuse('that is an answer of IAM. The policy is its "PolicyDocument", or the "Document" in it.')
        self._require_known(document, DOCUMENT)
        version = document.get("Version", VERSIONS[1])
        if version not in VERSIONS:
            self._refuse(f'there is no Version {version!r}: write "Version": "{NEWEST}".')
        self._has_variables = version == NEWEST
        statements = document.get("Statement")
        statements = [statements] if isinstance(statements, Mapping) else statements
        if not isinstance(statements, (list, tuple)) or not statements:
            self._refuse(f"Statement is a list of statements, one at least: {EXAMPLE}.")
        for number, statement in enumerate(statements, 1):
            self._place = f", statement {number}"
            if not isinstance(statement, Mapping):
                self._refuse(f"a statement is an object, and not {statement!r}.")
            self._require_statement(statement)
            self._require_own_sid(statement.get("Sid"), number)
        self._place = ""
        return json.dumps(document)

    def _document(self, given: object) -> dict[str, Any]:
        if isinstance(given, str):
            text = given
            try:
                given = json.loads(text)
            except (ValueError, RecursionError) as error:
                if "{" not in text:
                    self._refuse(f"that is the text of no policy. {OF_A_FILE}")
                self._refuse(f"the text is no JSON ({error}). Write a policy: {EXAMPLE}.")
        if isinstance(given, os.PathLike):
            self._refuse(f"a policy is a dict, or the JSON text of one. {OF_A_FILE}")
        if not isinstance(given, Mapping):
            self._refuse(f"a policy is a dict, or the JSON text of one, and not {given!r}. Write {EXAMPLE}.")
        try:
            json.dumps(given)
        except (TypeError, ValueError) as error:
            self._refuse(f"it cannot be written as JSON: {error}.")
        return dict(given)

    def _require_known(self, members: Mapping[str, Any], names: tuple[str, ...]) -> None:
        for name in members:
            if name in PRINCIPALS:
                message = (
                    f"an identity policy has no {name}: it is of the user itself. A policy with {name} is a bucket's: "
                    "client.put_bucket_policy(...)."
                )
                self._refuse(message)
            if name not in names:
                message = (
                    f"there is no element {name!r}{did_you_mean(name, names) or ': there are ' + ', '.join(names)}"
                )
                self._refuse(message)

    def _require_statement(self, statement: Mapping[str, Any]) -> None:
        self._require_known(statement, STATEMENT)
        sid = statement.get("Sid", "")
        if not isinstance(sid, str) or not re.fullmatch("[A-Za-z0-9]*", sid):
            self._refuse(f"Sid {sid!r}: IAM takes letters and digits alone.")
        if sid:
            self._place += f" (Sid {sid})"
        effect = statement.get("Effect")
        if effect not in {"Allow", "Deny"}:
            self._refuse(f'Effect is "Allow" or "Deny", and not {effect!r}.')
        actions = self._texts(statement, "Action")
        for action in actions:
            self._require_action(action)
        for resource in self._texts(statement, "Resource"):
            self._require_resource(resource)
        if "NotAction" in statement or any(_is_ours(action) for action in actions):
            self._require_condition(statement.get("Condition", {}))

    def _require_own_sid(self, sid: str | None, number: int) -> None:
        """Refuse a Sid that stands twice (reported: "Statement IDs (SID) in a single policy must be unique.")."""
        if sid and self._sids.setdefault(sid, number) != number:
            self._refuse(f"statement {self._sids[sid]} has that Sid too, and in IAM each of a policy is its own.")

    def _texts(self, statement: Mapping[str, Any], name: str) -> list[str]:
        negated = f"Not{name}"
        present = [each for each in (name, negated) if each in statement]
        if len(present) != 1:
            self._refuse(f"write one of {name} and {negated}; {'both are' if present else 'neither is'} there.")
        value = statement[present[0]]
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, (list, tuple)) or not values or not all(isinstance(one, str) for one in values):
            self._refuse(f"{present[0]} is text, or a list of texts, and not {value!r}.")
        return list(values)

    def _require_action(self, action: str) -> None:
        from fakecos.facts.policy_actions import KMS_NAMES, NAMES

        if not re.fullmatch(ACTION, action):
            near = close(f"s3:{action}", NAMES)
            step = f'; did you mean "{near[0]}"?' if near else ': write service and action, such as "s3:GetObject".'
            self._refuse(f"{action!r} is no action{step}")
        service, names = ("KMS", KMS_NAMES) if action.lower().startswith("kms:") else ("S3", NAMES)
        is_ours = action.lower().startswith(OURS)
        if is_ours and not any(like(name, action, ignore_case=True) for name in names):
            meant = _meant(action) if names is NAMES else ""
            self._refuse(f"{service} has no action {action!r}{meant or did_you_mean(action, names) or '.'}")

    def _require_resource(self, resource: str) -> None:
        if resource != "*" and not re.fullmatch(ARN, resource, re.DOTALL):
            named = re.sub(r"^s3://", "", resource)
            step = f"arn:aws:s3:::{named}" if "arn:" not in resource else "arn:aws:s3:::BUCKET/KEY"
            self._refuse(f'{resource!r} is no ARN, and not "*": did you mean "{step}"?')
        self._require_variables(resource)

    def _require_variables(self, text: str) -> None:
        if not self._has_variables or START not in text:
            return
        rest = VARIABLE.sub("", text)
        if START in rest:
            self._refuse(f"the variable in {text!r} does not end: it is written as ${{aws:username}}.")
        for inside in VARIABLE.findall(text):
            parts = None if inside in SIGNS else parts_of_variable(inside)
            if inside not in SIGNS and parts is None:
                self._refuse(f"the variable ${{{inside}}} is none: a default stands in single quotes, {WITH_DEFAULT}.")
            if parts is not None and not is_known(parts[0]):
                self._refuse(f"the variable ${{{inside}}} is not known here. {_keys(parts[0])}")

    def _require_condition(self, condition: Any) -> None:
        if not isinstance(condition, Mapping):
            self._refuse(f'Condition is an object, such as {{"StringEquals": {{...}}}}, and not {condition!r}.')
        for operator, keys in condition.items():
            name = parts_of(operator)[1]
            if operator != "Null" and name not in TESTS and name not in NEGATED:
                names = [*TESTS, *NEGATED, "Null"]
                near = "" if name.startswith("Binary") else did_you_mean(operator, names)
                near = near or f". There are {', '.join(names)}."
                self._refuse(f"the condition operator {operator!r} is not evaluated{near}")
            if not isinstance(keys, Mapping) or not keys:
                self._refuse(f"{operator} is an object of keys and their values, and not {keys!r}.")
            for key, given in keys.items():
                self._require_key(key)
                self._require_values(operator, name, key, listed(given))

    def _require_key(self, key: str) -> None:
        if not is_known(key):
            self._refuse(f"the condition key {key!r} is not evaluated. {_keys(key)}")

    def _require_values(self, operator: str, name: str, key: str, values: list[Any]) -> None:
        if not values or not all(isinstance(value, (str, bool, int, float)) for value in values):
            self._refuse(f"{operator} {key}: a value is text, or a list of texts, and not {values!r}.")
        for value in map(text_of, values):
            if not is_comparable(operator if operator == "Null" else name, value):
                self._refuse(f"{operator} {key}: {value!r} is no value that {operator} compares.")
            if name.startswith(WITH_VARIABLES):
                self._require_variables(value)


def _is_ours(action: str) -> bool:
    """Whether an action may be one that is asked for here."""
    service = action.partition(":")[0].lower()
    return any(like(prefix[:-1], service) for prefix in OURS)


def _meant(action: str) -> str:
    """Return the action of an operation by whose name it was called, as `; did you mean ...?`."""
    from fakecos.facts.permissions import ACTIONS

    name = action.partition(":")[2]
    meant = next((f"s3:{found}" for operation, found in ACTIONS.items() if operation.lower() == name.lower()), None)
    return f": {name} needs {meant}." if meant else ""


def _keys(name: str) -> str:
    """Return the keys to write in the place of one that is not known."""
    if name.lower().startswith(TAGS):
        return "Tags of users, roles and buckets are not kept here: write what it stands for in its place."
    if name.lower() in UNEVALUATED:
        return "AWS has it, and nothing here says what its value would be: leave the condition out in tests."
    near = close(name, known(), most=1)
    return f"Did you mean {near[0]}?" if near else f"These are: {', '.join(known())}."
