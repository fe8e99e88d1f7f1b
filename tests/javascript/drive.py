"""Serve two fakes, and run a command that finds them by its environment: `python drive.py node --test`."""

from __future__ import annotations

import os
import subprocess
import sys

from fakecos import FakeCOS

KEY = "AKIDJAVASCRIPT"
SECRET = "known to the fake"


def main(command: list[str]) -> int:
    """Return the command's code. What the fakes recorded, such as a fault that never happened, is raised at the end."""
    cos, verifying = FakeCOS(), FakeCOS(credentials={KEY: SECRET})
    with (
        cos.serve(environment=False, control=True) as plain,
        cos.serve(environment=False, tls=True) as tls,
        verifying.serve(environment=False) as strict,
    ):
        variables = {
            **plain.environment,
            "FAKECOS_TLS_URL": tls.endpoint_url,
            "NODE_EXTRA_CA_CERTS": str(tls.ca_bundle),
            "FAKECOS_VERIFYING_URL": strict.endpoint_url,
            "FAKECOS_KEY": KEY,
            "FAKECOS_SECRET": SECRET,
        }
        return subprocess.run(command, env={**os.environ, **variables}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
