"""What the author of a test in Python is told, in the words of JSON: for who asks by HTTP.

The rules of faults, buckets and the clock are those of the public methods, and so are their messages. Here a message
loses the call that it begins with, keywords become members, and values stand as JSON has them.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from fakecos.serving.control.hints import as_json, did_you_mean
from fakecos.serving.control.refusals import IMPOSSIBLE, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXT = r"'(?:\\.|[^'\\])*'"
_CALL = re.compile(rf'inject\((?:{_TEXT}|"(?:\\.|[^"\\])*"|[^\'"])*?\)(?=: | cannot happen)')
_QUOTED = re.compile(rf"(?<!\w){_TEXT}(?!\w)")
_DID_YOU_MEAN = re.compile(r"; did you mean ([^?]+)\?")
_RULES = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # the place of what is wrong, in front
        (r"^inject: ", ""),
        (r"^cos\.inject: ", "operation: "),
        (r"^cos\.events\.filter: ", "name: "),
        (r"^corrupt_stored: ", ""),
        (r"^Delay: bytes_per_second and stall_after ", 'delay: "bytes_per_second" and "stall_after" '),
        (r"^Delay: ", "delay: "),
        (r"^(?:cos\.)?create_bucket\(.*?, region=(.*?)\): there is no such region", r"region: there is no region \1"),
        (r"^create_bucket\(.*?, account=(.*?)\): ", r"account: \1 is none; "),
        (r"^iam_error\((.*?)\): the code is not known, so give message= and status=",
         r'iam_error: the code \1 is not known, so give "message" and "status" too'),
        (r"^error\((.*?), .*?\): it needs a", r"error: the code \1 is not in S3's table: it needs a"),
        (r"^error\((.*?)\): the names (.*?) do not fit", r"fields: \2 do not fit the error \1"),
        # what is to be written
        (r"error\((\S+|'.*?'), 'its message', status=403\)",
         r'{"error": {"code": \1, "message": "its message", "status": 403}}'),
        (r"http=iam_error\(\.\.\.\) of fakecos\.faults", '{"http": {"iam_error": "BXNIM0415E"}}'),
        (r"seed is for probability=, which", '"seed" is for "probability", which'),
        (r"needs a seed=, so", 'needs a "seed", so'),
        (r"leave out when=(.*)\.$", r'leave out "when": \1.'),
        (r"upload_id=\.\.\.", '"upload_id"'),
        (r"cos\.bucket\((.*?)\) returns it", r"GET /v1/state shows it"),
        (r'send BucketNamespace="([^"]*)"', r"send the header x-amz-bucket-namespace: \1"),
        (r'use FakeCOS\(as_of="([^"]*)"\)', r"serve the S3 of \1"),
        (r"cos\.advance\(\) sets the clock of the process by freezegun: (.*?) Or set the clock .*$",
         r"the clock of the fake's process is set by freezegun: \1"),
        (r"cos\.advance\(\) ", "the clock "),
        (r"When\.(\w+)\((\d+)\)", r'{"\1": \2}'),
        (r"When\.(\w+)", r'"\1"'),
    )
)  # fmt: skip
"""Where a message of fakecos names Python: what it becomes, the first rule first."""


def refusal_of(text: str, written: Mapping[str, str]) -> Refused:
    """Return the refusal that a message to the author of a test in Python becomes, with the nearest name as its hint.

    `written`: how values that the message shows were written in JSON, by how Python shows them.
    """
    text = in_json(text, written)
    found = _DID_YOU_MEAN.search(text)
    if found is None:
        return Refused(IMPOSSIBLE, text)
    names = [name.strip('"') for name in found[1].split(" or ")]
    return Refused(IMPOSSIBLE, f"{text[: found.start()]}.{text[found.end() :]}", did_you_mean(names))


def in_json(text: str, written: Mapping[str, str]) -> str:
    """Return a message to the author of a test in Python in the words of JSON; `written` as in `refusal_of`."""
    text = _CALL.sub("this fault", text, count=1).removeprefix("this fault: ")
    for shown in sorted(written, key=len, reverse=True):
        text = text.replace(shown, written[shown])
    for pattern, words in _RULES:
        text = pattern.sub(words, text)
    return _QUOTED.sub(_quoted, text)


def _quoted(found: re.Match[str]) -> str:
    try:
        return as_json(ast.literal_eval(found[0]))
    except (SyntaxError, ValueError):  # no value of Python's, but words that somebody quotes
        return found[0]
