import json

import pytest
from fakecos import ExplorationError

PAGES = {"pages/1": b"one", "pages/2": b"two"}


def publish(s3, pages):
    s3.put_object(Bucket="box", Key="manifest.json", Body=json.dumps(list(pages)))
    for key, page in pages.items():
        s3.put_object(Bucket="box", Key=key, Body=page)


def every_page_is_there(cos, outcome):
    stored = cos.bucket("box").objects
    if "manifest.json" in stored:
        missing = set(json.loads(stored["manifest.json"].body)) - set(stored)
        assert not missing, f"the manifest names {sorted(missing)}"


def test_the_manifest_names_what_is_not_there(cos, s3):
    with pytest.raises(ExplorationError, match="check"):
        cos.explore(lambda: publish(s3, PAGES), check=every_page_is_there)


def publish_the_manifest_last(s3, pages):
    for key, page in pages.items():
        s3.put_object(Bucket="box", Key=key, Body=page)
    s3.put_object(Bucket="box", Key="manifest.json", Body=json.dumps(list(pages)))


def test_the_manifest_names_what_is_there(cos, s3):
    cos.explore(lambda: publish_the_manifest_last(s3, PAGES), check=every_page_is_there)
