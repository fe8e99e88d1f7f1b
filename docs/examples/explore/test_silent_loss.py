import logging

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from fakecos import ExplorationError

log = logging.getLogger(__name__)
FILES = {"a.txt": b"one", "b.txt": b"two"}


def back_up(s3, files):
    for name, data in files.items():
        try:
            s3.put_object(Bucket="box", Key=name, Body=data)
        except (ClientError, BotoCoreError) as error:
            log.warning("%s: %s", name, error)


def test_a_file_that_is_not_stored_is_only_logged(cos, s3):
    with pytest.raises(ExplorationError, match="silent-loss"):
        cos.explore(lambda: back_up(s3, FILES))


class NotBackedUpError(Exception):
    """Some files are not stored."""


def back_up_and_say(s3, files):
    failed = {}
    for name, data in files.items():
        try:
            s3.put_object(Bucket="box", Key=name, Body=data)
        except (ClientError, BotoCoreError) as error:
            failed[name] = error
    if failed:
        raise NotBackedUpError(", ".join(failed)) from next(iter(failed.values()))


def test_the_others_are_stored_and_the_caller_knows(cos, s3):
    cos.explore(lambda: back_up_and_say(s3, FILES))
