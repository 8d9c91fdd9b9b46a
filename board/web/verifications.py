"""How an answer stands: verifying it, taking that back, taking it out of use, bringing it back."""

from collections.abc import Callable

from flask import g
from flask.typing import ResponseReturnValue

from board.core.database import db
from board.core.errors import Problem, require
from board.curation import (
    caring,
    deciding,
    describing,
    doses,
    queries,
    registering,
    removing,
    verifying,
)
from board.curation.deciding import Outpaced, Seen
from board.curation.states import KNOWING, Action, may
from board.people.models import Person
from board.posts import differing, threads
from board.posts import states as question_states
from board.posts.models import Answer, Question, Revision
from board.posts.queries import answer_with_id
from board.posts.rules import may_edit
from board.web.displaying import question_url
from board.web.forms import evidence, number, typed
from board.web.pages import Pages
from board.web.questions import on_page
from board.web.responding import changed, page
from board.web.visiting import me, reader

pages = Pages("verifications")


@pages.shown("/answers/<id:id>/verification")
def show(id: int) -> str:
    """The answer, what is on record about it, and what whoever looks may do with it."""
    answer = answer_with_id(id, reader())
    roles = deciding.held(reader(), answer).roles
    care = caring.of_answer(answer)
    question = db.session.get_one(Question, answer.question_id)
    is_open = question_states.allows(reader(), question_states.Action.CURATE, question)
    return page(
        "verifications/show.html",
        answer=answer,
        question=question,
        is_open=is_open,
        described=describing.described(id),
        records=queries.history(id),
        reports=queries.open_reports(id),
        others=queries.answers_beside(answer),
        cited=registering.cited_by(id),
        guidelines=registering.guidelines(),
        may_cite=is_open and (may_edit(reader(), answer) or bool(roles & KNOWING)),
        removal=removing.standing_removal(id),
        care=care,
        high_alert=None if care.is_high_risk else doses.high_alert_in(answer.body_md),
        may=lambda action: is_open and may(answer.standing, Action[action], roles),
        changes=_since_it_was_seen(answer),
    )


@pages.post(
    "/answers/<id:id>/verification",
    again="verifications.show",
    texts=("note", "source", "site"),
)
def create(id: int) -> ResponseReturnValue:
    answer = answer_with_id(id, reader())
    verifying.verify(me(), answer, seen(), typed("note"), evidence())
    return _back(answer, "Verified." if answer.standing == "verified" else "Your check counts.")


@pages.post("/answers/<id:id>/evidence", again="verifications.show", texts=("source", "site"))
def describe(id: int) -> ResponseReturnValue:
    """What it rests on, without verifying it: by whoever may edit it."""
    answer = answer_with_id(id, reader())
    require(may_edit(reader(), answer), "Only its author or a moderator may change this.")
    described = evidence() or describing.Described()
    describing.describe(me(), answer, described)
    return _back(answer, "Saved.")


@pages.post(
    "/answers/<id:id>/verification/withdrawal", again="verifications.show", texts=("reason",)
)
def delete(id: int) -> ResponseReturnValue:
    return _decide(id, verifying.withdraw, "It is no longer verified.")


@pages.post("/answers/<id:id>/withdrawal", again="verifications.show", texts=("reason",))
def withdraw(id: int) -> ResponseReturnValue:
    return _decide(id, removing.withdraw, "The answer was withdrawn.")


@pages.post("/answers/<id:id>/successor", again="verifications.show", texts=("reason",))
def supersede(id: int) -> ResponseReturnValue:
    answer = answer_with_id(id, reader())
    removing.supersede(me(), answer, seen(), _successor(), typed("reason"))
    return _back(answer, "The other answer takes its place now.")


@pages.post("/answers/<id:id>/reinstatement", again="verifications.show")
def reinstate(id: int) -> ResponseReturnValue:
    answer = answer_with_id(id, reader())
    removing.reinstate(me(), answer, seen())
    return _back(answer, "It is in use again. Nobody has verified it.")


def seen() -> Seen:
    """How the answer stood on the page that the form stands on."""
    return Seen(number("revision"), typed("standing"))


def _decide(
    id: int, deed: Callable[[Person, Answer, Seen, str], object], said: str
) -> ResponseReturnValue:
    answer = answer_with_id(id, reader())
    deed(me(), answer, seen(), typed("reason"))
    return _back(answer, said)


def _back(answer: Answer, said: str) -> ResponseReturnValue:
    """To the answer on its question's page."""
    thread = threads.thread(answer.question_id or 0, reader())
    return changed(
        "questions/_thread.html",
        back_to=question_url(thread.question.id, thread.question.title, answer.id),
        said=said,
        **on_page(thread),
    )


def _successor() -> Answer | None:
    try:
        return answer_with_id(number("successor"), reader())
    except Problem:
        return None


def _since_it_was_seen(answer: Answer) -> list[differing.Piece] | None:
    """After somebody else changed the text: how it differs from what was read."""
    problem = g.get("problem")
    if not isinstance(problem, Outpaced) or problem.revision == answer.revision_number:
        return None
    before = db.session.get(Revision, (answer.id, problem.revision))
    return differing.difference(before.body_md, answer.body_md) if before else None
