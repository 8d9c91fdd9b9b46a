"""The board's own vocabulary: which words its questions have, how many of them, and how spelled.

What is rare tells questions apart, so the counts weigh the words of a search; and a word that no
question has is looked for among those that sound like it.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, and_, delete, or_, select

from board.core.database import AnyRow, db, upsert
from board.search.analysing import stem_of
from board.search.models import SearchDocument, SearchWord

HEADING_FIELDS = ("title", "names")
FIELDS = (*HEADING_FIELDS, "body", "accepted", "answers", "comments")
ALL = ""  # the stem whose row counts all questions

SHORTEST_MISSPELLED = 5
LONG = 8
MOST_WRONG = 2
LOST_ENDING = 4  # letters that stemming may take from a long word, and not from its misspelling
HEAD, TAIL = 2, 3
LIKE = 8  # words that a beginning may stand for

BATCH = 5_000

WORD, DOCUMENT = SearchWord.__table__, SearchDocument.__table__


@dataclass(frozen=True)
class Known:
    """What the vocabulary says of some stems, and how many questions there are in all."""

    total: int
    rows: Mapping[str, AnyRow]

    def rarity(self, stem: str) -> float:
        """Inverse document frequency: 0 for a word that no question has."""
        row = self.rows.get(stem)
        return _rarity(self.total, row.questions) if row else 0.0

    def rarity_of(self, questions: int) -> float:
        """That of something which this many questions have."""
        return _rarity(max(self.total, questions), questions)

    @property
    def greatest_rarity(self) -> float:
        """That of a word in a single question."""
        return _rarity(max(self.total, 1), 1)

    def questions_with(self, stem: str) -> int:
        """How many questions have it anywhere."""
        row = self.rows.get(stem)
        return row.questions if row else 0

    def headings_with(self, stem: str) -> int:
        """How many questions have it in the title or in a name."""
        row = self.rows.get(stem)
        return row.headings if row else 0


def known(stems: Collection[str]) -> Known:
    """What the vocabulary says of these stems, in one statement."""
    rows = db.session.execute(select(WORD).where(WORD.c.stem.in_({ALL, *stems})))
    found = {row.stem: row for row in rows}
    everything = found.pop(ALL, None)
    return Known(everything.questions if everything else 0, found)


def beginning_with(letters: str) -> list[AnyRow]:
    """The most used words that begin with these letters."""
    last = letters[:-1] + chr(ord(letters[-1]) + 1)
    return list(
        db.session.execute(
            select(WORD)
            .where(
                or_(
                    and_(WORD.c.word >= letters, WORD.c.word < last),
                    and_(WORD.c.stem >= letters, WORD.c.stem < last),
                )
            )
            .order_by(WORD.c.questions.desc())
            .limit(LIKE)
        )
    )


def spelled_like(words: Sequence[str], *, in_message: bool = False) -> dict[str, AnyRow]:
    """For each of these words that has one, the known word it most likely is, in one statement.

    One or two wrong, missing, added or swapped letters in a word of five letters or more. Where
    several are as near, the one that more questions have. `in_message`: the words are from a long
    message, most of whose unknown words are spelled rightly; only what questions are about counts.
    """
    words = [word for word in words if _may_be_misspelled(word)]
    if not words:
        return {}
    nearby = select(WORD).where(or_(*map(_near, words)))
    if in_message:
        nearby = nearby.where(WORD.c.headings > 0)
    near = db.session.execute(nearby).all()
    found = ((word, _nearest(word, near, in_message)) for word in words)
    return {word: row for word, row in found if row is not None}


def _may_be_misspelled(word: str) -> bool:
    return len(word) >= SHORTEST_MISSPELLED and not any(map(str.isdigit, word))


def _near(word: str) -> ColumnElement[bool]:
    """The same beginning or the same end: narrow enough to be compared letter by letter."""
    head, stem = word[: HEAD if len(word) >= LONG else 1], stem_of(word)
    span = LOST_ENDING if len(word) >= LONG else MOST_WRONG
    length = WORD.c.length.between(len(stem) - span, len(stem) + span)
    last = head[:-1] + chr(ord(head[-1]) + 1)
    begins = and_(WORD.c.stem >= head, WORD.c.stem < last)
    return and_(length, or_(begins, WORD.c.tail == stem[-TAIL:]))


def _nearest(word: str, rows: Iterable[AnyRow], in_message: bool) -> AnyRow | None:
    stem = stem_of(word)
    best: tuple[tuple[int, bool, int], AnyRow] | None = None
    for row in rows:
        distance = min(
            OSA.distance(word, row.word, score_cutoff=MOST_WRONG),
            OSA.distance(stem, row.stem, score_cutoff=MOST_WRONG),
        )
        if row.stem and distance <= _wrong_letters(word, row, in_message):
            rank = (distance, row.word[:1] != word[:1], -row.questions)
            if best is None or rank < best[0]:
                best = (rank, row)
    return best[1] if best else None


def _wrong_letters(word: str, known: AnyRow, in_message: bool) -> int:
    """How many letters may be wrong: two in a short word only of what some question is about."""
    is_topic = known.headings > 0 and known.word[0] == word[0]
    return MOST_WRONG if len(word) >= LONG or (is_topic and not in_message) else 1


def count(
    before: Iterable[Mapping[str, Any]],
    after: Iterable[Mapping[str, Any]],
    spelled: Mapping[str, str],
) -> None:
    """Documents were replaced by others: count their words again, in this transaction."""
    questions, headings = Counter[str](), Counter[str]()
    for documents, step in ((before, -1), (after, 1)):
        for document in documents:
            _add(questions, _stems_of(document, FIELDS), step)
            _add(headings, _stems_of(document, HEADING_FIELDS), step)
            questions[ALL] += step
    # In one order, so that two who count the same words wait for each other instead of for ever.
    changed = sorted(stem for stem in questions if questions[stem] or headings[stem])
    if not changed:
        return
    db.session.execute(
        _counted(),
        [_row(stem, spelled.get(stem, stem), questions[stem], headings[stem]) for stem in changed],
    )
    _forget([stem for stem in changed if questions[stem] < 0])


def _forget(stems: Sequence[str]) -> None:
    """Words that no question has any more leave the vocabulary: a name stays nowhere."""
    for start in range(0, len(stems), BATCH):
        gone = WORD.c.stem.in_(stems[start : start + BATCH])
        db.session.execute(
            delete(SearchWord).where(gone, WORD.c.questions <= 0, WORD.c.stem != ALL)
        )


def drift() -> dict[str, tuple[int, int]]:
    """For each stem whose counts are wrong what has to be added to them; read in one picture."""
    questions, headings = Counter[str](), Counter[str]()
    for row in db.session.execute(select(DOCUMENT).execution_options(yield_per=500)):
        document = dict(row._mapping)
        _add(questions, _stems_of(document, FIELDS), 1)
        _add(headings, _stems_of(document, HEADING_FIELDS), 1)
        questions[ALL] += 1
    for row in db.session.execute(select(WORD)):
        questions[row.stem] -= row.questions
        headings[row.stem] -= row.headings
    return {
        stem: (questions[stem], headings[stem])
        for stem in sorted({*questions, *headings})
        if questions[stem] or headings[stem]
    }


def recount(spelled: Mapping[str, str] | None = None) -> None:
    """Put wrong counts right, in batches: people's own changes in between are kept.

    `spelled` says for stems which word they are of, for those that had been lost.
    """
    spelled = spelled or {}
    changes = list(drift().items())
    db.session.commit()
    for start in range(0, len(changes), BATCH):
        batch = changes[start : start + BATCH]
        rows = [_row(stem, spelled.get(stem, stem), *counts) for stem, counts in batch]
        db.session.execute(_counted(), rows)
        _forget([stem for stem, _ in batch])
        db.session.commit()


def _stems_of(document: Mapping[str, Any], fields: Sequence[str]) -> set[str]:
    return {stem for field in fields for stem in document[field].split() if stem != "|"}


def _add(counter: Counter[str], stems: Iterable[str], step: int) -> None:
    for stem in stems:
        counter[stem] += step


def _row(stem: str, word: str, questions: int, headings: int) -> dict[str, Any]:
    return {
        "stem": stem,
        "word": word,
        "length": len(stem),
        "tail": stem[-TAIL:],
        "questions": questions,
        "headings": headings,
    }


def _counted() -> Any:
    row = upsert(SearchWord)
    return row.on_conflict_do_update(
        index_elements=[SearchWord.stem],
        set_={
            "questions": SearchWord.questions + row.excluded.questions,
            "headings": SearchWord.headings + row.excluded.headings,
        },
    )


def _rarity(total: int, having: int) -> float:
    return math.log(1 + (total - having + 0.5) / (having + 0.5))
