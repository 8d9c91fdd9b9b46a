"""Where settings come from: `board.toml`, then the environment, each checked."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from flask import current_app

from board.config.checks import NotPossible
from board.config.listed import Settings

FILE = "board.toml"


class SettingError(Exception):
    """A setting that cannot be used; the message names it and says why."""


def settings() -> Settings:
    """The settings of the running board."""
    found: Settings = current_app.extensions["board.settings"]
    return found


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """`BOARD_INSTANCE`, else the checkout's `instance/`, else `./instance`."""
    if named := environ.get("BOARD_INSTANCE"):
        return Path(named).absolute()
    checkout = Path(__file__).parents[2]
    if (checkout / "setup.cfg").exists() and (checkout / "instance").is_dir():
        return checkout / "instance"
    return Path("instance").absolute()


def load(folder: Path, environ: Mapping[str, str] = os.environ, **overrides: Any) -> Settings:
    """Read the settings of this data folder. Raises `SettingError`."""
    chosen = _from_file(folder / FILE) | _from_environment(environ) | overrides
    known = {each.name: each for each in fields(Settings)}
    for name in chosen:
        if name not in known:
            raise SettingError(f"There is no setting called {name} (in {folder / FILE}).")
    return Settings(**{name: _checked(known[name], value) for name, value in chosen.items()})


def as_toml() -> str:
    """A board.toml with every setting at its default, commented out and explained."""
    lines = ["# Settings of this board. Remove the # before a line to change it.", ""]
    for each in fields(Settings):
        lines += [f"# {each.metadata['meaning']}", f"# {each.name} = {_toml(each.default)}", ""]
    return "\n".join(lines)


def add_to_file(folder: Path, name: str, value: str) -> None:
    """Set a setting in board.toml, unless the file sets it already."""
    path = folder / FILE
    if name not in _from_file(path):
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{name} = {_toml(value)}\n")


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} cannot be read: {error}.") from None


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    names = {f"BOARD_{each.name.upper()}": each for each in fields(Settings)}
    return {
        each.name: _from_string(each.name, each.default, environ[variable])
        for variable, each in names.items()
        if variable in environ
    }


def _from_string(name: str, default: Any, value: str) -> Any:
    if isinstance(default, bool):
        words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
        return words.get(value.strip().lower(), value)
    if isinstance(default, int):
        return int(value) if value.strip().lstrip("-").isdigit() else value
    if isinstance(default, tuple):
        # A comma within braces belongs to a shape: \\d{6,10}
        parts = re.split(r",(?![^{}]*\})", value)
        return tuple(part.strip() for part in parts if part.strip())
    return value


def _checked(setting: Any, value: Any) -> Any:
    if isinstance(setting.default, tuple) and isinstance(value, list):
        value = tuple(value)
    wanted = type(setting.default)
    if type(value) is not wanted:
        raise SettingError(f"The setting {setting.name} must be {_KINDS[wanted]}, not {value!r}.")
    check = setting.metadata["check"]
    try:
        fits = check is None or check(value)
    except NotPossible as problem:
        raise SettingError(f"The setting {setting.name} cannot be used: {problem}.") from None
    except (ValueError, OSError, KeyError):
        fits = False
    if not fits:
        raise SettingError(
            f"The setting {setting.name} cannot be {value!r}. {setting.metadata['meaning']}"
        )
    return value


_KINDS = {bool: "true or false", int: "a number", str: "a text", tuple: "a list of texts"}


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if isinstance(value, int):
        return str(value)
    return f"'{value}'" if "\\" in value else f'"{value}"'
