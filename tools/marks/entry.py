"""What would settle a mark: the promises that ask the service, or why none can."""

from __future__ import annotations

from typing import NamedTuple

OWN = "a choice of fakecos itself, which no service shows"
CLIENT = "a rule of clients: no service shows it"
DAYS = "it shows after days, and a promise waits for minutes at most"
MOMENT = "it shows at a moment, for which a promise neither waits nor can time its requests"
BESIDE = "it shows at something beside S3: a queue, a topic, IAM, KMS, CloudTrail. A promise asks S3 alone"
PAST = "it is about a day that is past, and no service answers as it did before"
AS_STORED = "it shows in files that S3 delivers within hours, and a promise waits for minutes at most"
NEVER_SENT = (
    "its request is never sent: it is no HTTP, says another length than it has, lists all that the account has, names "
    "what is no bucket of the run, or leaves what nobody can delete"
)
LARGE = "it takes an object of more than 5 GiB"
PLAIN_HTTP = "it takes plain HTTP, and a promise is asked through the client that it is given"
SERVICE_ALONE = "S3 answers so by itself, and no request can bring it about"
NO_RULE = "no rule: the word says something else here"
REASONS = (
    *(OWN, CLIENT, DAYS, MOMENT, BESIDE, PAST, AS_STORED, NEVER_SENT, LARGE, PLAIN_HTTP, SERVICE_ALONE),
    NO_RULE,
)
"""Why no promise asks. The page leaves NO_RULE out."""


class Entry(NamedTuple):
    """What is known of one mark: `words` of its sentence that no other mark of the place has."""

    place: str
    words: str
    promises: tuple[str, ...]
    reason: str = ""


def asked(place: str, words: str, *promises: str) -> Entry:
    """These promises ask a service for the rule, and each says itself that it is assumed or reported."""
    return Entry(place, words, promises)


def never(place: str, words: str, reason: str) -> Entry:
    """No promise can ask for it: one of REASONS."""
    return Entry(place, words, (), reason)
