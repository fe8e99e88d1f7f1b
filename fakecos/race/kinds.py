"""The kinds of findings of a race: what each is exactly, and what to do about it."""

from __future__ import annotations

LOST_UPDATE = "lost-update"
TORN_OBJECT = "torn-object"
LEAKED_UPLOAD = "leaked-upload"
BUG_IN_ERROR_PATH = "bug-in-error-path"
RETRY_STORM = "retry-storm"
CHECK = "check"
NOT_SERIALISABLE = "not-serialisable"
WRONG_RETURN = "wrong-return"
DEADLOCK = "deadlock"
RAISED = "raised"

KINDS: dict[str, str] = {
    LOST_UPDATE: "An object is as if one of the actors had never run, and that one returned normally.",
    TORN_OBJECT: "An object has bytes or attributes that it has in no order of the actors as wholes, nor before.",
    NOT_SERIALISABLE: "What is stored is as after no order of the actors as wholes.",
    WRONG_RETURN: "An actor returned what it returns in no order of the actors as wholes that stores the same.",
    LEAKED_UPLOAD: "An upload is open that is open after no order of the actors as wholes.",
    BUG_IN_ERROR_PATH: "An exception that looks like a slip (TypeError, AttributeError, KeyError, ...) came out of an "
    "actor that raises none when it runs as a whole.",
    DEADLOCK: "The actors wait for each other, or one waits for what cannot happen.",
    RETRY_STORM: "An actor made more than a thousand requests.",
    CHECK: "The `check` of the test raised AssertionError, or the run exceeded a `cos.budget`.",
}
"""Every kind of finding, with its definition; the worst first."""
NOTES: dict[str, str] = {
    RAISED: "An actor gave up with an exception that it does not raise when the actors run as wholes, and what is "
    "stored is right.",
}
"""What is reported and is no finding."""
ORDER = {kind: place for place, kind in enumerate(KINDS)}

ADVICE: dict[str, str] = {
    LOST_UPDATE: "Write with If-Match and the ETag that was read, and begin again after a 412.",
    TORN_OBJECT: "Write what belongs together in one object, and its bytes in one request or one upload.",
    NOT_SERIALISABLE: "Let one conditional write decide who is first, and let the other begin again.",
    WRONG_RETURN: "Decide by the answer to a conditional write, not by what was read before it.",
    LEAKED_UPLOAD: "Abort the upload where somebody else was first.",
    BUG_IN_ERROR_PATH: "Handle the answer that only comes when somebody else was first.",
    DEADLOCK: "Hold no lock while waiting for another actor.",
    RETRY_STORM: "Limit the number of attempts, and wait longer each time.",
    CHECK: "The condition of the test does not hold in this order.",
}
