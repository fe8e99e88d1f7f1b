"""The fork server of multiprocessing: it keeps the environment in which it began, and so do all of its children.

Law of this file: nothing else here knows the private names of that module.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any

from fakecos.clients.activation import active


def renew() -> None:
    """End the fork server, if there is one: the next child begins another, which sees the environment as it is now.

    Its children live on. In a forked child nothing is done, since the server is the parent's.
    """
    server: Any = getattr(sys.modules.get("multiprocessing.forkserver"), "_forkserver", None)
    if getattr(server, "_forkserver_pid", None) is None or active.is_forked:
        return
    with suppress(ProcessLookupError):  # without this, who holds its pipe would keep it, and us waiting
        os.kill(server._forkserver_pid, signal.SIGTERM)
    server._stop()
