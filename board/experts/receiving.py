"""Whom a request goes to: somebody, or their deputy while they are away; or why it cannot."""

from sqlalchemy import select

from board.core.database import db
from board.core.errors import Conflict, Gone, require
from board.experts import reaching
from board.experts.models import Request, State
from board.experts.rules import may_ask
from board.people.models import Person
from board.posts import states
from board.posts.confiding import is_confider
from board.posts.models import Question
from board.posts.states import Action


def recipient(asker: Person, question: Question, person: Person) -> Person:
    """Whom a request to this person goes to; raises `Refused` when it cannot."""
    require_askable(asker, question, person)
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
    require_askable(asker, question, deputy)
    require(
        not reaching.is_away(reaching.of(deputy.id)),
        f"{person.name} and their deputy {deputy.name} are away. Please ask somebody else.",
    )
    _require_room(deputy)
    return deputy


def require_open(asker: Person, question: Question) -> None:
    """Raises `Refused` or `Gone` for a question of which nobody can be asked."""
    require(may_ask(asker, question), "You cannot see this question.")
    if not question.is_visible:
        raise Gone("This question has been removed, so nobody can be asked to answer it.")
    states.check(asker, Action.ANSWER, question)


def require_askable(asker: Person, question: Question, person: Person) -> None:
    """Raises `Refused` or `Conflict` for somebody who cannot be asked about it at all.

    A confidential asker can be asked like anybody else: a refusal would tell who it is.
    """
    is_asked_of_oneself = person.id == asker.id and not is_confider(person, question)
    require(not is_asked_of_oneself, "Whoever asks for help cannot be the one who is asked.")
    is_authors = question.author_id is not None and question.author_id == person.id
    require(not is_authors, f"{person.name} is the one who asked this question.")
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


def require_new(question_id: int, person: Person) -> None:
    """What is passed on does not come back. Raises `Conflict`."""
    asked = select(Request.id).filter_by(question_id=question_id, person_id=person.id).limit(1)
    if db.session.scalar(asked) is not None:
        raise Conflict(f"{person.name} was asked about this before. Please choose somebody else.")
