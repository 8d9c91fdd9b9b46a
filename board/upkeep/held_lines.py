"""Lines of an import that wait for a privacy reviewer: `board import --hold`."""

from sqlalchemy import select

from board.core.database import db
from board.core.errors import Refused
from board.core.signing import keyed_fingerprint
from board.people.models import CONSOLE, Person
from board.privacy import guarding, holding
from board.privacy.elsewhere import Writing
from board.privacy.models import Held
from board.privacy.policy import Policy
from board.upkeep.lines import QuestionEntry

BETWEEN = "\n\n---\n\n"


def put_aside(entry: QuestionEntry, line: bytes, site: Policy) -> bool | None:
    """Put a line aside if it holds what a member could not post; None when it was before."""
    texts = {"title": entry.title, "body": BETWEEN.join(_bodies(entry))}
    found = guarding.look(texts, site, (), CONSOLE)
    if not any(each.is_strong for each in found):
        return False
    key = keyed_fingerprint(f"import {entry.id}")
    if db.session.scalar(select(Held.id).where(Held.submission_key == key).limit(1)):
        return None
    fields = {**texts, "line": line.decode()}
    places = [holding.place(each) for each in found]
    holding.put_aside(None, Writing("import", None, fields), places, key)
    return True


def check(_author: Person, _writing: Writing) -> None:
    """A line was read before it was put aside."""


def give_back(_author_id: int, _writing: Writing) -> None:
    """Raises `Refused`: a file has no drafts."""
    raise Refused("It came by an import, so there is nobody to return it to.")


def _bodies(entry: QuestionEntry) -> list[str]:
    found = [
        str(entry.body),
        ", ".join(entry.tags),
        *map(str, [each.body for each in entry.comments]),
    ]
    for answer in entry.answers:
        found += [str(answer.body), *(str(each.body) for each in answer.comments)]
    return [text for text in found if text]
