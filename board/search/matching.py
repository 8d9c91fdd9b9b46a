"""What the engines are asked and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass

# Around a matching word, until the text has been made safe for a page.
START, STOP = "\x02", "\x03"


@dataclass(frozen=True)
class Term:
    """A word somebody searched for, with the ids of the tags that it names."""

    word: str
    tag_ids: Sequence[int]


@dataclass(frozen=True)
class Match:
    """A question that fits, its matching words between START and STOP, and how many fit in all."""

    question_id: int
    title: str
    excerpt: str
    total: int


def best_excerpt(answers: str, body: str) -> str:
    """The passage with a matching word, rather from an answer."""
    return answers if START in answers or START not in body else body
