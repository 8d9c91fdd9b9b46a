"""Requests: asking somebody who may know, and what they do with it."""

from sqlalchemy import select

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict, Missing, require
from board.core.text import one_line
from board.experts import receiving
from board.experts.models import LINE_LENGTH, ExpertGroup, Request, State
from board.experts.rules import may_settle, may_withdraw
from board.people.models import CONSOLE, Person
from board.posts.models import Question
from board.posts.rules import is_own, writer_id

ONLY_THEIRS = "Only whoever was asked can do that."


def ask_expert(asker: Person, question: Question, person: Person) -> Request:
    """Ask this person, or their deputy while they are away.

    Raises `Refused` when they cannot be asked now, `Conflict` when they were already, `Gone` for a
    question that was removed. The message says what to do instead.
    """
    receiving.require_open(asker, question)
    recipient = receiving.recipient(asker, question, person)
    return send(asker, asker, question, recipient, person)


def send_routed(question: Question, person: Person, *, on_duty: bool) -> Request:
    """The board passes a question on to somebody who may know, or to their deputy.

    Raises `Refused` or `Conflict` when they cannot be asked now.
    """
    asker_id = writer_id(question)
    assert asker_id is not None  # what was imported has no ladder
    asker = db.session.get_one(Person, asker_id)
    recipient = receiving.recipient(asker, question, person)
    request = _made(asker, question, recipient, person)
    record(CONSOLE, Verb.REQUEST_ROUTED, request, tells=recipient.id, on_duty=on_duty)
    return request


def hand_over(actor: Person, request: Request, to: Person) -> Request:
    """Somebody else has it now, because whoever had it is not here; who decides that is the
    caller's to check. The asker is told.
    """
    hold(request)
    require_waiting(request)
    recipient = receiving.recipient(request.asker, request.question, to)
    receiving.require_new(request.question_id, recipient)
    request.passed_to_id = recipient.id
    close(request, State.PASSED)
    made = send(actor, request.asker, request.question, recipient, to, group=request.group)
    record(actor, Verb.REQUEST_PASSED, request, tells=request.asker_id)
    return made


def give_back(actor: Person, request: Request) -> None:
    """It waits with nobody any more: the ladder of the question finds somebody else."""
    hold(request)
    if request.is_open:
        close(request, State.WITHDRAWN)
        record(actor, Verb.REQUEST_WITHDRAWN, request, tells=request.person_id)


def pass_on(person: Person, request: Request, to: Person) -> Request:
    """Hand the request to somebody else; the asker hears who it is."""
    require(may_settle(person, request), ONLY_THEIRS)
    hold(request)
    require_waiting(request)
    receiving.require_open(person, request.question)
    recipient = receiving.recipient(request.asker, request.question, to)
    receiving.require_new(request.question_id, recipient)
    request.passed_to_id = recipient.id
    close(request, State.PASSED)
    made = send(person, request.asker, request.question, recipient, to)
    record(person, Verb.REQUEST_PASSED, request, tells=request.asker_id)
    return made


def decline(person: Person, request: Request, reason: str = "") -> None:
    """Say no; a reason helps but nobody has to give one."""
    require(may_settle(person, request), ONLY_THEIRS)
    hold(request)
    if request.state == State.DECLINED:
        return
    require_waiting(request)
    request.reason = one_line(reason)[:LINE_LENGTH]
    close(request, State.DECLINED)
    record(person, Verb.REQUEST_DECLINED, request, tells=request.asker_id)


def withdraw(person: Person, request: Request) -> None:
    """It is no longer needed."""
    require(may_withdraw(person, request), "Only whoever asked and moderators can withdraw this.")
    hold(request)
    if request.is_open:
        close(request, State.WITHDRAWN)
        record(person, Verb.REQUEST_WITHDRAWN, request, tells=request.person_id)


def settle(deed: Deed) -> None:
    """Somebody answered a question: what they were asked about it is done.

    The author of the question hears of the answer itself, so only another asker is told of this.
    An answer without its author's name settles nothing: it would tell whose it is.
    """
    answer = deed.subject
    waiting = select(Request).filter_by(
        question_id=answer.question_id, person_id=answer.author_id, state=State.OPEN
    )
    for request in db.session.scalars(waiting).all():
        close(request, State.ANSWERED)
        is_told_anyway = is_own(request.asker, request.question)
        tells = None if is_told_anyway else request.asker_id
        record(deed.actor, Verb.REQUEST_ANSWERED, request, tells=tells)


def request_with_id(id: int) -> Request:
    """The request; raises `Missing`."""
    request = db.session.get(Request, id)
    if request is None:
        raise Missing("There is no such request.")
    return request


def hold(request: Request) -> None:
    """As it is now, and still: of two who decide at the same moment the second sees the first."""
    db.session.refresh(request, with_for_update={"key_share": True})


def require_waiting(request: Request) -> None:
    """Raises `Conflict` for a request that is over."""
    if not request.is_open:
        raise Conflict(f"This request is {request.state} already.")


def send(
    sender: Person,
    asker: Person,
    question: Question,
    recipient: Person,
    meant_for: Person,
    *,
    group: ExpertGroup | None = None,
) -> Request:
    """A new request, of which the recipient is told."""
    request = _made(asker, question, recipient, meant_for, group)
    record(sender, Verb.EXPERT_ASKED, request, tells=recipient.id)
    return request


def _made(
    asker: Person,
    question: Question,
    recipient: Person,
    meant_for: Person,
    group: ExpertGroup | None = None,
) -> Request:
    request = Request(
        question=question,
        asker=asker,
        person=recipient,
        instead_of=None if recipient is meant_for else meant_for,
        group=group,
    )
    db.session.add(request)
    return request


def close(request: Request, state: State) -> None:
    """It is over, in this state."""
    request.state, request.closed_at = state, now()
