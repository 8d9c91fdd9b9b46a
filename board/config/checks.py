"""What a setting may be: its possible values, and the shapes they have to have."""

import re
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

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
# One such number is one patient, whatever the question is about.
PRIVACY_HELD = ("patient_url", "nhs_number", "ssn", "health_plan", "mrn")
_TAG = re.compile(r"[^\W_A-Z]+(?:[-+#.&][^\W_A-Z]*)*")
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HOST = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_SENDER = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")

MAIL_SECURITY = ("none", "starttls", "tls")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


# Hours after the question was asked, and whom the step is for.
_LADDER_STEP = re.compile(r"(\d{1,4}(?:\.\d{1,2})?) (experts|on-call|moderators|lead)")


class NotPossible(ValueError):
    """Why a value cannot be, where the meaning of its setting does not say it."""


def one_of(*choices: str) -> Callable[[Any], bool]:
    """One of these words."""
    return lambda value: value in choices


def between(least: int, most: int) -> Callable[[Any], bool]:
    """A number from here to there, both included."""
    return lambda value: least <= value <= most


def is_zone(value: str) -> bool:
    """A time zone that this system knows."""
    return bool(ZoneInfo(value))


def are_networks(value: tuple[str, ...]) -> bool:
    """Networks such as 10.1.0.0/16."""
    return all(ip_network(network, strict=False) for network in value)


def is_account_pattern(value: str) -> bool:
    """One star or more among the letters; a star alone would shut everybody out."""
    return bool(value.strip("*? "))


def is_trigger(value: str) -> bool:
    """A word, or `NEWS 7+` for any number from there on."""
    return 1 < len(value.strip()) <= 60


def are_minutes_at(value: str) -> bool:
    """`10.20.0.0/16=5`: minutes for computers at these addresses."""
    network, _, minutes = value.partition("=")
    return bool(ip_network(network.strip(), strict=False)) and 1 <= int(minutes) <= 60


def are_some_of(*choices: str) -> Callable[[Any], bool]:
    """At least one of these words, and no other."""
    return lambda value: bool(value) and all(each in choices for each in value)


def each(check: Callable[[str], bool]) -> Callable[[Any], bool]:
    """A list of texts, each of which passes this check."""
    return lambda value: all(isinstance(each, str) and check(each) for each in value)


def is_shape(value: str) -> bool:
    """Four characters at least: a shorter number is anybody's."""
    if not _SHAPE.fullmatch(value):
        return False
    try:
        return not any(re.fullmatch(value, "1" * length) for length in range(4))
    except re.error:
        return False


def are_shifts(value: tuple[str, ...]) -> bool:
    """Times of day at which shifts begin."""
    clock = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
    return 0 < len(value) <= 6 and all(clock.fullmatch(each) for each in value)


def is_domain(value: str) -> bool:
    """A domain such as hospital.example."""
    return bool(_DOMAIN.fullmatch(value))


def is_host_or_network(value: str) -> bool:
    """A host by its name, or a network."""
    return bool(_HOST.fullmatch(value)) or bool(ip_network(value, strict=False))


def is_sender(value: str) -> bool:
    """An e-mail address, or nothing."""
    return not value or bool(_SENDER.fullmatch(value))


def is_web_address(value: str) -> bool:
    """Where the board is, with http or https, or nothing."""
    return not value or bool(re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[\w./-]*)?", value))


def is_file(value: str) -> bool:
    """A file that is there, or nothing."""
    return not value or Path(value).is_file()


def is_telephone_number(value: str) -> bool:
    """A telephone number as people write them."""
    return bool(re.fullmatch(r"[+(]?[0-9][0-9 ().-]{1,24}", value))


def is_syslog(value: str) -> bool:
    """/dev/log, or host:port, or nothing."""
    return bool(re.fullmatch(r"(?:/[^:]+|[^:\s]+:\d{1,5})?", value))


def is_policy(value: str) -> bool:
    """`name=warn`: a kind of detail and off, warn or hold."""
    kind, _, treatment = value.partition("=")
    return kind in PRIVACY_KINDS and treatment in ("off", "warn", "hold")


def is_policy_of_tag(value: str) -> bool:
    """`it/email=off`: what a kind does under a tag. Raises `NotPossible`."""
    tag, slash, policy = value.partition("/")
    kind, _, treatment = policy.partition("=")
    if not (slash and _TAG.fullmatch(tag)):
        raise NotPossible(f"{value!r} does not begin with a tag in small letters, such as it/")
    if kind not in PRIVACY_KINDS:
        raise NotPossible(f"there is no kind {kind!r}. The kinds: {', '.join(PRIVACY_KINDS)}")
    if not is_policy(policy):
        raise NotPossible(f"{value!r} does not end with =off, =warn or =hold")
    if kind in PRIVACY_HELD and treatment != "hold":
        raise NotPossible(
            f"{kind} stays held whatever the tag: one such number is one patient, and a tag is "
            "something anybody may put on. Only privacy_policy changes it, for the whole board"
        )
    return True


def is_name(value: str) -> bool:
    """A name of two characters or more."""
    return 1 < len(value.strip()) <= 80


def is_step(value: str) -> bool:
    """`2 on-call`: hours, and whom the step is for."""
    return bool(_LADDER_STEP.fullmatch(value))
