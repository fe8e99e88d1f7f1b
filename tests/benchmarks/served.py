"""A server in a process of its own: a fake, a null answer to all by the same code of HTTP, or a plain server of h11.

Linux only. `python -m tests.benchmarks.served fake|null|plain http|https` prints its URL and its certificate, and obeys
lines from stdin.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.plain_server import ANSWER, PlainServer

if TYPE_CHECKING:
    from typing_extensions import Self

    from fakecos.wire.messages import HttpRequest, HttpResponse

BUCKET, KEY = "bench", "key"
FIELDS = f"<Bucket>{BUCKET}</Bucket><Key>{KEY}</Key><UploadId>null</UploadId><ETag>0</ETag>"
DOCUMENTS = {
    name: f'<{name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{FIELDS}</{name}>'.encode()
    for name in ("InitiateMultipartUploadResult", "CompleteMultipartUploadResult")
}


class Null:
    """What reads a request and always answers the same, in the place of a fake."""

    def exchange(self, request: HttpRequest) -> HttpResponse:
        """Answer at once."""
        from fakecos.wire.messages import HttpResponse

        request.body.read()
        if request.method != "POST":
            return HttpResponse(200, ANSWER)
        starts = request.query.startswith("uploads")
        body = DOCUMENTS["InitiateMultipartUploadResult" if starts else "CompleteMultipartUploadResult"]
        return HttpResponse(200, {**ANSWER, "Content-Length": str(len(body))}, body)

    def record(self, error: Exception) -> None:
        """Let it be seen."""
        raise error


class Served:
    """The process, seen from its parent. `which` is fake, null or plain, `scheme` http or https."""

    def __init__(self, which: str, scheme: str) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.served", which, scheme]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url, self.ca_bundle = self._line()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    def forget(self) -> dict[str, float]:
        """Let it forget what is stored and begin a new peak of memory; return its figures."""
        return dict(self.ask("forget"))

    def figures(self) -> dict[str, float]:
        """Return the seconds of CPU that it took, and in MiB what it holds and its peak."""
        return dict(self.ask("figures"))

    def ask(self, what: str) -> Any:
        """Let it do what a line says, and return what it answers."""
        assert self._process.stdin is not None
        print(what, file=self._process.stdin, flush=True)
        return self._line()

    def _line(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()


def _status(name: str) -> float:
    text = Path("/proc/self/status").read_text()
    return int(text.partition(f"{name}:")[2].split()[0]) / 1024


def _figures() -> dict[str, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": used.ru_utime + used.ru_stime, "held": _status("VmRSS"), "peak": _status("VmHWM")}


def _say(value: object) -> None:
    print(json.dumps(value), flush=True)


def main(which: str, scheme: str) -> None:
    """Serve until stdin ends."""
    from fakecos import FakeCOS
    from fakecos.serving.listener import Listener

    cos = FakeCOS()
    tls = scheme == "https"
    server: Any
    if which == "plain":
        server = PlainServer()
    elif which == "null":
        server = Listener(Null(), ("127.0.0.1", 0), None, tls=tls)
        server.open()
    else:
        server = cos.serve(environment=False, tls=tls)
    _say([server.endpoint_url, server.ca_bundle])
    for line in sys.stdin:
        what = line.strip()
        if what == "forget":
            cos.reset()
            cos.create_bucket(BUCKET)
            Path("/proc/self/clear_refs").write_text("5")
        _say(cos.start_upload(BUCKET, KEY).upload_id if what == "start" else _figures())
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
