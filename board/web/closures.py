"""Closing a question and reopening it, locking it and unlocking it."""

import re

from flask.typing import ResponseReturnValue

from board.core.database import db
from board.core.markup import plain
from board.posts import closing, locking, states
from board.posts.models import Question
from board.posts.queries import question_with_id
from board.posts.states import Action
from board.search.similar import similar
from board.web.displaying import question_url
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

_NUMBER = re.compile(r"(?:questions/)?([1-9][0-9]{0,8})(?:/[^/]*)?")

pages = Pages("closures")


@pages.shown("/questions/<id:id>/closure")
def new(id: int) -> str:
    """Asks why, with the likely originals one press away."""
    question = question_with_id(id, reader())
    states.check(reader(), Action.CLOSE, question)
    found = similar(question.title or "", plain(question.body_html), but=id)
    return page("closures/new.html", question=question, similar=found, reasons=closing.Reason)


@pages.post("/questions/<id:id>/closure", again="closures.new", texts=("note",))
def create(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    original = typed("likely") or typed("original")
    closing.close(me(), question, typed("reason"), typed("note"), question_named(original))
    return moved(_address(question), "Closed. Whoever asked is told why, and it can be reopened.")


@pages.post("/questions/<id:id>/closure/end")
def delete(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    closing.reopen(me(), question)
    return moved(_address(question), "It is open again.")


@pages.shown("/questions/<id:id>/lock")
def ask_lock(id: int) -> str:
    question = question_with_id(id, reader())
    states.check(reader(), Action.LOCK, question)
    return page("closures/lock.html", question=question)


@pages.post("/questions/<id:id>/lock", again="closures.ask_lock", texts=("note",))
def lock(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    locking.lock(me(), question, typed("note"))
    return moved(_address(question), "Locked. Only moderators add or change anything now.")


@pages.post("/questions/<id:id>/lock/end")
def unlock(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    locking.unlock(me(), question)
    return moved(_address(question), "Unlocked.")


def question_named(words: str) -> Question | None:
    """The question with this number, or at this address of ours."""
    path = words.strip().lstrip("#").partition("?")[0].partition("#")[0].rstrip("/")
    place = path.rfind("questions/")
    found = _NUMBER.fullmatch(path[place:] if place >= 0 else path)
    return db.session.get(Question, int(found[1])) if found else None


def _address(question: Question) -> str:
    return question_url(question.id, question.title)
