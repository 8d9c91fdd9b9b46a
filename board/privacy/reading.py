"""A text as the rules read it: lower case at the same places, words, and what stands around."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

# How far a rule looks: a clause on a ward is short, and a bound keeps the work linear.
NEAR = 45
SENTENCE = 160
OFTEN = 100

_WORD = re.compile(r"[^\W\d_]{1,40}(?:['\u2019`-][^\W\d_]{1,40}){0,5}")
_DIGIT = re.compile("[0-9]")
_STOP = re.compile(r"[.!?](?=\s)|\n")
_ABBREVIATED = re.compile(r"\b(?:mr|mrs|ms|dr|no|pt|st|prof|d\.o\.b|hosp|ext|tel|[a-z])$")


@dataclass(slots=True)
class Word:
    """A word and where it stands; a possessive 's is not part of it.

    Words of one spelling share what the rules have found out about it (`facts`).
    """

    text: str
    lower: str
    start: int
    end: int
    facts: dict[Any, bool] = field(default_factory=dict)
    is_capitalised: bool = field(init=False)
    is_shouted: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_capitalised = self.text[0].isupper()
        self.is_shouted = self.is_capitalised and len(self.text) > 1 and self.text.isupper()


class Reading:
    """One text, read once for all rules."""

    def __init__(self, text: str) -> None:
        self.text = text
        lower = text.lower()
        if len(lower) != len(text):  # a few letters of the world grow: "İ" becomes two
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        self.lower = lower.replace("\u2019", "'").replace("`", "'")
        # By the pattern's identity: its own hash reads the whole of it each time.
        self._asked: Counter[int] = Counter()
        self._traces: dict[int, tuple[list[int], list[int]]] = {}

    @cached_property
    def words(self) -> list[Word]:
        """Every word, in order."""
        spellings: dict[str, dict[Any, bool]] = {}
        return [self._word(match, spellings) for match in _WORD.finditer(self.text)]

    def _word(self, match: re.Match[str], spellings: dict[str, dict[Any, bool]]) -> Word:
        start, end = match.span()
        if self.lower.endswith("'s", start, end) and end - start > 2:
            end -= 2
        text = self.text[start:end]
        return Word(text, self.lower[start:end], start, end, spellings.setdefault(text, {}))

    @cached_property
    def is_shouted(self) -> bool:
        """Whether all of it is in capitals, so that they say nothing about a word."""
        return self.text.isupper()

    @cached_property
    def has_digits(self) -> bool:
        return _DIGIT.search(self.text) is not None

    def before(self, start: int, width: int = NEAR) -> str:
        """What stands before, in lower case."""
        return self.lower[max(0, start - width) : start]

    def after(self, end: int, width: int = NEAR) -> str:
        """What stands after, in lower case."""
        return self.lower[end : end + width]

    def may_mention(self, words: re.Pattern[str], start: int, end: int) -> bool:
        """Whether one of these words, or a part of a longer one that reads so, is between.

        A rule that asks often has them looked for once in the whole text, so that it need not look
        around each of a thousand numbers where there is nothing. True where that is not yet known.
        """
        traces = self._traces.get(id(words))
        if traces is None:
            self._asked[id(words)] += 1
            if self._asked[id(words)] < OFTEN:
                return True
            spans = [match.span() for match in words.finditer(self.lower)]
            traces = [span[0] for span in spans], [span[1] for span in spans]
            self._traces[id(words)] = traces
        starts, ends = traces
        place = bisect_right(ends, start)
        return place < len(starts) and starts[place] < end

    def sentence(self, start: int, end: int) -> str:
        """The sentence around, in lower case, cut where it is too long."""
        return self.sentence_before(start) + self.lower[start:end] + self.sentence_after(end)

    def sentence_before(self, start: int) -> str:
        """The sentence as far as here."""
        before = self.before(start, SENTENCE)
        if not _may_stop(before):
            return before
        for stop in reversed(list(_STOP.finditer(before + " "))):
            if not _ABBREVIATED.search(before[max(0, stop.start() - 8) : stop.start()]):
                return before[stop.end() :]
        return before

    def sentence_after(self, end: int) -> str:
        """The rest of the sentence."""
        after = self.after(end, SENTENCE)
        if not _may_stop(after):
            return after
        for stop in _STOP.finditer(after):
            if not _ABBREVIATED.search(after[max(0, stop.start() - 8) : stop.start()]):
                return after[: stop.start()]
        return after


def _may_stop(clause: str) -> bool:
    return "." in clause or "\n" in clause or "!" in clause or "?" in clause
