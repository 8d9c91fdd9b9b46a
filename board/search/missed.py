"""Asked for, not found: what people searched for in vain, so that somebody can write it.

People type patients' names into a search. Only words that the board's questions or its synonyms
use are kept, in the order they were typed, with the day and nobody's name; after 90 days they go.
Of a search in which something looks like a patient's details nothing is kept.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select

from board.config import settings
from board.core.clock import now
from board.core.database import AnyRow, AnySelect, apart, db, upsert
from board.people.models import Member
from board.privacy.guarding import kinds_in
from board.search.analysing import everyday_words, function_words, stem_of, stems, words
from board.search.models import MissedSearch
from board.search.understanding import Asked
from board.tags.models import Tag, TagSynonym

KEPT_DAYS = 90
MOST_SHOWN = 200
SHOWN_FROM = 3  # times: what one person typed once is nobody's business
MOST_WORDS = 8
# A word of fewer questions may be somebody's name.
USED_IN = 3


def may_see_missed(person: Member) -> bool:
    """Moderators turn them into questions, answers and synonyms."""
    return person.is_moderator


def note(typed: str, asked: Asked) -> None:
    """Count a search that found nothing of use; in a transaction of its own."""
    kept = _kept(typed, asked)
    if not kept or kinds_in(typed):
        return
    with apart() as session:
        row = upsert(MissedSearch).values(words=kept, day=_today(), times=1)
        session.execute(
            row.on_conflict_do_update(
                index_elements=[MissedSearch.words, MissedSearch.day],
                set_={"times": MissedSearch.times + 1},
            )
        )
        session.execute(delete(MissedSearch).where(MissedSearch.day < _oldest()))


def missed() -> AnySelect:
    """What was searched for in vain three times or more, the most wanted first."""
    times, last = func.sum(MissedSearch.times), func.max(MissedSearch.day)
    return (
        select(MissedSearch.words, times.label("times"), last.label("last"))
        .where(MissedSearch.day >= _oldest())
        .group_by(MissedSearch.words)
        .having(times >= SHOWN_FROM)
        .order_by(times.desc(), MissedSearch.words)
    )


def shown() -> Sequence[AnyRow]:
    """What moderators are shown of it."""
    return db.session.execute(missed().limit(MOST_SHOWN)).all()


def by_tag(rows: Sequence[AnyRow]) -> Mapping[str, list[AnyRow]]:
    """Those of the searches in which a tag or a synonym of it was typed, by the tag's name."""
    found: dict[str, list[AnyRow]] = defaultdict(list)
    typed = [(row, set(stems(row.words))) for row in rows]
    for name, names in _tags().items():
        wanted = [set(stems(each.replace("-", " "))) for each in names]
        found[name] = [row for row, has in typed if any(each and each <= has for each in wanted)]
    return found


def _tags() -> Mapping[str, list[str]]:
    """Every name of each tag that is in use."""
    names: dict[str, list[str]] = defaultdict(list)
    pairs = select(Tag.name, TagSynonym.name).outerjoin(TagSynonym, TagSynonym.tag_id == Tag.id)
    for tag, synonym in db.session.execute(pairs.where(Tag.merged_into_id.is_(None))):
        names[tag] = [*(names[tag] or [tag]), *([synonym] if synonym else [])]
    return names


def _kept(typed: str, asked: Asked) -> str:
    """The words that may be kept: used on the board, or in its synonyms."""
    telling = []
    for word in words(typed):
        stem = stem_of(word)
        is_used = stem in asked.named or asked.known.questions_with(stem) >= USED_IN
        if is_used and stem not in function_words() | everyday_words():
            telling.append(word)
    return " ".join(list(dict.fromkeys(telling))[:MOST_WORDS])


def _today() -> date:
    return now().astimezone(ZoneInfo(settings().time_zone)).date()


def _oldest() -> date:
    return _today() - timedelta(days=KEPT_DAYS)
