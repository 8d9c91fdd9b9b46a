"""What a question is after: a treatment, a dose, a cause, where something is kept."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from board.search.analysing import stems

Phrase = tuple[str, ...]


def types_of(asked: Sequence[str]) -> frozenset[str]:
    """The types of a question, from its stems; empty where it just asks about something."""
    return frozenset(type for _, type in _found(asked))


def words_of_types(asked: Sequence[str]) -> frozenset[str]:
    """Those of the stems that say what is asked, not what about."""
    return frozenset(stem for phrase, _ in _found(asked) for stem in phrase)


@cache
def words_of_any_type() -> frozenset[str]:
    """Every stem of every phrase that says what is asked."""
    known = _phrases().values()
    return frozenset(stem for phrases in known for phrase, _ in phrases for stem in phrase)


def _found(asked: Sequence[str]) -> Iterator[tuple[Phrase, str]]:
    """The phrases among the stems; of two that begin at the same word only the longer."""
    phrases = _phrases()
    for start, stem in enumerate(asked):
        longest = 0
        for phrase, type in phrases.get(stem, ()):
            if len(phrase) < longest:
                break
            if tuple(asked[start : start + len(phrase)]) == phrase:
                longest = len(phrase)
                yield phrase, type


@cache
def _phrases() -> dict[str, list[tuple[Phrase, str]]]:
    """Every phrase of every type, by its first stem, the longest ones first."""
    text = (files("board.search") / "language" / "question_types.toml").read_text(encoding="utf-8")
    phrases: dict[str, list[tuple[Phrase, str]]] = {}
    for type, told in tomllib.loads(text).items():
        for words in told["words"]:
            phrase = tuple(stems(words))
            phrases.setdefault(phrase[0], []).append((phrase, type))
    for known in phrases.values():
        known.sort(key=lambda each: -len(each[0]))
    return phrases
