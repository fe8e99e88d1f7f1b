"""What botocore reads from files, shared between sessions while a fake is active or served: a suite makes many.

The clients of one session share what its loader read: the list of services, the model of S3, endpoint rules,
partitions, retry and waiter data. Another session finds, reads and parses the same files again, which is most of what
its first client costs. While a fake is active, or a server of one is open in this process, all loaders that search the
same folders share it. A loader keeps what it was given, as it keeps what it read, so nothing changes for its clients
when the fake stops.

What clients alter is not shared:
- of the model of a service each loader has a copy of its own, as deep as handlers of botocore alter it;
- a resolver of endpoints works on a copy of the one endpoint that it resolves, since it writes into it;
- who asks a session itself for data, as handlers of `service-data-loaded` do, is given a copy of the session's own.

A folder of the user (AWS_DATA_PATH, ~/.aws/models, whatever a program appended) is looked at each time: what changed
there is read again. Loaders of another class, with a reader of files of their own, or which have read a file of that
service before, are left alone. Source: `botocore.loaders`, `botocore.regions` and `botocore.handlers` of 1.44.
"""

from __future__ import annotations

import copy
import functools
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import active
from fakecos.clients.base import Adapter
from fakecos.clients.botocore import shared_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from fakecos.clients.activation.patches import Patches

FILE = "load_data_with_path"
SHARED = {
    "list_available_services": ("type_name",),
    "list_api_versions": ("service_name", "type_name"),
    "determine_latest_version": ("service_name", "type_name"),
    "load_service_model": ("service_name", "type_name", "api_version"),
    FILE: ("name",),
}
"""Methods of a loader whose results it keeps, with their parameters."""
LEVELS = 4
"""How deep a loader's own copy of a model goes: a handler alters `operations.*.http` when it first sees an operation of
S3 (source: `remove_bucket_from_url_paths_from_model` in `botocore.handlers`)."""
MODEL = "service-2"
READ_ONLY = ("botocore", "boto3", "ibm_botocore", "ibm_boto3", "aiobotocore")
"""Packages whose own folders of data do not change while a process runs."""

_Cache = dict[Any, Any]
_found: dict[Any, _Cache] = {}
"""What was read, by what was searched; kept from one fake to the next."""
_asked = threading.local()
"""`privately`: whether this thread asks for data that it may alter."""


def patch_loader(module: ModuleType, patches: Patches) -> None:
    """Patch `botocore.loaders`."""
    for name in SHARED:
        patches.replace(module.Loader, name, functools.partial(_sharing, module, name))


def patch_session(module: ModuleType, patches: Patches) -> None:
    """Patch `botocore.session`: what it hands out itself may be altered."""
    for name in ("get_data", "get_service_data"):
        patches.replace(module.Session, name, _privately)


def patch_resolver(module: ModuleType, patches: Patches) -> None:
    """Patch `botocore.regions`: the resolver fills in what it has worked out where the endpoint stands."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def _resolve(self: Any, *args: Any, **kwargs: Any) -> Any:
            service, name = kwargs.get("service_data", {}), kwargs.get("endpoint_name")
            endpoints = service.get("endpoints", {})
            if name in endpoints:
                kwargs["service_data"] = {**service, "endpoints": {**endpoints, name: dict(endpoints[name])}}
            return original(self, *args, **kwargs)

        return _resolve

    patches.replace(module.EndpointResolver, "_resolve", make)


def _sharing(module: ModuleType, method: str, original: Callable[..., Any]) -> Callable[..., Any]:
    parameters = SHARED[method]

    @functools.wraps(original)
    def load(self: Any, *args: Any, **kwargs: Any) -> Any:
        own, privately = self._cache, getattr(_asked, "privately", False)
        key = (method, *args, *(word for pair in sorted(kwargs.items()) for word in pair))  # as `instance_cache` does
        if key in own and not privately:
            return own[key]
        given = {**dict(zip(parameters, args, strict=False)), **kwargs}
        whole = (method, None, *map(given.get, parameters))  # the same, however the arguments were passed
        if not _may_share(self, module) or _has_read(own, method, whole[2]) or (key in own and whole not in own):
            return original(self, *args, **kwargs)
        if whole not in own:
            read = functools.partial(original, self, *args, **kwargs)
            own[whole] = _handed_out(_shared(self, whole, read), given)
        if privately:
            _make_private(own, whole)
        own[key] = own[whole]
        return own[key]

    return load


def _shared(loader: Any, whole: tuple[Any, ...], read: Callable[[], Any]) -> Any:
    """Return what all loaders share, which search what this one does; it is read if it was not."""
    shared = _found.setdefault(_searched(loader), {})
    if whole not in shared:
        found = read()
        for key in [key for key in loader._cache if _is_file_of(whole[2], key)]:
            loader._cache.pop(key, None)  # else it would have read them itself
        shared.setdefault(whole, found)
    return shared[whole]


def _handed_out(found: Any, given: dict[str, Any]) -> Any:
    kind = given.get("type_name")
    if kind == shared_rules.RULES and isinstance(found, dict):
        shared_rules.note(found)
    return _copied(found, LEVELS) if kind == MODEL else found


def _copied(value: Any, levels: int) -> Any:
    """Return a copy of mappings in mappings, as deep as that."""
    if not isinstance(value, dict):
        return value
    made = value.copy()
    if levels > 1:
        for name, each in value.items():
            if isinstance(each, dict):
                made[name] = _copied(each, levels - 1)
    return made


def _make_private(own: _Cache, whole: tuple[Any, ...]) -> None:
    """Let a loader have something for itself, in the place of what it has of it so far."""
    if ("private", whole) not in own:
        mine, theirs = copy.deepcopy(own[whole]), own[whole]
        own.update({key: mine for key, value in own.items() if value is theirs})
        own["private", whole] = True


def _privately(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def get(*args: Any, **kwargs: Any) -> Any:
        _asked.privately = True
        try:
            return original(*args, **kwargs)
        finally:
            _asked.privately = False

    return get


def _may_share(loader: Any, module: ModuleType) -> bool:
    return (
        active.shares_models() and type(loader) is module.Loader and type(loader.file_loader) is module.JSONFileLoader
    )


def _has_read(own: _Cache, method: str, subject: object) -> bool:
    """Whether it is for a loader itself: a file of a service, or a service of which it has read a file before.

    `load_service_model` merges other files into what it read, and shares that.
    """
    return os.sep in str(subject) if method == FILE else any(_is_file_of(subject, key) for key in own)


def _is_file_of(service: object, key: tuple[Any, ...]) -> bool:
    return key[0] == FILE and str(key[1]).startswith(f"{service}{os.sep}")


def _searched(loader: Any) -> tuple[Any, ...]:
    """Return what decides what a loader finds: its folders in their order, those of a user with what is in them."""
    modules = (sys.modules.get(name) for name in READ_ONLY)
    own = tuple(f"{Path(module.__file__).parent}{os.sep}" for module in modules if module and module.__file__)
    searched = map(os.fspath, loader.search_paths)  # botocore takes a Path too
    folders = [path if path.startswith(own) else (path, *_files_below(path)) for path in searched]
    return (*folders, *loader.extras_types)


def _files_below(path: str) -> Iterator[tuple[str, int, int]]:
    for folder, _, names in os.walk(path):
        for name in names:
            file = Path(folder, name)
            with suppress(OSError):  # deleted meanwhile, or a link to nowhere
                found = file.stat()
                yield str(file), found.st_mtime_ns, found.st_size


ADAPTER = Adapter(
    while_sharing={
        f"{package}.{name}": patch
        for package in ("botocore", "ibm_botocore")
        for name, patch in (("loaders", patch_loader), ("session", patch_session), ("regions", patch_resolver))
    }
)
