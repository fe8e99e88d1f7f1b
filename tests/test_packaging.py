"""The built wheel holds what the tree holds, and the documentation names what the package names."""

from __future__ import annotations

import email
import re
import shutil
import subprocess
import sys
import tarfile
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

import fakecos
from fakecos import urls

ROOT = Path(__file__).parent.parent
SOURCES = {"fakecos": ROOT / "fakecos", "pytest_fakecos": ROOT / "plugins" / "pytest_fakecos"}
SUFFIXES = {".py", ".json", ".typed", ".css", ".html", ".js"}
PARTS = {".ci", ".github", "docs", "fakecos", "plugins", "tests", "tools"}
AT_THE_TOP = {".cff", ".cfg", ".in", ".md", ".py", ".toml"}
NOT_OF_THE_TREE = shutil.ignore_patterns(
    *(".git", ".venv", ".nox", ".coverage*", ".hypothesis", ".*_cache", ".mutants", "__pycache__"),
    *("*.egg-info", "build", "dist", "htmlcov"),
)
SOME_TESTS = ("tests/test_urls.py", "tests/model", "tests/contract/test_complete_checksums.py")


def tree() -> set[str]:
    return {
        f"{name}/{path.relative_to(folder).as_posix()}"
        for name, folder in SOURCES.items()
        for path in folder.rglob("*")
        if path.suffix in SUFFIXES or path.name == "py.typed"
    }


def metadata() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg")
    return parser


def test_setup_cfg_lists_every_package() -> None:
    listed = set(metadata()["options"]["packages"].split())
    assert listed == {name.rpartition("/")[0].replace("/", ".") for name in tree() if name.endswith("/__init__.py")}


def test_every_folder_of_the_package_is_a_package() -> None:
    folders = {name.rpartition("/")[0] for name in tree()}
    assert {f"{folder}/__init__.py" for folder in folders} <= tree()


def test_pyproject_has_no_project_table_which_would_switch_setup_cfg_off() -> None:
    assert not re.search(r"^\[project", (ROOT / "pyproject.toml").read_text(), flags=re.MULTILINE)


@pytest.mark.slow
def test_the_wheel_holds_the_tree_and_nothing_else(tmp_path: Path) -> None:
    pytest.importorskip("setuptools", minversion="77.0.3")
    copy = tmp_path / "tree"
    for name, folder in SOURCES.items():
        for path in folder.rglob("*"):
            if path.suffix in SUFFIXES or path.name == "py.typed":
                target = copy / ("plugins" if name == "pytest_fakecos" else "") / name / path.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
    for name in ("setup.cfg", "setup.py", "pyproject.toml", "README.md", "LICENSE"):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    program = "import sys; from setuptools.build_meta import build_wheel; print(build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=copy, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (points,) = (archive.read(name).decode() for name in names if name.endswith("entry_points.txt"))
        (about,) = (email.message_from_bytes(archive.read(name)) for name in names if name.endswith("/METADATA"))
    assert {name for name in names if ".dist-info/" not in name} == tree()
    assert "fakecos = fakecos.cli.main:main" in points
    assert "fakecos = pytest_fakecos" in points
    assert any(name.endswith("LICENSE") for name in names)
    assert (about["License-Expression"], about["License-File"]) == ("Apache-2.0", "LICENSE")
    assert about["Author"] == "The fakecos developers"
    readme = str(about.get_payload())
    assert readme.startswith("# fakecos\n")
    assert not re.findall(r"\]\((?!https?:|#)", readme), "an index shows README where no folder is beside it"
    named = re.findall(rf"\({re.escape(urls.DOCUMENTATION)}([^)#]+)/(?:#[^)]*)?\)", readme)
    assert named
    assert all(
        (ROOT / "docs" / f"{page}.md").exists() or (ROOT / "docs" / page / "README.md").exists() for page in named
    )
    assert set(about.get_all("Provides-Extra") or ()) == EXTRAS | {"test"}


EXTRAS = {
    "aiobotocore",
    "boto3",
    "completion",
    "explore",
    "freezegun",
    "ibm",
    "responses",
    "select",
    "server",
    "xxhash",
}
"""What a user may ask for. `test` is README's command; whatever else only the tree needs is a dependency group."""


def test_the_page_about_installing_names_every_extra_and_no_other() -> None:
    page = (ROOT / "docs" / "how-to" / "install.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w-]+)` \|", page, flags=re.MULTILINE)) == EXTRAS
    assert set(metadata()["options.extras_require"]) == EXTRAS | {"test"}


def test_the_classifiers_name_the_pythons_that_ci_runs() -> None:
    classifiers = metadata()["metadata"]["classifiers"]
    named = re.findall(r"^Programming Language :: Python :: (3\.\d+)$", classifiers, flags=re.MULTILINE)
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^ +python: \[(.+)\]$", workflow, flags=re.MULTILINE)
    assert re.findall(r"3\.\d+", listed) == named
    assert metadata()["options"]["python_requires"] == f">={named[0]}"


@pytest.mark.slow
def test_the_source_distribution_holds_the_tree_and_passes_tests(tmp_path: Path) -> None:
    pytest.importorskip("setuptools", minversion="77.0.3")
    copy = tmp_path / "tree"
    shutil.copytree(ROOT, copy, ignore=NOT_OF_THE_TREE)
    files = {
        path.relative_to(copy).as_posix()
        for path in copy.rglob("*")
        if path.is_file() and (path.relative_to(copy).parts[0] in PARTS or path.suffix in AT_THE_TOP)
    }
    program = "import sys; from setuptools.build_meta import build_sdist; print(build_sdist(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=copy, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        tar.extractall(tmp_path / "unpacked")  # noqa: S202  we have just made it
    (there,) = (tmp_path / "unpacked").iterdir()
    held = {path.relative_to(there).as_posix() for path in there.rglob("*") if path.is_file()}
    assert not files - held, "MANIFEST.in leaves them out"
    assert "LICENSE" in held
    assert not [name for name in held if "__pycache__" in name or name.endswith(".pyc") or name.startswith("build/")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *SOME_TESTS],
        cwd=there,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_public_name_is_there_and_explains_itself() -> None:
    for name in fakecos.__all__:
        assert getattr(fakecos, name).__doc__, f"{name} has no docstring"


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} points to {target}"
