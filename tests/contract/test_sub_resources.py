"""Which sub-resource a request is about, and what is refused before all look-ups (aws-measured 1 to 9)."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from fakecos import FakeCOS
from fakecos.contract.steps.altered_requests import before_signing
from fakecos.contract.steps.answers import http_status
from fakecos.contract.steps.names import BUCKET


def test_a_refused_method_comes_after_a_wrong_signature() -> None:
    # public: aws-measured 1; two sub-resources come before it: 2
    with FakeCOS(credentials={"AKIAEXAMPLE": "right"}) as cos:
        cos.create_bucket(BUCKET)
        for secret, status in (("right", 405), ("wrong", 403)):
            client = cos.client(aws_access_key_id="AKIAEXAMPLE", aws_secret_access_key=secret)
            with before_signing(client, {"delete": ""}), pytest.raises(ClientError) as caught:
                client.get_object(Bucket=BUCKET, Key="key")
            assert http_status(caught.value.response) == status
            with before_signing(client, {"acl": "", "tagging": ""}), pytest.raises(ClientError) as caught:
                client.get_object(Bucket=BUCKET, Key="key")
            assert http_status(caught.value.response) == 400
