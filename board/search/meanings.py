"""What may stand for words that were said: synonyms, and tags of that name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    String,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)

from board.core.database import db
from board.posts.lists import TAG
from board.search.analysing import function_words
from board.search.models import Synonym
from board.tags.models import TagSynonym

LONGEST_PHRASE = 5  # words

SYNONYM, TAG_SYNONYM = Synonym.__table__, TagSynonym.__table__

_PHRASES: Any = bindparam("phrases", expanding=True)
_NAMES: Any = bindparam("names", expanding=True)

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Same:
    """Stems that mean the same; or a tag as it is indexed, with how many questions it has."""

    stems: Stems
    tagged: int = 0


def of(said: Sequence[str], words: Sequence[str]) -> dict[Stems, list[Same]]:
    """For the phrases among these stems (and their words) what means the same; one statement."""
    phrases, names = dict[str, Stems](), dict[str, Stems]()
    for start in range(len(said)):
        for end in range(start + 1, min(start + LONGEST_PHRASE, len(said)) + 1):
            phrase = tuple(said[start:end])
            phrases[" ".join(phrase)] = names["-".join(words[start:end])] = phrase
    meant: dict[Stems, list[Same]] = {}
    if phrases:
        for row in db.session.execute(
            _statement(), {"phrases": list(phrases), "names": list(names)}
        ):
            phrase = names[row.said] if row.tagged is not None else phrases[row.said]
            meant.setdefault(phrase, []).append(_same(row.meant, row.tagged))
    return meant


def _same(meant: str, tagged: int | None) -> Same:
    stems = tuple(meant.split())
    telling = tuple(stem for stem in stems if stem not in function_words())
    return Same(telling or stems, max(tagged, 1) if tagged is not None else 0)


@cache
def _statement() -> CompoundSelect[Any]:
    other = SYNONYM.alias()
    synonyms = (
        select(
            SYNONYM.c.stems.label("said"),
            other.c.stems.label("meant"),
            cast(null(), Integer).label("tagged"),
        )
        .join(other, other.c.group_id == SYNONYM.c.group_id)
        .where(SYNONYM.c.stems.in_(_PHRASES), other.c.stems != SYNONYM.c.stems)
    )
    main = select(TAG.c.id, TAG.c.name).where(TAG.c.name.in_(_NAMES))
    by_synonym = select(TAG_SYNONYM.c.tag_id, TAG_SYNONYM.c.name).where(
        TAG_SYNONYM.c.name.in_(_NAMES)
    )
    named = union_all(main, by_synonym).subquery()
    # A merged tag's questions are still indexed under its id.
    tags = select(named.c.name, literal("t") + cast(TAG.c.id, String), TAG.c.question_count).join(
        TAG, or_(TAG.c.id == named.c.id, TAG.c.merged_into_id == named.c.id)
    )
    return union_all(synonyms, tags)
