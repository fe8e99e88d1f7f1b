"""`python -m fakecos` is the command `fakecos`."""

from __future__ import annotations

from fakecos.cli.main import main

if __name__ == "__main__":
    main()
