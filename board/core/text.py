"""What people type, made harmless to store: no control characters, no reversed reading order."""

import re
import unicodedata
from functools import lru_cache

# Controls other than tab and newline, and the overrides that make "10 mg" read as something else.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"\s+")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def tidy(text: str) -> str:
    """Text as we keep it: composed Unicode, \\n line ends, nothing invisible that misleads."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNWANTED.sub("", text)


def one_line(text: str) -> str:
    """Tidy text on one line, without space around it."""
    return _SPACES.sub(" ", tidy(text)).strip()


def shorten(text: str, length: int) -> str:
    """The first `length` characters at most, cut between words, with an ellipsis."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


@lru_cache(maxsize=10_000)
def slug(text: str, length: int = 60) -> str:
    """Words of a title for an address: `insulin-pens-at-room-temperature`; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_SLUG.sub("-", plain).strip("-")[:length].rstrip("-")
