"""What the worker does about review dates: tells in time, marks what is due, and what expired.

Each task does a batch and commits, finds what is due by the dates alone and so catches up after
any time it did not run; a second run finds nothing.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core import clock
from board.core.database import db
from board.curation import deciding, reporting, states
from board.curation.models import ReviewTask
from board.curation.states import Action
from board.experts.reaching import today
from board.people.models import CONSOLE
from board.posts import writing
from board.posts.models import Answer, Post, Standing

BATCH = 50
MOST_A_DAY = 5  # reviews that one person is told of
STANDS = (Standing.VERIFIED, Standing.PARTLY)


def tell_in_time() -> int:
    """Tell whoever looks after an answer that its review comes up; once a review date, and of a few
    answers a day: whoever is told of forty at once verifies without reading.
    """
    soon = today() + timedelta(days=settings().review_notice_days)
    told = select(ReviewTask.answer_id).where(
        ReviewTask.answer_id == Answer.id, ReviewTask.review_by == Answer.review_by
    )
    due = _next(
        Answer.review_by <= soon,
        ~told.exists(),
        Answer.standing.in_((Standing.VERIFIED, Standing.PARTLY)),
        _told_today() < MOST_A_DAY,
    )
    # One for each person, what comes up first: the next run takes up what is left of today's.
    due = list({answer.owner_id: answer for answer in reversed(due)}.values())
    for answer in due:
        assert answer.review_by is not None
        db.session.add(ReviewTask(answer_id=answer.id, review_by=answer.review_by))
        held = deciding.held(CONSOLE, answer)
        tells = sorted({*held.bench.verifiers, *filter(None, [answer.owner_id])})
        record(CONSOLE, Verb.REVIEW_NEAR, answer, tells=tells, moderators=answer.owner_id is None)
    db.session.commit()
    return len(due)


def mark_due() -> int:
    """The review date of these is over: they say so."""
    waits_still = and_(
        Answer.standing == Standing.PARTLY, Answer.standing_why.not_in(reporting.CALLED)
    )
    is_marked = or_(Answer.standing == Standing.VERIFIED, waits_still)
    due = _next(Answer.review_by < today(), is_marked)
    for answer in due:
        reporting.call_for_review(answer, "date")
    db.session.commit()
    return len(due)


def expire() -> int:
    """Nobody reviewed these for too long: they no longer count as verified."""
    last = _last_day_of_grace()
    unreviewed = Answer.standing.in_((Standing.REVIEW_DUE, Standing.PARTLY))
    due = _next(Answer.review_by < last, unreviewed)
    for answer in due:
        answer.standing = states.after(answer.standing, Action.EXPIRE, deciding.THE_BOARD)
        db.session.flush()
        assert answer.question_id is not None
        deciding.refresh_question(answer.question_id)
        writing.raise_version(answer.question_id)
        held = deciding.held(CONSOLE, answer)
        tells, nobodys = deciding.concerned(held), answer.owner_id is None
        record(CONSOLE, Verb.REVIEW_EXPIRED, answer, tells=tells, moderators=nobodys)
    db.session.commit()
    return len(due)


def _told_today() -> ColumnElement[int]:
    """Beside an answer: of how many answers whoever looks after it was told today."""
    others = aliased(Post)
    return (
        select(func.count())
        .select_from(ReviewTask)
        .join(others, others.id == ReviewTask.answer_id)
        .where(
            ReviewTask.told_at >= clock.end_of(today() - timedelta(days=1), settings().time_zone),
            others.owner_id.is_not_distinct_from(Answer.owner_id),
        )
        .correlate(Answer)
        .scalar_subquery()
    )


def _last_day_of_grace() -> date:
    return today() - timedelta(days=settings().review_expiry_days)


def _next(*conditions: ColumnElement[bool]) -> Sequence[Answer]:
    """The next answers of which this is so, held; longest due first."""
    return db.session.scalars(
        select(Answer)
        .where(Answer.review_by.is_not(None), Answer.hidden_at.is_(None), *conditions)
        .order_by(Answer.review_by, Answer.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
