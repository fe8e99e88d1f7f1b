"""fakecos: S3, faithfully, inside the test process."""

import importlib
from typing import TYPE_CHECKING, Any

from fakecos.facts.exceptions import (
    BudgetExceededError,
    DifferenceWarning,
    EscapedRequestError,
    FakecosWarning,
    MissingExtraError,
    OpenUploadsError,
    UnclaimedRequestError,
    UnfiredFaultError,
    UnimplementedOperationWarning,
    UsageError,
)
from fakecos.facts.limits import Limits
from fakecos.fake import FakeCOS, current

if TYPE_CHECKING:
    from fakecos.beside.beside import Beside
    from fakecos.beside.found import AnswerDifference, Differences
    from fakecos.explore.drivers import Outcome
    from fakecos.explore.exploration import Exploration, ExplorationError
    from fakecos.explore.findings import ExploredRun, Finding
    from fakecos.faults.schedule import Fault
    from fakecos.model.content import Content
    from fakecos.model.snapshot import Snapshot
    from fakecos.model.store import Store
    from fakecos.model.synthetic_body import SyntheticBody
    from fakecos.notifications.delivery import EventFault
    from fakecos.notifications.handlers import EventHandler
    from fakecos.notifications.s3_event import S3Event
    from fakecos.race.findings import RaceFinding, RanOrder
    from fakecos.race.race import Race, RaceError
    from fakecos.race.racing import RaceOutcome
    from fakecos.service.counts import Counts
    from fakecos.service.events import Events
    from fakecos.service.journal import Journal, RecordedRequest
    from fakecos.serving.server import Server
    from fakecos.testing.accounts import AwsAccount, User
    from fakecos.testing.budget import Budget, BudgetUse
    from fakecos.testing.views import BucketView, DeleteMarkerView, ObjectView, PartView, UploadView
    from fakecos.testing.views.lookup import NotThereError

__all__ = [
    "AnswerDifference",
    "AwsAccount",
    "Beside",
    "BucketView",
    "Budget",
    "BudgetExceededError",
    "BudgetUse",
    "Content",
    "Counts",
    "DeleteMarkerView",
    "DifferenceWarning",
    "Differences",
    "EscapedRequestError",
    "EventFault",
    "EventHandler",
    "Events",
    "Exploration",
    "ExplorationError",
    "ExploredRun",
    "FakeCOS",
    "FakecosWarning",
    "Fault",
    "Finding",
    "Journal",
    "Limits",
    "MissingExtraError",
    "NotThereError",
    "ObjectView",
    "OpenUploadsError",
    "Outcome",
    "PartView",
    "Race",
    "RaceError",
    "RaceFinding",
    "RaceOutcome",
    "RanOrder",
    "RecordedRequest",
    "S3Event",
    "Server",
    "Snapshot",
    "Store",
    "SyntheticBody",
    "UnclaimedRequestError",
    "UnfiredFaultError",
    "UnimplementedOperationWarning",
    "UploadView",
    "UsageError",
    "User",
    "current",
]

if not TYPE_CHECKING:  # a type checker would take every name for one of ours
    # For annotations and isinstance, so imported when asked for: start-up is a budget.
    _LATE = {
        "AnswerDifference": "fakecos.beside.found",
        "AwsAccount": "fakecos.testing.accounts",
        "Beside": "fakecos.beside.beside",
        "BucketView": "fakecos.testing.views",
        "Budget": "fakecos.testing.budget",
        "BudgetUse": "fakecos.testing.budget",
        "Content": "fakecos.model.content",
        "Counts": "fakecos.service.counts",
        "DeleteMarkerView": "fakecos.testing.views",
        "EventFault": "fakecos.notifications.delivery",
        "EventHandler": "fakecos.notifications.handlers",
        "Events": "fakecos.service.events",
        "Differences": "fakecos.beside.found",
        "Exploration": "fakecos.explore.exploration",
        "ExplorationError": "fakecos.explore.exploration",
        "ExploredRun": "fakecos.explore.findings",
        "Fault": "fakecos.faults.schedule",
        "Finding": "fakecos.explore.findings",
        "Journal": "fakecos.service.journal",
        "NotThereError": "fakecos.testing.views.lookup",
        "ObjectView": "fakecos.testing.views",
        "Outcome": "fakecos.explore.drivers",
        "PartView": "fakecos.testing.views",
        "Race": "fakecos.race.race",
        "RaceError": "fakecos.race.race",
        "RaceFinding": "fakecos.race.findings",
        "RaceOutcome": "fakecos.race.racing",
        "RanOrder": "fakecos.race.findings",
        "RecordedRequest": "fakecos.service.journal",
        "S3Event": "fakecos.notifications.s3_event",
        "Server": "fakecos.serving.server",
        "Snapshot": "fakecos.model.snapshot",
        "Store": "fakecos.model.store",
        "SyntheticBody": "fakecos.model.synthetic_body",
        "UploadView": "fakecos.testing.views",
        "User": "fakecos.testing.accounts",
    }

    def _elsewhere() -> dict[str, str]:
        from fakecos.faults import __all__ as words
        from fakecos.usage_hints import MODULE

        return {**{word: f"from fakecos.faults import {word}" for word in words}, **MODULE}

    def __getattr__(name: str) -> Any:
        __tracebackhide__ = True
        if name == "faults":  # as `import fakecos` is followed by fakecos.faults.Http
            return importlib.import_module("fakecos.faults")
        if name not in _LATE:
            from fakecos.misnamed import module_error

            raise module_error(__name__, name, __all__, _elsewhere)
        found = globals()[name] = getattr(importlib.import_module(_LATE[name]), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
