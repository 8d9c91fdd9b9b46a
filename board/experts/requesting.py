"""Requests: asking somebody who may know, and what they do with it."""

from sqlalchemy import select

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict, Gone, Missing, require
from board.core.text import one_line
from board.experts import reaching
from board.experts.models import LINE_LENGTH, Request, State
from board.experts.rules import may_ask, may_settle, may_withdraw
from board.people.models import Person
from board.posts import states
from board.posts.models import Question
from board.posts.rules import is_own
from board.posts.states import Action

ONLY_THEIRS = "Only whoever was asked can do that."


def ask_expert(asker: Person, question: Question, person: Person) -> Request:
    """Ask this person, or their deputy while they are away.

    Raises `Refused` when they cannot be asked now, `Conflict` when they were already, `Gone` for a
    question that was removed. The message says what to do instead.
    """
    _require_open(asker, question)
    recipient = _recipient(asker, question, person)
    return _send(asker, asker, question, recipient, person)


def pass_on(person: Person, request: Request, to: Person) -> Request:
    """Hand the request to somebody else; the asker hears who it is."""
    require(may_settle(person, request), ONLY_THEIRS)
    _hold(request)
    _require_waiting(request)
    _require_open(person, request.question)
    recipient = _recipient(request.asker, request.question, to)
    _require_new(request.question_id, recipient)
    request.passed_to_id = recipient.id
    _close(request, State.PASSED)
    made = _send(person, request.asker, request.question, recipient, to)
    record(person, Verb.REQUEST_PASSED, request, tells=request.asker_id)
    return made


def decline(person: Person, request: Request, reason: str = "") -> None:
    """Say no; a reason helps but nobody has to give one."""
    require(may_settle(person, request), ONLY_THEIRS)
    _hold(request)
    if request.state == State.DECLINED:
        return
    _require_waiting(request)
    request.reason = one_line(reason)[:LINE_LENGTH]
    _close(request, State.DECLINED)
    record(person, Verb.REQUEST_DECLINED, request, tells=request.asker_id)


def withdraw(person: Person, request: Request) -> None:
    """It is no longer needed."""
    require(may_withdraw(person, request), "Only whoever asked and moderators can withdraw this.")
    _hold(request)
    if request.is_open:
        _close(request, State.WITHDRAWN)
        record(person, Verb.REQUEST_WITHDRAWN, request, tells=request.person_id)


def settle(deed: Deed) -> None:
    """Somebody answered a question: what they were asked about it is done.

    The author of the question hears of the answer itself, so only another asker is told of this.
    """
    question_id = deed.subject.question_id
    waiting = select(Request).filter_by(
        question_id=question_id, person_id=deed.actor.id, state=State.OPEN
    )
    for request in db.session.scalars(waiting).all():
        _close(request, State.ANSWERED)
        is_told_anyway = is_own(request.asker, request.question)
        tells = None if is_told_anyway else request.asker_id
        record(deed.actor, Verb.REQUEST_ANSWERED, request, tells=tells)


def request_with_id(id: int) -> Request:
    """The request; raises `Missing`."""
    request = db.session.get(Request, id)
    if request is None:
        raise Missing("There is no such request.")
    return request


def _recipient(asker: Person, question: Question, person: Person) -> Person:
    """Whom a request to this person goes to; raises `Refused` when it cannot."""
    _require_askable(asker, question, person)
    reachability = reaching.of(person.id)
    if not reaching.is_away(reachability):
        _require_room(person)
        return person
    deputy = reachability.deputy
    require(
        deputy is not None,
        f"{person.name} is away and has named nobody to stand in. Please ask somebody else.",
    )
    assert deputy is not None
    _require_askable(asker, question, deputy)
    require(
        not reaching.is_away(reaching.of(deputy.id)),
        f"{person.name} and their deputy {deputy.name} are away. Please ask somebody else.",
    )
    _require_room(deputy)
    return deputy


def _require_open(asker: Person, question: Question) -> None:
    require(may_ask(asker, question), "You cannot see this question.")
    if not question.is_visible:
        raise Gone("This question has been removed, so nobody can be asked to answer it.")
    states.check(asker, Action.ANSWER, question)


def _require_askable(asker: Person, question: Question, person: Person) -> None:
    require(person.id != asker.id, "Whoever asks for help cannot be the one who is asked.")
    require(not is_own(person, question), f"{person.name} is the one who asked this question.")
    require(
        person.is_active and not person.is_imported,
        f"{person.name} has no account here. Please ask somebody else.",
    )
    asked = select(Request.id).filter_by(
        question_id=question.id, person_id=person.id, state=State.OPEN
    )
    if db.session.scalar(asked) is not None:
        raise Conflict(f"{person.name} has been asked already and has not answered yet.")


def _require_room(person: Person) -> None:
    """The row is held: two requests at the same moment do not both find the last place free."""
    db.session.get(Person, person.id, with_for_update={"key_share": True}, populate_existing=True)
    cap = reaching.of(person.id).weekly_cap
    require(
        reaching.asked_this_week(person.id) < cap,
        f"{person.name} takes {cap} requests a week and has had them. Please ask somebody else.",
    )


def _require_new(question_id: int, person: Person) -> None:
    """What is passed on does not come back."""
    asked = select(Request.id).filter_by(question_id=question_id, person_id=person.id).limit(1)
    if db.session.scalar(asked) is not None:
        raise Conflict(f"{person.name} was asked about this before. Please choose somebody else.")


def _hold(request: Request) -> None:
    """As it is now, and still: of two who decide at the same moment the second sees the first."""
    db.session.refresh(request, with_for_update={"key_share": True})


def _require_waiting(request: Request) -> None:
    if not request.is_open:
        raise Conflict(f"This request is {request.state} already.")


def _send(
    sender: Person, asker: Person, question: Question, recipient: Person, meant_for: Person
) -> Request:
    request = Request(
        question=question,
        asker=asker,
        person=recipient,
        instead_of=None if recipient is meant_for else meant_for,
    )
    db.session.add(request)
    record(sender, Verb.EXPERT_ASKED, request, tells=recipient.id)
    return request


def _close(request: Request, state: State) -> None:
    request.state, request.closed_at = state, now()
