"""What readers say of an answer: that they used it, or what is wrong with it."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, func, select, update

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db, upsert
from board.core.errors import Gone, Invalid, Refused
from board.curation import deciding, problems, states
from board.curation.deciding import Held, Seen
from board.curation.models import Ended, Problem, ProblemReport, Use
from board.curation.states import DECIDING, Action, Role
from board.curation.verifying import end_all, said
from board.experts.reaching import today
from board.people.models import CONSOLE, Person
from board.posts import writing
from board.posts.models import Answer, Kind, Post, Standing
from board.posts.rules import is_own

CALLED = ("date", "guideline", "out_of_date")  # why an answer has to be reviewed now
OUT_OF_DATE_AT = 2  # so many people say it: reviewed at once


def use(person: Person, answer: Answer) -> None:
    """They used it in their work; a second time changes nothing."""
    if not answer.is_visible:
        raise Gone("This answer has been removed.")
    if is_own(person, answer):
        raise Refused("You wrote this answer. Others say whether they used it.")
    row = upsert(Use).values(answer_id=answer.id, person_id=person.id, used_at=now())
    if db.session.execute(row.on_conflict_do_nothing().returning(Use.answer_id)).first():
        _count(answer, +1)
        record(person, Verb.USED, answer)


def unuse(person: Person, answer: Answer) -> None:
    """They did not use it after all; without a use, nothing changes."""
    row = delete(Use).where(Use.answer_id == answer.id, Use.person_id == person.id)
    if db.session.execute(row.returning(Use.answer_id)).first():
        _count(answer, -1)
        record(person, Verb.UNUSED, answer)


def report(person: Person, answer: Answer, kind: str, words: str = "") -> None:
    """Say what is wrong with it. Unsafe takes the verified mark away at once.

    Saying the same again changes only the words. Raises `Invalid`, `Gone` or `Conflict`.
    """
    if kind not in set(Problem):
        raise Invalid({"kind": "Choose what is wrong with it."})
    db.session.refresh(answer, with_for_update=True)
    if not answer.is_visible:
        raise Gone("This answer has been removed.")
    held = deciding.held(person, answer)
    if not _put_down(person, answer, kind, words):
        return
    if kind == Problem.UNSAFE:
        _unsafe(person, held)
    else:
        tells = _who_looks(person, held)
        record(person, Verb.PROBLEM_REPORTED, answer, kind=kind, tells=tells, moderators=not tells)
    if kind == Problem.OUT_OF_DATE and _how_many(answer, kind) >= OUT_OF_DATE_AT:
        call_for_review(answer, "out_of_date")


def follow_flag(deed: Deed) -> None:
    """A reaction: an answer flagged as unsafe is reported as unsafe, whichever button was near."""
    answer = db.session.get(Post, deed.subject.post_id)
    if isinstance(answer, Answer) and deed.activity.detail.get("reason") == Problem.UNSAFE:
        report(deed.actor, answer, Problem.UNSAFE, deed.subject.words)


def follow_move(deed: Deed) -> None:
    """A reaction: no answer becomes a comment over a report, which nobody would see any more.

    Raises `Refused`.
    """
    if deed.subject.kind == Kind.COMMENT and _open(deed.subject.id):
        raise Refused("Somebody says that something is wrong with it. Settle the report first.")


def settle(
    person: Person, answer: Answer, seen: Seen, kinds: Collection[str] = tuple(Problem)
) -> list[int]:
    """The open reports of these kinds were looked at and are settled; of an unsafe one, that it was
    unfounded. Returns which.

    Then the answer may be used again, but nobody has verified it: an expert can, at once.
    """
    held = deciding.hold(person, answer, seen)
    if answer.standing == Standing.UNSAFE:
        deciding.put(answer, held.after(Action.CLEAR), "cleared")
    elif not held.roles & DECIDING or Role.AUTHOR in held.roles:
        raise Refused(states.BY_OTHERS[Action.CLEAR])
    settled = problems.close_reports(person, answer, kinds)
    tells = [*deciding.concerned(held), *(each.person_id for each in settled)]
    record(person, Verb.PROBLEM_SETTLED, answer, tells=tells)
    return [each.id for each in settled]


def call_for_review(answer: Answer, why: str) -> None:
    """A verified answer is reviewed before its date; what is partly verified, overdue or expired
    stays so and says why, once. Of any other, nothing changes.
    """
    is_called = answer.standing != Standing.VERIFIED and answer.standing_why == why
    if not is_called and states.may(answer.standing, Action.CALL_FOR_REVIEW, deciding.THE_BOARD):
        held = deciding.held(CONSOLE, answer)
        tells = {*deciding.concerned(held), *(each.verified_by_id for each in held.standing)}
        for each in held.standing:
            each.review_by = min(each.review_by, today())
        after = states.after(answer.standing, Action.CALL_FOR_REVIEW, deciding.THE_BOARD)
        deciding.put(answer, after, why, needed=len(held.standing))
        nobodys = answer.owner_id is None
        record(CONSOLE, Verb.REVIEW_DUE, answer, tells=sorted(tells), moderators=nobodys)


def _unsafe(person: Person, held: Held) -> None:
    """The mark goes at once; what is out of use already stays so, and everybody is told."""
    answer = held.answer
    if states.may(answer.standing, Action.REPORT_UNSAFE, held.roles):
        after = held.after(Action.REPORT_UNSAFE)
        end_all(held.standing, person.id, Ended.UNSAFE)
        deciding.put(answer, after, Ended.UNSAFE)
    tells = sorted({*deciding.concerned(held), *held.bench.experts})
    record(person, Verb.UNSAFE_REPORTED, answer, tells=tells, moderators=True)


def _who_looks(person: Person, held: Held) -> list[int]:
    """Whom it concerns, as far as they work here; where nobody does, the experts of its topic."""
    for people in (deciding.concerned(held), held.bench.experts):
        here = select(Person.id).where(Person.id.in_(people), Person.deactivated_at.is_(None))
        found = db.session.scalars(here.where(Person.id != person.id).order_by(Person.id)).all()
        if found:
            return list(found)
    return []


def _put_down(person: Person, answer: Answer, kind: str, words: str) -> bool:
    """Whether it is new; of somebody who says it again, the words count."""
    mine = select(ProblemReport).filter_by(
        answer_id=answer.id, person_id=person.id, kind=kind, settled_at=None
    )
    row = db.session.scalar(mine)
    if row is None:
        made = ProblemReport(answer_id=answer.id, person_id=person.id, kind=kind, words=said(words))
        db.session.add(made)
        return True
    row.words = said(words) or row.words
    return False


def _how_many(answer: Answer, kind: str) -> int:
    return _open(answer.id, ProblemReport.kind == kind)


def _open(answer_id: int, *conditions: ColumnElement[bool]) -> int:
    """How many reports of it are open."""
    db.session.flush()
    open_ones = select(func.count()).where(
        ProblemReport.answer_id == answer_id, ProblemReport.settled_at.is_(None), *conditions
    )
    return db.session.scalar(open_ones) or 0


def _count(answer: Answer, change: int) -> None:
    db.session.execute(
        update(Post).where(Post.id == answer.id).values(used_count=Post.used_count + change)
    )
    assert answer.question_id is not None
    writing.raise_version(answer.question_id)
