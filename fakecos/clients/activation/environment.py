"""The hermetic environment: dummy credentials and region, and nothing of the developer's own.

The variables are those that botocore and ibm_botocore read to decide who signs and where a request goes
(source: their `configprovider`, `credentials` and `utils` modules). Variables that only tune a client, such
as AWS_MAX_ATTEMPTS, stay.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from fakecos.clients.activation.patches import ABSENT

ACCESS_KEY = "FAKECOSACCESSKEY"
SECRET_KEY = "fakecos-secret-access-key"  # noqa: S105  a dummy; nothing checks it
REGION = "us-east-1"
DUMMIES = (ACCESS_KEY, SECRET_KEY)

NO_FILE = str(Path(__file__).with_name("no-such-folder") / "config")
"""A file that is not there, in a folder that is not: who opens it to write makes none.

The null device would do for botocore's sessions, but code that reads the file itself asks whether it exists, and
`load_config` of botocore then refuses it, as no regular file (source: `botocore.configloader`).
"""

SET = {
    "AWS_CONFIG_FILE": NO_FILE,
    "AWS_SHARED_CREDENTIALS_FILE": NO_FILE,
    "COS_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
REGIONS = {"AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION}
MASKED = (
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_CREDENTIAL_FILE",
    "AWS_CA_BUNDLE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
)
MASKED_PREFIXES = ("AWS_ENDPOINT_URL", "AWS_CONTAINER_", "AWS_WEB_IDENTITY_", "AWS_EC2_METADATA_SERVICE_", "IBM_")


def mask(keys: tuple[str, str] = DUMMIES) -> dict[str, Any]:
    """Return what to lay over `os.environ`: values, and ABSENT for each variable to hide.

    `keys` are the access key and the secret that clients sign with.
    """
    values: dict[str, Any] = dict.fromkeys(MASKED, ABSENT)
    values.update((name, ABSENT) for name in os.environ if name.startswith(MASKED_PREFIXES))
    values.update(_set(keys))
    values.update(REGIONS)
    return values


def _set(keys: tuple[str, str]) -> dict[str, str]:
    return {"AWS_ACCESS_KEY_ID": keys[0], "AWS_SECRET_ACCESS_KEY": keys[1], **SET}


def is_masked(keys: tuple[str, str] = DUMMIES) -> bool:
    """Whether the mask is whole: the code under test put no credentials, profile or file of its own."""
    return all(os.environ.get(name) == value for name, value in _set(keys).items()) and not any(
        name in MASKED or name.startswith(MASKED_PREFIXES) for name in os.environ
    )
