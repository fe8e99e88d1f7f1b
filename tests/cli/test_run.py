"""`fakecos run`: an unchanged program, run as the interpreter would run it, with S3 faked.

Every test compares with `python SCRIPT` itself where it can: what the interpreter does is the specification.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from pathlib import Path

UPLOAD = """
    import boto3
    s3 = boto3.client("s3")
    s3.put_object(Bucket="photos", Key="a", Body=b"12345")
    upload = s3.create_multipart_upload(Bucket="photos", Key="open.bin")["UploadId"]
    s3.upload_part(Bucket="photos", Key="open.bin", UploadId=upload, PartNumber=7, Body=b"1234567")
"""

SHOW = """
    import sys
    print(__name__, __file__, sys.argv, sys.path[0], __package__, __spec__ and __spec__.name)
    print(sorted(globals()), globals().get("__cached__", "none"))
    print(sys.modules["__main__"].__dict__ is globals(), type(__loader__).__name__, __builtins__.__class__.__name__)
"""

REPORT = "--- fakecos: what S3 would hold now ---"


class Ended(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def report(self) -> str:
        return self.err.partition(REPORT)[2]

    @property
    def own_err(self) -> str:
        """The program's own stderr: what stands before the report."""
        return self.err.partition(f"\n{REPORT}")[0]


def start(folder: Path, *words: str) -> Ended:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def fakecos(folder: Path, *words: str) -> Ended:
    return start(folder, "-m", "fakecos", "run", *words)


def script(folder: Path, text: str, name: str = "script.py") -> str:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(dedent(text))
    return name


def test_the_report_shows_objects_open_uploads_and_requests(tmp_path: Path) -> None:
    ended = fakecos(tmp_path, "--bucket", "photos", script(tmp_path, UPLOAD))
    assert ended.code == 0, ended.err
    words = [" ".join(line.split()) for line in ended.report.splitlines()]
    assert "bucket photos: 1 object, 5 bytes" in words
    assert any(line.startswith("a 5 827ccb0eea8a706c4c34a16891f84e7b CRC32 ") for line in words), ended.report
    assert "uploads left open: 1; their parts are billed until they are completed or aborted: 7 bytes" in words
    assert any(line.startswith("part 7 7 ") for line in words)
    assert {"CreateMultipartUpload 1", "PutObject 1", "UploadPart 1"} <= set(words)


def test_the_programs_own_output_stays_clean(tmp_path: Path) -> None:
    ended = fakecos(tmp_path, script(tmp_path, "print('only this')"))
    assert ended.out == "only this\n"
    assert ended.own_err == ""
    assert "no buckets" in ended.report


@pytest.mark.parametrize(
    "text",
    [
        "sys.stdout.close()",
        "sys.stdout = None",
        "os.close(1)",
        "sys.stderr.close()",
        "sys.stderr = None",
        "sys.stdout.close(); sys.stderr.close()",
    ],
)
def test_the_report_comes_whatever_the_program_did_to_its_output(tmp_path: Path, text: str) -> None:
    name = script(tmp_path, f"import os, sys; {text}")
    ended = fakecos(tmp_path, name)
    assert "no buckets" in ended.report, ended.err
    assert "Traceback" not in ended.err
    assert ended.code == start(tmp_path, name).code


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize(("closing", "shown"), [(">&-", True), ("2>&-", False)])
def test_a_program_without_an_output_runs(tmp_path: Path, closing: str, shown: bool) -> None:
    name = script(tmp_path, "file = open('kept', 'w'); file.write('kept'); file.flush()")
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m fakecos run {name} {closing}', sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert (REPORT in done.stderr) == shown
    assert (tmp_path / "kept").read_text() == "kept"


@pytest.mark.parametrize("words", [["--bucket", "wrong", "--all"], ["-m", "x", "--limits"], ["--", "-x"], []])
def test_words_behind_the_script_are_its_own(tmp_path: Path, words: list[str]) -> None:
    name = script(tmp_path, "import sys; print(sys.argv)")
    assert fakecos(tmp_path, name, *words).out == start(tmp_path, name, *words).out


def test_a_script_sees_what_python_would_show_it(tmp_path: Path) -> None:
    name = script(tmp_path, SHOW, "folder/script.py")
    assert fakecos(tmp_path, name, "x").out == start(tmp_path, name, "x").out


def test_a_module_sees_what_python_would_show_it(tmp_path: Path) -> None:
    script(tmp_path, SHOW, "package/module.py")
    script(tmp_path, SHOW, "package/__main__.py")
    for name in ("package.module", "package"):
        assert fakecos(tmp_path, "-m", name, "-m", "--x").out == start(tmp_path, "-m", name, "-m", "--x").out


@pytest.mark.parametrize("words", [["a", "--", "-x"], ["--", "a"], ["--bucket", "wrong", "--all", "--", "--serve"]])
def test_words_behind_a_module_are_its_own(tmp_path: Path, words: list[str]) -> None:
    script(tmp_path, "import sys; print(sys.argv[1:])", "module.py")
    ours = fakecos(tmp_path, "--bucket", "photos", "-m", "module", *words)
    assert ours.out == start(tmp_path, "-m", "module", *words).out
    assert "bucket photos" in ours.report


def test_two_dashes_end_our_own_options(tmp_path: Path) -> None:
    name = script(tmp_path, "import sys; print(sys.argv)")
    assert fakecos(tmp_path, "--all", "--", name, "--all").out == start(tmp_path, name, "--all").out


def test_a_folder_and_a_zip_file_run_as_python_would_run_them(tmp_path: Path) -> None:
    script(tmp_path, SHOW, "app/__main__.py")
    with ZipFile(tmp_path / "app.zip", "w") as archive:
        archive.writestr("__main__.py", dedent(SHOW))
    for name in ("app", "app.zip"):
        ours, python = fakecos(tmp_path, name, "x").out, start(tmp_path, name, "x").out
        assert ours.splitlines()[1:] == python.splitlines()[1:]
        assert "__main__" in ours.splitlines()[0]


@pytest.mark.parametrize(
    "text",
    [
        "pass",
        "import sys; sys.exit()",
        "import sys; sys.exit(0)",
        "import sys; sys.exit(7)",
        "import sys; sys.exit('in words')",
        "raise SystemExit({'an': 'object'})",
        "import os; os._exit(9)",
        "def inner():\n        raise ValueError('own words')\n    inner()",
        "def wrong syntax:",
        "import no_such_module",
        "import sys\n    sys.excepthook = lambda *e: print('hooked', e[0].__name__)\n    1 / 0",
    ],
)
def test_the_exit_code_and_the_last_words_are_pythons(tmp_path: Path, text: str) -> None:
    name = script(tmp_path, f"\n    {text}\n")
    ours, python = fakecos(tmp_path, name), start(tmp_path, name)
    assert (ours.code, ours.out) == (python.code, python.out)
    assert ours.own_err == python.err
    assert REPORT in ours.err or "_exit" in text


def test_an_interrupted_program_ends_with_130(tmp_path: Path) -> None:
    ended = fakecos(tmp_path, script(tmp_path, "raise KeyboardInterrupt"))
    assert ended.code == 130
    assert ended.own_err.endswith("KeyboardInterrupt\n")
    assert "fakecos/" not in ended.own_err
    assert REPORT in ended.err


@pytest.mark.slow
def test_s3_stays_faked_in_threads_and_exit_functions_that_outlive_the_program(tmp_path: Path) -> None:
    name = script(
        tmp_path,
        """
        import atexit, threading, time
        import boto3
        s3 = boto3.client("s3")
        def late():
            time.sleep(0.3)
            s3.put_object(Bucket="photos", Key="from-a-thread", Body=b"1")
        threading.Thread(target=late).start()
        atexit.register(lambda: s3.put_object(Bucket="photos", Key="from-atexit", Body=b"1"))
        """,
    )
    ended = fakecos(tmp_path, "--bucket=photos", name)
    assert ended.code == 0, ended.err
    assert "from-a-thread" in ended.report
    assert "from-atexit" in ended.report


def test_a_class_of_the_program_can_be_pickled(tmp_path: Path) -> None:
    name = script(
        tmp_path,
        """
        import atexit, pickle
        class Own:
            pass
        print(type(pickle.loads(pickle.dumps(Own()))).__name__)
        atexit.register(lambda: print(type(pickle.loads(pickle.dumps(Own()))).__name__))
        """,
    )
    assert fakecos(tmp_path, name).out == "Own\nOwn\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_prints_no_report(tmp_path: Path) -> None:
    name = script(
        tmp_path,
        """
        import os, sys
        child = os.fork()
        if child == 0:
            sys.exit(3)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """,
    )
    ended = fakecos(tmp_path, name)
    assert ended.out == "3\n"
    assert ended.err.count(REPORT) == 1


SSE_C_PROGRAM = """
import boto3
from botocore.exceptions import ClientError
try:
    key = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
    boto3.client("s3").put_object(Bucket="photos", Key="a", Body=b"1", **key)
except ClientError as refusal:
    print(refusal.response["Error"]["Code"])
"""


@pytest.mark.slow
def test_as_of_is_the_s3_of_a_day_and_the_report_says_what_a_date_did(tmp_path: Path) -> None:
    name = script(tmp_path, SSE_C_PROGRAM)
    ended = fakecos(tmp_path, "--bucket", "photos", "--as-of", "2026-04-05", name)
    assert (ended.code, ended.out) == (0, "")
    ended = fakecos(tmp_path, "--bucket", "photos", name)
    assert (ended.code, ended.out) == (0, "AccessDenied\n")
    assert 'FakeCOS(as_of="2026-04-05")' in ended.err


@pytest.mark.slow
def test_limits_make_small_parts_possible_and_the_report_says_what_s3_would_refuse(tmp_path: Path) -> None:
    name = script(
        tmp_path,
        """
        import boto3
        s3, up = boto3.client("s3"), {"Bucket": "photos", "Key": "small"}
        up["UploadId"] = s3.create_multipart_upload(**up)["UploadId"]
        parts = [
            {"PartNumber": n, "ETag": s3.upload_part(**up, PartNumber=n, Body=b"1")["ETag"]} for n in (1, 2)
        ]
        s3.complete_multipart_upload(**up, MultipartUpload={"Parts": parts})
        """,
    )
    ended = fakecos(tmp_path, "--bucket", "photos", "--limits", "min_part_size=1", name)
    assert ended.code == 0, ended.err
    assert "would be refused by S3:" in ended.report
    refused = fakecos(tmp_path, "--bucket", "photos", name)
    assert refused.code == 1
    assert "EntityTooSmall" in refused.own_err


SWALLOWS = """
import boto3
from botocore.exceptions import ClientError
s3 = boto3.client("s3")
for bucket, key in (("photos", "a"), ("photos", "b"), ("films", "c")):
    try:
        s3.put_object(Bucket=bucket, Key=key, Body=b"1")
    except ClientError:
        pass
"""


def test_refusals_that_the_program_swallows_are_no_successes_in_the_report(tmp_path: Path) -> None:
    ended = fakecos(tmp_path, "--bucket", "films", script(tmp_path, SWALLOWS))
    assert ended.code == 0
    words = [" ".join(line.split()) for line in ended.report.splitlines()]
    assert {"requests: 3, 2 of them refused", "ok refused (code)", "PutObject 1 2 (NoSuchBucket)"} <= set(words)
    assert words.count("there was no bucket photos: --bucket photos creates it first") == 1
    assert "--bucket films" not in ended.report


def test_a_bucket_that_the_program_makes_later_is_not_missed(tmp_path: Path) -> None:
    made = SWALLOWS + 's3.create_bucket(Bucket="photos"); s3.delete_bucket(Bucket="photos")\n'
    ended = fakecos(tmp_path, "--bucket", "films", script(tmp_path, made))
    assert "(NoSuchBucket)" in ended.report
    assert "creates it first" not in ended.report


def test_a_fault_is_counted_with_what_the_client_got(tmp_path: Path) -> None:
    text = """
        import boto3, fakecos
        from fakecos.faults import Transport
        fakecos.current().inject("PutObject", error="SlowDown", times=2)
        fakecos.current().inject("GetObject", transport=Transport.RESET)
        s3 = boto3.client("s3")
        s3.put_object(Bucket="films", Key="a", Body=b"1")
        s3.get_object(Bucket="films", Key="a")
    """
    ended = fakecos(tmp_path, "--bucket", "films", script(tmp_path, text))
    words = [" ".join(line.split()) for line in ended.report.splitlines()]
    assert {"GetObject 1 1 (no answer)", "PutObject 1 2 (SlowDown)"} <= set(words), ended.err


def test_what_the_program_swallowed_is_told(tmp_path: Path) -> None:
    name = script(
        tmp_path,
        """
        import boto3
        try:
            boto3.client("sts").get_caller_identity()
        except Exception:
            pass
        """,
    )
    ended = fakecos(tmp_path, name)
    assert ended.code == 0
    assert "UnclaimedRequestError" in ended.report


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["no_such_file.py"], 2, "there is no such file"),
        (["."], 1, "a folder without a __main__.py"),
        (["no_such_folder/x.py"], 2, "there is no folder 'no_such_folder'"),
        (["scrpt.py"], 2, "there is no such file; the nearest: 'script.py'"),
        (["-m", "script.py"], 1, "for a file, leave -m out"),
        (["-m", "no_such_module"], 1, "there is no module"),
        (["-m", "no.such.module"], 1, "there is no module"),
        ([], 2, "which program?"),
        (["-m"], 2, "which program?"),
        (["--bucket", "A", "x.py"], 2, "InvalidBucketName: The specified bucket is not valid. A name has 3 to 63"),
        (["--limits", "min_part_size", "x.py"], 2, "whole number"),
        (["--limits", "min_parts=1", "x.py"], 2, "'min_part_size'"),
        (["--json", "no_such_folder/x.json", "x.py"], 2, "there is no folder 'no_such_folder'"),
        (["--json", ".", "x.py"], 2, "it is a folder"),
        (["--limits", "min_part_size=-1", "x.py"], 2, "Limits(min_part_size=-1): it must be a whole number"),
        (["--limits", "max_parts=0", "x.py"], 2, "at least 1"),
        (["--as-of", "2026-4-1", "x.py"], 2, "'2026-4-1' is no day: write it as 2026-03-31"),
        (["-"], 2, "cannot run a program from standard input"),
        (["--unknown", "x.py"], 2, "--unknown"),
        (["--bukcet", "photos", "x.py"], 2, "unknown option '--bukcet'; the nearest: '--bucket'"),
        (["--bucket"], 2, "argument --bucket: expected one argument"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    script(tmp_path, "")
    ended = fakecos(tmp_path, *words)
    assert ended.code == code
    assert said in ended.err
    assert "fakecos run: error: " in ended.err
    assert "Traceback" not in ended.err
    assert REPORT not in ended.err


@pytest.mark.slow
def test_the_version_and_the_help_are_shown(tmp_path: Path) -> None:
    assert start(tmp_path, "-m", "fakecos", "--version").out.startswith("fakecos ")
    assert "run a program with S3 faked" in start(tmp_path, "-m", "fakecos").out
    assert "SCRIPT" in fakecos(tmp_path, "--help").out


# --- a policy of the program's own ---------------------------------------------------------------------------

ASK = """
    import boto3
    s3 = boto3.client("s3")
    s3.put_object(Bucket="photos", Key="in/a", Body=b"1")
    for call, params in (("put_object", {"Key": "out/b", "Body": b"1"}), ("delete_object", {"Key": "in/a"})):
        try:
            getattr(s3, call)(Bucket="photos", **params)
        except Exception as error:
            print(error.response["Error"]["Code"])
"""
ROLE = """
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["s3:PutObject", "s3:DeleteObject"], "Resource": "arn:aws:s3:::photos/in/*"},
      {"Sid": "Keep", "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"}]}
"""


def with_policy(folder: Path, policy: str, *words: str) -> Ended:
    (folder / "ask.py").write_text(dedent(ASK))
    (folder / "role.json").write_text(policy)
    return fakecos(folder, "--bucket", "photos", "--policy", "role.json", *words, "ask.py")


def test_a_policy_that_does_not_suffice_is_told_with_what_to_add(tmp_path: Path) -> None:
    ended = with_policy(tmp_path, dedent(ROLE), "--json", "out.json")
    assert ended.code == 1
    assert ended.out == "AccessDenied\nAccessDenied\n"
    assert ended.err.endswith(
        "policy role.json: refused 2 actions\n"
        "  s3:DeleteObject on arn:aws:s3:::photos/in/a: denied by statement 2 (Sid Keep)\n"
        "  s3:PutObject on arn:aws:s3:::photos/out/b\n"
        "to add to it:\n"
        '  {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::photos/out/b"}\n'
    )
    found = json.loads((tmp_path / "out.json").read_text())
    assert found["exit_code"] == 1
    assert [refused["action"] for refused in found["refused_actions"]] == ["s3:DeleteObject", "s3:PutObject"]


def test_a_policy_that_suffices_is_told(tmp_path: Path) -> None:
    everything = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'
    ended = with_policy(tmp_path, everything)
    assert ended.code == 0
    assert ended.err.endswith("policy role.json: sufficed for every request\n")


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ("{}", "role.json: Statement is a list of statements"),
        ("Version: 1", "role.json: it is no policy: that is JSON"),
        ('{"Version": "2012-10-17", "Statement": [', "role.json: the text is no JSON"),
        (
            dedent(ROLE).replace("s3:PutObject", "s3:PutObjct"),
            "S3 has no action 's3:PutObjct'; did you mean s3:PutObject?",
        ),
        ('{"PolicyDocument": {}}', 'that is an answer of IAM. The policy is its "PolicyDocument"'),
    ],
)
def test_a_mistake_in_a_policy_is_told_before_the_program_runs(tmp_path: Path, policy: str, message: str) -> None:
    ended = with_policy(tmp_path, policy)
    assert ended.code == 2
    assert ended.out == ""
    assert message in ended.err


def test_a_policy_that_is_not_there_is_told(tmp_path: Path) -> None:
    ended = fakecos(tmp_path, "--policy", "none.json", "ask.py")
    assert ended.code == 2
    assert "argument --policy: cannot read 'none.json': No such file or directory" in ended.err
