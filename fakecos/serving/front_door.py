"""What a server answers beside S3: scripts that wait for it, and those written for moto's server, MinIO or LocalStack.

Only requests come here that no client of S3 sends: without credentials, without headers of its own, without a query,
and to the server's own name. S3 has no use for them: it sends who opens its address in a browser to a page of AWS, an
object named moto-api/reset cannot be posted, and no bucket's name has an underscore. One may be called minio: where
such a bucket is, its objects are S3's.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from fakecos.facts.hosts import bare_name
from fakecos.serving.version import version_of_fakecos
from fakecos.wire.messages import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Collection

    from fakecos.service.service import Service
    from fakecos.serving.listener import ServedFake
    from fakecos.wire.messages import HttpRequest

LOG = logging.getLogger("fakecos")
READS = frozenset({"GET", "HEAD"})
SDK = ("amz-", "x-amz-")
"""How headers begin that only clients of S3 send."""
WELCOME = "fakecos serves S3 here. POST /moto-api/reset forgets everything that is stored.\n"
MOTO = "/moto-api"
RESET = f"{MOTO}/reset"
LOCALSTACK = "/_localstack/health"
RELOAD = "reload"
"""The one query that scripts give it."""
MINIO = "minio"
MINIO_HEALTH = frozenset(f"/{MINIO}/health/{what}" for what in ("live", "ready", "cluster", "cluster/read"))
"""Documented: MinIO's "Healthcheck API", which answers 200 and nothing else."""
BEGINNINGS = (MOTO, LOCALSTACK, f"/{MINIO}/health/")
OURS = f"fakecos has of moto's own addresses only {MOTO}/ and POST {RESET}"


class FrontDoor:
    """A served fake, and what stands before it. `names`: the names of the server itself, in small letters."""

    def __init__(self, fake: ServedFake, service: Service, names: Collection[str]) -> None:
        self._fake = fake
        self._service = service
        self._names = frozenset(names)

    def exchange(self, request: HttpRequest) -> HttpResponse:
        """Answer one request: by the fake, unless it is none to S3."""
        path = request.path
        is_for_us = (path == "/" or path.startswith(BEGINNINGS)) and request.query in {"", RELOAD}
        if is_for_us and bare_name(request.host) in self._names and not _is_of_an_sdk(request):
            answer = self._answer(request)
            if answer is not None:
                return answer
        return self._fake.exchange(request)

    def record(self, error: Exception) -> None:
        """Keep an error, so that it is raised again when the fake stops."""
        self._fake.record(error)

    def _answer(self, request: HttpRequest) -> HttpResponse | None:
        """Answer what is none of S3's; None: it is, such as a form for the upload of a browser."""
        path, method = request.path, request.method
        if path == LOCALSTACK:
            return self._health_of_localstack() if method in READS else None
        if request.query:
            return None
        if path in MINIO_HEALTH:
            return _text("") if method in READS and MINIO not in self._service.store.buckets else None
        if path in {"/", MOTO, f"{MOTO}/"}:
            return _text(WELCOME) if method in READS else None
        return self._answer_of_moto(path, method) if path.startswith(f"{MOTO}/") else None

    def _health_of_localstack(self) -> HttpResponse:
        """Answer as LocalStack does, which loads a service with its first request (public: its issues 5157, 5419)."""
        state = "running" if len(self._service.journal) else "available"
        return _json(200, {"services": {"s3": state}, "edition": "fakecos", "version": version_of_fakecos()})

    def _answer_of_moto(self, path: str, method: str) -> HttpResponse:
        """Answer as moto's server does (source: `moto_api/_internal/responses.py` of moto 5.2)."""
        if path != RESET:
            return _json(404, {"Error": OURS})
        if method != "POST":
            return _json(400, {"Error": f"POST {RESET} forgets everything; {method} does nothing"})
        self._service.reset()
        LOG.info("everything is forgotten: POST %s", RESET)
        return _json(200, {"status": "ok"})


def _is_of_an_sdk(request: HttpRequest) -> bool:
    """Whether a client of S3 sent it, with credentials or without: it wants S3's answer."""
    return "authorization" in request.headers or any(name.startswith(SDK) for name in request.headers)


def _text(text: str) -> HttpResponse:
    return HttpResponse(200, _headers("text/plain; charset=utf-8", text), text.encode())


def _json(status: int, value: dict[str, Any]) -> HttpResponse:
    text = json.dumps(value)
    return HttpResponse(status, _headers("application/json", text), text.encode())


def _headers(content_type: str, text: str) -> dict[str, str]:
    return {"Content-Type": content_type, "Content-Length": str(len(text.encode()))}
