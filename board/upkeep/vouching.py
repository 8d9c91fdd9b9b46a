"""The demonstration hospital's experts, and what they verified: told from `demo/curation.toml`."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from board.core.database import db
from board.curation import caring, reporting, verifying
from board.curation.deciding import Seen
from board.curation.describing import Described
from board.experts import seating
from board.people.models import Person
from board.posts.models import Answer, Post
from board.tags.naming import tag_called

BEFORE = timedelta(days=90)
A_MOMENT = timedelta(minutes=9)

People = Mapping[str, Person]
Happening = tuple[datetime, Callable[[], None]]


def happenings(told: dict[str, Any], people: People, today: datetime) -> Iterator[Happening]:
    """When each of these happened, and what makes it happen on this board."""
    for tag in told["tag"]:
        yield today - BEFORE, partial(_tag, tag, people)
    deeds = {"verification": _verify, "problem": _report, "use": _use}
    for name, deed in deeds.items():
        for each in told[name]:
            for number, handle in enumerate(each["by"]):
                at = today - timedelta(days=each["days_ago"]) + number * A_MOMENT
                yield at, partial(deed, people[handle], each)


def _tag(told: dict[str, Any], people: People) -> None:
    """Ruth nominates the tag's experts and Mei, who may be one herself, or Tomasz confirms them."""
    tag = tag_called(told["name"])
    caring.set_care(
        people["ruth"],
        tag,
        risk=told.get("risk", "2"),
        field=told.get("field", "clinical"),
        is_dosing=told.get("is_dosing", False),
    )
    for handle in told.get("experts", []):
        seat = seating.nominate(people["ruth"], people[handle], tag)
        seating.confirm(people["tomasz"], seat)


def _verify(verifier: Person, told: dict[str, Any]) -> None:
    answer = _answer(told)
    fields = ("setting", "source_kind", "source")
    described = Described(
        applies_to=tuple(told["applies_to"]), **{name: told.get(name, "") for name in fields}
    )
    seen = Seen(answer.revision_number, answer.standing)
    verifying.verify(verifier, answer, seen, described=described)


def _report(person: Person, told: dict[str, Any]) -> None:
    reporting.report(person, _answer(told), told["kind"], told["words"])


def _use(person: Person, told: dict[str, Any]) -> None:
    reporting.use(person, _answer(told))


def _answer(told: dict[str, Any]) -> Answer:
    """The answer that this person gave to the question that begins like this."""
    asked = Post.__table__.alias("asked")
    return db.session.scalars(
        select(Answer)
        .join(asked, asked.c.id == Answer.question_id)
        .join(Person, Person.id == Answer.author_id)
        .where(asked.c.title.startswith(told["question"]), Person.handle == told["answered_by"])
    ).one()
