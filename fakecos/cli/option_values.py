"""The values of options: what each may be, and what is said of others."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from fakecos.facts.hosts import LOOPBACK

LAST_PORT = 65535
DIGITS = 9
FASTEST = 10_000
LONGEST_PAUSE = 60
ACCOUNT_DIGITS = 12
NOT_IN_NAMES = frozenset("/:@?# ")


def port(text: str) -> int:
    """Read a port. argparse.ArgumentTypeError: it is none."""
    number = _number(text)
    if number is None or number > LAST_PORT:
        message = f"{text!r} is no port: write a whole number up to {LAST_PORT}; 0 is a free one"
        raise argparse.ArgumentTypeError(message)
    return number


def whole_number(text: str) -> int:
    """Read a number from 1 on. argparse.ArgumentTypeError: it is none."""
    number = _number(text)
    if not number:
        message = f"{text!r}: it is a whole number from 1 on"
        raise argparse.ArgumentTypeError(message)
    return number


def seconds(text: str) -> float:
    """Read a number of seconds, such as 60 or 0.5. argparse.ArgumentTypeError: it is none."""
    found = _decimal(text)
    if not 0 < found < float("inf"):
        message = f"{text!r} is no number of seconds: write it as 60 or 0.5"
        raise argparse.ArgumentTypeError(message)
    return found


def loopback(text: str) -> str:
    """Read a host of this machine. argparse.ArgumentTypeError: it is another."""
    if text not in LOOPBACK:
        message = (
            f"{text!r} is not one of {', '.join(LOOPBACK)}: it serves this machine only, "
            "since any access key is taken, and others must not reach it"
        )
        raise argparse.ArgumentTypeError(message)
    return text


def account(text: str) -> str:
    """Read the id of an account. argparse.ArgumentTypeError: it is none."""
    if not (text.isascii() and text.isdigit() and len(text) == ACCOUNT_DIGITS):
        message = f"{text!r} is no account: write the 12 digits of its id, as in 222222222222"
        raise argparse.ArgumentTypeError(message)
    return text


def domain(text: str) -> str:
    """Read the name of an endpoint. argparse.ArgumentTypeError: it is a URL, or has a port."""
    if not text or NOT_IN_NAMES & set(text):
        message = f"{text!r} is no name: write the name alone, without scheme and port, as in s3.test"
        raise argparse.ArgumentTypeError(message)
    return text


def allowance(text: str) -> tuple[str, str]:
    """Read the kind of a finding, and why it is accepted. argparse.ArgumentTypeError: one of them is missing."""
    kind, _, reason = text.partition("=")
    if not kind or not reason:
        message = f'{text!r}: write the kind and the reason, as in leaked-upload="a lifecycle rule cleans up"'
        raise argparse.ArgumentTypeError(message)
    return kind, reason


def new_file(text: str) -> str:
    """Return the absolute path of a file to be written at the end.

    argparse.ArgumentTypeError: it could not be written.
    """
    path = Path(text)
    reason = None
    if not text:
        reason = "give it a name"
    elif path.is_dir():
        reason = "it is a folder"
    elif not path.parent.is_dir():
        reason = f"there is no folder {str(path.parent)!r}"
    elif not os.access(path if path.exists() else path.parent, os.W_OK):
        reason = "that may not be written"
    if reason is not None:
        message = f"cannot write {text!r}: {reason}"
        raise argparse.ArgumentTypeError(message)
    return str(path.absolute())  # the program may go to another folder


def new_folder(text: str) -> str:
    """Return the absolute path of a folder to be written into, which may be there.

    argparse.ArgumentTypeError: it could not be made or written.
    """
    path = Path(text)
    if path.is_dir() and os.access(path, os.W_OK):
        return str(path.absolute())
    if path.exists():
        message = f"cannot write into {text!r}: it is no folder, or may not be written"
        raise argparse.ArgumentTypeError(message)
    return new_file(text)


def requests_a_second(text: str) -> float:
    """Read how many requests a second may be sent. argparse.ArgumentTypeError: it is no such number."""
    found = _decimal(text)
    if not 0 < found <= FASTEST:
        message = f"{text!r}: write a number of requests a second, up to {FASTEST:,}, such as 20 or 0.5"
        raise argparse.ArgumentTypeError(message)
    return found


def pause(text: str) -> float:
    """Read how many seconds to wait. argparse.ArgumentTypeError: it is no such number."""
    found = _decimal(text)
    if not 0 <= found <= LONGEST_PAUSE:
        message = f"{text!r}: write a number of seconds, 0 to {LONGEST_PAUSE}, such as 2 or 0.5"
        raise argparse.ArgumentTypeError(message)
    return found


def _decimal(text: str) -> float:
    """Return a number with decimals; a negative one for what is none."""
    try:
        return float(text)
    except ValueError:
        return -1.0


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def policy_file(text: str) -> tuple[str, str]:
    """Read an identity policy: the name of its file, and its text. argparse.ArgumentTypeError: it is none."""
    from fakecos.facts.exceptions import UsageError
    from fakecos.operations.policy.identity import texts_of

    try:
        found = Path(text).read_text(encoding="utf-8-sig")
        if not found.lstrip().startswith("{"):
            message = f"{text}: it is no policy: that is JSON, and begins with {{"
            raise argparse.ArgumentTypeError(message)
        texts_of(found, text)
    except OSError as error:
        message = f"cannot read {text!r}: {error.strerror}"
        raise argparse.ArgumentTypeError(message) from None
    except UnicodeDecodeError:
        message = f"{text!r} is no text: write the file of a policy in JSON"
        raise argparse.ArgumentTypeError(message) from None
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text, found
