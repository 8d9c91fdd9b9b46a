"""What lies in the queue of curation's: unsafe answers, second verifications, reviews."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import AnySelect, db
from board.core.queueing import Decision, Detail, QueueKind
from board.curation import deciding, queries, removing, reporting, states, undoing
from board.curation.deciding import Seen
from board.curation.models import Problem, ProblemReport, Verification
from board.curation.states import Action
from board.experts.reaching import today
from board.moderation.models import Flag, Reason
from board.moderation.reminding import ruled
from board.people.models import Person
from board.posts import hiding
from board.posts.models import Answer, Post, Question, Standing

WITHDRAWN_BECAUSE = "A colleague reported a problem with it, and a moderator agreed."
UNSAFE_ALONE = (Problem.UNSAFE,)
COMES_UP = timedelta(days=7)
AGAIN_AFTER = timedelta(days=7)

_ASKED = aliased(Post)
_SINCE = (
    select(func.min(ProblemReport.reported_at))
    .where(ProblemReport.answer_id == Answer.id, ProblemReport.settled_at.is_(None))
    .scalar_subquery()
)
_VERIFIED = (
    select(func.max(Verification.verified_at))
    .where(Verification.answer_id == Answer.id, Verification.ended_at.is_(None))
    .scalar_subquery()
)

_REPORTED = Answer.id.in_(  # few: found from the reports, not from all answers
    select(ProblemReport.answer_id).where(ProblemReport.settled_at.is_(None))
)
_FLAGGED = exists().where(
    Flag.post_id == Answer.id, Flag.reason == Reason.UNSAFE, Flag.outcome.is_(None)
)


def clear(moderator: Person, post: Post) -> Detail:
    """An answer said to be unsafe may be used again, where this moderator may say so. What else is
    said to be wrong with it waits on.
    """
    if not isinstance(post, Answer) or post.standing != Standing.UNSAFE:
        return {}
    if not states.may(post.standing, Action.CLEAR, deciding.held(moderator, post).roles):
        return {}
    return _kept(post, lambda: reporting.settle(moderator, post, _as_it_is(post), UNSAFE_ALONE))


def remove(moderator: Person, post: Post, words: str) -> Detail:
    """Out of sight; an answer that people may follow is withdrawn first."""
    if not (isinstance(post, Answer) and post.is_visible and hiding.is_followed(post)):
        removing.remove(moderator, post, words)
        return {}
    return _kept(post, lambda: removing.remove(moderator, post, words))


def put_back(moderator: Person, post_id: int, detail: Detail) -> None:
    """A decision about an answer is undone: it stands, and is reported, exactly as before."""
    if detail.get("was"):
        undoing.put_back(moderator, db.session.get_one(Answer, post_id), detail["was"])


def _kept(answer: Answer, decide: Callable[[], Sequence[int]]) -> Detail:
    """Decide, and keep what an undo has to put back."""
    was = undoing.as_it_stands(answer)
    settled = decide()
    return {"was": {**was, "settled": list(settled), "left": answer.standing}}


def _answers(since: ColumnElement[Any], *conditions: ColumnElement[bool]) -> AnySelect:
    """Answers that can be read, and since when they wait."""
    return (
        select(Answer.id.label("id"), func.coalesce(since, Answer.created_at).label("since"))
        .join(_ASKED, _ASKED.id == Answer.question_id)
        .where(Answer.hidden_at.is_(None), _ASKED.hidden_at.is_(None), *conditions)
    )


def _unsafe() -> AnySelect:
    """Those without an open flag: what is flagged is decided there first."""
    return _answers(_SINCE, Answer.standing == Standing.UNSAFE, ~_FLAGGED)


def _with_problem() -> AnySelect:
    """Those said to be wrong, unclear or out of date; what is unsafe waits further up."""
    return _answers(
        _SINCE,
        _REPORTED,
        Answer.standing != Standing.UNSAFE,
        ~ruled("problem", within=AGAIN_AFTER, subject=Answer.id),
    )


def _own(person_id: int) -> AnySelect:
    """Reported answers that this person wrote, or reported themselves."""
    wrote = or_(Answer.author_id == person_id, Answer.confider_id == person_id)
    return (
        select(Answer.id.label("id"))
        .join(ProblemReport, ProblemReport.answer_id == Answer.id)
        .where(ProblemReport.settled_at.is_(None), or_(wrote, ProblemReport.person_id == person_id))
    )


def _for_second() -> AnySelect:
    waits = Answer.standing == Standing.PARTLY
    return _answers(_VERIFIED, waits, ~ruled("second", within=AGAIN_AFTER, subject=Answer.id))


def _for_review() -> AnySelect:
    """What expired too, until it is renewed, withdrawn or superseded."""
    return _answers(
        _VERIFIED,
        Answer.standing.in_((Standing.VERIFIED, Standing.REVIEW_DUE, Standing.EXPIRED)),
        Answer.review_by <= today() + COMES_UP,
        ~ruled("review", within=AGAIN_AFTER, subject=Answer.id),
    )


def _show(answer_id: int) -> Mapping[str, Any]:
    answer = db.session.get_one(Answer, answer_id)
    return {
        "post": answer,
        "question": db.session.get_one(Question, answer.question_id),
        "reports": queries.open_reports(answer_id),
        "owner": db.session.get(Person, answer.owner_id) if answer.owner_id else None,
    }


def _withdraw(moderator: Person, answer_id: int, words: str) -> Detail:
    answer = db.session.get_one(Answer, answer_id)
    because = words or WITHDRAWN_BECAUSE
    return _kept(answer, lambda: removing.withdraw(moderator, answer, _as_it_is(answer), because))


def _clear(moderator: Person, answer_id: int, words: str) -> Detail:
    answer = db.session.get_one(Answer, answer_id)
    return _kept(
        answer, lambda: reporting.settle(moderator, answer, _as_it_is(answer), UNSAFE_ALONE)
    )


def _settle(moderator: Person, answer_id: int, words: str) -> Detail:
    answer = db.session.get_one(Answer, answer_id)
    return _kept(answer, lambda: reporting.settle(moderator, answer, _as_it_is(answer)))


def _remind(moderator: Person, answer_id: int, words: str) -> Detail:
    """Whoever can verify it hears that it waits for them: of two, whoever has not; at a review,
    whoever looks after it and the experts of its tags.
    """
    answer = db.session.get_one(Answer, answer_id)
    if answer.standing == Standing.PARTLY:
        deciding.ask_for_second(moderator, answer)
    else:
        held = deciding.held(moderator, answer)
        tells = sorted({*deciding.concerned(held), *held.bench.experts})
        record(moderator, Verb.REVIEW_NEAR, answer, tells=tells)
    return {}


def _show_experts(moderator: Person, answer_id: int, words: str) -> Detail:
    """Whoever looks after it and the experts of its topic hear that there is a problem with it."""
    answer = db.session.get_one(Answer, answer_id)
    held = deciding.held(moderator, answer)
    tells = sorted({*deciding.concerned(held), *held.bench.experts})
    record(moderator, Verb.PROBLEM_REPORTED, answer, tells=tells)
    return {}


def _leave(moderator: Person, answer_id: int, words: str) -> Detail:
    return {}


def _undo_nothing(moderator: Person, answer_id: int, detail: Detail) -> None:
    """The ruling itself was all."""


def _as_it_is(answer: Answer) -> Seen:
    """The queue shows one item to one moderator; what changed since ends the item by itself."""
    return Seen(answer.revision_number, answer.standing)


_ABOUT_VERIFYING = (
    Decision("remind", "Remind who knows it", "reminded", "r", _remind),
    Decision("leave", "Look again in a week", "left for a week", "s", _leave, _undo_nothing),
)

REPORTED = QueueKind(
    "reported",
    "An answer is said to be unsafe",
    True,
    _unsafe,
    "queue/_answer.html",
    _show,
    (
        Decision("withdraw", "Withdraw it", "withdrawn", "r", _withdraw, put_back, is_grave=True),
        Decision("clear", "It is safe", "found to be safe", "n", _clear, put_back),
    ),
    _own,
)
PROBLEM = QueueKind(
    "problem",
    "A problem with an answer",
    True,
    _with_problem,
    "queue/_answer.html",
    _show,
    (
        Decision("withdraw", "Withdraw it", "withdrawn", "r", _withdraw, put_back, is_grave=True),
        Decision("settle", "Looked at, it is settled", "settled", "n", _settle, put_back),
        Decision("remind", "Show it to who knows it", "shown to who knows it", "t", _show_experts),
        Decision("leave", "Look again in a week", "left for a week", "s", _leave, _undo_nothing),
    ),
    _own,
)
SECOND = QueueKind(
    "second",
    "High-risk, waits for a second verification",
    True,
    _for_second,
    "queue/_answer.html",
    _show,
    _ABOUT_VERIFYING,
)
REVIEW = QueueKind(
    "review",
    "Its review comes up this week or is over, or it expired",
    False,
    _for_review,
    "queue/_answer.html",
    _show,
    _ABOUT_VERIFYING,
)
