"""Climbing the ladder: what the worker does with questions whose next step is due.

Each question is a row with its next step. One step is one transaction; after a standstill only
the latest step that is due is done, not all that were missed. An answer ends it.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict, Refused
from board.experts import on_call, reaching, requesting, seating
from board.experts.models import Request
from board.people.models import CONSOLE, Person, Role
from board.posts import writing
from board.posts.models import Kind, PostTag, Question
from board.posts.rules import writer_id
from board.posts.states import State, state_of
from board.routing import ladder
from board.routing.candidates import candidates
from board.routing.ladder import Rung
from board.routing.models import Escalation, Step

MOST_NUMBERS = 3


def begin(deed: Deed) -> None:
    """A question was asked, or is needed sooner or later than before: its ladder begins."""
    question: Question = deed.subject
    row = db.session.get(Escalation, question.id) or Escalation(question_id=question.id)
    db.session.add(row)
    row.urgency, row.began_at = question.urgency or "", now()
    _go_on(row, 0)
    if question.answer_count:
        row.due_at = None


def begin_again(deed: Deed) -> None:
    """A question that was removed, closed or locked is open, and its ladder begins anew; an answer
    that is back ends it.
    """
    if isinstance(deed.subject, Question):
        begin(deed)
    elif deed.subject.kind == Kind.ANSWER:
        stop(deed)


def follow_removal(deed: Deed) -> None:
    """The only answer was removed: somebody has to be found again."""
    if deed.subject.kind == Kind.ANSWER:
        _begin_unanswered(deed, deed.subject.question_id)


def follow_unmerge(deed: Deed) -> None:
    """Two questions again, and one of them may have no answer now."""
    for question_id in (deed.subject.id, deed.activity.detail["merged"]):
        _begin_unanswered(deed, question_id)


def _begin_unanswered(deed: Deed, question_id: int) -> None:
    question = db.session.get_one(Question, question_id)
    db.session.refresh(question)
    if not question.answer_count:
        begin(replace(deed, subject=question))


def stop(deed: Deed) -> None:
    """Somebody answered: nobody else has to be found."""
    row = db.session.get(Escalation, deed.subject.question_id)
    if row is not None:
        row.due_at = None


def resume(question_id: int) -> None:
    """Look for somebody who knows once more, now: whoever had the question is not here."""
    row = db.session.get(Escalation, question_id)
    if row is None:
        question = db.session.get_one(Question, question_id)
        row = Escalation(question_id=question_id, urgency=question.urgency or "", began_at=now())
        db.session.add(row)
    steps = ladder.of(row.urgency)
    places = [place for place, step in enumerate(steps) if step.rung == Rung.EXPERTS]
    row.next_step = places[0] if places else 0
    row.due_at = now() if steps else None


def climb() -> int:
    """Do the step that is due longest; returns 1 if there was one.

    A step that fails is left out and reported: it must not keep every other question waiting.
    """
    row = db.session.scalar(
        select(Escalation)
        .where(Escalation.due_at <= now())
        .order_by(Escalation.due_at, Escalation.question_id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        db.session.rollback()
        return 0
    question = db.session.get(Question, row.question_id)
    if question is None or state_of(question) is not State.OPEN or question.answer_count:
        row.due_at = None
        db.session.commit()
        return 1
    place = _latest_due(row)
    try:
        with db.session.begin_nested():
            _do(question, row, place)
    finally:
        _go_on(row, place + 1)
        db.session.commit()
    return 1


def _latest_due(row: Escalation) -> int:
    """The place of the latest step whose time has come; the next one, if it was moved here."""
    steps, moment = ladder.of(row.urgency), now()
    due = [
        place
        for place, step in enumerate(steps)
        if place >= row.next_step and row.began_at + step.after <= moment
    ]
    return due[-1] if due else row.next_step


def _go_on(row: Escalation, place: int) -> None:
    steps = ladder.of(row.urgency)
    row.next_step = place
    row.due_at = row.began_at + steps[place].after if place < len(steps) else None


def _do(question: Question, row: Escalation, place: int) -> None:
    steps = ladder.of(row.urgency)
    if place >= len(steps):
        return
    rung = steps[place].rung
    done = _steps_of(question, row.urgency)
    if rung != Rung.EXPERTS and rung in {step.rung for step in done}:
        return  # raised, eased and raised again: nobody is told the same twice
    _RUNGS[rung](question, row)
    writing.raise_version(question.id)


def _ask_experts(question: Question, row: Escalation) -> None:
    """The best of those who can be asked."""
    made: Request | None = None
    for candidate in candidates(question):
        with suppress(Refused, Conflict):
            made = requesting.send_routed(question, candidate.person, on_duty=candidate.is_on_duty)
            is_on_duty = candidate.is_on_duty
            break
    if made is None:
        _note(row, Rung.EXPERTS)
        return
    quiet = {} if is_on_duty else reaching.quiet_among([made.person_id])
    _note(row, Rung.EXPERTS, made.person_id, reads_at=quiet.get(made.person_id))


def _show_on_call(question: Question, row: Escalation) -> None:
    """Whoever is on the rota: the asker reads the number, and who has an account is told."""
    entries = on_call.together(on_call.for_tags(_tags(question))).now[:MOST_NUMBERS]
    for entry in entries:
        line = ", ".join(filter(None, [entry.role, entry.phone]))
        step = _note(row, Rung.ON_CALL, entry.person_id, line=line)
        if entry.person_id is not None:
            record(
                CONSOLE,
                Verb.ESCALATED,
                step,
                tells=_others([entry.person_id], question),
                on_duty=True,
            )
    if not entries:
        _note(row, Rung.ON_CALL)


def _tell_moderators(question: Question, row: Escalation) -> None:
    """Everybody who moderates; who has quiet hours reads it afterwards."""
    roles = (Role.MODERATOR, Role.ADMINISTRATOR)
    moderators = db.session.scalars(
        select(Person.id).where(Person.role.in_(roles), Person.deactivated_at.is_(None))
    )
    step = _note(row, Rung.MODERATORS)
    record(CONSOLE, Verb.ESCALATED, step, tells=_others(moderators, question))


def _tell_lead(question: Question, row: Escalation) -> None:
    """Whoever leads one of the tags; where nobody does, the moderators.

    A lead who asked confidentially is told like any other: readers see the step, or its lack.
    """
    lead = seating.lead_of(_tags(question))
    if lead is None or lead.id == question.author_id:
        _tell_moderators(question, row)
        return
    quiet = reaching.quiet_among([lead.id])
    step = _note(row, Rung.LEAD, lead.id, reads_at=quiet.get(lead.id))
    record(CONSOLE, Verb.ESCALATED, step, tells=lead.id)


_RUNGS: dict[Rung, Callable[[Question, Escalation], None]] = {
    Rung.EXPERTS: _ask_experts,
    Rung.ON_CALL: _show_on_call,
    Rung.MODERATORS: _tell_moderators,
    Rung.LEAD: _tell_lead,
}


def _note(
    row: Escalation,
    rung: Rung,
    person_id: int | None = None,
    *,
    line: str = "",
    reads_at: datetime | None = None,
) -> Step:
    step = Step(
        question_id=row.question_id,
        urgency=row.urgency,
        rung=rung,
        person_id=person_id,
        line=line,
        reads_at=reads_at,
    )
    db.session.add(step)
    db.session.flush()
    return step


def _steps_of(question: Question, urgency: str) -> list[Step]:
    steps = select(Step).filter_by(question_id=question.id, urgency=urgency)
    return list(db.session.scalars(steps))


def _tags(question: Question) -> list[int]:
    return list(db.session.scalars(select(PostTag.tag_id).filter_by(post_id=question.id)))


def _others(people: Iterable[int], question: Question) -> list[int]:
    return [id for id in people if id != writer_id(question)]
