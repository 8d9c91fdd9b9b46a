"""The order of the features is the architecture: imports only point up it."""

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

import pytest

BOARD = Path(__file__).parent.parent / "board"
ROOT = BOARD.parent

ORDER = [
    "config",
    "core",
    "activity",
    "audit",
    "people",
    "announcements",
    "signin",
    "privacy",
    "tags",
    "posts",
    "search",
    "experts",
    "curation",
    "moderation",
    "inbox",
    "routing",
    "delivery",
    "upkeep",
]
WAYS_IN = ["web", "api", "cli"]
ASIDE = ["wiring", "migrations", "__init__", "__main__"]


def room(path: Path) -> str:
    return path.relative_to(BOARD).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The rooms of the board that a file imports from, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            assert node.level == 0, f"{path} has a relative import"
        for name in names:
            first, _, rest = name.partition(".")
            if first == "board":
                yield rest.partition(".")[0]


FILES = sorted(BOARD.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BOARD)))
def test_imports_point_up(path):
    here = room(path)
    for there in set(imports(path)) - {here}:
        if here in ("__init__", "__main__"):
            continue
        assert there != "wiring", "only board/__init__.py imports the wiring"
        if there == "create_app":
            assert here == "cli", "only a way in makes an app"
            continue
        if here in WAYS_IN or here in ("wiring", "migrations"):
            assert there in ORDER, f"{here} imports {there}"
        else:
            assert ORDER.index(there) < ORDER.index(here), f"{here} imports {there}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BOARD)))
def test_features_know_nothing_of_http(path):
    if room(path) in ORDER:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module == "flask":
                names = {alias.name for alias in node.names}
                assert names <= {"Flask", "current_app"}, f"{path} imports {names} from flask"


def test_every_room_is_in_the_order():
    rooms = {room(path) for path in FILES}
    assert rooms == {*ORDER, *WAYS_IN, *ASIDE} & rooms
    assert rooms >= set(ORDER)


def test_the_readme_prints_the_order():
    readme = (ROOT / "README.md").read_text()
    assert " → ".join(ORDER[1:]) in readme


def test_every_package_is_in_the_wheel():
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    named = set(setup["options"]["packages"].split())
    present = {".".join(path.parent.relative_to(ROOT).parts) for path in BOARD.rglob("__init__.py")}
    assert named == present | {"board.static", "board.templates"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BOARD)))
def test_public_functions_say_what_they_do(path):
    """Views and rules are named for what they do; what others call has a docstring."""
    if room(path) in ("web", "migrations") or path.name == "rules.py":
        return
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path}: {node.name} has no docstring"
