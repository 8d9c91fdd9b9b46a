"""Finding a passage again however it is written: other case, other spaces, other grouping."""

import re
from collections.abc import Sequence
from typing import Any

REMOVED = "[removed]"
SHORTEST = 4

_BETWEEN_DIGITS = r"[ .-]{0,2}"
_BETWEEN_WORDS = r"[\s_-]{1,3}"


def pattern_of(passages: Sequence[str]) -> re.Pattern[str]:
    """Matches any of the passages."""
    longest_first = sorted(passages, key=len, reverse=True)
    return re.compile("|".join(map(_loose, longest_first)) or r"(?!)", re.IGNORECASE)


def without(text: Any, pattern: re.Pattern[str]) -> Any:
    """The text with every match removed; what is no text stays as it is."""
    return pattern.sub(REMOVED, text) if isinstance(text, str) else text


def holds(pattern: re.Pattern[str], *texts: str | None) -> bool:
    """Whether any of the texts has a match."""
    return any(text and pattern.search(text) for text in texts)


def _loose(passage: str) -> str:
    compact = re.sub(r"[ .-]", "", passage)
    if compact.isdigit():
        return _BETWEEN_DIGITS.join(compact)
    return _BETWEEN_WORDS.join(re.escape(word) for word in re.split(r"[\s_-]+", passage) if word)
