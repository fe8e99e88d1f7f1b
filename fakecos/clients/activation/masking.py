"""What active fakes hide: variables of the environment and the default sessions, which come back with the last of them.

The caller holds the lock of activation.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import environment
from fakecos.clients.activation.patches import Overlay, Overlays

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from fakecos.clients.activation.active import ActiveFake

_overlays = Overlays()
_by_fake: dict[int, list[Overlay]] = {}


def mask_environment(fake: ActiveFake) -> None:
    """Put the hermetic environment in the place of the developer's, unless the fake leaves that alone."""
    _by_fake[id(fake)] = []
    if not fake.keep_environment:
        mask = environment.mask(fake.signing_keys)
        _lay_over(fake, Overlay(os.environ, mask, environment.MASKED_PREFIXES))


def mask_names(fake: ActiveFake, place: MutableMapping[str, Any], values: dict[str, Any]) -> None:
    """Put values in the place of those of a module, unless the fake leaves the developer's own alone."""
    if not fake.keep_environment:
        _lay_over(fake, Overlay(place, values))


def _lay_over(fake: ActiveFake, overlay: Overlay) -> None:
    _by_fake[id(fake)].append(overlay)  # noted before anything changes
    _overlays.add(overlay)


def unmask(fake: ActiveFake) -> None:
    """Take away what one fake has put there; nothing happens if that is nothing."""
    for overlay in reversed(_by_fake.get(id(fake), [])):
        _overlays.remove(overlay)
    _by_fake.pop(id(fake), None)


def variables(values: Mapping[str, str], *, hermetic: bool) -> Overlay:
    """Return an overlay of variables, with `hermetic` of the whole mask too; nothing is set before it is added."""
    if not hermetic:
        return Overlay(os.environ, dict(values))
    return Overlay(os.environ, {**environment.mask(), **values}, environment.MASKED_PREFIXES)


def add(overlay: Overlay) -> None:
    """Set the variables of an overlay."""
    _overlays.add(overlay)


def remove(overlay: Overlay) -> None:
    """Put the environment back as it was; nothing happens if the overlay was not added."""
    _overlays.remove(overlay)
