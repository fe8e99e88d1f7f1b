"""The body of a request as an operation sees it, before it is read and becomes `Content`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from fakecos.model.content import Content


class Payload(Protocol):
    """The body of a request, not read yet: what `params["Body"]` is."""

    @property
    def declared_size(self) -> int | None:
        """Bytes that the headers promise, without any framing; None if they do not say."""

    @property
    def trailer(self) -> str | None:
        """Lower-case name of the checksum trailer that will follow the body, if one is announced."""

    @property
    def trailers(self) -> dict[str, str]:
        """The trailers that came; empty before `receive`."""

    @property
    def content_encoding(self) -> str | None:
        """Content-Encoding without the token that only describes the framing."""

    @property
    def signs_sha256(self) -> bool:
        """Whether the signature covers the SHA-256 of the body."""

    def require_headers(self) -> None:
        """Refuse what the headers alone show to be wrong, before any byte is read."""

    def receive(self) -> Content:
        """Read the body once, take its framing off and verify what the transport promised."""
