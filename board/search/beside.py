"""Beside results: tags and people a query may be about, departments to narrow it down by."""

from collections.abc import Sequence

from sqlalchemy import literal, select, union_all

from board.core.database import AnyRow, AnySelect, db
from board.people.queries import departments, people
from board.search.analysing import words
from board.tags.queries import tags_beginning

MOST = 6
MOST_WORDS = 4  # a longer query is a question, nobody's name


def beside(text: str, *, with_people: bool) -> Sequence[AnyRow]:
    """(kind, key, name, about) of departments, tags and people; in one statement."""
    department = departments().subquery().c
    found: list[AnySelect] = [
        select(
            literal("department").label("kind"),
            department.slug.label("key"),
            department.name,
            literal("").label("about"),
        )
    ]
    typed = words(text)
    if 0 < len(typed) <= MOST_WORDS:
        tag = tags_beginning("-".join(typed)).limit(MOST).subquery().c
        found.append(select(literal("tag"), tag.name, tag.name.label("of"), tag.description))
        if with_people:
            person = people(" ".join(typed)).limit(MOST).subquery().c
            found.append(select(literal("person"), person.handle, person.name, person.profession))
    return db.session.execute(union_all(*found)).all()
