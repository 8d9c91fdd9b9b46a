"""Reading what is on record about answers, as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, cast, func, or_, select

from board.config import settings
from board.core.database import AnyRow, db
from board.curation import states
from board.curation.models import (
    Citation,
    Evidence,
    Guideline,
    ProblemReport,
    Recall,
    RecallNotice,
    Removal,
    Risk,
    TagCare,
    Use,
    Verification,
)
from board.curation.rules import Bench, contributors, roles_of, verifiers_needed
from board.curation.states import Action, Role
from board.experts.models import Seat, Status
from board.experts.reaching import today
from board.people.models import Department, Member, Person
from board.posts.models import OUT_OF_USE, Answer, Kind, Post, PostTag, Revision, Standing
from board.posts.rules import writer_id

POST, SEAT, POST_TAG = Post.__table__, Seat.__table__, PostTag.__table__
PERSON, DEPARTMENT, CARE = Person.__table__, Department.__table__, TagCare.__table__
EVIDENCE, USE, VERIFICATION = Evidence.__table__, Use.__table__, Verification.__table__
RECALL, NOTICE = Recall.__table__, RecallNotice.__table__
GUIDELINE, CITATION = Guideline.__table__, Citation.__table__
REMOVAL, REPORT = Removal.__table__, ProblemReport.__table__
REVISION = Revision.__table__


_ASKED, _OWNER = POST.alias("asked"), PERSON.alias("owner")

SHOWN = 200
DATED = (Standing.VERIFIED, Standing.REVIEW_DUE, Standing.EXPIRED)


@dataclass(frozen=True)
class OnThread:
    """What stands beside the answers of a question, for whoever reads."""

    reader: Member
    answers: Mapping[int, AnyRow]

    @property
    def is_high_risk(self) -> bool:
        """Whether a tag of the question is."""
        return any(row.risk == Risk.HIGH for row in self.answers.values())

    def may(self, post: AnyRow, action: str) -> bool:
        """Whether whoever reads may do this with the answer now; by the action's name."""
        return states.may(post.standing, Action[action], self._roles(post))

    def _roles(self, post: AnyRow) -> frozenset[Role]:
        row = self.answers[post.id]
        needed = verifiers_needed(is_high_risk=row.risk == Risk.HIGH)
        wrote = contributors(_pairs(row.wrote), _pairs(row.checked), needed)
        bench = Bench(writer_id(post), _ids(row.experts), _ids(row.verifiers), wrote)
        return roles_of(self.reader, bench)


def on_thread(question_id: int, reader: Member) -> OnThread:
    """Everything about the answers of a question, in one statement."""
    parameters = {"question_id": question_id, "reader_id": reader.id}
    rows = db.session.execute(_ON_THREAD, parameters).all()
    return OnThread(reader, {row.id: row for row in rows})


def history(answer_id: int) -> Sequence[AnyRow]:
    """Every verification of an answer, those that ended included, latest first."""
    ender = PERSON.alias("ender")
    return db.session.execute(
        select(
            *(column for column in VERIFICATION.c),
            PERSON.c.name,
            PERSON.c.handle,
            PERSON.c.profession,
            ender.c.name.label("ender"),
        )
        .join(PERSON, PERSON.c.id == VERIFICATION.c.verified_by_id)
        .outerjoin(ender, ender.c.id == VERIFICATION.c.ended_by_id)
        .where(VERIFICATION.c.answer_id == answer_id)
        .order_by(VERIFICATION.c.id.desc())
    ).all()


def open_reports(answer_id: int) -> Sequence[AnyRow]:
    """What people say is wrong with an answer and nobody has settled, oldest first."""
    return db.session.execute(
        select(REPORT.c.kind, REPORT.c.words, REPORT.c.reported_at, PERSON.c.name, PERSON.c.handle)
        .join(PERSON, PERSON.c.id == REPORT.c.person_id)
        .where(REPORT.c.answer_id == answer_id, REPORT.c.settled_at.is_(None))
        .order_by(REPORT.c.id)
    ).all()


def answers_beside(answer: Answer) -> Sequence[AnyRow]:
    """The question's other answers that can be read: what may take this one's place."""
    return db.session.execute(
        select(POST.c.id, POST.c.excerpt, POST.c.shown_as, PERSON.c.name.label("author"))
        .outerjoin(PERSON, PERSON.c.id == POST.c.author_id)
        .where(
            POST.c.question_id == answer.question_id,
            POST.c.kind == Kind.ANSWER,
            POST.c.id != answer.id,
            POST.c.hidden_at.is_(None),
            POST.c.replaced_by_id.is_(None),
        )
        .order_by(POST.c.id)
    ).all()


def to_review(person_id: int, *, with_ownerless: bool = False) -> Sequence[AnyRow]:
    """What this person verified or looks after whose review comes up or is over, longest first."""
    soon = today() + timedelta(days=settings().review_notice_days)
    verified = select(VERIFICATION.c.id).where(
        VERIFICATION.c.answer_id == POST.c.id,
        VERIFICATION.c.verified_by_id == person_id,
        VERIFICATION.c.ended_at.is_(None),
    )
    mine = or_(POST.c.owner_id == person_id, verified.exists())
    if with_ownerless:
        mine = or_(mine, POST.c.owner_id.is_(None))
    # What waits for a second one can be verified anew by the first once their own date is over.
    over = and_(POST.c.standing == Standing.PARTLY, POST.c.review_by <= today())
    return _answers(mine, or_(POST.c.standing.in_(DATED), over), POST.c.review_by <= soon)


def waiting_for_second() -> Sequence[AnyRow]:
    """High-risk answers that one has verified: longest waiting first."""
    return _answers(POST.c.standing == Standing.PARTLY)


def due_within(days: int) -> Sequence[AnyRow]:
    """Verified answers whose review date is over or comes up within so many days."""
    return _answers(POST.c.standing.in_(DATED), POST.c.review_by <= today() + timedelta(days=days))


def citing_outdated() -> Sequence[AnyRow]:
    """Answers in use that cite a version of a guideline that has a newer one."""
    cites = (
        select(CITATION.c.answer_id)
        .join(GUIDELINE, GUIDELINE.c.id == CITATION.c.guideline_id)
        .where(CITATION.c.answer_id == POST.c.id, GUIDELINE.c.superseded_at.is_not(None))
    )
    return _answers(POST.c.standing.not_in(OUT_OF_USE), cites.exists())


def reported_unsafe() -> Sequence[AnyRow]:
    """Answers that somebody reported as unsafe and nobody has decided about."""
    return _answers(POST.c.standing == Standing.UNSAFE)


def _answers(*conditions: ColumnElement[bool]) -> Sequence[AnyRow]:
    """Answers that can be read, with the title of their question, who owns and who wrote them."""
    return db.session.execute(
        select(
            POST.c.id,
            POST.c.question_id,
            POST.c.excerpt,
            POST.c.standing,
            POST.c.standing_why,
            POST.c.verified_by,
            POST.c.review_by,
            POST.c.revision_number,
            _ASKED.c.title,
            PERSON.c.name.label("author"),
            _OWNER.c.name.label("owner"),
        )
        .join(_ASKED, _ASKED.c.id == POST.c.question_id)
        .outerjoin(PERSON, PERSON.c.id == POST.c.author_id)
        .outerjoin(_OWNER, _OWNER.c.id == POST.c.owner_id)
        .where(
            POST.c.kind == Kind.ANSWER,
            POST.c.hidden_at.is_(None),
            _ASKED.c.hidden_at.is_(None),
            *conditions,
        )
        .order_by(POST.c.review_by, POST.c.id)
        .limit(SHOWN)
    ).all()


def _ids(joined: str | None) -> frozenset[int]:
    return frozenset(map(int, joined.split(","))) if joined else frozenset()


def _in_pairs(person: ColumnElement[Any], revision: ColumnElement[Any]) -> ColumnElement[str]:
    pair = cast(person, String).concat(":").concat(cast(revision, String))
    return func.aggregate_strings(pair, ",")


def _pairs(joined: str | None) -> list[tuple[int, int]]:
    """Of "3:1,4:2": a person and a revision each."""
    pairs = (each.split(":") for each in joined.split(",")) if joined else ()
    return [(int(person), int(revision)) for person, revision in pairs]


# Built once: every page of a question asks this.
_EXPERT = PERSON.alias("expert")
_EXPERTS = (
    select(func.aggregate_strings(cast(SEAT.c.person_id, String), ","))
    .select_from(SEAT)
    .join(POST_TAG, POST_TAG.c.tag_id == SEAT.c.tag_id)
    .join(_EXPERT, _EXPERT.c.id == SEAT.c.person_id)
    .where(
        POST_TAG.c.post_id == bindparam("question_id"),
        SEAT.c.status == Status.CONFIRMED.value,
        _EXPERT.c.deactivated_at.is_(None),
    )
)
_RISK = (
    select(func.max(CARE.c.risk))
    .join(POST_TAG, POST_TAG.c.tag_id == CARE.c.tag_id)
    .where(POST_TAG.c.post_id == bindparam("question_id"))
)
_VERIFIERS = (
    select(func.aggregate_strings(cast(VERIFICATION.c.verified_by_id, String), ","))
    .where(VERIFICATION.c.answer_id == POST.c.id, VERIFICATION.c.ended_at.is_(None))
    .correlate(POST)
)
_WROTE = (
    select(_in_pairs(REVISION.c.editor_id, REVISION.c.number))
    .where(REVISION.c.post_id == POST.c.id, REVISION.c.editor_id.is_not(None))
    .correlate(POST)
)
_CHECKED = (
    select(_in_pairs(VERIFICATION.c.verified_by_id, VERIFICATION.c.revision))
    .where(VERIFICATION.c.answer_id == POST.c.id)
    .correlate(POST)
)
_REPORTS = (
    select(func.count())
    .select_from(REPORT)
    .where(REPORT.c.answer_id == POST.c.id, REPORT.c.settled_at.is_(None))
    .correlate(POST)
)
_CITED_NAME = GUIDELINE.c.title.concat(", version ").concat(GUIDELINE.c.version)
_CITES = (
    select(func.aggregate_strings(_CITED_NAME, "; "))
    .select_from(CITATION)
    .join(GUIDELINE, GUIDELINE.c.id == CITATION.c.guideline_id)
    .where(CITATION.c.answer_id == POST.c.id)
    .correlate(POST)
)
# A recall of the answer that whoever reads was told of and has not acknowledged.
_RECALL = (
    select(func.max(RECALL.c.id))
    .select_from(RECALL)
    .join(NOTICE, NOTICE.c.recall_id == RECALL.c.id)
    .where(
        RECALL.c.answer_id == POST.c.id,
        RECALL.c.ended_at.is_(None),
        NOTICE.c.person_id == bindparam("reader_id"),
        NOTICE.c.acknowledged_at.is_(None),
    )
    .correlate(POST)
)

_ON_THREAD = (
    select(
        POST.c.id,
        *(column for column in EVIDENCE.c if column.key not in ("answer_id", "applies_to")),
        DEPARTMENT.c.name.label("department"),
        USE.c.used_at,
        REMOVAL.c.reason.label("removed_because"),
        REMOVAL.c.removed_at,
        PERSON.c.name.label("remover"),
        _OWNER.c.name.label("owner"),
        _VERIFIERS.scalar_subquery().label("verifiers"),
        _WROTE.scalar_subquery().label("wrote"),
        _CHECKED.scalar_subquery().label("checked"),
        _EXPERTS.scalar_subquery().label("experts"),
        _RISK.scalar_subquery().label("risk"),
        _REPORTS.scalar_subquery().label("reports"),
        _CITES.scalar_subquery().label("cites"),
        _RECALL.scalar_subquery().label("recall_id"),
    )
    .select_from(POST)
    .outerjoin(EVIDENCE, EVIDENCE.c.answer_id == POST.c.id)
    .outerjoin(DEPARTMENT, DEPARTMENT.c.id == EVIDENCE.c.department_id)
    .outerjoin(USE, and_(USE.c.answer_id == POST.c.id, USE.c.person_id == bindparam("reader_id")))
    .outerjoin(REMOVAL, and_(REMOVAL.c.answer_id == POST.c.id, REMOVAL.c.ended_at.is_(None)))
    .outerjoin(
        PERSON,
        and_(
            PERSON.c.id == REMOVAL.c.removed_by_id,
            PERSON.c.id.is_distinct_from(POST.c.confider_id),
        ),
    )
    .outerjoin(_OWNER, _OWNER.c.id == POST.c.owner_id)
    .where(POST.c.question_id == bindparam("question_id"), POST.c.kind == Kind.ANSWER.value)
)
