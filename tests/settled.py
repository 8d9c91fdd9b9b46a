"""What several tests begin with: nothing waits, one more person, an expert, a privacy reviewer."""

from sqlalchemy import delete

from board.core.database import db
from board.experts import seating
from board.inbox.models import Notification, Telling
from board.people import appointing, joining
from board.people.models import CONSOLE
from board.tags.naming import tag_called


def nothing_waits(*more):
    """Everybody has read what the cast did; the rows of these tables are gone too."""
    for table in (Notification, Telling, *more):
        db.session.execute(delete(table))
    db.session.commit()


def join(handle, profession="Pharmacist", department="Pharmacy"):
    """One more person."""
    return joining.add(
        CONSOLE, handle, name=handle.title(), profession=profession, department=department
    )


def seat(world, person, tag):
    """This person is a confirmed expert of the tag now."""
    made = seating.nominate(world.ruth, person, tag_called(tag))
    seating.confirm(world.tomasz, made)
    db.session.commit()
    return made


def let_review(person):
    """This person is a privacy reviewer now."""
    appointing.let_review(CONSOLE, person, reviews=True)
    db.session.commit()
