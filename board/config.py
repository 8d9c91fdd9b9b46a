"""Every setting: its name, its default, what it means, and what it may be.

Settings stand in `board.toml` in the data folder; an environment variable `BOARD_<NAME>` overrides
the file. A mistake stops the start with one sentence that names the setting.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app

FILE = "board.toml"

PRIVACY_LOCALES = ("GB", "US", "AU", "CA", "IE")
# A shape is a few pieces in a row, each a letter, digit, \d, [set] or separator, a bounded number
# of times: nothing that could be made to backtrack, whatever it is held against.
_PIECE = r"(?:\\d|\[[A-Za-z0-9-]+\]|[A-Za-z0-9]|[ /-])(?:\?|\{\d{1,2}(?:,\d{1,2})?\})?"
_SHAPE = re.compile(rf"(?:{_PIECE}){{1,12}}")
PRIVACY_KINDS = [
    "patient_url",
    "email",
    "nhs_number",
    "ssn",
    "health_plan",
    "mrn",
    "account",
    "device_serial",
    "phone",
    "dob",
    "date",
    "age_over_89",
    "address",
    "postcode",
    "bed",
    "name",
]
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HOST = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_SENDER = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")

MAIL_SECURITY = ("none", "starttls", "tls")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


# Hours after the question was asked, and whom the step is for.
LADDER_STEP = re.compile(r"(\d{1,4}(?:\.\d{1,2})?) (experts|on-call|moderators|lead)")


class SettingError(Exception):
    """A setting that cannot be used; the message names it and says why."""


def _one_of(*choices: str) -> Callable[[Any], bool]:
    return lambda value: value in choices


def _between(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: least <= value <= most


def _is_zone(value: str) -> bool:
    return bool(ZoneInfo(value))


def _are_networks(value: tuple[str, ...]) -> bool:
    return all(ip_network(network, strict=False) for network in value)


def _is_account_pattern(value: str) -> bool:
    """One star or more among the letters; a star alone would shut everybody out."""
    return bool(value.strip("*? "))


def _is_trigger(value: str) -> bool:
    return 1 < len(value.strip()) <= 60


def _are_minutes_at(value: str) -> bool:
    network, _, minutes = value.partition("=")
    return bool(ip_network(network.strip(), strict=False)) and 1 <= int(minutes) <= 60


def _are_some_of(*choices: str) -> Callable[[Any], bool]:
    return lambda value: bool(value) and all(each in choices for each in value)


def _each(check: Callable[[str], bool]) -> Callable[[Any], bool]:
    return lambda value: all(isinstance(each, str) and check(each) for each in value)


def _is_shape(value: str) -> bool:
    """Four characters at least: a shorter number is anybody's."""
    if not _SHAPE.fullmatch(value):
        return False
    try:
        return not any(re.fullmatch(value, "1" * length) for length in range(4))
    except re.error:
        return False


def _are_shifts(value: tuple[str, ...]) -> bool:
    clock = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
    return 0 < len(value) <= 6 and all(clock.fullmatch(each) for each in value)


def _is_domain(value: str) -> bool:
    return bool(_DOMAIN.fullmatch(value))


def _is_host_or_network(value: str) -> bool:
    return bool(_HOST.fullmatch(value)) or bool(ip_network(value, strict=False))


def _is_sender(value: str) -> bool:
    return not value or bool(_SENDER.fullmatch(value))


def _is_web_address(value: str) -> bool:
    return not value or bool(re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[\w./-]*)?", value))


def _is_file(value: str) -> bool:
    return not value or Path(value).is_file()


def _is_telephone_number(value: str) -> bool:
    return bool(re.fullmatch(r"[+(]?[0-9][0-9 ().-]{1,24}", value))


def _is_syslog(value: str) -> bool:
    return bool(re.fullmatch(r"(?:/[^:]+|[^:\s]+:\d{1,5})?", value))


def _is_policy(value: str) -> bool:
    kind, _, treatment = value.partition("=")
    return kind in PRIVACY_KINDS and treatment in ("off", "warn", "hold")


def _is_name(value: str) -> bool:
    return 1 < len(value.strip()) <= 80


def _is_step(value: str) -> bool:
    return bool(LADDER_STEP.fullmatch(value))


def setting(default: Any, meaning: str, check: Callable[[Any], bool] | None = None) -> Any:
    """One setting of `Settings`."""
    return field(default=default, metadata={"meaning": meaning, "check": check})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of this board, read once at start-up."""

    site_name: str = setting("Wardboard", "The board's name, in the header and in page titles.")
    hospital_name: str = setting("", "The hospital's name, beside the board's.")
    time_zone: str = setting(
        "Europe/London", "IANA name of the zone whose clock is shown.", _is_zone
    )
    shift_times: tuple[str, ...] = setting(
        ("07:30", "19:30"),
        "When a shift has been handed over, on the site's clock: what came since is 'this shift'.",
        _are_shifts,
    )
    site_notice: str = setting("", "A line on top of every page, such as a planned downtime.")
    warning_text: str = setting(
        "No patient details. Not the record. Nobody is watching this.",
        "The line under the ask form and on the bottom of every page.",
    )
    forgotten_password_text: str = setting(
        "Ask the IT service desk to give you a new password. They will ask who you are.",
        "What 'Forgotten your password?' shows.",
    )
    help_text: str = setting(
        "For help with this board, ask your ward's link person or the IT service desk.",
        "The site's own paragraph on the Help page.",
    )
    public_reading: bool = setting(False, "Whether people may read without signing in.")
    self_registration: bool = setting(False, "Whether people may make their own account.")
    confidential_asking: bool = setting(
        True, "Whether people may ask without showing their name to colleagues."
    )
    show_helped: bool = setting(
        True, "Whether profiles may show how many colleagues somebody helped."
    )
    personal_statistics: bool = setting(
        True, "Whether numbers about single people are shown anywhere; some countries forbid it."
    )
    private_addresses: bool = setting(
        False,
        "Keep question text out of addresses and page titles: shared browsers keep a history.",
    )
    feed_titles: bool = setting(
        True, "Whether feeds name the questions; otherwise they carry links only."
    )
    privacy_check: bool = setting(
        True, "Whether what people write is looked through for patients' details."
    )
    privacy_policy: tuple[str, ...] = setting(
        (),
        "What a kind of finding does whatever else is set: 'date=off', 'phone=warn', 'name=hold'. "
        f"The kinds: {', '.join(PRIVACY_KINDS)}.",
        _each(_is_policy),
    )
    privacy_warn_percent: int = setting(
        40, "How sure (in percent) a rule has to be to say something.", _between(10, 100)
    )
    privacy_hold_percent: int = setting(
        85, "How sure (in percent) a rule has to be to hold a text for review.", _between(10, 100)
    )
    privacy_sample_percent: int = setting(
        10,
        "How many of a hundred posts that somebody said are not about a patient a privacy reviewer "
        "looks at afterwards.",
        _between(0, 100),
    )
    privacy_locales: tuple[str, ...] = setting(
        ("GB", "US"),
        "Whose numbers and addresses are looked for: any of GB, US, AU, CA and IE.",
        _are_some_of(*PRIVACY_LOCALES),
    )
    privacy_mrn_shapes: tuple[str, ...] = setting(
        (r"RXK\d{7}", r"H\d{7}", r"\d{6,10}"),
        "Shapes of your own hospital numbers: letters, digits, \\d for any digit, [AB] for one of "
        "several, {7} or {6,10} for how many. A number of digits alone needs a word such as MRN.",
        _each(_is_shape),
    )
    privacy_helplines: tuple[str, ...] = setting(
        ("1-800-222-1222", "0344 892 0111"),
        "Telephone numbers anybody may write: helplines, your switchboard.",
        _each(_is_telephone_number),
    )
    privacy_mail_domains: tuple[str, ...] = setting(
        ("hospital.example",),
        "Domains of your own staff's e-mail addresses, which anybody may write.",
        _each(_is_domain),
    )
    privacy_ehr_hosts: tuple[str, ...] = setting(
        ("ehr.hospital.local",),
        "Hosts of your patient record: a link to one is a link to a patient.",
        _each(_is_domain),
    )
    privacy_wards: tuple[str, ...] = setting(
        (), "Names of your wards and buildings that look like people's names.", _each(_is_name)
    )
    pharmacy_phone: str = setting(
        "", "Whom to ring about a dose, such as 'pharmacy 2345': shown on answers not yet verified."
    )
    review_months_high: int = setting(
        6, "Months after which an answer under a high-risk tag is reviewed.", _between(1, 60)
    )
    review_months_clinical: int = setting(
        12, "Months after which any other clinical answer is reviewed.", _between(1, 60)
    )
    review_months_equipment: int = setting(
        24, "Months after which an answer about equipment is reviewed.", _between(1, 60)
    )
    review_months_administration: int = setting(
        12, "Months after which an answer about administration or IT is reviewed.", _between(1, 60)
    )
    review_notice_days: int = setting(
        30,
        "Days before its date at which somebody is told that a review comes up.",
        _between(1, 90),
    )
    review_expiry_days: int = setting(
        60, "Days after its date at which an answer nobody reviewed expires.", _between(1, 365)
    )
    view_records_months: int = setting(
        12,
        "Months for which it is kept who opened which question, so that they can be told when an "
        "answer turns out to be wrong; 0: not at all.",
        _between(0, 120),
    )
    ladder_this_shift: tuple[str, ...] = setting(
        ("0 experts", "2 on-call", "8 moderators", "24 lead"),
        "Who hears of an unanswered question that is needed this shift: hours after it was asked, "
        "and experts, on-call, moderators or lead.",
        _each(_is_step),
    )
    ladder_this_week: tuple[str, ...] = setting(
        ("24 experts", "72 moderators"), "The same, for one needed this week.", _each(_is_step)
    )
    ladder_when_you_can: tuple[str, ...] = setting(
        ("72 experts",), "The same, for one that is answered when somebody can.", _each(_is_step)
    )
    idle_minutes: int = setting(
        10, "Minutes without use after which a page is locked.", _between(1, 60)
    )
    idle_minutes_at: tuple[str, ...] = setting(
        (),
        "Other minutes for computers at some addresses: '10.20.0.0/16=5'. The shortest counts.",
        _each(_are_minutes_at),
    )
    shared_accounts: tuple[str, ...] = setting(
        (),
        "Names of shared Windows accounts, such as 'ward7b' or 'kiosk*': they are nobody here.",
        _each(_is_account_pattern),
    )
    one_session: bool = setting(
        False, "Whether signing in somewhere ends somebody's session elsewhere."
    )
    session_hours: int = setting(
        12, "Hours after which somebody has to sign in again in any case.", _between(1, 24)
    )
    emergency_number: str = setting(
        "", "Whom to call in an emergency, such as your hospital's own crash call number."
    )
    emergency_text: str = setting(
        "Nobody watches this board. Whatever cannot wait goes by phone.",
        "The line beside the emergency number, on the ask page and on urgent questions.",
    )
    emergency_words: tuple[str, ...] = setting(
        (
            "arrest",
            "not breathing",
            "no pulse",
            "unresponsive",
            "choking",
            "anaphylaxis",
            "anaphylactic",
            "deteriorating",
            "NEWS 7+",
            "stat",
        ),
        "Words in a question that first lead to a page saying whom to call; 7+ is any number "
        "from 7 on. An empty list asks nobody.",
        _each(_is_trigger),
    )
    ratelimit_enabled: bool = setting(True, "Whether limits are counted at all.")
    trusted_networks: tuple[str, ...] = setting(
        (), "Networks that limits by address do not apply to, such as 10.0.0.0/8.", _are_networks
    )
    database_url: str = setting(
        "", "Where the data is; empty means board.db in the data folder. postgresql://… works too."
    )
    secret_key: str = setting("", "Signs cookies; empty means the file secret.key.")
    trusted_proxy: str = setting(
        "127.0.0.1", "Address of the reverse proxy whose X-Forwarded headers are believed."
    )
    audit_checkpoints: str = setting(
        "",
        "Folder for the checkpoints of the audit trail, best on another machine (default: the "
        "data folder).",
    )
    syslog: str = setting(
        "",
        "Where checkpoints of the audit trail go too: /dev/log, or host:port (UDP).",
        _is_syslog,
    )
    board_address: str = setting(
        "",
        "Where people find the board, such as https://board.hospital.example: for links in mail.",
        _is_web_address,
    )
    mail_host: str = setting("", "The relay that takes mail; empty means that none is sent.")
    mail_port: int = setting(25, "The relay's port.", _between(1, 65_535))
    mail_security: str = setting(
        "none", "How the relay is spoken to: none, starttls or tls.", _one_of(*MAIL_SECURITY)
    )
    mail_user: str = setting("", "The user name for the relay, if it wants one.")
    mail_password: str = setting("", "The password for the relay.")
    mail_sender: str = setting("", "The address that mail comes from.", _is_sender)
    mail_domains: tuple[str, ...] = setting(
        (), "Domains that mail may go to; none named means any.", _each(_is_domain)
    )
    mail_titles: bool = setting(
        False, "Whether mail may carry the titles of questions. Links only is safer."
    )
    mail_digest_hour: int = setting(7, "The hour at which digests are sent.", _between(0, 23))
    mail_digest_weekday: str = setting(
        "monday", "The day on which weekly digests are sent, such as monday.", _one_of(*WEEKDAYS)
    )
    webhook_allowed: tuple[str, ...] = setting(
        (),
        "Hosts and networks that webhooks may lead to; empty means that there are none.",
        _each(_is_host_or_network),
    )
    webhook_titles: bool = setting(
        False, "Whether webhooks may carry the titles of questions. Links only is safer."
    )
    ca_file: str = setting(
        "",
        "The hospital's own CA certificates (PEM), for mail and webhooks over TLS.",
        _is_file,
    )
    log_level: str = setting(
        "info", "How much is logged.", _one_of("debug", "info", "warning", "error")
    )


def settings() -> Settings:
    """The settings of the running board."""
    found: Settings = current_app.extensions["board.settings"]
    return found


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """`BOARD_INSTANCE`, else the checkout's `instance/`, else `./instance`."""
    if named := environ.get("BOARD_INSTANCE"):
        return Path(named).absolute()
    checkout = Path(__file__).parent.parent
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
