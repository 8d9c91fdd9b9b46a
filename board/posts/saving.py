"""Saved questions: bookmarks somebody keeps for themselves."""

from sqlalchemy import delete

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db, upsert
from board.core.errors import require
from board.people.models import Person
from board.posts.models import Bookmark, Question


def save(person: Person, question: Question) -> None:
    """Keep it; a second time changes nothing."""
    require(question.is_visible, "This question has been removed.")
    row = upsert(Bookmark).values(person_id=person.id, question_id=question.id, saved_at=now())
    if db.session.execute(row.on_conflict_do_nothing().returning(Bookmark.question_id)).first():
        record(person, Verb.SAVED, question)


def unsave(person: Person, question: Question) -> None:
    """Let it go; without a bookmark, nothing changes."""
    row = delete(Bookmark).filter_by(person_id=person.id, question_id=question.id)
    if db.session.execute(row.returning(Bookmark.question_id)).first():
        record(person, Verb.UNSAVED, question)
