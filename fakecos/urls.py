"""Where the project is on the web: the one place that knows it. A message that sends its reader to a page asks here.

Where the pages will live is not decided. DOCUMENTATION and REPOSITORY are the two settings; setup.cfg repeats them in
`project_urls`, and a test compares. A message also has the title of the page, which is found without the web.
"""

from __future__ import annotations

DOCUMENTATION = "https://fakecos.readthedocs.io/en/latest/"
REPOSITORY = "https://github.com/fakecos/fakecos"

TITLES = {
    "explanation/limitations": "What fakecos does not catch",
    "how-to/break-things": "Break things on purpose",
    "how-to/budgets": "Hold code to a budget",
    "how-to/compare-with-a-real-bucket": "Compare with a real bucket",
    "how-to/control-door": "Test in other languages",
    "how-to/error-handler-has-a-bug": "Your error handler has a bug",
    "how-to/events": "Test what happens on events",
    "how-to/events-with-moto": "Let events arrive in moto's queues",
    "how-to/half-an-object": "The old object is gone and the new one is not there",
    "how-to/it-never-ends": "It never ends",
    "how-to/it-reads-wrong-bytes": "It reads wrong bytes",
    "how-to/it-retries-without-end": "It retries without end",
    "how-to/logs-and-inventory": "Read server access logs and inventories",
    "how-to/replication": "Test replication",
    "how-to/migrate-from-moto": "Come from moto",
    "how-to/other-processes": "Work with other processes",
    "how-to/pytest": "Use the pytest plugin",
    "how-to/returned-but-not-stored": "It returns, and the object is not there",
    "how-to/second-run-does-not-heal": "The second run does not heal it",
    "how-to/trace": "Look at a run in a trace viewer",
    "how-to/two-writers": "Race two writers",
    "how-to/use-beside-moto": "Use it beside moto",
    "how-to/use-with-asyncio": "Test code that uses aiobotocore or aioboto3",
    "how-to/wrong-error-is-raised": "The wrong error is raised",
    "how-to/your-check-fails": "Your check fails",
    "how-to/your-upload-leaks": "Your upload leaks",
    "reference/dates": "What S3 changed, and when",
    "reference/errors": "Errors",
    "reference/events": "Events",
    "reference/exploring": "Exploring",
    "reference/faults": "Faults",
    "reference/limits": "Limits",
    "reference/operations": "Operations",
}
"""The pages that messages and public docstrings name, by their paths below docs/. A test compares their titles."""


def page(path: str, anchor: str = "") -> str:
    """Return how a message names a page: its title and its address, with the heading that is meant.

    `path` is one of TITLES, as in "how-to/pytest"; `anchor` is the heading as it stands in an address.
    """
    return f'"{TITLES[path]}", {address(path, anchor)}'


def address(path: str, anchor: str = "") -> str:
    """Return the address of a page below docs/, of TITLES or not."""
    return f"{DOCUMENTATION}{path}/{'#' if anchor else ''}{anchor}"
