"""IBM's IAM: an API key becomes a bearer token, which is good for an hour by the clock.

Any API key does unless the fake was given the valid ones. A token is remembered until the fake is gone: S3 refuses one
that has expired, and where valid keys are given also one that was never given out.
"""

from __future__ import annotations

import base64
import json
import os
import threading
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs

from fakecos.facts import errors, iam
from fakecos.facts.errors import S3Error
from fakecos.facts.services.ibm import TOKEN_URL
from fakecos.model.clock import now
from fakecos.wire.messages import as_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fakecos.wire.messages import HttpRequest

FORM = "application/x-www-form-urlencoded"


class Given(NamedTuple):
    """A token that was given out: for which API key, and until when (seconds since 1970)."""

    api_key: str
    until: float


class TokenAnswer(NamedTuple):
    """The answer to a request for a token; `params` are what it asked with, `error` the code of a refusal."""

    status: int
    headers: dict[str, str]
    body: bytes
    params: dict[str, str] | None
    error: str | None


class Refusal(Exception):  # noqa: N818  an answer of IAM
    """IAM says no."""

    def __init__(self, error: iam.IamError, **values: str) -> None:
        self.error = error
        self.details = error.details.format(**values)
        super().__init__(error.code)


class Iam:
    """The tokens of one fake. `api_keys` are those that are valid, None if any is."""

    def __init__(self, api_keys: frozenset[str] | None = None) -> None:
        self._api_keys = api_keys
        self._tokens: dict[str, Given] = {}
        self._refresh_tokens: dict[str, Given] = {}
        self.rearm_lock()

    def rearm_lock(self) -> None:
        """Make a new lock, for a forked child."""
        self._lock = threading.Lock()

    def answer(self, request: HttpRequest, request_id: str) -> TokenAnswer:
        """Answer a request for a token."""
        code, form = None, None
        try:
            form = _form(request)
            status, document = 200, self._issue(form, request.headers)
        except Refusal as refusal:
            status, code = refusal.error.status, refusal.error.code
            document = error_document(refusal, request_id, request.headers.get("user-agent", ""))
        body = json.dumps(document).encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        return TokenAnswer(status, headers, body, form, code)

    def require_valid(self, token: str) -> None:
        """Refuse a bearer token that has expired, or that was not given out where valid keys were given.

        AccessDenied is what COS answers to an expired one (public); to an unknown one it is assumed.
        """
        given = self._tokens.get(token)
        if (given is None and self._api_keys is not None) or (given is not None and given.until <= _seconds()):
            said = "has expired" if given is not None else "was not given out by this fake for a known API key"
            raise S3Error(errors.ACCESS_DENIED, explanation=f"the bearer token {said}: let the client take a new one.")

    # --- giving tokens out ---------------------------------------------------------------------------

    def _issue(self, form: Mapping[str, str], headers: Mapping[str, str]) -> dict[str, Any]:
        grant = _required(form, "grant_type")
        if grant == iam.APIKEY_GRANT:
            api_key = _required(form, "apikey")
            if self._api_keys is not None and api_key not in self._api_keys:
                raise Refusal(iam.UNKNOWN_KEY)
        elif grant == iam.REFRESH_GRANT:
            api_key = self._refreshed(_required(form, "refresh_token"))
        else:
            raise Refusal(iam.BAD_VALUE, name="grant_type", value=grant)
        kind = form.get("response_type") or iam.ACCESS
        if kind == iam.DELEGATED:
            return self._delegated(api_key, grant)
        if kind != iam.ACCESS:
            raise Refusal(iam.BAD_VALUE, name="response_type", value=kind)
        return self._access(api_key, grant, renewable=headers.get("authorization") == iam.CLIENT)

    def _refreshed(self, token: str) -> str:
        given = self._refresh_tokens.get(token)
        if given is None:
            raise Refusal(iam.BAD_REFRESH_TOKEN)
        if given.until <= _seconds():
            raise Refusal(iam.EXPIRED_REFRESH_TOKEN)
        return given.api_key

    def _access(self, api_key: str, grant: str, *, renewable: bool) -> dict[str, Any]:
        until = int(_seconds()) + iam.LIFETIME
        token = _web_token(grant, until)
        refresh_token = iam.NO_REFRESH
        if renewable:
            refresh_token = base64.urlsafe_b64encode(os.urandom(96)).decode()
        with self._lock:
            self._tokens[token] = Given(api_key, until)
            if renewable:
                self._refresh_tokens[refresh_token] = Given(api_key, _seconds() + iam.REFRESH_LIFETIME)
        return {
            "access_token": token,
            "refresh_token": refresh_token,
            "token_type": "Bearer",
            "expires_in": iam.LIFETIME,
            "expiration": until,
            "scope": iam.SCOPE,
        }

    def _delegated(self, api_key: str, grant: str) -> dict[str, Any]:
        until = int(_seconds()) + iam.DELEGATED_LIFETIME
        token = _web_token(grant, until)
        with self._lock:
            self._tokens[token] = Given(api_key, until)
        return {"delegated_refresh_token": token}


def error_document(refusal: Refusal, request_id: str, user_agent: str) -> dict[str, Any]:
    """Return the document of a refusal."""
    document: dict[str, Any] = {"errorCode": refusal.error.code, "errorMessage": refusal.error.message}
    if refusal.details:
        document["errorDetails"] = refusal.details
    document["context"] = {
        "requestId": request_id,
        "requestType": "incoming.Identity_Token",
        "userAgent": user_agent,
        "url": TOKEN_URL,
        "locale": "en_US",
    }
    return document


def _form(request: HttpRequest) -> dict[str, str]:
    if request.method != "POST":
        raise Refusal(iam.WRONG_METHOD)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Refusal(iam.WRONG_TYPE)
    text = as_bytes(request.body.read()).decode("utf-8", "replace")
    return {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}


def _required(form: Mapping[str, str], name: str) -> str:
    value = form.get(name)
    if not value:
        raise Refusal(iam.MISSING, name=name)
    return value


def _web_token(grant: str, until: int) -> str:
    """Return a JSON web token, as IAM's are: what it claims can be read, and nobody has signed it."""
    claims = {
        "iam_id": "iam-ServiceId-00000000-0000-0000-0000-000000000000",
        "jti": os.urandom(16).hex(),
        "iat": until - iam.LIFETIME,
        "exp": until,
        "iss": f"{TOKEN_URL}/identity",
        "grant_type": grant,
        "scope": iam.SCOPE,
        "client_id": "bx",
    }
    parts = ({"kid": "fakecos", "alg": "RS256"}, claims)
    encoded = [_encoded(json.dumps(part).encode()) for part in parts]
    return ".".join([*encoded, _encoded(os.urandom(32))])


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _seconds() -> float:
    return now().timestamp()
