"""Words that mean somebody may be in danger now: nobody should wait for an answer here.

The words are the site's (`emergency_words`). `NEWS 7+` means that word with a number from 7 on.
"""

import re
from collections.abc import Callable
from functools import cache

from board.config import settings
from board.core.errors import Problem

BETWEEN = r"\W*(?:(?:score|of|is|at|now)\W+)*"  # NEWS 8, NEWS2 score of 8, NEWS: 8
_AT_LEAST = re.compile(r"(.+?)\s+(\d{1,3})\+")

Heard = Callable[[str], bool]


class Emergency(Problem):
    """What was written sounds as if somebody were in danger; it can be posted all the same."""

    status = 422

    def __init__(self, words: list[str]) -> None:
        super().__init__("Do not wait for an answer here: call. Then post it, if it still helps.")
        self.words = words


class Returned(Problem):
    """Somebody went back from the warning to their text."""

    status = 422

    def __init__(self) -> None:
        super().__init__("Nothing was posted. Your text is as you left it.")


def heard_in(*texts: str) -> list[str]:
    """The words of the site's list that these texts have, as the list writes them."""
    text = " \n ".join(texts).casefold()
    return [word for word in settings().emergency_words if _hears(word)(text)]


@cache
def _hears(word: str) -> Heard:
    if found := _AT_LEAST.fullmatch(word.strip()):
        return _number_from(found[1], int(found[2]))
    phrase = r"\W+".join(re.escape(part) for part in word.casefold().split())
    pattern = re.compile(rf"\b{phrase}\b")
    return lambda text: pattern.search(text) is not None


def _number_from(word: str, least: int) -> Heard:
    name = re.escape(word.casefold())
    pattern = re.compile(rf"\b{name}(?:2\b|\b){BETWEEN}(\d{{1,3}})\b")
    return lambda text: any(int(number) >= least for number in pattern.findall(text))
