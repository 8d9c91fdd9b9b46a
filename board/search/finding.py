"""Finding questions: `find("how long does a started insulin pen keep")`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy import ColumnElement, FromClause, column, func, literal, or_, select, table

from board.config import settings
from board.core.database import AnyRow, db
from board.core.errors import Missing
from board.core.markup import plain
from board.posts.lists import DEPARTMENT, PERSON, POST, ROW, TAG
from board.posts.models import OUT_OF_USE, RELIABLE, Kind, Standing
from board.posts.queries import has_answer
from board.search import candidates, grammar
from board.search.analysing import stems
from board.search.excerpts import excerpt, marked
from board.search.grammar import Query
from board.search.ranking import Ranked, is_complete, ranked
from board.search.understanding import Asked, corrected, understand
from board.search.wanted import Wanted, all_of, terms
from board.tags.models import TagSynonym
from board.tags.naming import normal

# Search stands above curation: of what an answer rests on it knows where the answer holds.
_EVIDENCE = table("evidence", column("answer_id"), column("setting"), column("site"))

PAGE_SIZE = 10
# Days beyond these may have no midnight in some zone, and nothing was asked then.
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
POOR = 0.5  # of what the words of a query weigh together
FURTHEST = candidates.MOST_CANDIDATES


class Sort(StrEnum):
    """The order of results."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True)
class Result:
    """A question found, ready to be shown. `is_from_answer` says where the passage stands."""

    question: AnyRow
    title: Markup
    excerpt: Markup
    is_from_answer: bool
    score: float


@dataclass(frozen=True)
class Found:
    """One page of results, how many there are in all, and where the next page begins.

    `asked.corrected` maps misspelled words to those that were searched instead; `is_capped`: there
    are more than were looked at; `is_poor`: nothing here is what was asked for.
    """

    query: Query
    asked: Asked
    total: int
    results: Sequence[Result]
    next: int | None
    is_capped: bool = False
    is_poor: bool = False
    notes: Sequence[str] = ()

    @property
    def searched(self) -> str:
        """The query as it was searched, its misspelled words corrected."""
        return corrected(self.query.text, self.asked.corrected)

    @property
    def as_searched(self) -> str:
        """The same with the filters that were typed among the words."""
        return corrected(self.query.typed, self.asked.corrected)


def find(
    typed: str,
    after: int = 0,
    *,
    sort: Sort = Sort.RELEVANCE,
    exactly: bool = False,
    limit: int = PAGE_SIZE,
    filters: str = "",
) -> Found:
    """The questions that fit a query best, a page at a time.

    `exactly`: search the words as they were typed, whether or not they look misspelled.
    Raises `Missing` for a page that cannot be.
    """
    if not 0 <= after <= FURTHEST:
        raise Missing("That page does not exist. Start again from the first one.")
    query = grammar.parse(typed, filters)
    asked = understand(query.text, correcting=not exactly)
    wanted, notes = as_wanted(query, asked)
    in_order = _in_order(wanted, asked, sort) if wanted else []
    if wanted and wanted.phrases and not in_order:
        apart = replace(wanted, phrases=())
        in_order = _in_order(apart, asked, sort) if has_words(apart) else []
        notes.append("No question has exactly these words in this order; they were searched apart.")
    shown = in_order[after : after + limit]
    is_more = len(in_order) > after + limit
    return Found(
        query,
        asked,
        len(in_order),
        results(shown, asked),
        after + limit if is_more else None,
        is_capped=len(in_order) == candidates.MOST_CANDIDATES,
        is_poor=_is_poor(in_order, asked),
        notes=[*query.notes, *notes],
    )


def results(shown: Sequence[Ranked], asked: Asked) -> list[Result]:
    """What a page shows of these questions, in two statements however many they are."""
    ids = [each.candidate.question_id for each in shown]
    if not ids:
        return []
    rows, texts = _rows(ids), _texts(ids)
    return [
        _result(rows[id], texts.get(id, []), asked, each.score)
        for id, each in zip(ids, shown, strict=True)
        if id in rows
    ]


def _is_poor(in_order: Sequence[Ranked], asked: Asked) -> bool:
    """Whether no question has all of the words, nor much of what was asked in its heading."""
    enough = POOR * sum(concept.weight for concept in asked.concepts)
    if asked.unknown and len(asked.unknown) * 2 >= len(asked.concepts):
        return True
    return not any(is_complete(each, asked) or each.score >= enough for each in in_order)


def _in_order(wanted: Wanted, asked: Asked, sort: Sort) -> list[Ranked]:
    in_order = ranked(candidates.candidates(wanted), asked)
    if sort is Sort.NEWEST:
        in_order.sort(key=lambda each: (each.candidate.created_at, each.candidate.question_id))
        in_order.reverse()
    return in_order


def as_wanted(query: Query, asked: Asked) -> tuple[Wanted | None, list[str]]:
    """What the engine is asked for, and what could not be taken as it was meant."""
    conditions, notes = list(_conditions(query)), []
    tag_ids = []
    for name in query.tags:
        ids = _tag_ids(name)
        tag_ids.append(ids)
        if not ids:
            notes.append(f"There is no tag called “{name}”.")
    phrases = [tuple(stems(phrase)) for phrase in query.phrases]
    without = [tuple(stems(each)) for each in query.without]
    wanted = Wanted(
        terms(asked),
        all_of(asked),
        list(filter(None, phrases)),
        list(filter(None, without)),
        [ids or [0] for ids in tag_ids],
        conditions,
    )
    if not has_words(wanted) and (stems(query.text) or not query.has_filters):
        return None, notes  # words that nobody has used, or nothing at all
    return wanted, notes


def has_words(wanted: Wanted) -> bool:
    """Whether there is anything to look up, and not only filters."""
    return bool(wanted.any_of or wanted.all_of or wanted.must)


def _conditions(query: Query) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for name in query.authors:
        conditions.append(POST.c.author_id.in_(_people(name)))
    for name in query.departments:
        named = or_(
            DEPARTMENT.c.slug == name.lower(), func.lower(DEPARTMENT.c.name) == name.lower()
        )
        conditions.append(POST.c.department_id.in_(select(DEPARTMENT.c.id).where(named)))
    if query.is_answered is not None:
        conditions.append(
            POST.c.answer_count > 0 if query.is_answered else POST.c.answer_count == 0
        )
    if query.standing:
        conditions.append(_stands(query.standing))
    conditions += [_applies_to(whom) for whom in query.applies_to]
    conditions += [
        _holds_in(_EVIDENCE.c.setting.in_((where, "anywhere"))) for where in query.settings
    ]
    conditions += [
        _holds_in(or_(_EVIDENCE.c.site == "", _named(_EVIDENCE.c.site, site)))
        for site in query.sites
    ]
    if query.is_accepted:
        conditions.append(POST.c.accepted_id.is_not(None))
    if query.since:
        conditions.append(POST.c.created_at >= _midnight(query.since))
    if query.until:
        conditions.append(POST.c.created_at < _midnight(query.until) + timedelta(days=1))
    return conditions


def _stands(standing: str) -> ColumnElement[bool]:
    """The question's best answer stands so; or any answer of it is reported as unsafe."""
    if standing != Standing.UNSAFE:
        return POST.c.standing.in_(RELIABLE if standing == Standing.VERIFIED else (standing,))
    return has_answer(lambda answer: answer.c.standing == standing)


def _applies_to(whom: str) -> ColumnElement[bool]:
    """An answer that can be read says that it applies to them, or to everybody."""

    def applies(answer: FromClause) -> ColumnElement[bool]:
        listed = literal(",").concat(answer.c.applies_to).concat(",")
        return or_(*(listed.contains(f",{each},", autoescape=True) for each in (whom, "all")))

    return has_answer(applies)


def _holds_in(place: ColumnElement[bool]) -> ColumnElement[bool]:
    """An answer that can be read says so of where it holds; one that says nothing does not."""

    def holds(answer: FromClause) -> ColumnElement[bool]:
        said = select(_EVIDENCE.c.answer_id).where(_EVIDENCE.c.answer_id == answer.c.id, place)
        return said.correlate(answer).exists()

    return has_answer(holds)


def _named(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    return func.lower(column).contains(name.lower(), autoescape=True)


def _people(name: str) -> ColumnElement[int]:
    lower = name.lower()
    return select(PERSON.c.id).where(
        or_(PERSON.c.handle == lower, func.lower(PERSON.c.name).contains(lower, autoescape=True))
    )  # type: ignore[return-value]


def _tag_ids(name: str) -> list[int]:
    """The tag of this name or synonym, and those that were merged into it."""
    name = normal(name)
    of_synonym = select(TagSynonym.tag_id).where(TagSynonym.name == name)
    tag = select(TAG.c.id).where(or_(TAG.c.name == name, TAG.c.id.in_(of_synonym)))
    return list(
        db.session.scalars(
            select(TAG.c.id).where(or_(TAG.c.id.in_(tag), TAG.c.merged_into_id.in_(tag)))
        )
    )


def _midnight(day: date) -> datetime:
    zone = ZoneInfo(settings().time_zone)
    day = min(max(day, EARLIEST), LATEST)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _rows(ids: Sequence[int]) -> dict[int, AnyRow]:
    rows = db.session.execute(
        select(*ROW, POST.c.external_id)
        .select_from(POST)
        .outerjoin(PERSON, PERSON.c.id == POST.c.author_id)
        .outerjoin(DEPARTMENT, DEPARTMENT.c.id == POST.c.department_id)
        .where(POST.c.id.in_(ids))
    )
    return {row.id: row for row in rows}


def _texts(ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """The question and its answers in use: verified first, then accepted, then the best."""
    question = POST.alias("question")
    rows = db.session.execute(
        select(POST.c.question_id, POST.c.kind, POST.c.body_html)
        .join(question, question.c.id == POST.c.question_id)
        .where(
            POST.c.question_id.in_(ids),
            POST.c.kind.in_([Kind.QUESTION, Kind.ANSWER]),
            POST.c.hidden_at.is_(None),
            POST.c.standing.not_in(OUT_OF_USE),
        )
        .order_by(
            POST.c.standing.in_(RELIABLE).desc(),
            (POST.c.id == question.c.accepted_id).desc(),
            POST.c.score.desc(),
            POST.c.id,
        )
    )
    texts: dict[int, list[AnyRow]] = {}
    for row in rows:
        texts.setdefault(row.question_id, []).append(row)
    return texts


def _result(question: AnyRow, texts: Sequence[AnyRow], asked: Asked, score: float) -> Result:
    """The passage comes from the best answer that has any of the words, else from the question."""
    wanted = asked.stems
    passages = [
        (text.kind == Kind.ANSWER, *excerpt(plain(text.body_html), wanted)) for text in texts
    ]
    answers = [each for each in passages if each[0]]
    chosen = next((each for each in answers if each[2]), None)
    chosen = chosen or next((each for each in passages if each[2]), None)
    is_answer, passage, _ = chosen or (answers or passages or [(False, Markup(""), 0)])[0]
    return Result(question, marked(question.title, wanted), passage, is_answer, score)
