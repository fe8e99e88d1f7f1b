"""What active fakes hide: variables of the environment and the default sessions, which come back with the last of them.

The caller holds the lock of activation.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from fakecos.clients.activation import environment
from fakecos.clients.activation.patches import Overlays

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from fakecos.clients.activation.active import ActiveFake
    from fakecos.clients.activation.patches import Overlay

_overlays = Overlays()
_by_fake: dict[int, list[Overlay]] = {}


def mask_environment(fake: ActiveFake) -> None:
    """Put the hermetic environment in the place of the developer's, unless the fake leaves that alone."""
    _by_fake[id(fake)] = []
    if not fake.keep_environment:
        mask = environment.mask(fake.signing_keys)
        _by_fake[id(fake)].append(_overlays.add(os.environ, mask, environment.MASKED_PREFIXES))


def mask_names(fake: ActiveFake, place: MutableMapping[str, Any], values: dict[str, Any]) -> None:
    """Put values in the place of those of a module, unless the fake leaves the developer's own alone."""
    if not fake.keep_environment:
        _by_fake[id(fake)].append(_overlays.add(place, values))


def unmask(fake: ActiveFake) -> None:
    """Take away what one fake has put there."""
    for overlay in reversed(_by_fake.pop(id(fake), [])):
        _overlays.remove(overlay)


def set_variables(values: Mapping[str, str], *, hermetic: bool) -> Overlay:
    """Set variables, and with `hermetic` the whole mask with them; `unset` takes both away."""
    if not hermetic:
        return _overlays.add(os.environ, dict(values))
    return _overlays.add(os.environ, {**environment.mask(), **values}, environment.MASKED_PREFIXES)


def unset(overlay: Overlay) -> None:
    """Put the environment back as it was."""
    _overlays.remove(overlay)
