"""`fakecos serve` in a process of its own, and `fakecos run --serve` for programs that start others."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from fakecos.cli.main import main
from tests.support.control import ControlClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.loopback
PARENT = """
import subprocess, sys
child = '''
import boto3
boto3.client("s3").put_object(Bucket="photos", Key="from the child", Body=b"holiday")
'''
subprocess.run([sys.executable, "-c", child], check=True)
"""


@contextmanager
def serving(*words: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Start the command, and give it with the variables that it tells; interrupt it in the end."""
    command = [sys.executable, "-m", "fakecos", "serve", "--port", "0", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            told = {"lines": ""}
            while line := process.stdout.readline().strip():
                told["lines"] += f"{line}\n"
                name, _, value = line.removeprefix("export ").partition("=")
                told[name] = value
            yield process, told
        finally:
            process.kill()


def client_of(told: dict[str, str]) -> Any:
    """Return a client that does what the command says."""
    return boto3.session.Session().client(
        "s3",
        endpoint_url=told["AWS_ENDPOINT_URL_S3"],
        verify=told.get("AWS_CA_BUNDLE"),
        aws_access_key_id=told["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=told["AWS_SECRET_ACCESS_KEY"],
        region_name=told["AWS_DEFAULT_REGION"],
        config=Config(retries={"total_max_attempts": 1}),
    )


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_shows_what_comes_and_what_is_left(end: signal.Signals) -> None:
    words = [] if end is signal.SIGINT else ["--tls"]
    with serving("--bucket", "photos", "--limits", "min_part_size=1", *words) as (process, told):
        client = client_of(told)
        client.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
        with pytest.raises(client.exceptions.NoSuchKey):
            client.get_object(Bucket="photos", Key="b.jpg")
        client.close()
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(2)]
        assert lines[0].endswith("PutObject photos/a.jpg -> 200\n")
        assert lines[1].endswith("GetObject photos/b.jpg -> 404 NoSuchKey\n")
        process.send_signal(end)
        _, err = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "a.jpg     7  " in err
        assert "Traceback" not in err
        assert told["AWS_ENDPOINT_URL_S3"].startswith("https" if words else "http:")
        assert not os.path.exists(told.get("AWS_CA_BUNDLE", "nowhere"))  # noqa: PTH110


@pytest.mark.parametrize(("variable", "coloured"), [("NO_COLOR", False), ("FORCE_COLOR", True)])
def test_requests_are_coloured_where_that_is_wanted(
    monkeypatch: pytest.MonkeyPatch, variable: str, coloured: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "1")
    with serving("--bucket", "photos") as (process, told):
        client = client_of(told)
        client.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
        with pytest.raises(client.exceptions.NoSuchKey):
            client.get_object(Bucket="photos", Key="b.jpg")
        client.close()
        assert process.stdout is not None
        good, refused = (process.stdout.readline() for _ in range(2))
    assert ("\x1b[32mPutObject photos/a.jpg -> 200\x1b[0m\n" in good) is coloured
    assert ("\x1b[33mGetObject photos/b.jpg -> 404 NoSuchKey\x1b[0m\n" in refused) is coloured
    assert ("\x1b" in good + refused) is coloured


@pytest.mark.parametrize("words", [[], ["--tls"], ["--host", "::1"], ["--host", "localhost"]])
def test_each_client_has_a_line_to_paste(words: list[str]) -> None:
    with serving(*words) as (process, told):
        lines = {line.split()[0]: line for line in told["lines"].splitlines()}
        url = told["AWS_ENDPOINT_URL_S3"]
        assert {"aws", "boto3", "JavaScript", "rclone", "s5cmd", "mc"} <= set(lines)
        assert all(url in lines[name] for name in ("boto3", "JavaScript", "rclone", "s5cmd"))
        (line,) = re.findall("boto3.client.*", lines["boto3"])
        variables = {name: told[name] for name in told if name.startswith("AWS_")}
        # the SDKs of JavaScript, Go and Java read AWS_REGION alone, and say "Region is missing" without it (measured)
        assert variables["AWS_REGION"] == variables["AWS_DEFAULT_REGION"]
        with pytest.MonkeyPatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            client = eval(line, {"boto3": boto3})  # noqa: S307  what the command says
            assert client.list_buckets()["Buckets"] == []
            client.close()
        assert process.stdout is not None
        assert process.stdout.readline().endswith("ListBuckets -> 200\n")


def test_the_reset_of_moto_is_shown_and_connections_end_where_that_is_asked_for() -> None:
    with serving("--bucket", "photos", "--no-keep-alive") as (process, told):
        connection = HTTPConnection(told["AWS_ENDPOINT_URL_S3"].removeprefix("http://"))
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Connection"]) == (200, "close")
        connection.request("POST", "/moto-api/reset")
        assert connection.getresponse().status == 200
        connection.close()
        assert process.stdout is not None
        assert process.stdout.readline().endswith("everything is forgotten: POST /moto-api/reset\n")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert "no buckets" in err


@pytest.mark.skipif(os.name != "posix", reason="a pipe that nobody reads")
@pytest.mark.slow
def test_it_ends_when_nobody_reads_what_it_shows() -> None:
    with serving("--bucket", "photos") as (process, told):
        assert process.stdout is not None
        process.stdout.close()
        client = client_of(told)
        client.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")  # it is answered all the same
        client.close()
        assert process.wait(timeout=20) == 0
        assert process.stderr is not None
        err = process.stderr.read()
    assert "a.jpg     7  " in err
    assert "BrokenPipe" not in err
    assert "Traceback" not in err


@pytest.mark.slow
def test_another_account_has_keys_of_its_own() -> None:
    with serving("--bucket", "photos", "--account", "222222222222", "--dialect", "aws") as (_, told):
        (line,) = [line for line in told if line.startswith("account 222222222222: ")]
        keys = re.fullmatch(r".*access key (\S+), secret (\S+), canonical id ([0-9a-f]{64})", line)
        assert keys is not None
        theirs = client_of({**told, "AWS_ACCESS_KEY_ID": keys[1], "AWS_SECRET_ACCESS_KEY": keys[2]})
        assert theirs.list_buckets()["Owner"]["ID"] == keys[3]
        with pytest.raises(theirs.exceptions.ClientError, match="AccessDenied"):
            theirs.list_objects_v2(Bucket="photos")
        theirs.close()


def test_virtual_hosts_have_a_name_of_their_own() -> None:
    with serving("--bucket", "photos", "--domain", "s3.test") as (_, told):
        connection = HTTPConnection(told["AWS_ENDPOINT_URL_S3"].removeprefix("http://"))
        connection.request("HEAD", "/", headers={"Host": "photos.s3.test", "Authorization": "Bearer TOKEN"})
        assert connection.getresponse().status == 200
        connection.close()


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--account", "7"], "write the 12 digits"), (["--domain", "http://s3.test"], "write the name alone")],
)
def test_what_cannot_be_served_is_told(words: list[str], told: str) -> None:
    command = [sys.executable, "-m", "fakecos", "serve", "--port", "0", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_told() -> None:
    with serving() as (_, exported):
        port = exported["AWS_ENDPOINT_URL_S3"].rpartition(":")[2]
        command = [sys.executable, "-m", "fakecos", "serve", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    told = f"port {port} of 127.0.0.1 is taken by another program; --port 0 chooses a free one"
    assert done.stderr == f"fakecos serve: error: {told}\n"
    assert "Traceback" not in done.stderr


def test_a_program_that_starts_others_is_served(tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(PARENT)
    command = [sys.executable, "-m", "fakecos", "run", "--bucket", "photos", "--serve", "parent.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "from the child     7  " in done.stderr


def test_the_control_door_is_opened_and_told() -> None:
    with serving("--control-port", "0", "--bucket", "photos") as (process, told):
        control = ControlClient(told["FAKECOS_CONTROL_URL"])
        assert control.ask("GET", "/v1/health").json["endpoint_url"] == told["AWS_ENDPOINT_URL_S3"]
        assert [each["name"] for each in control.ask("GET", "/v1/state").json["buckets"]] == ["photos"]
        control.ask("POST", "/v1/faults", {"operation": "PutObject", "error": "AccessDenied"})
        client = client_of(told)
        with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
            client.put_object(Bucket="photos", Key="a.jpg", Body=b"holiday")
        assert control.ask("GET", "/v1/journal", fault="true", count=1, wait=10).json["count"] == 1
        control.ask("POST", "/v1/faults", {"operation": "GetObject", "error": "SlowDown"})
        control.ask("POST", "/v1/faults", {"operation": "HeadObject", "http": 502, "times": 2})
        with pytest.raises(client.exceptions.ClientError, match="502"):
            client.head_object(Bucket="photos", Key="a.jpg")
        client.close()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0
        assert "UnfiredFaultError: inject('GetObject', error=error('SlowDown')) never happened" in err
        assert "FakecosWarning: inject('HeadObject', times=2, http=Http(502)) happened once, not 2" in err
        assert "Traceback" not in err


def test_a_control_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "fakecos", "serve", "--port", "0", "--control-port", port]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    told = f"port {port} of 127.0.0.1 is taken by another program; --control-port 0 chooses a free one"
    assert done.stderr == f"fakecos serve: error: {told}\n"


def test_both_doors_at_one_port_are_refused() -> None:
    command = [sys.executable, "-m", "fakecos", "serve", "--port", "9001", "--control"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "Port 9001 is asked for twice, by S3 and by the control door: give each its own" in done.stderr


def test_a_program_controls_the_fake_that_it_runs_in(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import os, urllib.request\n"
        "print(urllib.request.urlopen(os.environ['FAKECOS_CONTROL_URL'] + '/v1/state').read().decode())\n"
    )
    words = ["run", "--serve", "--control", "--bucket", "photos", str(script)]
    done = subprocess.run(
        [sys.executable, "-m", "fakecos", *words], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert '"name": "photos"' in done.stdout


def test_a_control_door_without_a_server_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["run", "--control", "script.py"])
    assert "argument --control: it goes with --serve" in capsys.readouterr().err
