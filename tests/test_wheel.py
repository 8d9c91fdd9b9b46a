"""A wheel built from the repository holds everything and runs outside the checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy: a build leaves its traces where it works."""
    place = tmp_path_factory.mktemp("wheel")
    ignored = shutil.ignore_patterns(".venv", ".git", "instance", "build", "*.egg-info", "tests")
    shutil.copytree(ROOT, place / "source", ignore=ignored)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run(
        [*command, "--no-build-isolation", "--wheel-dir", str(place), str(place / "source")],
        check=True,
        capture_output=True,
    )
    [built] = place.glob("wardboard-*.whl")
    return built


def test_it_holds_templates_static_files_migrations_and_the_demonstration(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, home in (("templates", "board/templates"), ("static", "board/static")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert f"{home}/{path.relative_to(ROOT / folder)}" in names
    for path in (ROOT / "board").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert str(path.relative_to(ROOT)) in names
    assert not [name for name in names if name.startswith("tests/")]


def test_it_runs_outside_the_checkout(wheel, tmp_path):
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    environment = os.environ | {"PYTHONPATH": str(installed)}
    environment.pop("BOARD_INSTANCE", None)

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "board", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )

    assert run("demo").returncode == 0
    assert (tmp_path / "instance" / "board.db").exists()
    assert run("check").returncode == 0
    served = (
        "from board import create_app; c = create_app(public_reading=True).test_client(); "
        "assert c.get('/questions').status_code == c.get('/static/board.css').status_code == 200"
    )
    shown = subprocess.run(
        [sys.executable, "-c", served],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert shown.returncode == 0, shown.stderr
