"""The table of the control door: every address that it has. Who looks for one begins here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakecos.serving.control import (
    clock_routes,
    event_routes,
    fault_routes,
    journal_routes,
    openapi,
    report_routes,
    state_routes,
)

if TYPE_CHECKING:
    from fakecos.serving.control.table import Route


def document() -> dict[str, Any]:
    """Return the OpenAPI document of the table."""
    return openapi.document(ROUTES)


ROUTES: tuple[Route, ...] = (
    *state_routes.ROUTES,
    *fault_routes.ROUTES,
    *journal_routes.ROUTES,
    *event_routes.ROUTES,
    *clock_routes.ROUTES,
    *report_routes.routes(document),
)
