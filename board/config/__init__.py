"""The settings of a board: what there is, what it may be, and where it comes from.

Settings stand in `board.toml` in the data folder; an environment variable `BOARD_<NAME>` overrides
the file. A mistake stops the start with one sentence that names the setting.
"""

from board.config.checks import PRIVACY_HELD, PRIVACY_KINDS, PRIVACY_LOCALES, WEEKDAYS
from board.config.listed import Settings
from board.config.reading import (
    FILE,
    SettingError,
    add_to_file,
    as_toml,
    data_folder,
    load,
    settings,
)

__all__ = [
    "FILE",
    "PRIVACY_HELD",
    "PRIVACY_KINDS",
    "PRIVACY_LOCALES",
    "WEEKDAYS",
    "SettingError",
    "Settings",
    "add_to_file",
    "as_toml",
    "data_folder",
    "load",
    "settings",
]
