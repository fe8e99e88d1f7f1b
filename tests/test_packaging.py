"""The built wheel holds what the tree holds, and the documentation names what the package names."""

from __future__ import annotations

import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

import fakecos

ROOT = Path(__file__).parent.parent
SOURCES = {"fakecos": ROOT / "fakecos", "pytest_fakecos": ROOT / "plugins" / "pytest_fakecos"}
SUFFIXES = {".py", ".json", ".typed"}


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
    pytest.importorskip("setuptools", minversion="70.1")
    copy = tmp_path / "tree"
    for name, folder in SOURCES.items():
        for path in folder.rglob("*"):
            if path.suffix in SUFFIXES or path.name == "py.typed":
                target = copy / ("plugins" if name == "pytest_fakecos" else "") / name / path.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    program = "import sys; from setuptools.build_meta import build_wheel; print(build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=copy, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (points,) = (archive.read(name).decode() for name in names if name.endswith("entry_points.txt"))
    assert {name for name in names if ".dist-info/" not in name} == tree()
    assert "fakecos = fakecos.cli.main:main" in points
    assert "fakecos = pytest_fakecos" in points
    assert any(name.endswith("LICENSE") for name in names)


def test_every_public_name_is_there_and_explains_itself() -> None:
    for name in fakecos.__all__:
        assert getattr(fakecos, name).__doc__, f"{name} has no docstring"


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} points to {target}"
