"""The token endpoint itself, as any program of plain HTTP asks it."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
import requests

from tests.auth.conftest import TOKEN_URL

if TYPE_CHECKING:
    from fakecos import FakeCOS

FORM = {"grant_type": "urn:ibm:params:oauth:grant-type:apikey", "apikey": "own-api-key"}
CLIENT = {"Authorization": "Basic Yng6Yng="}


def ask(form: Any, method: str = "POST", url: str = TOKEN_URL, **headers: str) -> requests.Response:
    return requests.request(method, url, data=form, headers=headers, timeout=5)


def test_the_answer_is_that_of_the_documentation(cos: FakeCOS) -> None:
    # samples/ibm-iam-token-request; IBM's page on tokens by API key
    answer = ask(FORM)
    document = answer.json()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert "x-amz-request-id" not in answer.headers
    token = document.pop("access_token")
    assert document == {
        "refresh_token": "not_supported",
        "token_type": "Bearer",
        "expires_in": 3600,
        "expiration": 1777892400,
        "scope": "ibm openid",
    }
    claims = token.split(".")[1]
    claimed = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    assert (claimed["iat"], claimed["exp"]) == (1777888800, 1777892400)


def test_a_client_that_names_itself_gets_a_token_to_renew_with(cos: FakeCOS) -> None:
    first = ask(FORM, **CLIENT).json()
    again = ask({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}, **CLIENT)
    assert again.status_code == 200
    assert again.json()["access_token"] != first["access_token"]


@pytest.mark.parametrize("host", ["private.iam.cloud.ibm.com", "eu-de.private.iam.cloud.ibm.com", "iam.bluemix.net"])
def test_every_host_of_iam_is_answered(cos: FakeCOS, host: str) -> None:
    path = "/oidc/token" if host.endswith("bluemix.net") else "/identity/token"
    assert ask(FORM, url=f"https://{host}{path}").status_code == 200


@pytest.mark.parametrize(
    ("form", "code", "details"),
    [
        ({}, "BXNIM0109E", "Property 'grant_type' either missing or empty."),
        ({**FORM, "apikey": ""}, "BXNIM0109E", "Property 'apikey' either missing or empty."),
        ({**FORM, "grant_type": "x"}, "BXNIM0106E", "Validation of property 'grant_type' with value 'x' failed."),
        ({**FORM, "response_type": "x"}, "BXNIM0106E", "Validation of property 'response_type' with value 'x' failed."),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "BXNIM0407E", None),
    ],
)
def test_a_wrong_form_is_refused(cos: FakeCOS, form: Any, code: str, details: str | None) -> None:
    answer = ask(form, **{"Content-Type": "application/x-www-form-urlencoded"})
    document = answer.json()
    assert (answer.status_code, document["errorCode"], document.get("errorDetails")) == (400, code, details)
    assert document["errorMessage"]
    assert document["context"]["requestId"] == cos.journal[-1].request_id
    assert cos.journal[-1].error == code


def test_a_refresh_token_expires(cos: FakeCOS, clock: Any) -> None:
    token = ask(FORM, **CLIENT).json()["refresh_token"]
    clock.tick(31 * 24 * 3600)
    answer = ask({"grant_type": "refresh_token", "refresh_token": token})
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "BXNIM0408E")


def test_anything_but_a_form_is_refused(cos: FakeCOS) -> None:
    assert ask(None, "GET").status_code == 405
    assert ask(json.dumps(FORM), **{"Content-Type": "application/json"}).status_code == 415
