"""Print the way of one request through the package: which files it visits, in order, and how often it comes back.

    python tools/walk.py [upload_part | put_object | get_object | head_object]

The call is made by a real client and, so that nothing is counted which happens once in a process, for the second time.
Each line is a function, indented by its depth; files are counted in the last line. The output is documentation: it
shows what somebody reads who follows that request from top to bottom.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import boto3  # noqa: E402

from fakecos import FakeCOS  # noqa: E402  the tree, not what may be installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

PACKAGE = str(ROOT / "fakecos") + "/"
BUCKET = "photos"
NO_FUNCTION = "<"  # comprehensions and the like: part of the function around them


class Walk:
    """The functions of the package that were called, in order: depth, file below the package, name."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, str, str]] = []
        self._depth = 0

    def watch(self, frame: FrameType, event: str, _: object) -> None:
        """Note one call or return: what `sys.setprofile` takes."""
        file = frame.f_code.co_filename
        if not file.startswith(PACKAGE) or frame.f_code.co_name.startswith(NO_FUNCTION):
            return
        if event == "call":
            self.steps.append((self._depth, file.removeprefix(PACKAGE), frame.f_code.co_name))
            self._depth += 1
        elif event == "return":
            self._depth -= 1

    @property
    def files(self) -> list[str]:
        """The files in the order in which they were first visited."""
        return list(dict.fromkeys(file for _, file, _ in self.steps))

    @property
    def returns(self) -> int:
        """How often the walk came back to a file that it had left."""
        ways = [file for place, (_, file, _) in enumerate(self.steps) if not place or self.steps[place - 1][1] != file]
        return len(ways) - len(set(ways))

    def __str__(self) -> str:
        lines = []
        previous = ""
        for depth, file, name in self.steps:
            shown = "" if file == previous else file
            lines.append(f"{shown:<44}{'  ' * depth}{name}")
            previous = file
        summary = f"{len(self.files)} files, {self.returns} returns to a file that was left, {len(self.steps)} calls"
        return "\n".join([*lines, "", summary])


def calls(s3: Any) -> dict[str, Callable[[], object]]:
    """Return the calls that can be followed."""
    upload = s3.create_multipart_upload(Bucket=BUCKET, Key="film")["UploadId"]
    s3.put_object(Bucket=BUCKET, Key="here", Body=b"x" * 1024)
    part = {"Bucket": BUCKET, "Key": "film", "UploadId": upload, "PartNumber": 1, "Body": b"x" * 1024}
    return {
        "upload_part": lambda: s3.upload_part(**part),
        "put_object": lambda: s3.put_object(Bucket=BUCKET, Key="photo", Body=b"x" * 1024),
        "get_object": lambda: s3.get_object(Bucket=BUCKET, Key="here"),
        "head_object": lambda: s3.head_object(Bucket=BUCKET, Key="here"),
    }


def walk(name: str) -> Walk:
    """Follow one call. Raises KeyError for a name that is not in `calls`."""
    with FakeCOS() as cos:
        s3 = boto3.client("s3", "us-east-1")
        cos.create_bucket(BUCKET)
        call = calls(s3)[name]
        call()
        found = Walk()
        sys.setprofile(found.watch)
        try:
            call()
        finally:
            sys.setprofile(None)
        return found


def main() -> None:
    """Print the walk that the command line names."""
    print(walk(sys.argv[1] if len(sys.argv) > 1 else "upload_part"))


if __name__ == "__main__":
    main()
