"""The demonstration hospital: a story told from the files in `demo/`, deed by deed, as it happened.

Its accounts have a password that everybody knows: `board serve` offers it to this computer only.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from board import config
from board.core import clock
from board.core.database import db
from board.core.errors import Refused
from board.people import joining
from board.people.models import CONSOLE, Person
from board.posts import accepting, answering, asking, commenting, voting
from board.posts.models import Answer, Post, Urgency
from board.signin import passwords
from board.tags import naming
from board.upkeep import demonstrating_moderation as moderation
from board.upkeep import founding, staffing, vouching
from board.upkeep.models import SiteFact

PASSWORD = "fernhill-demo-2026"
FACT = "demonstration"

SETTINGS = {
    "hospital_name": "Fernhill Hospital",
    "site_notice": "Demonstration: a made-up hospital. Nothing here is clinical advice.",
}

FEW_MINUTES = timedelta(minutes=7)


@dataclass
class Event:
    """Something that happened at a moment; `tell` makes it happen on this board."""

    at: datetime
    tell: Callable[[], None]


def demonstrate(folder: Path) -> list[Person]:
    """Fill an empty board with the demonstration; returns its people. Raises `Refused`."""
    if not founding.is_empty():
        raise Refused("This board is not empty. The demonstration is for a new one.")
    people = _people()
    _tags()
    for event in sorted(_events(people, clock.now()), key=lambda event: event.at):
        with clock.held_at(event.at):
            event.tell()
    staffing.staff(_file("experts.toml"), people)
    db.session.add(SiteFact(name=FACT, value="yes"))
    db.session.commit()
    for name, value in SETTINGS.items():
        config.add_to_file(folder, name, value)
    return list(people.values())


def is_demonstration() -> bool:
    """Whether this board's passwords are public."""
    return founding.fact(FACT) is not None


def _people() -> dict[str, Person]:
    password = passwords.Hash.of(PASSWORD)
    people = {}
    for told in _file("people.toml")["person"]:
        person = joining.add(CONSOLE, told.pop("handle"), **told)
        passwords.assign(CONSOLE, person, password, must_change=False)
        people[person.handle] = person
    return people


def _tags() -> None:
    for told in _file("tags.toml")["tag"]:
        [tag] = naming.tags_named([told["name"]])
        naming.describe(CONSOLE, tag, told["description"])
        naming.set_synonyms(CONSOLE, tag, told.get("synonyms", []))


def _events(people: dict[str, Person], today: datetime) -> Iterator[Event]:
    """Everything that happened; what one event makes, later ones find in `made`."""
    folder = files("board.upkeep") / "demo" / "questions"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        for told in tomllib.loads(file.read_text(encoding="utf-8"))["question"]:
            yield from _Story(people, today).of_question(told)
    for at, happen in vouching.happenings(_file("curation.toml"), people, today):
        yield Event(at, happen)
    for kind, tell in (("flag", moderation.flag), ("suggestion", moderation.suggest)):
        for told in _file("moderation.toml")[kind]:
            at = today - timedelta(days=told["days_ago"])
            yield Event(at, partial(tell, people, told))


@dataclass
class _Story:
    """One question and what followed."""

    people: dict[str, Person]
    today: datetime

    def of_question(self, told: dict[str, Any]) -> Iterator[Event]:
        made: list[Post] = []

        def be_asked() -> None:
            asker = self.people[told["author"]]
            ask = asking.ask_confidentially if "confidential" in told else asking.ask
            tags, urgency = ",".join(told["tags"]), told.get("urgency", Urgency.WHEN_YOU_CAN)
            made.append(ask(asker, told["title"], told["body"], tags, urgency))

        yield Event(self._at(told), be_asked)
        yield from self._around(told, made)
        for answer in told.get("answer", []):
            yield from self._of_answer(answer, made)

    def _of_answer(self, told: dict[str, Any], question: list[Post]) -> Iterator[Event]:
        made: list[Post] = []

        def answer() -> None:
            answerer = self.people[told["author"]]
            made.append(answering.answer(answerer, question[0], told["body"]))  # type: ignore[arg-type]

        def accept() -> None:
            assert isinstance(made[0], Answer)
            accepting.accept(self.people[told["accepted_by"]], made[0])

        yield Event(self._at(told), answer)
        yield from self._around(told, made)
        if "accepted_by" in told:
            yield Event(self._at(told) + 2 * FEW_MINUTES, accept)

    def _around(self, told: dict[str, Any], made: list[Post]) -> Iterator[Event]:
        """The votes and comments of a post."""
        for number, handle in enumerate(told.get("votes", []), start=1):
            voter = self.people[handle]
            at = self._at(told) + number * FEW_MINUTES
            yield Event(at, partial(self._vote, voter, made))
        for comment in told.get("comment", []):
            yield Event(self._at(comment), partial(self._comment, comment, made))

    def _vote(self, voter: Person, made: list[Post]) -> None:
        voting.vote(voter, made[0])

    def _comment(self, told: dict[str, Any], made: list[Post]) -> None:
        commenting.comment(self.people[told["author"]], made[0], told["body"])

    def _at(self, told: dict[str, Any]) -> datetime:
        return self.today - timedelta(days=told["days_ago"])


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((files("board.upkeep") / "demo" / name).read_text(encoding="utf-8"))
