"""Sessions share what they read from botocore's files while a fake is active, and nothing else changes for them."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import boto3
import botocore.loaders
import botocore.session
import ibm_boto3
import ibm_botocore.loaders
import pytest

from fakecos import FakeCOS, UsageError
from fakecos.clients.botocore import shared_models

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

LOADERS: list[Any] = [botocore.loaders, ibm_botocore.loaders]


SQS = "https://sqs.eu-west-1.amazonaws.com"


def model_of(client: Any) -> Any:
    """Return the parsed model that a client was made from."""
    return client._service_model._service_description


def deep_part(client: Any) -> object:
    """Return a part of the model that nobody alters: one object for all who share it."""
    return model_of(client)["shapes"]["PutObjectRequest"]["members"]["Key"]


@pytest.fixture(params=[boto3, ibm_boto3], ids=["boto3", "ibm_boto3"])
def package(request: pytest.FixtureRequest) -> Any:
    return request.param


def fresh_client(package: ModuleType) -> Any:
    return package.Session().client("s3", region_name="us-east-1", endpoint_url="https://s3.example.com")


def test_two_sessions_have_one_model(package: Any) -> None:
    with FakeCOS():
        assert deep_part(fresh_client(package)) is deep_part(fresh_client(package))


def test_the_next_fake_has_the_same_model(package: Any) -> None:
    with FakeCOS():
        first = deep_part(fresh_client(package))
    with FakeCOS():
        assert deep_part(fresh_client(package)) is first


def test_a_session_without_a_fake_reads_its_own(package: Any) -> None:
    with FakeCOS():
        shared = deep_part(fresh_client(package))
    own = deep_part(fresh_client(package))
    assert own == shared
    assert own is not shared


def test_a_keyword_turns_it_off(package: Any) -> None:
    with FakeCOS(share_models=False):
        one, two = deep_part(fresh_client(package)), deep_part(fresh_client(package))
    assert one == two
    assert one is not two


def test_the_keyword_is_true_or_false() -> None:
    with pytest.raises(UsageError, match=r"FakeCOS\(share_models='no'\): it is True or False"):
        FakeCOS(share_models="no")  # type: ignore[arg-type]


def test_a_fake_without_it_inside_of_one_with_it_decides() -> None:
    with FakeCOS():
        shared = deep_part(fresh_client(boto3))
        with FakeCOS(share_models=False):
            assert deep_part(fresh_client(boto3)) is not shared
        assert deep_part(fresh_client(boto3)) is shared


def test_it_is_undone_exactly() -> None:
    before = [dict(vars(module.Loader)) for module in LOADERS]
    sessions = dict(vars(botocore.session.Session))
    with FakeCOS():
        assert [dict(vars(module.Loader)) for module in LOADERS] != before
    assert [dict(vars(module.Loader)) for module in LOADERS] == before
    assert dict(vars(botocore.session.Session)) == sessions


@pytest.mark.loopback
def test_sessions_of_the_process_that_serves_a_fake_share_too(package: Any) -> None:
    """Suites over a server make a session for each test as well, and no fake is active in them (our own choice)."""
    before = [dict(vars(module.Loader)) for module in LOADERS]
    cos = FakeCOS()
    with cos.serve() as first:
        second = cos.serve()
        first.stop()  # the other one goes on
        assert deep_part(fresh_client(package)) is deep_part(fresh_client(package))
        second.stop()
    assert [dict(vars(module.Loader)) for module in LOADERS] == before
    assert deep_part(fresh_client(package)) is not deep_part(fresh_client(package))


@pytest.mark.loopback
def test_the_keyword_turns_it_off_while_it_is_served(package: Any) -> None:
    before = [dict(vars(module.Loader)) for module in LOADERS]
    with FakeCOS(share_models=False).serve():
        assert [dict(vars(module.Loader)) for module in LOADERS] == before
        assert deep_part(fresh_client(package)) is not deep_part(fresh_client(package))


@pytest.mark.loopback
def test_an_active_fake_decides_and_not_a_served_one() -> None:
    with FakeCOS().serve():
        shared = deep_part(fresh_client(boto3))
        with FakeCOS(share_models=False):
            assert deep_part(fresh_client(boto3)) is not shared
        assert deep_part(fresh_client(boto3)) is shared


def test_a_session_keeps_what_it_was_given_when_the_fake_stops() -> None:
    with FakeCOS():
        session = boto3.Session(region_name="us-east-1")
        model = model_of(session.client("s3"))
    assert model_of(session.client("s3")) is model


@pytest.mark.parametrize("name", shared_models.SHARED)
def test_results_are_those_of_a_loader_that_shares_nothing(name: str, package: Any) -> None:
    module = sys.modules["botocore.loaders" if package is boto3 else "ibm_botocore.loaders"]
    asked = {
        "list_available_services": ("service-2",),
        "list_api_versions": ("s3", "service-2"),
        "determine_latest_version": ("s3", "paginators-1"),
        "load_service_model": ("s3", "waiters-2"),
        "load_data_with_path": ("partitions",),
    }[name]
    with FakeCOS():
        found = [getattr(module.Loader(), name)(*asked) for _ in range(2)]
    assert found == [getattr(module.Loader(), name)(*asked)] * 2


@pytest.mark.parametrize("name", ["s9", "../s3"])
def test_an_unknown_service_is_refused_as_ever(name: str) -> None:
    from botocore.exceptions import UnknownServiceError

    with FakeCOS():
        boto3.Session().client("s3", region_name="us-east-1")
        with pytest.raises(UnknownServiceError):
            boto3.Session().client(name, region_name="us-east-1")  # type: ignore[call-overload]


def write_service(folder: Path, signing: str) -> None:
    """Write a service of a user's own below a search path."""
    file = folder / "mine" / "2020-01-01" / "service-2.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"apiVersion": "2020-01-01", "endpointPrefix": "mine", "protocol": "json", "serviceId": "Mine"}
    metadata |= {"signatureVersion": signing, "jsonVersion": "1.0", "uid": "mine-2020-01-01", "targetPrefix": "Mine"}
    file.write_text(json.dumps({"metadata": metadata, "operations": {}, "shapes": {}}))


def signing_of(folder: Path) -> Any:
    loader = botocore.loaders.Loader(extra_search_paths=[str(folder)])
    return loader.load_service_model("mine", "service-2")["metadata"]["signatureVersion"]


def test_a_folder_of_the_user_that_changes_is_read_again(tmp_path: Path) -> None:
    with FakeCOS():
        write_service(tmp_path, "v4")
        assert signing_of(tmp_path) == "v4"
        write_service(tmp_path, "s3v4-longer")
        assert signing_of(tmp_path) == "s3v4-longer"


def test_a_search_path_may_be_a_path_object(tmp_path: Path) -> None:
    """Source: `load_data_with_path` of botocore 1.44 joins it with `os.path.join`; its functional tests append one."""
    write_service(tmp_path, "v4")
    loader: Any = botocore.loaders.Loader()
    loader.search_paths.append(tmp_path)
    with FakeCOS():
        assert loader.load_service_model("mine", "service-2")["metadata"]["signatureVersion"] == "v4"


def test_a_service_that_appears_in_a_folder_of_the_user_is_found(tmp_path: Path) -> None:
    with FakeCOS():
        loader = botocore.loaders.Loader(extra_search_paths=[str(tmp_path)])
        assert "mine" not in loader.list_available_services("service-2")
        write_service(tmp_path, "v4")
        loader = botocore.loaders.Loader(extra_search_paths=[str(tmp_path)])
        assert "mine" in loader.list_available_services("service-2")
        assert "mine" not in botocore.loaders.Loader().list_available_services("service-2")


def test_a_link_to_nowhere_in_a_folder_of_the_user_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    write_service(tmp_path, "v4")
    with FakeCOS():
        assert signing_of(tmp_path) == "v4"


def test_a_reader_of_files_of_ones_own_is_asked_each_time() -> None:
    read = []

    class Reader(botocore.loaders.JSONFileLoader):  # type: ignore[misc, unused-ignore]
        def load_file(self, file_path: str) -> Any:
            read.append(file_path)
            return super().load_file(file_path)

    with FakeCOS():
        for _ in range(2):
            botocore.loaders.Loader(file_loader=Reader()).load_data("_retry")
    assert len([path for path in read if path.endswith("_retry")]) >= 2


def test_a_loader_class_of_ones_own_is_left_alone() -> None:
    class Loader(botocore.loaders.Loader):
        pass

    with FakeCOS():
        shared = botocore.loaders.Loader().load_data("partitions")
        assert Loader().load_data("partitions") is not shared


def test_what_a_handler_alters_stays_in_its_session() -> None:
    """Source: botocore's event `service-data-loaded`, whose handlers get the data to alter."""

    def alter(**given: Any) -> None:
        given["service_data"]["metadata"]["signatureVersion"] = "altered"

    with FakeCOS():
        session = botocore.session.get_session()
        session.register("service-data-loaded.s3", alter)
        assert session.get_service_model("s3").signature_version == "altered"
        mine = session.create_client("s3", region_name="us-east-1")
        assert model_of(mine)["metadata"]["signatureVersion"] == "altered"  # as without a fake
        assert model_of(fresh_client(boto3))["metadata"]["signatureVersion"] == "s3"


def test_what_a_handler_altered_before_the_fake_stays_altered() -> None:
    session = botocore.session.get_session()
    session.get_service_data("s3")["metadata"]["signatureVersion"] = "altered"
    with FakeCOS():
        mine = session.create_client("s3", region_name="us-east-1")
        assert model_of(mine)["metadata"]["signatureVersion"] == "altered"
        assert model_of(fresh_client(boto3))["metadata"]["signatureVersion"] == "s3"


def test_data_that_a_program_asks_for_is_its_own() -> None:
    with FakeCOS():
        session, other = botocore.session.get_session(), botocore.session.get_session()
        session.get_data("partitions")["partitions"].clear()
        assert session.get_data("partitions")["partitions"] == []  # as without a fake
        assert other.get_data("partitions")["partitions"]
        assert boto3.Session().get_available_partitions()


def test_an_endpoint_that_was_resolved_stays_as_it_was_read() -> None:
    """Source: `botocore.regions` 1.44 fills in the data of an endpoint that it has resolved."""
    with FakeCOS():
        session, other = botocore.session.get_session(), botocore.session.get_session()
        assert session.create_client("sqs", region_name="eu-west-1").meta.endpoint_url == SQS
        endpoints = other.get_component("data_loader").load_data("endpoints")
        assert "hostname" not in endpoints["partitions"][0]["services"]["sqs"]["endpoints"]["eu-west-1"]
        assert other.create_client("sqs", region_name="eu-west-1").meta.endpoint_url == SQS


def test_an_operation_that_a_handler_has_seen_is_new_to_the_next_session() -> None:
    """Source: `remove_bucket_from_url_paths_from_model` in `botocore.handlers` 1.44 alters its model."""
    with FakeCOS() as cos:
        cos.create_bucket("photos")
        seen, other = fresh_client(boto3), fresh_client(boto3)
        seen.put_object(Bucket="photos", Key="a", Body=b"1")
        uris = [model_of(client)["operations"]["PutObject"]["http"]["requestUri"] for client in (seen, other)]
    assert uris == ["/{Key+}", "/{Bucket}/{Key+}"]


def rules_of(client: Any) -> Any:
    """Return the endpoint rules that a client evaluates."""
    return client._ruleset_resolver._provider.ruleset


def test_endpoint_rules_are_made_into_objects_once(package: Any) -> None:
    with FakeCOS():
        one, two = fresh_client(package), fresh_client(package)
    assert rules_of(one) is rules_of(two)
    assert rules_of(fresh_client(package)) is not rules_of(one)


def test_endpoint_rules_of_a_program_itself_are_its_own() -> None:
    from botocore.endpoint_provider import EndpointProvider

    rules = {"version": "1.0", "parameters": {}, "rules": [{"conditions": [], "type": "error", "error": "no"}]}
    with FakeCOS():
        assert EndpointProvider(rules, {}).ruleset is not EndpointProvider(rules, {}).ruleset


@pytest.mark.parametrize(
    ("bucket", "keywords", "url"),
    [
        ("photos", {"region_name": "eu-west-1"}, "https://photos.s3.amazonaws.com/a"),
        ("a.b", {"region_name": "eu-west-1"}, "https://s3.eu-west-1.amazonaws.com/a.b/a"),
        ("photos", {"endpoint_url": "http://127.0.0.1:9000"}, "http://127.0.0.1:9000/photos/a"),
    ],
)
def test_shared_endpoint_rules_lead_each_client_where_its_own_would(bucket: str, keywords: Any, url: str) -> None:
    def signed() -> str:
        client = boto3.Session().client("s3", **{"region_name": "us-east-1", **keywords})
        asked = {"Bucket": bucket, "Key": "a"}
        return str(client.generate_presigned_url("get_object", asked)).partition("?")[0]

    with FakeCOS():
        fresh_client(boto3)
        assert signed() == url
    with FakeCOS(share_models=False):
        assert signed() == url


@pytest.mark.slow
def test_threads_share_too() -> None:
    shared_models._found.clear()
    with FakeCOS(), ThreadPoolExecutor(4) as pool:
        clients = list(pool.map(lambda _: fresh_client(boto3), range(4)))
        assert len({id(deep_part(client)) for client in clients}) == 1


@pytest.mark.slow
def test_nothing_that_clients_do_alters_what_they_share() -> None:
    shared_models._found.clear()
    with FakeCOS() as cos:
        for _ in range(2):
            use_everything(cos, boto3.Session())
        shared = {searched: dict(found) for searched, found in shared_models._found.items()}
    assert sum(map(len, shared.values())) > 20
    for found in shared.values():
        for (name, _, *words), value in found.items():
            if name.startswith("load"):
                assert value == getattr(boto3.Session()._loader, name)(*words), (name, words)


def use_everything(cos: FakeCOS, session: Any) -> None:
    """Do with a session what makes its clients read models: pages, waiters, URLs, resources, other services."""
    client = session.client("s3", region_name="us-east-1")
    if "photos" not in cos.store.buckets:
        client.create_bucket(Bucket="photos")
    client.put_object(Bucket="photos", Key="a", Body=b"1")
    client.get_waiter("object_exists").wait(Bucket="photos", Key="a")
    assert list(client.get_paginator("list_objects_v2").paginate(Bucket="photos"))
    client.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "a"})
    client.generate_presigned_post("photos", "a")
    client.list_buckets.__doc__.splitlines()
    assert [found.key for found in session.resource("s3", region_name="us-east-1").Bucket("photos").objects.all()]
    for name in ("sqs", "sts", "dynamodb", "s3control"):
        session.client(name, region_name="eu-west-1")
    session.get_available_regions("s3")
