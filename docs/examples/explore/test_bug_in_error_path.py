import json

import pytest
from botocore.exceptions import ClientError
from fakecos import ExplorationError


def settings(s3):
    try:
        body = s3.get_object(Bucket="box", Key="settings.json")["Body"].read()
    except Exception as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            return {}
        raise
    return json.loads(body)


def test_an_error_without_a_response(cos, s3):
    cos.put_object("box", "settings.json", b'{"color": "blue"}')
    with pytest.raises(ExplorationError, match="bug-in-error-path"):
        cos.explore(lambda: settings(s3))


def settings_or_none(s3):
    try:
        body = s3.get_object(Bucket="box", Key="settings.json")["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            return {}
        raise
    return json.loads(body)


def test_only_an_answer_of_s3_has_a_code(cos, s3):
    cos.put_object("box", "settings.json", b'{"color": "blue"}')
    cos.explore(lambda: settings_or_none(s3))
