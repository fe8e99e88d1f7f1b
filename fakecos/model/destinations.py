"""Which queues, topics and functions there are: S3 asks before it takes a notification configuration.

Source: recorded aws-bucket-configuration 67 to 69. Which there are here is our own choice
(docs/explanation/decisions/operations.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.usage import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fakecos.model.bucket import Bucket


class Standing(NamedTuple):
    """What is known of one destination: whether it is there, whether it takes what S3 sends, and who says so."""

    exists: bool = True
    allows: bool = True
    why: str = ""


class Destinations:
    """What a fake knows of queues, topics and functions.

    - `declared`: the ARNs that the test declared.
    - `ask`: what a fake of SQS, SNS or Lambda beside this one knows of an ARN, None if there is none beside it.
    - `send`: sends a message to the fake that has an ARN, if there is one; it raises what that fake raises.
    """

    __slots__ = ("ask", "declared", "send")

    def __init__(self) -> None:
        self.declared: dict[str, None] = {}
        self.ask: Callable[[str, Bucket], Standing | None] | None = None
        self.send: Callable[[str, dict[str, Any]], None] | None = None

    def standing(self, arn: str, bucket: Bucket, accounts: Collection[str | None]) -> Standing:
        """Return what is known of a destination; where nobody knows, one of these accounts is there, no other."""
        if arn in self.declared:
            return Standing()
        found = self.ask(arn, bucket) if self.ask is not None else None
        if found is not None:
            return found
        service, account = arn.split(":")[2:5:2]
        others = [other for other in self.declared if other.split(":")[2] == service]
        if others:
            named = ", ".join(others)
            near = did_you_mean(arn, others) or "."
            return Standing(
                exists=False, why=f'declared are {named}{near} cos.create_destination("{arn}") declares this one too.'
            )
        if account in accounts:
            return Standing()
        why = f'it is of account {account}, and nobody said that it is there: cos.create_destination("{arn}") does.'
        return Standing(exists=False, why=why)
